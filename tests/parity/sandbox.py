"""A folder of its own for one command line: home, configuration, current folder, and the name `docker` for the program under test."""

import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import tempfile
from urllib.parse import quote
import termios
import time

TIMEOUT = 30


class Sandbox:
    def __init__(self, binary, case):
        self.binary, self.case = binary, case

    def __enter__(self):
        self.top = tempfile.mkdtemp(prefix="parity-", dir="/tmp")
        self.socket = os.path.join(self.top, "docker.sock")
        self.home, self.folder, self.bin = (os.path.join(self.top, name) for name in ("home", "work", "bin"))
        for folder in (self.home, self.folder, self.bin):
            os.mkdir(folder)
        os.symlink(self.binary, os.path.join(self.bin, "docker"))
        if self.case.config is not None:
            os.mkdir(os.path.join(self.home, ".docker"))
            with open(os.path.join(self.home, ".docker", "config.json"), "w", encoding="utf-8") as file:
                file.write(self.case.config)
        for name, content in self.case.files.items():
            path = os.path.join(self.folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.top, ignore_errors=True)

    def neutral(self, text):
        """Text without what is only so in this sandbox; the stand-in has the same length, so that tables keep their widths."""
        kept = "/tmp/" + "sandbox-".ljust(len(self.top) - 5, "_")
        return text.replace(self.top, kept).replace(quote(self.top, safe=""), quote(kept, safe=""))

    def environment(self):
        env = {
            "HOME": self.home, "PATH": self.bin + ":/usr/sbin:/usr/bin:/sbin:/bin", "DOCKER_HOST": "unix://" + self.socket,
            "TZ": "UTC", "LC_ALL": "C.UTF-8", "TERM": "xterm",
        }
        for name, value in self.case.env.items():
            if value is None:
                env.pop(name, None)
            else:
                env[name] = value.replace("$SANDBOX", self.top)
        return env

    def run(self, line):
        command = ["bash", "--norc", "-c", line]
        stdout, stderr, code = (self.run_on_terminal if self.case.tty else self.run_on_pipes)(command)
        return {"stdout": self.neutral(stdout.decode("utf-8", "backslashreplace")),
                "stderr": self.neutral(stderr.decode("utf-8", "backslashreplace")), "code": code}

    def run_on_pipes(self, command):
        process = subprocess.Popen(command, cwd=self.folder, env=self.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, start_new_session=True)
        try:
            stdout, stderr = process.communicate(self.case.stdin, timeout=TIMEOUT)
            return stdout, stderr, process.returncode
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            stdout, stderr = process.communicate()
            return stdout, stderr + f"\n[killed after {TIMEOUT} s]\n".encode(), -1

    def run_on_terminal(self, command):
        master, slave = pty.openpty()
        rows, columns = self.case.tty
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        process = subprocess.Popen(command, cwd=self.folder, env=self.environment(), stdin=slave, stdout=slave, stderr=slave,
                                   start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)
        output, typed, quiet_since, deadline = b"", not self.case.stdin, time.monotonic(), time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            if select.select([master], [], [], 0.05)[0]:
                try:
                    data = os.read(master, 65536)
                except OSError:
                    break
                if not data:
                    break
                output, quiet_since = output + data, time.monotonic()
            elif not typed and output and time.monotonic() - quiet_since > 0.2:
                os.write(master, self.case.stdin)
                typed = True
        else:
            os.killpg(process.pid, signal.SIGKILL)
            output += f"\n[killed after {TIMEOUT} s]\n".encode()
        os.close(master)
        return output, b"", process.wait(timeout=TIMEOUT)
