"""The engines that a command line talks to: scripted, recorded from a real one, and played back from a recording."""

import base64
import hashlib
import io
import json
import re
import socket
import socketserver
import tarfile
import threading

REASONS = {101: "UPGRADED", 200: "OK", 201: "Created", 204: "No Content", 304: "Not Modified", 400: "Bad Request", 401: "Unauthorized",
           403: "Forbidden", 404: "Not Found", 409: "Conflict", 500: "Internal Server Error", 503: "Service Unavailable"}
UNCOMPARED_HEADERS = {"host", "user-agent", "content-length", "transfer-encoding", "accept-encoding", "accept"}
PATIENCE = 2.0  # seconds that a played or scripted answer waits for what came before it


def text_or_base64(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def from_text_or_base64(value):
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value.encode()


def readable_body(data):
    """A body as it is compared: JSON as a value, a tar archive as its entries, other text as it is, other bytes by their digest."""
    try:
        return {"json": json.loads(data)}
    except ValueError:
        pass
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            return {"tar": [[entry.name, entry.type.decode(), entry.mode, entry.linkname,
                             hashlib.sha256(archive.extractfile(entry).read()).hexdigest() if entry.isreg() else ""] for entry in archive]}
    except tarfile.TarError:
        pass
    try:
        return {"text": data.decode("utf-8")}
    except UnicodeDecodeError:
        return {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def read_head(file):
    """The lines up to and including the blank one; empty where the stream ends before it."""
    head = []
    while line := file.readline(1 << 20):
        head.append(line)
        if line == b"\r\n":
            return head
    return []


class Request:
    """One request as read from a connection."""

    def __init__(self, head, body):
        self.head, self.body = head, body
        method, target, _ = head[0].decode("latin-1").split(" ", 2)
        self.method = method
        path, mark, query = target.partition("?")
        self.target = path + mark + "&".join(sorted(query.split("&")))
        self.headers = {}
        for line in head[1:-1]:
            name, _, value = line.decode("latin-1").partition(":")
            self.headers[name.strip().lower()] = value.strip()
        self.path = re.sub(r"^/v[0-9.]+/", "/", path)
        self.query = query
        self.hijack = "upgrade" in self.headers
        self.input = b""  # what a taken-over connection brought

    @staticmethod
    def read(file):
        head = read_head(file)
        if not head:
            return None
        headers = b"".join(head).lower()
        length = re.search(rb"\r\ncontent-length: *(\d+)", headers)
        if re.search(rb"\r\ntransfer-encoding: *chunked", headers):
            body = b"".join(read_chunks(file))
        else:
            body = file.read(int(length.group(1))) if length else b""
        return Request(head, body)

    def readable(self):
        out = {"method": self.method, "target": self.target}
        headers = {name: value for name, value in sorted(self.headers.items()) if name not in UNCOMPARED_HEADERS}
        if headers:
            out["headers"] = headers
        if self.body:
            out["body"] = readable_body(self.body)
        if self.input:
            out["input"] = text_or_base64(self.input)
        return out


def read_chunks(file):
    while True:
        size = int(file.readline(1024).split(b";")[0] or b"0", 16)
        data = file.read(size)
        file.readline(16)
        if not size:
            return
        yield data


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        engine, file = self.server.engine, self.request.makefile("rb")
        upstream = engine.connect()
        try:
            while request := Request.read(file):
                with engine.changed:
                    engine.seen.append(request)
                    engine.changed.notify_all()
                if not engine.serve(request, self.request, file, upstream):
                    return
        except (OSError, ValueError):
            pass
        finally:
            if upstream:
                upstream.close()
            with engine.changed:
                engine.taken_over -= self.request in engine.hijacked
                engine.changed.notify_all()


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        raise  # a defect of the tests must be seen, not survived


class Engine:
    def __init__(self, path):
        self.path = path
        self.seen = []
        self.hijacked = set()
        self.taken_over = 0
        self.changed = threading.Condition()

    def __enter__(self):
        self.server = Server(self.path, Handler)
        self.server.engine = self
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def connect(self):
        return None

    def wait_for(self, condition, patience=PATIENCE):
        with self.changed:
            self.changed.wait_for(condition, patience)

    def requests(self):
        self.wait_for(lambda: not self.taken_over, 1.0)
        return [request.readable() for request in self.seen]

    def take_over(self, request, connection, file):
        """Reads the rest of what the client sends, in the background, into request.input."""
        def read():
            try:
                while data := file.read1(65536):
                    self.add_input(request, data)
            except OSError:
                pass
            with self.changed:
                request.input_ended = True
                self.changed.notify_all()
        with self.changed:
            self.hijacked.add(connection)
            self.taken_over += 1
        request.input_ended = False
        threading.Thread(target=read, daemon=True).start()

    def add_input(self, request, data):
        with self.changed:
            request.input += data
            self.changed.notify_all()


def head_bytes(status, headers, reason=None):
    lines = [f"HTTP/1.1 {status} {reason or REASONS.get(status, 'Status')}"] + [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def send_chunk(connection, data):
    connection.sendall(b"%x\r\n" % len(data) + data + b"\r\n")


class Script(Engine):
    """Answers as the case says, and otherwise as an engine that has whatever is asked for."""

    def __init__(self, path, case):
        super().__init__(path)
        self.case, self.used = case, {}
        self.started = self.stream_ended = self.stdin_wanted = False

    def find(self, request):
        answers = [answer for answer in self.case.answers if answer.method == request.method
                   and answer.path in (request.path, request.path + "?" + request.query, re.sub(r"^/v[0-9.]+", "", request.target))]
        if not answers:
            return None
        with self.changed:
            number = self.used[request.method, request.path] = self.used.get((request.method, request.path), -1) + 1
        return answers[min(number, len(answers) - 1)]

    def default(self, request):
        """Status, content type and body for what the case says nothing about."""
        path, method = request.path, request.method
        if path == "/_ping":
            return 200, "text/plain; charset=utf-8", b"OK"
        if method == "POST" and path == "/containers/create":
            return 201, "application/json", json.dumps({"Id": "c" * 64, "Warnings": []}).encode() + b"\n"
        if method == "POST" and re.fullmatch(r"/(containers|exec)/[^/]+/(start|stop|kill|restart|pause|unpause|rename|resize)", path):
            return 204, "", b""
        if method == "POST" and re.fullmatch(r"/containers/[^/]+/wait", path):
            return 200, "application/json", b'{"StatusCode":0}\n'
        if method == "POST" and re.fullmatch(r"/containers/[^/]+/attach", path):
            return 101, "application/vnd.docker.multiplexed-stream", b""
        if method == "DELETE" and re.fullmatch(r"/containers/[^/]+", path):
            return 204, "", b""
        return 404, "application/json", b'{"message":"page not found"}\n'

    def serve(self, request, connection, file, _):
        answer = self.find(request)
        if answer:
            status, content_type, chunks, kind = answer.status, answer.content_type, answer.chunks, answer.kind
        else:
            status, content_type, body = self.default(request)
            chunks, kind = [body], "json"
        headers = {"Api-Version": self.case.api, "Docker-Experimental": "false", "Ostype": "linux", "Server": "Docker/28.2.2 (linux)"}
        if status != 204 and content_type:
            headers["Content-Type"] = content_type
        if request.path.startswith("/exec/") or request.path.endswith("/exec"):
            self.stdin_wanted = self.stdin_wanted or b'"AttachStdin":true' in request.body
        if status == 101:
            return self.stream(request, connection, file, headers, chunks)
        if request.path.endswith("/start"):
            with self.changed:
                self.started = True
                self.changed.notify_all()
        if request.method == "HEAD" or status in (204, 304):
            connection.sendall(head_bytes(status, headers))
            return True
        if kind == "cut":
            connection.sendall(head_bytes(status, {**headers, "Content-Length": "1000"}) + b'{"a":')
            return False
        if kind in ("lines", "frames") or request.path.endswith("/wait"):
            connection.sendall(head_bytes(status, {**headers, "Transfer-Encoding": "chunked"}))
            if request.path.endswith("/wait") and re.search("condition=(next-exit|removed)", request.query):
                self.wait_for(lambda: self.started and (self.stream_ended or not self.hijacked))
            for chunk in chunks:
                send_chunk(connection, chunk)
            connection.sendall(b"0\r\n\r\n")
            return True
        body = b"".join(chunks)
        connection.sendall(head_bytes(status, {**headers, "Content-Length": str(len(body))}) + body)
        return True

    def stream(self, request, connection, file, headers, chunks):
        connection.sendall(head_bytes(101, {**headers, "Connection": "Upgrade", "Upgrade": "tcp"}))
        self.take_over(request, connection, file)
        if "/attach" in request.path:
            self.wait_for(lambda: self.started, PATIENCE if any(seen.path == "/containers/create" for seen in self.seen) else 0.5)
        if self.stdin_wanted or "stdin=1" in request.query:
            self.wait_for(lambda: request.input_ended, 0.5)
        for chunk in chunks:
            connection.sendall(chunk)
        connection.shutdown(socket.SHUT_WR)
        with self.changed:
            self.stream_ended = True
            self.changed.notify_all()
        self.wait_for(lambda: request.input_ended, 0.5)
        return False


class Recorder(Engine):
    """Passes everything on to a real engine, and keeps what it answered, and after what."""

    def __init__(self, path, target):
        super().__init__(path)
        self.target, self.kept = target, []

    def connect(self):
        upstream = socket.socket(socket.AF_UNIX)
        upstream.connect(self.target)
        return upstream

    def exchanges(self):
        return self.kept

    def serve(self, request, connection, file, upstream):
        framing = [line for line in request.head[:-1] if not line.lower().startswith(b"transfer-encoding:")]
        if len(framing) < len(request.head) - 1:
            framing.append(b"Content-Length: %d\r\n" % len(request.body))
        upstream.sendall(b"".join(framing) + b"\r\n" + request.body)
        answers = upstream.makefile("rb")
        head = read_head(answers)
        status = int(head[0].split()[1])
        reason = head[0].decode("latin-1").strip().split(" ", 2)[2]
        headers = {name.strip(): value.strip() for name, _, value in (line.decode("latin-1").partition(":") for line in head[1:-1])}
        chunked = headers.pop("Transfer-Encoding", "") == "chunked"
        length = headers.pop("Content-Length", None)
        headers.pop("Date", None)
        exchange = {"method": request.method, "target": request.target, "status": status, "reason": reason, "headers": headers, "chunks": []}
        with self.changed:
            self.kept.append(exchange)
        if request.hijack and status in (101, 200):
            connection.sendall(b"".join(head))
            return self.tunnel(request, exchange, connection, file, upstream, answers)
        if request.method == "HEAD" or status in (204, 304):
            connection.sendall(head_bytes(status, headers, reason))
            return True
        if chunked:
            connection.sendall(head_bytes(status, {**headers, "Transfer-Encoding": "chunked"}, reason))
            for data in read_chunks(answers):
                self.keep(request, exchange, data)
                send_chunk(connection, data)
            connection.sendall(b"0\r\n\r\n")
        else:
            data = answers.read(int(length or 0))
            self.keep(request, exchange, data)
            connection.sendall(head_bytes(status, {**headers, "Content-Length": str(len(data))}, reason) + data)
        return True

    def keep(self, request, exchange, data):
        exchange["chunks"].append({"after": len(self.seen), "input": len(request.input), "data": text_or_base64(data)})

    def tunnel(self, request, exchange, connection, file, upstream, answers):
        exchange["hijack"] = True
        def to_engine():
            try:
                while data := file.read1(65536):
                    self.add_input(request, data)
                    upstream.sendall(data)
                upstream.shutdown(socket.SHUT_WR)
            except OSError:
                pass
        threading.Thread(target=to_engine, daemon=True).start()
        while data := answers.read1(65536):
            self.keep(request, exchange, data)
            connection.sendall(data)
        self.keep(request, exchange, b"")
        connection.shutdown(socket.SHUT_WR)
        return False


class Replay(Engine):
    """Gives the answers of a recording."""

    def __init__(self, path, exchanges):
        super().__init__(path)
        self.exchanges_left = list(exchanges or [])
        self.last = {}

    def find(self, request):
        key = request.method, request.target
        with self.changed:
            for exchange in self.exchanges_left:
                if (exchange["method"], exchange["target"]) == key:
                    self.exchanges_left.remove(exchange)
                    self.last[key] = exchange
                    return exchange
            return self.last.get(key)

    def serve(self, request, connection, file, _):
        exchange = self.find(request)
        if exchange is None:
            body = b'{"message":"the recording has no such request"}\n'
            connection.sendall(head_bytes(404, {"Content-Type": "application/json", "Content-Length": str(len(body))}) + body)
            return True
        status, headers, reason = exchange["status"], exchange["headers"], exchange["reason"]
        if exchange.get("hijack"):
            connection.sendall(head_bytes(status, headers, reason))
            self.take_over(request, connection, file)
            for chunk in exchange["chunks"]:
                self.wait_for(lambda: len(self.seen) >= chunk["after"] and len(request.input) >= chunk["input"])
                connection.sendall(from_text_or_base64(chunk["data"]))
            connection.shutdown(socket.SHUT_WR)
            self.wait_for(lambda: request.input_ended, 0.5)
            return False
        if request.method == "HEAD" or status in (204, 304):
            connection.sendall(head_bytes(status, headers, reason))
            return True
        connection.sendall(head_bytes(status, {**headers, "Transfer-Encoding": "chunked"}, reason))
        for chunk in exchange["chunks"]:
            self.wait_for(lambda: len(self.seen) >= chunk["after"])
            if data := from_text_or_base64(chunk["data"]):
                send_chunk(connection, data)
        connection.sendall(b"0\r\n\r\n")
        return True
