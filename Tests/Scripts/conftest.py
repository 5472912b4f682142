"""An instance of its own for the tests of scripts/, and the few words they are written in."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

import pytest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
SERVICES = ("mariadb", "dockerd", "runner", "site", "nginx")


def script(name, *arguments, user=None, timeout=900, **environment):
    """Runs a script of the repository to its end; both outputs are in `stdout`."""
    command = [str(REPOSITORY / "scripts" / name), *map(str, arguments)]
    if user:
        command = ["setpriv", "--reuid", user, "--clear-groups", *command]
    return subprocess.run(
        command, env=os.environ | environment, timeout=timeout, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(condition, seconds=20):
    """The condition's first true value within that time, else its last."""
    end = time.monotonic() + seconds
    while not (value := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return value


class Instance:
    """A state directory, a port, and what scripts/start makes of them. Its own Engine, whatever else runs here."""

    def __init__(self, base=""):
        self.state = pathlib.Path(tempfile.mkdtemp(prefix="carrel-scripts.", dir="/tmp"))
        self.state.chmod(0o755)
        self.port = free_port()
        self.base = base

    def start(self, *arguments):
        return script(
            "start", "--detach", "--port", self.port, "--state", self.state, "--base-path", self.base or "/", *arguments,
            CARREL_ENGINE="own", CARREL_UPLOAD_LIMIT="1m",
        )

    def stop(self):
        return script("stop", "--state", self.state)

    def end(self):
        self.stop()
        shutil.rmtree(self.state)

    def get(self, path, method="GET", data=None, headers={}):
        """Status, headers and body; status 0 when nobody answers."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=data, method=method, headers=headers
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()
        except OSError:
            return 0, {}, b""

    def is_healthy(self):
        return self.get(f"{self.base}/healthz")[0] == 200

    def is_whole(self):
        """Whether all its parts work, as the self-check sees it."""
        return self.is_healthy() and script("carrel", "--state", self.state, "check").returncode == 0

    def pid(self, service):
        return int((self.state / "run" / f"{service}.pid").read_text().split()[0])

    def kill(self, *services):
        for pid in [self.pid(service) for service in services]:
            os.kill(pid, signal.SIGKILL)

    def engine(self, *arguments):
        return subprocess.run(
            ["docker", "--host", f"unix://{self.state}/run/dockerd/docker.sock", *arguments],
            check=True, text=True, capture_output=True,
        ).stdout.strip()

    def traces(self):
        """What of it is left in the machine: processes that name its directory, and mounts in it."""
        found = [line for line in pathlib.Path("/proc/mounts").read_text().splitlines() if str(self.state) in line]
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if str(self.state) in command:
                found.append(command)
        return found


@pytest.fixture(scope="session")
def instance():
    instance = Instance()
    result = instance.start()
    assert result.returncode == 0, result.stdout
    yield instance
    instance.end()


@pytest.fixture
def running(instance):
    """The shared instance, whole; started again if the test before has ended it."""
    if not eventually(instance.is_whole, seconds=30 if instance.is_healthy() else 0):
        instance.stop()
        result = instance.start()
        assert result.returncode == 0, result.stdout
    return instance
