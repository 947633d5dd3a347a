#!/usr/bin/env python3
"""Runs a command on a terminal of its own and talks to it: terminal.py ROWSxCOLUMNS STEP... -- COMMAND...

Steps, in order, each with 15 seconds at most:
  expect:TEXT     waits until TEXT has come since the last step that matched (escapes as in Python)
  send:TEXT       types TEXT
  resize:RxC      changes the terminal's size
  signal:NAME     sends a signal to the command
  mode            prints whether the terminal is raw or cooked now
  until:raw       waits until the terminal is raw, or cooked
  run:SHELL       runs a shell command
Then it waits for the end. Prints what came (carriage returns left out), then "exit N" and "terminal restored" or "terminal left changed".
"""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time

LIMIT = 15


class Talk:
    def __init__(self, size, command):
        self.master, slave = pty.openpty()
        self.resize(size)
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.output, self.seen = b"", 0
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
                                        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))

    def resize(self, size):
        rows, columns = (int(number) for number in size.split("x"))
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        if select.select([self.master], [], [], seconds)[0]:
            self.output += os.read(self.master, 65536)

    def mode(self):
        return "cooked" if termios.tcgetattr(self.slave)[3] & termios.ICANON else "raw"

    def wait(self, condition, what):
        deadline = time.monotonic() + LIMIT
        while not condition():
            if time.monotonic() > deadline or (self.process.poll() is not None and not select.select([self.master], [], [], 0.2)[0]):
                self.fail(what)
            self.read(0.05)

    def fail(self, what):
        self.process.kill()
        sys.stdout.write(self.text() + f"\nterminal.py: never came: {what}\n")
        sys.exit(99)

    def text(self):
        return self.output.decode("utf-8", "replace").replace("\r", "")

    def expect(self, text):
        wanted = text.encode()
        self.wait(lambda: wanted in self.output[self.seen:], repr(text))
        self.seen = self.output.index(wanted, self.seen) + len(wanted)

    def step(self, step):
        verb, _, value = step.partition(":")
        value = value.encode().decode("unicode_escape") if verb in ("expect", "send") else value
        if verb == "expect":
            self.expect(value)
        elif verb == "send":
            os.write(self.master, value.encode())
        elif verb == "resize":
            self.resize(value)
        elif verb == "signal":
            self.process.send_signal(getattr(signal, "SIG" + value))
        elif verb == "mode":
            self.output += f"\nmode {self.mode()}\n".encode()
        elif verb == "until":
            self.wait(lambda: self.mode() == value, f"a {value} terminal")
        elif verb == "run":
            subprocess.run(value, shell=True, check=False, timeout=LIMIT, stdin=subprocess.DEVNULL)
        else:
            sys.exit(f"terminal.py: {verb}: no such step")

    def finish(self):
        deadline = time.monotonic() + LIMIT
        while self.process.poll() is None:
            if time.monotonic() > deadline:
                self.fail("the end")
            self.read(0.05)
        while select.select([self.master], [], [], 0.1)[0]:
            self.read(0)
        code = self.process.returncode
        restored = termios.tcgetattr(self.slave) == self.before
        print(self.text() + f"\nexit {code if code >= 0 else 128 - code}\nterminal {'restored' if restored else 'left changed'}")


def main(arguments):
    if "--" not in arguments or not arguments or "x" not in arguments[0]:
        print(__doc__, file=sys.stderr)
        return 2
    at = arguments.index("--")
    talk = Talk(arguments[0], arguments[at + 1:])
    for step in arguments[1:at]:
        talk.step(step)
    talk.finish()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
