#!/usr/bin/env python3
"""Makes the images that tests use and puts them into a registry, without an engine.

  images.py REGISTRY [--user NAME:PASSWORD] [IMAGE...]     REGISTRY like http://127.0.0.1:5000; no IMAGE means all of them

  busy:latest     one layer: a static busybox with its commands and a user `tester` (1000:1000); CMD sh
  demo:1.0 2.0    busy and three layers more, one of 3 MB, with labels, environment, port and stop signal; latest is 2.0
  multi:latest    an index of busy for amd64 and arm64
  entry:latest    ENTRYPOINT, CMD, USER, WORKDIR and VOLUME set
  healthy:latest  with a health check that passes
  broken:latest   whose second layer is no tar archive: pulling it fails in the middle of the stream

The layers are the same in every run, as far as busybox is. It is BUSYBOX from the environment, else /bin/busybox (busybox-static).
"""

import base64
import gzip
import hashlib
import io
import json
import os
import platform
import random
import subprocess
import sys
import tarfile
import urllib.error
import urllib.parse
import urllib.request

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
INDEX = "application/vnd.docker.distribution.manifest.list.v2+json"
CONFIG = "application/vnd.docker.container.image.v1+json"
LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"
CREATED = "2024-01-02T03:04:05Z"
ARCH = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def tar(entries):
    """A tar archive of (name, content) pairs: bytes are a file, None is a folder, a string is a symbolic link's target."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in entries:
            info = tarfile.TarInfo(name)
            info.mode = 0o755
            if content is None:
                info.type = tarfile.DIRTYPE
                info.mode = 0o1777 if name == "tmp" else 0o755
            elif isinstance(content, str):
                info.type, info.linkname = tarfile.SYMTYPE, content
            else:
                info.size = len(content)
                info.mode = 0o755 if name.startswith("bin/") else 0o644
            archive.addfile(info, io.BytesIO(content) if isinstance(content, bytes) else None)
    return out.getvalue()


def busybox_layer():
    path = os.environ.get("BUSYBOX", "/bin/busybox")
    with open(path, "rb") as file:
        binary = file.read()
    applets = subprocess.run([path, "--list"], check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    entries = [(name, None) for name in ("bin", "dev", "etc", "proc", "root", "sys", "tmp", "var")]
    entries.append(("bin/busybox", binary))
    entries += [("bin/" + applet, "busybox") for applet in sorted(applets) if applet != "busybox"]
    entries.append(("etc/passwd", b"root:x:0:0:root:/root:/bin/sh\ntester:x:1000:1000::/tmp:/bin/sh\n"))
    entries.append(("etc/group", b"root:x:0:\ntester:x:1000:\n"))
    return tar(entries)


class Registry:
    def __init__(self, url, user=None):
        self.url = url.rstrip("/")
        self.headers = {"Authorization": "Basic " + base64.b64encode(user.encode()).decode()} if user else {}

    def call(self, method, path, body=None, headers=None):
        url = path if path.startswith("http") else self.url + path
        request = urllib.request.Request(url, data=body, method=method, headers={**self.headers, **(headers or {})})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        return opener.open(request, timeout=30)

    def put_blob(self, name, data):
        try:
            self.call("HEAD", f"/v2/{name}/blobs/{digest(data)}").close()
            return
        except urllib.error.HTTPError as error:
            if error.code != 404:
                raise
        with self.call("POST", f"/v2/{name}/blobs/uploads/", b"") as answer:
            location = answer.headers["Location"]
        join = "&" if "?" in location else "?"
        location += join + urllib.parse.urlencode({"digest": digest(data)})
        self.call("PUT", location, data, {"Content-Type": "application/octet-stream"}).close()

    def put_manifest(self, name, tag, manifest):
        """Without a tag the manifest is found by its digest alone."""
        body = json.dumps(manifest, indent=3).encode()
        self.call("PUT", f"/v2/{name}/manifests/{tag or digest(body)}", body, {"Content-Type": manifest["mediaType"]}).close()
        return {"mediaType": manifest["mediaType"], "size": len(body), "digest": digest(body)}

    def put_image(self, name, tag, layers, arch=ARCH, **settings):
        """layers: uncompressed tars. settings: keys of the image configuration's `config`, as a Dockerfile sets them."""
        blobs = [gzip.compress(layer, 6, mtime=0) for layer in layers]
        config = json.dumps({
            "architecture": arch, "os": "linux", "created": CREATED, "config": settings,
            "history": [{"created": CREATED, "created_by": f"layer {number}"} for number in range(1, len(layers) + 1)],
            "rootfs": {"type": "layers", "diff_ids": [digest(layer) for layer in layers]},
        }).encode()
        for blob in [*blobs, config]:
            self.put_blob(name, blob)
        return self.put_manifest(name, tag, {
            "schemaVersion": 2, "mediaType": MANIFEST,
            "config": {"mediaType": CONFIG, "size": len(config), "digest": digest(config)},
            "layers": [{"mediaType": LAYER, "size": len(blob), "digest": digest(blob)} for blob in blobs],
        })


PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def busy(registry, base):
    registry.put_image("busy", "latest", [base], Env=[PATH], Cmd=["sh"])


def demo(registry, base):
    noise = random.Random(1).randbytes(3_000_000)
    for version in ("1.0", "2.0", "latest"):
        number = "2.0" if version == "latest" else version
        registry.put_image(
            "demo", version,
            [base, tar([("data", None), ("data/noise", noise)]), tar([("data/version", number.encode() + b"\n")]),
             tar([("bin/hello", b"#!/bin/sh\necho hello from demo $(cat /data/version)\n")])],
            Env=[PATH, "DEMO_VERSION=" + number], Cmd=["hello"], Labels={"org.example.name": "demo", "org.example.version": number},
            ExposedPorts={"8080/tcp": {}}, StopSignal="SIGTERM")


def multi(registry, base):
    entries = []
    for arch in ("amd64", "arm64"):
        entry = registry.put_image("multi", None, [base, tar([("arch", arch.encode() + b"\n")])], arch=arch, Env=[PATH], Cmd=["cat", "/arch"])
        entries.append({**entry, "platform": {"architecture": arch, "os": "linux"}})
    registry.put_manifest("multi", "latest", {"schemaVersion": 2, "mediaType": INDEX, "manifests": entries})


def entry(registry, base):
    registry.put_image("entry", "latest", [base], Env=[PATH, "FROM_IMAGE=1"], Entrypoint=["echo", "entry:"], Cmd=["default"],
                       User="tester", WorkingDir="/tmp", Volumes={"/data": {}})


def healthy(registry, base):
    registry.put_image("healthy", "latest", [base], Env=[PATH], Cmd=["sleep", "600"],
                       Healthcheck={"Test": ["CMD", "true"], "Interval": 1_000_000_000, "Timeout": 5_000_000_000, "Retries": 1})


def broken(registry, base):
    registry.put_image("broken", "latest", [base, b"this is no tar archive" * 100], Env=[PATH], Cmd=["sh"])


IMAGES = {function.__name__: function for function in (busy, demo, multi, entry, healthy, broken)}


def main(arguments):
    user = None
    if "--user" in arguments:
        at = arguments.index("--user")
        user = arguments[at + 1]
        del arguments[at:at + 2]
    if not arguments or arguments[0].startswith("-") or not set(arguments[1:]) <= set(IMAGES):
        print(__doc__, file=sys.stderr)
        return 2
    registry = Registry(arguments[0], user)
    base = busybox_layer()
    for name in arguments[1:] or IMAGES:
        IMAGES[name](registry, base)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
