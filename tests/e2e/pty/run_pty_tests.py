#!/usr/bin/env python3
"""Terminal tests: run_pty_tests.py DOCKERLITE SOCKET IMAGE"""

import fcntl
import http.client
import json
import os
import pty
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

LIMIT = 20
DOCKERLITE, SOCKET, IMAGE = "", "", ""
PREFIX = f"pty-{os.getpid()}"


class Failure(Exception):
    pass


def check(condition, message):
    if not condition:
        raise Failure(message)


def eventually(condition, what):
    deadline = time.monotonic() + LIMIT
    while not condition():
        check(time.monotonic() < deadline, f"never: {what}")
        time.sleep(0.05)


def docker(*arguments):
    return subprocess.run([DOCKERLITE, "-H", "unix://" + SOCKET, *arguments], capture_output=True, text=True, timeout=LIMIT)


class EngineConnection(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(SOCKET)


def engine(method, path):
    connection = EngineConnection("engine", timeout=LIMIT)
    connection.request(method, path)
    body = connection.getresponse().read()
    connection.close()
    return json.loads(body) if body else None


def state(name):
    return engine("GET", f"/containers/{name}/json")["State"]["Status"]


class Proxy:
    """A socket in front of the engine that records requests, and can drop everything at once, as an engine that dies does."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = self.folder.name + "/docker.sock"
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.path)
        self.listener.listen(16)
        self.sockets, self.requests = [self.listener], []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client = self.listener.accept()[0]
            except OSError:
                return
            engine = socket.socket(socket.AF_UNIX)
            engine.connect(SOCKET)
            self.sockets += [client, engine]
            threading.Thread(target=self.copy, args=(client, engine, True), daemon=True).start()
            threading.Thread(target=self.copy, args=(engine, client, False), daemon=True).start()

    def copy(self, source, target, record):
        try:
            while data := source.recv(65536):
                if record:
                    self.requests += re.findall(rb"^((?:GET|POST|DELETE|HEAD) \S+) HTTP", data, re.M)
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def die(self):
        for each in self.sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            each.close()


class Terminal:
    """A command on a terminal of its own."""

    def __init__(self, *arguments, rows=30, columns=100, stdout=None, path=None, env=None):
        self.master, self.slave = pty.openpty()
        self.resize(rows, columns)
        self.before = termios.tcgetattr(self.slave)
        self.output, self.seen = b"", 0
        self.process = subprocess.Popen(
            [DOCKERLITE, "-H", "unix://" + (path or SOCKET), *arguments], stdin=self.slave,
            stdout=self.slave if stdout is None else stdout, stderr=self.slave, start_new_session=True,
            env=os.environ | (env or {}), preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))

    def resize(self, rows, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def raw(self):
        return not termios.tcgetattr(self.slave)[3] & termios.ICANON

    def read(self, seconds=0.05):
        if select.select([self.master], [], [], seconds)[0]:
            self.output += os.read(self.master, 65536)

    def expect(self, text):
        deadline = time.monotonic() + LIMIT
        while text not in self.output[self.seen:]:
            check(time.monotonic() < deadline, f"never came: {text!r} in {self.output!r}")
            self.read()
        self.seen = self.output.index(text, self.seen) + len(text)

    def type(self, text):
        os.write(self.master, text)

    def signal(self, number):
        self.process.send_signal(number)

    def end(self):
        """The exit code (128+n for a signal); fails if the terminal is not as it was."""
        deadline = time.monotonic() + LIMIT
        while self.process.poll() is None:
            if time.monotonic() > deadline:
                self.process.kill()
                raise Failure(f"hangs; came: {self.output!r}")
            self.read()
        while select.select([self.master], [], [], 0.1)[0]:
            self.read()
        check(termios.tcgetattr(self.slave) == self.before, "the terminal was left changed")
        code = self.process.returncode
        os.close(self.master)
        os.close(self.slave)
        return code if code >= 0 else 128 - code


def same(expected, actual):
    check(expected == actual, f"expected {expected!r}, got {actual!r}")


def test_echo_and_exit_code(name):
    terminal = Terminal("run", "-it", "--rm", "--name", name, IMAGE, "sh")
    terminal.expect(b"# ")
    check(terminal.raw(), "the terminal is not raw")
    terminal.type(b"echo he''llo; exit 3\n")
    terminal.expect(b"hello")
    same(3, terminal.end())


def test_size_requests(name):
    proxy = Proxy()
    terminal = Terminal("run", "-it", "--name", name, IMAGE, "sh", path=proxy.path)
    terminal.expect(b"# ")
    terminal.resize(40, 120)
    eventually(lambda: any(b"/resize?h=40&w=120" in line for line in proxy.requests), "the new size was sent")
    terminal.type(b"stty size\n")
    terminal.expect(b"40 120")
    terminal.type(b"exit\n")
    same(0, terminal.end())
    order = [re.sub(rb"^\S+ /v[\d.]+|^HEAD |[0-9a-f]{64}", b"", line).decode() for line in proxy.requests]
    wanted = ["/_ping", "/containers/create?name=" + name, "/containers//attach?stderr=1&stdin=1&stdout=1&stream=1",
              "/containers//wait?condition=next-exit", "/containers//start", "/containers//resize?h=30&w=100"]
    same(wanted, order[:len(wanted)])
    check("/containers//kill?signal=WINCH" in order, "SIGWINCH was not passed on")


def test_attach_makes_the_screen_be_drawn_again(name):
    docker("run", "-dit", "--name", name, IMAGE, "sh")
    proxy = Proxy()
    terminal = Terminal("attach", name, path=proxy.path)
    terminal.expect(b"# ")
    resizes = [line.split(b"/")[-1].decode() for line in proxy.requests if b"/resize" in line]
    same(["resize?h=31&w=101", "resize?h=30&w=100"], resizes)
    terminal.type(b"\x10\x11")
    terminal.expect(b"read escape sequence")
    same(1, terminal.end())
    same("running", state(name))


def test_a_broken_detach_sequence_is_sent(name):
    terminal = Terminal("run", "-it", "--rm", "--name", name, IMAGE, "sh", "-c", 'echo up; read -r x; [ "$x" = "$(printf "\\020x")" ] && exit 9')
    terminal.expect(b"up")
    terminal.type(b"\x10")
    time.sleep(0.2)
    terminal.type(b"x\n")
    same(9, terminal.end())


def test_engine_dies_in_run(name):
    proxy = Proxy()
    terminal = Terminal("run", "-it", "--rm", "--name", name, IMAGE, "sh", path=proxy.path)
    terminal.expect(b"# ")
    proxy.die()
    terminal.expect(b"error waiting for container: ")
    same(125, terminal.end())


def test_engine_dies_in_exec(name):
    docker("run", "-d", "--name", name, IMAGE, "sleep", "600")
    proxy = Proxy()
    terminal = Terminal("exec", "-it", name, "sh", path=proxy.path)
    terminal.expect(b"# ")
    proxy.die()
    same(255, terminal.end())


def test_engine_dies_in_attach(name):
    docker("run", "-dit", "--name", name, IMAGE, "sh")
    proxy = Proxy()
    terminal = Terminal("attach", name, path=proxy.path)
    terminal.expect(b"# ")
    proxy.die()
    same(1, terminal.end())


def test_engine_dies_in_start(name):
    docker("create", "-it", "--name", name, IMAGE, "sh")
    proxy = Proxy()
    terminal = Terminal("start", "-ai", name, path=proxy.path)
    terminal.expect(b"# ")
    proxy.die()
    same(125, terminal.end())


def test_three_interrupts_end_the_client(name):
    terminal = Terminal("run", "-it", "--name", name, IMAGE, "sh", "-c", "trap : INT TERM; echo up; while :; do sleep 1; done")
    terminal.expect(b"up")
    for _ in range(3):
        terminal.signal(signal.SIGTERM)
        time.sleep(0.2)
    terminal.expect(b"got 3 SIGTERM/SIGINTs, forcefully exiting")
    same(1, terminal.end())
    same("running", state(name))


def test_three_interrupts_end_the_client_whose_output_nobody_reads(name):
    reader, writer = os.pipe()
    terminal = Terminal("run", "--rm", "--name", name, IMAGE, "yes", stdout=writer)
    os.close(writer)
    check(os.read(reader, 2) == b"y\n", "no output came")
    time.sleep(1)  # until the pipe is full
    for _ in range(3):
        terminal.signal(signal.SIGINT)
        time.sleep(0.2)
    same(1, terminal.end())
    os.close(reader)


def test_a_signal_to_exec(name):
    docker("run", "-d", "--name", name, IMAGE, "sleep", "600")
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        terminal = Terminal("exec", "-it", name, "sh")
        terminal.expect(b"# ")
        check(terminal.raw(), "the terminal is not raw")
        terminal.signal(number)
        same(128 + number, terminal.end())


def test_a_signal_that_is_not_passed_on(name):
    for number in (signal.SIGHUP, signal.SIGQUIT):
        terminal = Terminal("run", "-it", "--rm", "--name", f"{name}-{number}", "--sig-proxy=false", IMAGE, "sh")
        terminal.expect(b"# ")
        terminal.signal(number)
        same(128 + number, terminal.end())


def test_noraw_in_the_environment(name):
    terminal = Terminal("run", "-it", "--rm", "--name", name, IMAGE, "sh", env={"NORAW": "1"})
    terminal.expect(b"# ")
    check(not terminal.raw(), "the terminal is raw")
    terminal.type(b"exit\n")
    same(0, terminal.end())


def test_the_terminal_stays_as_it_is_without_one_in_the_container(name):
    terminal = Terminal("run", "-i", "--rm", "--name", name, IMAGE, "cat")
    terminal.type(b"typed\n")
    terminal.expect(b"typed\r\ntyped\r\n")
    check(not terminal.raw(), "the terminal is raw")
    terminal.type(b"\x04")
    same(0, terminal.end())


def test_output_piped_from_a_terminal_session(name):
    reader, writer = os.pipe()
    terminal = Terminal("run", "-it", "--rm", "--name", name, IMAGE, "sh", "-c", "echo piped; exit 4", stdout=writer)
    os.close(writer)
    same(4, terminal.end())
    same(b"piped\r\n", os.read(reader, 100))
    os.close(reader)


def main(arguments):
    global DOCKERLITE, SOCKET, IMAGE
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    DOCKERLITE, SOCKET, IMAGE = arguments
    failures = 0
    tests = [item for item in globals().items() if item[0].startswith("test_")]
    for number, (test_name, test) in enumerate(tests):
        name = f"{PREFIX}-{number}"
        try:
            test(name)
            print(f"ok {test_name[5:].replace('_', ' ')}", flush=True)
        except (Failure, OSError, subprocess.SubprocessError) as problem:
            failures += 1
            print(f"not ok {test_name[5:].replace('_', ' ')}: {problem}", flush=True)
    for container in engine("GET", "/containers/json?all=1"):
        if container["Names"][0].startswith("/" + PREFIX):
            engine("DELETE", f"/containers/{container['Id']}?force=1")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
