#!/usr/bin/env python3
"""An engine that is not well: bad_engine.py SOCKET MODE. Writes "ready" once it listens; runs until it is ended.

  nonsense   what it says is not HTTP
  not-json   every answer but the ping is text where JSON belongs
  cut        every answer but the ping breaks off in its middle
  hangs-up   closes each connection without a word
  old        speaks API 1.12
"""

import os
import socketserver
import sys


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        mode = self.server.mode
        if mode == "hangs-up":
            return
        while line := self.rfile.readline(65536):
            while self.rfile.readline(65536) not in (b"\r\n", b""):
                pass
            if mode == "nonsense":
                self.wfile.write(b"\x00\xff this is not HTTP\r\n\r\n")
                return
            version = b"1.12" if mode == "old" else b"1.41"
            head = b"HTTP/1.1 200 OK\r\nApi-Version: " + version + b"\r\nOstype: linux\r\nContent-Type: application/json\r\n"
            if b"/_ping" in line:
                self.wfile.write(head + (b"Content-Length: 0\r\n\r\n" if line.startswith(b"HEAD") else b"Content-Length: 2\r\n\r\nOK"))
            elif mode == "cut":
                self.wfile.write(head + b'Content-Length: 5000\r\n\r\n[{"Id": "abc')
                return
            else:
                self.wfile.write(head + b"Content-Length: 12\r\n\r\nthis is text")


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


if __name__ == "__main__":
    path, mode = sys.argv[1:]
    if os.path.exists(path):
        os.unlink(path)
    with Server(path, Handler) as server:
        server.mode = mode
        print("ready", flush=True)
        server.serve_forever()
