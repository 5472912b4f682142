"""The Engine by its HTTP API, without the docker client between."""
import http.client
import json
import socket
import time
import urllib.parse
from pathlib import Path

from carrel_bench.report import fail


class Connection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path):
        super().__init__("engine", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Engine:
    """The instance's Engine, over one connection that is kept alive."""

    def __init__(self, instance):
        self.path = instance.settings["CARREL_ENGINE_SOCKET"]
        self.connection = Connection(self.path)
        self.label = "carrel.instance=" + instance.helper_settings()["instance"]

    def ask(self, method, path, data=None):
        """What the Engine says; None for what it does not have."""
        body = None if data is None else json.dumps(data)
        self.connection.request(method, path, body, {"Content-Type": "application/json"})
        response = self.connection.getresponse()
        text = response.read()
        if response.status >= 400 and response.status != 404:
            fail(f"The Engine answered {method} {path} with {response.status}: {text[:300]!r}")
        return json.loads(text) if text and response.status < 400 else None

    def containers(self):
        """The ids of the instance's containers, whether they run or not."""
        filters = urllib.parse.quote(json.dumps({"label": [self.label]}))
        return {one["Id"] for one in self.ask("GET", f"/containers/json?all=1&filters={filters}")}

    def wait_for(self, count, seconds=30):
        """Waits until there are so many of them; gives how many there are."""
        deadline = time.monotonic() + seconds
        while (found := len(self.containers())) != count and time.monotonic() < deadline:
            time.sleep(0.02)
        return found

    def inspect(self, container):
        return self.ask("GET", f"/containers/{container}/json")

    def first_byte(self, spec):
        """Seconds to make a container, attach to it, start it and read the first byte it prints, and what it printed.
        Comes back when the container, which removes itself, is gone."""
        began = time.monotonic()
        container = self.ask("POST", "/containers/create", spec)["Id"]
        with self.attach(container) as stream:
            self.ask("POST", f"/containers/{container}/start")
            first = stream.recv(1)
            took = time.monotonic() - began
            printed = without_heads(first + stream.makefile("rb").read())
        while self.inspect(container):
            time.sleep(0.01)
        return took, printed.decode(errors="replace").strip()

    def attach(self, container):
        stream = socket.socket(socket.AF_UNIX)
        stream.settimeout(60)
        stream.connect(self.path)
        stream.sendall(
            f"POST /containers/{container}/attach?stream=1&stdin=1&stdout=1&stderr=1 HTTP/1.1\r\nHost: engine\r\n"
            "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n".encode()
        )
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += stream.recv(1)
        if b" 101 " not in head:
            fail(f"The Engine did not attach to a container: {head!r}")
        return stream


def without_heads(stream):
    """What was printed, of which each piece has eight bytes before it: from which stream it came, and its length."""
    printed = b""
    while stream:
        end = 8 + int.from_bytes(stream[4:8], "big")
        printed += stream[8:end]
        stream = stream[end:]
    return printed


def processes_of(containers):
    """The processes on this machine that belong to one of these containers, by their control groups."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            groups = (place / "cgroup").read_text()
        except OSError:
            continue
        if any(container in groups for container in containers):
            found.append(int(place.name))
    return found
