"""Reads the case files; README.md describes them."""

import base64
import glob
import json
import os
import re
from dataclasses import dataclass, field


class Error(Exception):
    pass


@dataclass
class Answer:
    method: str
    path: str          # with its query, if the case gives one
    status: int
    kind: str          # json, lines, frames, base64 or cut
    chunks: list       # bytes, in the pieces in which they are sent
    content_type: str


@dataclass
class Case:
    command: str
    title: str
    source: str = ""   # the case as written: a recording holds for this text only
    lines: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    api: str = "1.50"
    env: dict = field(default_factory=dict)      # None: taken away
    config: str | None = None
    files: dict = field(default_factory=dict)
    stdin: bytes = b""
    tty: tuple | None = None
    unordered: bool = False
    compare: tuple = ("stdout", "stderr", "code", "requests")
    real: bool = False
    prepare: list = field(default_factory=list)
    cleanup: list = field(default_factory=list)


def unescape(text):
    return re.sub(r"\\(x[0-9a-fA-F]{2}|.)", lambda match: {
        "n": "\n", "r": "\r", "t": "\t", "e": "\x1b", "0": "\0", "\\": "\\",
    }.get(match.group(1)) or (chr(int(match.group(1)[1:], 16)) if match.group(1)[0] == "x" else match.group(0)), text)


def to_bytes(text):
    """\\xNN are bytes, all other text is UTF-8."""
    return b"".join(chr(ord(c)).encode("latin-1") if 0x80 <= ord(c) <= 0xff and "\\x" in text else c.encode() for c in unescape(text))


def frame(line):
    stream, _, text = line.partition(" ")
    data = to_bytes(text)
    if stream == "raw":
        return data
    return bytes([int(stream), 0, 0, 0]) + len(data).to_bytes(4, "big") + data


def parse_answer(rest, more):
    method, path, status, *body = rest.split(" ", 3)
    first = body[0] if body else ""
    kind = first.split(" ")[0]
    if kind == "lines":
        return Answer(method, path, int(status), kind, [line.encode() + b"\r\n" for line in more], "application/json")
    if kind == "frames":
        return Answer(method, path, int(status), kind, [frame(line) for line in more], "application/vnd.docker.multiplexed-stream"
                      if not any(line.startswith("raw ") for line in more) else "application/vnd.docker.raw-stream")
    if kind == "base64":
        return Answer(method, path, int(status), kind, [base64.b64decode("".join([first[7:], *more]))], "application/octet-stream")
    if kind == "cut":
        return Answer(method, path, int(status), kind, [b""], "application/json")
    text = "".join([first, *more])
    content_type = "application/json"
    try:
        json.loads(text)
    except ValueError:
        content_type = "text/plain"
    return Answer(method, path, int(status), "json", [text.encode()], content_type)


def apply(case, word, rest, more):
    if word == "$":
        case.lines.append("\n".join([rest, *more]))
    elif word == "answer":
        case.answers.append(parse_answer(rest, more))
    elif word == "api":
        case.api = rest
    elif word == "env":
        name, equals, value = rest.partition("=")
        case.env[name] = value if equals else None
    elif word == "config":
        case.config = "\n".join([rest, *more])
    elif word == "file":
        name, _, text = rest.partition(" ")
        case.files[name] = to_bytes("\n".join([text, *more]))
    elif word == "stdin":
        case.stdin = to_bytes(rest)
    elif word == "tty":
        case.tty = tuple(int(number) for number in rest.split("x"))
    elif word == "unordered":
        case.unordered = True
    elif word == "compare":
        case.compare = tuple(rest.split(","))
    elif word == "real":
        case.real = True
    elif word == "prepare":
        case.prepare.append(rest)
    elif word == "cleanup":
        case.cleanup.append(rest)
    else:
        raise ValueError(f"{word}: no such directive")


def load_file(path):
    command = os.path.splitext(os.path.basename(path))[0]
    with open(path, encoding="utf-8") as file:
        text = file.read().split("\n")
    cases, statements = [], []
    for number, line in enumerate(text, 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace():
            if not statements:
                raise Error(f"{path}:{number}: an indented line continues the line before it, and there is none")
            statements[-1][2].append(line.strip())
        else:
            statements.append((number, line.rstrip(), []))
    for number, line, more in statements:
        word, _, rest = line.partition(" ")
        try:
            if word == "==":
                if any(case.title == rest for case in cases):
                    raise ValueError(f"a second case with the title {rest!r}")
                cases.append(Case(command, rest))
                continue
            if not cases:
                raise ValueError("a case begins with a line `== title`")
            cases[-1].source += "\n".join([line, *more]) + "\n"
            apply(cases[-1], word, rest, more)
        except (ValueError, IndexError) as error:
            raise Error(f"{path}:{number}: {error}") from error
    return cases


def load(folder, commands):
    """The cases of the named commands, or of all."""
    paths = [os.path.join(folder, command + ".txt") for command in commands] or sorted(glob.glob(os.path.join(folder, "*.txt")))
    cases = []
    for path in paths:
        if not os.path.exists(path):
            raise Error(f"{path}: no such case file")
        cases += load_file(path)
    return cases
