#!/usr/bin/env python3
"""Stands between a client and an engine and lowers the engine's API version, to see what a client does with an old engine.

  api_proxy.py LISTEN TARGET VERSION      two unix sockets, and the version to present, like 1.39

The version is rewritten in what the engine says of itself (the Api-Version header and /version). A request for a newer version than
that is refused as an engine refuses it; any other is passed on with a version that the engine behind still accepts. Writes
"ready" to standard output once it listens, and runs until it is ended.
"""

import json
import os
import re
import socket
import socketserver
import sys
import threading

LOWEST_PASSED_ON = "1.41"


def key(version):
    return tuple(int(part) for part in version.split("."))


def read_head(file):
    """The lines up to and including the blank one; empty at the end of the stream."""
    lines = []
    while True:
        line = file.readline(65536)
        if not line:
            return []
        lines.append(line)
        if line == b"\r\n":
            return lines


def header(head, name):
    for line in head[1:]:
        field, _, value = line.partition(b":")
        if field.strip().lower() == name:
            return value.strip()
    return None


def copy_body(head, source, sink):
    """Passes on the body that belongs to head. False: its end is the end of the connection, and it has been passed on up to there."""
    if header(head, b"transfer-encoding"):
        while True:
            size = source.readline(1024)
            sink.sendall(size)
            count = int(size.split(b";")[0] or b"0", 16)
            sink.sendall(source.read(count + 2))
            if count == 0:
                return True
    length = header(head, b"content-length")
    if length is None:
        return False
    left = int(length)
    while left:
        chunk = source.read1(min(left, 65536))
        if not chunk:
            return True
        sink.sendall(chunk)
        left -= len(chunk)
    return True


def pump(source, sink):
    try:
        while chunk := source.read1(65536):
            sink.sendall(chunk)
    except OSError:
        pass
    try:
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        engine = socket.socket(socket.AF_UNIX)
        with engine:
            engine.connect(self.server.target)
            client_file, engine_file = self.request.makefile("rb"), engine.makefile("rb")
            try:
                while head := read_head(client_file):
                    if not self.exchange(head, client_file, engine, engine_file):
                        return
            except (OSError, ValueError):
                pass

    def exchange(self, head, client_file, engine, engine_file):
        method, target, _ = head[0].split(b" ", 2)
        version = re.match(rb"/v([0-9.]+)/", target)
        if version and key(version.group(1).decode()) > key(self.server.version):
            return self.refuse(head, client_file, version.group(1).decode())
        if version:
            passed_on = max(version.group(1).decode(), LOWEST_PASSED_ON, key=key)
            target = b"/v" + passed_on.encode() + target[version.end() - 1:]
        engine.sendall(b" ".join([method, target, b"HTTP/1.1\r\n"]) + b"".join(head[1:]))
        upgrade = header(head, b"upgrade") is not None
        if not upgrade and (header(head, b"content-length") or header(head, b"transfer-encoding")):
            copy_body(head, client_file, engine)
        answer = read_head(engine_file)
        if not answer:
            return False
        answer = [re.sub(rb"(?i)^(api-version: *)[0-9.]+", rb"\g<1>" + self.server.version.encode(), line) for line in answer]
        status = int(answer[0].split()[1])
        if status == 101 or (upgrade and status < 300):
            self.request.sendall(b"".join(answer))
            threading.Thread(target=pump, args=(client_file, engine), daemon=True).start()
            pump(engine_file, self.request)
            return False
        if target.endswith(b"/version") and status == 200:
            self.answer_version(answer, engine_file)
            return True
        self.request.sendall(b"".join(answer))
        if method == b"HEAD" or status in (204, 304):
            return True
        if not copy_body(answer, engine_file, self.request):
            pump(engine_file, self.request)
            return False
        return True

    def answer_version(self, answer, engine_file):
        body = json.loads(engine_file.read(int(header(answer, b"content-length"))))
        for part in [body] + [component.get("Details", {}) for component in body.get("Components", [])]:
            if "ApiVersion" in part:
                part["ApiVersion"] = self.server.version
        data = json.dumps(body, separators=(",", ":")).encode() + b"\n"
        kept = [line for line in answer[:-1] if not line.lower().startswith(b"content-length:")]
        self.request.sendall(b"".join(kept) + b"Content-Length: %d\r\n\r\n" % len(data) + data)

    def refuse(self, head, client_file, asked):
        length = header(head, b"content-length")
        client_file.read(int(length or 0))
        body = json.dumps({"message": f"client version {asked} is too new. Maximum supported API version is {self.server.version}"}).encode()
        self.request.sendall(b"HTTP/1.1 400 Bad Request\r\nApi-Version: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" %
                             (self.server.version.encode(), len(body)) + body)
        return True


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 64


def main(arguments):
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    listen, target, version = arguments
    if os.path.exists(listen):
        os.unlink(listen)
    with Server(listen, Handler) as server:
        server.target, server.version = target, version
        print("ready", flush=True)
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
