#!/usr/bin/env python3
"""Runs command lines through docker or dockerlite and compares them with what docker did; README.md has the format of cases.

  parity.py check --binary PROGRAM [--jobs N] [--only TITLE] [COMMAND...]
  parity.py record [--binary docker] [--engine SOCKET] [--all] [--only TITLE] [COMMAND...]
  parity.py show COMMAND [TITLE]
"""

import argparse
import concurrent.futures
import difflib
import json
import os
import re
import shutil
import subprocess
import sys

import casefile
import engines
import sandbox

HERE = os.path.dirname(os.path.abspath(__file__))
ASPECTS = ("stdout", "stderr", "code", "requests")
AGE = re.compile(r"(Less than a second|About an? (minute|hour)|\d+ (second|minute|hour|day|week|month|year)s?) ago")


def expected_path(command):
    return os.path.join(HERE, "expected", command + ".json")


def load_expected(command):
    try:
        with open(expected_path(command), encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return {}


def save_expected(command, recordings):
    with open(expected_path(command), "w", encoding="utf-8") as file:
        json.dump(recordings, file, indent=1, ensure_ascii=False, sort_keys=True)
        file.write("\n")


def run_line(binary, case, line, exchanges=None, upstream=None):
    """One command line in a sandbox of its own. The result has the four aspects, and `exchanges` where a real engine was recorded."""
    with sandbox.Sandbox(binary, case) as box:
        if upstream:
            engine = engines.Recorder(box.socket, upstream)
        elif case.real:
            engine = engines.Replay(box.socket, exchanges)
        else:
            engine = engines.Script(box.socket, case)
        with engine:
            result = box.run(line)
        # A path of the sandbox may be part of a request, too.
        result["requests"] = json.loads(box.neutral(json.dumps(engine.requests())))
        if upstream:
            result["exchanges"] = json.loads(box.neutral(json.dumps(engine.exchanges())))
        return result


def comparable(case, result):
    """What of a result is compared, in the form in which it is compared."""
    seen = {aspect: result[aspect] for aspect in ASPECTS if aspect in case.compare}
    # docker pings the engine even for a line that it then refuses or answers by itself; nothing depends on that ping.
    if [request["target"] for request in seen.get("requests", [])] == ["/_ping"]:
        seen["requests"] = []
    if case.unordered and "requests" in seen:
        seen["requests"] = sorted(map(with_sorted_environment, seen["requests"]), key=lambda request: json.dumps(request, sort_keys=True))
    if case.real:
        for stream in ("stdout", "stderr"):
            if stream in seen and AGE.search(seen[stream]):
                seen[stream] = re.sub(" +", " ", AGE.sub("AGE", seen[stream]))
    return seen


def with_sorted_environment(request):
    body = request.get("body", {}).get("json")
    if not isinstance(body, dict) or not isinstance(body.get("Env"), list):
        return request
    return {**request, "body": {"json": {**body, "Env": sorted(body["Env"])}}}


def difference(expected, actual):
    """A readable account of where two comparable results differ."""
    out = []
    for aspect in expected:
        if expected[aspect] == actual[aspect]:
            continue
        if aspect == "code":
            out.append(f"    exit code: docker {expected[aspect]}, here {actual[aspect]}")
            continue
        def lines(value):
            if aspect == "requests":
                return [json.dumps(request, sort_keys=True, ensure_ascii=False) for request in value]
            return [repr(text)[1:-1] for text in value.splitlines(keepends=True)]
        out.append(f"    {aspect} (- docker, + here):")
        out += ["      " + text for text in list(difflib.unified_diff(lines(expected[aspect]), lines(actual[aspect]), n=1, lineterm=""))[2:]]
    return "\n".join(out)


def check_line(binary, case, number, recording):
    line = case.lines[number]
    name = f"{case.command}: {case.title}: $ {line}"
    if recording is None or recording.get("line") != line:
        return False, f"FAIL {name}\n    has no recording: run `parity.py record {case.command}`"
    actual = run_line(binary, case, line, recording.get("exchanges"))
    expected, actual = comparable(case, recording), comparable(case, actual)
    if expected == actual:
        return True, f"ok   {name}"
    return False, f"FAIL {name}\n{difference(expected, actual)}"


def check(cases, options):
    jobs = []

    def judge(job):
        for number in range(options.tries):
            passed, text = check_line(*job)
            if passed:
                return True, text, number
        return False, text, 0

    for case in cases:
        recordings = load_expected(case.command).get(case.title, {}).get("lines", [])
        for number in range(len(case.lines)):
            jobs.append((options.binary, case, number, recordings[number] if number < len(recordings) else None))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for passed, text, again in pool.map(judge, jobs):
            failed += not passed
            if not passed or again or options.verbose:
                print(text + (f"    (at try {again + 1})" if again else ""), flush=True)
    print(f"parity: {len(jobs) - failed} command lines alike, {failed} differ")
    return 1 if failed else 0


def record(cases, options):
    version = subprocess.run([options.binary, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    if not version.startswith("Docker version 28."):
        print(f"parity: {options.binary} is not docker 28: {version.strip()}", file=sys.stderr)
        return 2
    for case in cases:
        recordings = load_expected(case.command)
        old = recordings.get(case.title)
        if old and old["source"] == case.source and not options.all and not options.only:
            continue
        if case.real and not options.engine:
            print(f"left out, needs --engine: {case.command}: {case.title}")
            continue
        lines = []
        upstream = options.engine if case.real else None
        try:
            prepare(options, case, case.prepare)
            for line in case.lines:
                lines.append({"line": line, **run_line(options.binary, case, line, upstream=upstream)})
                print(f"recorded {case.command}: {case.title}: $ {line} -> {lines[-1]['code']}", flush=True)
        finally:
            prepare(options, case, case.cleanup)
        recordings[case.title] = {"source": case.source, "lines": lines}
        save_expected(case.command, recordings)
    for command in {case.command for case in cases} if not options.only else []:
        recordings, titles = load_expected(command), {case.title for case in cases if case.command == command}
        if set(recordings) - titles:
            save_expected(command, {title: value for title, value in recordings.items() if title in titles})
    return 0


def prepare(options, case, commands):
    for command in commands:
        with sandbox.Sandbox(options.binary, case) as box:
            os.symlink(options.engine, box.socket)
            result = box.run(command)
            if result["code"] and command in case.prepare:
                raise SystemExit(f"parity: {case.title}: {command}: {result['stderr']}")


def show(options):
    for title, recording in load_expected(options.commands[0]).items():
        if options.commands[1:] and title not in options.commands[1:]:
            continue
        print("== " + title)
        for line in recording["lines"]:
            print(f"$ {line['line']}   -> {line['code']}")
            for request in line["requests"]:
                print("  > " + json.dumps(request, ensure_ascii=False))
            for stream in ("stdout", "stderr"):
                if line[stream]:
                    print(f"  {stream}:\n" + "".join("    " + text for text in line[stream].splitlines(keepends=True)))
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("check", "record", "show"))
    parser.add_argument("commands", nargs="*")
    parser.add_argument("--binary", default="docker", help="the program to run (docker)")
    parser.add_argument("--engine", help="record: the socket of a real engine, for cases marked real")
    parser.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1), help="check: lines at a time")
    parser.add_argument("--tries", type=int, default=1, help="check: run a line that differs again, up to so often (1)")
    parser.add_argument("--only", help="only cases whose title holds this text")
    parser.add_argument("--all", action="store_true", help="record: also what is recorded already")
    parser.add_argument("--verbose", action="store_true", help="check: name the lines that are alike, too")
    options = parser.parse_intermixed_args()
    if options.verb == "show":
        return show(options)
    options.binary = os.path.abspath(shutil.which(options.binary) or options.binary)
    if not os.access(options.binary, os.X_OK):
        print(f"parity: {options.binary}: no such program", file=sys.stderr)
        return 2
    try:
        cases = [case for case in casefile.load(os.path.join(HERE, "cases"), options.commands) if (options.only or "") in case.title]
    except casefile.Error as error:
        print(f"parity: {error}", file=sys.stderr)
        return 2
    return check(cases, options) if options.verb == "check" else record(cases, options)


if __name__ == "__main__":
    sys.exit(main())
