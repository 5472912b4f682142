"""The docker client on the instance's Engine, with the limits that the instance's own containers have."""
import contextlib
import json
import subprocess
import time

from carrel_bench.report import fail


class Docker:
    """Runs one program, in a container that is made for it or in one of the instance's."""

    def __init__(self, instance, program, greeting):
        self.client = ["docker", "--host", f"unix://{instance.settings['CARREL_ENGINE_SOCKET']}"]
        self.program = program
        self.greeting = greeting
        found = self.ask("ps", "--quiet", "--no-trunc", "--filter", "label=carrel.language=python").split()
        if not found:
            fail("There is no container of Python's; the image may be missing.")
        self.workspace = json.loads(self.ask("inspect", found[0]))[0]

    def ask(self, *words):
        return subprocess.run([*self.client, *words], capture_output=True, text=True, check=True).stdout

    def run(self):
        return self.first_byte(["run", "--rm", *self.limits(), self.workspace["Image"], *self.program])

    def exec(self, container=None):
        return self.first_byte(["exec", "--user", "1000:1000", container or self.workspace["Id"], *self.program])

    def started(self, *program):
        """The id of a container that runs this program by itself."""
        return self.ask("run", "--detach", *self.limits(), self.workspace["Image"], *program).strip()

    @contextlib.contextmanager
    def standing(self):
        """A container that does nothing, for `exec`, as long as this lasts."""
        container = self.started("sleep", "infinity")
        try:
            yield container
        finally:
            self.remove([container])

    def remove(self, containers):
        """Kills containers and removes them, as the client's two commands do it."""
        self.ask("kill", *containers)
        self.ask("rm", *containers)

    def whole_run(self):
        """Seconds until the container of a run is gone."""
        return duration(self.run)

    def whole_exec(self, container):
        """Seconds until the client has told the end of a program in this container."""
        return duration(lambda: self.exec(container))

    def first_byte(self, words):
        began = time.monotonic()
        with subprocess.Popen([*self.client, *words], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
            first = process.stdout.read(1)
            took = time.monotonic() - began
            printed = (first + process.stdout.read()).decode().strip()
        if printed != self.greeting:
            fail(f"docker {words[0]} printed {printed!r}.")
        return took

    def limits(self):
        host = self.workspace["HostConfig"]
        words = ["--user", "1000:1000", "--entrypoint", "", "--log-driver", "none", "--runtime", host["Runtime"]]
        words += ["--network", host["NetworkMode"], "--ipc", host["IpcMode"], "--shm-size", str(host["ShmSize"])]
        words += ["--memory", str(host["Memory"]), "--memory-swap", str(host["MemorySwap"])]
        words += ["--cpus", str(host["NanoCpus"] / 1e9), "--pids-limit", str(host["PidsLimit"])]
        words += ["--read-only"] if host["ReadonlyRootfs"] else []
        for option, values in (("--cap-drop", "CapDrop"), ("--cap-add", "CapAdd"), ("--security-opt", "SecurityOpt")):
            words += [word for value in host[values] or [] for word in (option, value)]
        for path, options in host["Tmpfs"].items():
            words += ["--tmpfs", f"{path}:{options}"]
        for limit in host["Ulimits"]:
            words += ["--ulimit", f"{limit['Name']}={limit['Soft']}:{limit['Hard']}"]
        return words


def duration(act):
    began = time.monotonic()
    act()
    return time.monotonic() - began
