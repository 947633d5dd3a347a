#!/usr/bin/env python3
"""An engine that only lists containers: answers.py SOCKET COUNT. It answers at once, so what is measured is the client."""
import json
import os
import socket
import sys
import threading

path, count = sys.argv[1], int(sys.argv[2])


def container(number):
    name = "%064x" % (number * 0x9E3779B97F4A7C15F39CC0605CEDC835)
    return {
        "Id": name[-64:], "Names": ["/worker-%d" % number], "Image": "registry.example.com/team/worker:1.%d" % (number % 7),
        "ImageID": "sha256:" + name[-64:], "Command": "/usr/local/bin/worker --listen :80%02d" % (number % 100),
        "Created": 1700000000 + number,
        "Ports": [{"IP": "0.0.0.0", "PrivatePort": 8000, "PublicPort": 20000 + number, "Type": "tcp"}],
        "Labels": {"com.example.role": "worker", "com.example.number": str(number)}, "State": "running",
        "Status": "Up 3 days", "HostConfig": {"NetworkMode": "default"},
        "NetworkSettings": {"Networks": {"bridge": {"IPAddress": "172.17.0.2", "MacAddress": "02:42:ac:11:00:02"}}},
        "Mounts": [{"Type": "volume", "Name": "data-%d" % number, "Source": "", "Destination": "/data", "Driver": "local"}],
    }


head = "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nOstype: linux\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
listing = json.dumps([container(i) for i in range(count)], separators=(",", ":")).encode()
PING, LIST = (head % 0).encode(), (head % len(listing)).encode() + listing


def serve(connection):
    pending = b""
    while True:
        data = connection.recv(65536)
        if not data:
            return
        pending += data
        while b"\r\n\r\n" in pending:
            request, pending = pending.split(b"\r\n\r\n", 1)
            connection.sendall(PING if b"/_ping" in request.split(b"\r\n", 1)[0] else LIST)


listener = socket.socket(socket.AF_UNIX)
if os.path.exists(path):
    os.unlink(path)
listener.bind(path)
listener.listen(64)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
