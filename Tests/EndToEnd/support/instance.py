"""The running instances that scripts/test names in the environment."""
import json
import os
import pathlib
import signal
import subprocess
import time
import urllib.parse

import pytest

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]

#: For a test that is worth running at the root and below a base path.
everywhere = pytest.mark.parametrize("site", ["root", "based"], indirect=True)


def results():
    """Where screenshots and reports go."""
    directory = pathlib.Path(os.environ["CARREL_TEST_RESULTS"])
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def eventually(condition, seconds=20):
    """The condition's first true value within that time, else its last."""
    end = time.monotonic() + seconds
    while not (value := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return value


class Instance:
    """One running Carrel: where it answers, and its state directory."""

    def __init__(self, address, state):
        self.address = address.rstrip("/")
        self.state = pathlib.Path(state)
        parts = urllib.parse.urlsplit(self.address)
        self.base = parts.path
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.host, self.port = parts.hostname, parts.port

    @classmethod
    def named(cls, name):
        prefix = {"root": "CARREL_TEST_", "based": "CARREL_TEST_BASED_"}[name]
        return cls(os.environ[prefix + "ADDRESS"], os.environ[prefix + "STATE"])

    def url(self, path):
        """The whole address of a path below the base path."""
        return self.address + path

    @property
    def settings(self):
        lines = (self.state / "etc/site.env").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    @property
    def assets(self):
        """The path of this release's assets, with the base path."""
        return f"{self.base}/assets/{self.settings['CARREL_ASSET_VERSION']}"

    def carrel(self, *arguments, text=None):
        """Runs the operator's command line and gives what it prints."""
        command = [str(REPOSITORY / "scripts/carrel"), "--state", str(self.state), *arguments]
        return subprocess.run(command, input=text, check=True, text=True, capture_output=True, timeout=60).stdout

    def forget_attempts(self):
        """Lets this address make accounts again: tests make more than anybody may in a quarter of an hour."""
        self.execute("DELETE FROM attempts")

    def execute(self, sql):
        """Changes the database, for what no page does."""
        command = ["mariadb", "--no-defaults", f"--socket={self.settings['CARREL_DATABASE_SOCKET']}", "--user=root"]
        subprocess.run([*command, self.settings["CARREL_DATABASE"], "--execute", sql], check=True, timeout=60)

    def pid(self, service):
        """The number of a program of this instance, None while there is none."""
        try:
            return int((self.state / "run" / f"{service}.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError):
            return None

    def kill(self, service, number=signal.SIGKILL):
        """Kills a program, as a power cut would, or by another signal. Its keeper starts another by itself."""
        os.kill(self.pid(service), number)

    def memory(self, service):
        """The bytes that a program of this instance has in memory."""
        status = pathlib.Path(f"/proc/{self.pid(service)}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))) * 1024

    def containers(self):
        """The numbers of this instance's containers; None while the Engine does not answer."""
        name = json.loads((self.state / "etc/runner.json").read_text())["instance"]
        host = f"unix://{self.settings['CARREL_ENGINE_SOCKET']}"
        command = ["docker", "--host", host, "ps", "--all", "--quiet", "--filter", f"label=carrel.instance={name}"]
        found = subprocess.run(command, text=True, capture_output=True, timeout=60)
        return found.stdout.split() if found.returncode == 0 else None
