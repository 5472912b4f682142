"""From a key to its echo: the POST of a byte, through nginx, site, helper and container to the terminal's own echo, and
back by the live stream; beside a terminal of this machine. Both have `cat` at the other end, so the kernel echoes."""
import os
import pty
import subprocess
import time

from carrel_bench.instance import Browser
from carrel_bench.report import in_turn, median
from carrel_bench.stream import Stream

KEYS = 50
# Seconds between two keys.
PAUSE = 0.02
# What our way may take longer than three times the local echo, in seconds.
ALLOWANCE = 0.005


class OurTerminal:
    """A shell in a workspace, opened and watched as the page's scripts do, with `cat` in it."""

    def __init__(self, instance):
        self.browser = Browser(instance).sign_in(*instance.new_person())
        project = self.browser.new_project("Terminal")
        window = {"rows": 24, "columns": 80}
        self.run = self.browser.post(f"/projects/{project}/terminals", data=window).json()["run"]["id"]
        while not self.browser.get(f"/runs/{self.run}/output?from=0").json()["bytes"]:
            time.sleep(0.05)
        self.stream = Stream(self.browser, [f"project/{project}", f"run/{self.run}"]).wait_until_open()
        self.enter(b"exec cat\n")

    def enter(self, keys):
        """Types what nobody measures, and waits until nothing more comes of it."""
        self.post(keys)
        self.browser.answer(expect=(204,))
        time.sleep(0.3)
        self.stream.take()
        self.stream.bytes = b""

    def post(self, keys):
        self.browser.send("POST", f"/runs/{self.run}/input", keys, {"Content-Type": "application/octet-stream"})

    def key(self):
        began = time.monotonic()
        self.post(b"x")
        while not self.stream.has(b'"bytes":"eA=="'):
            self.stream.take()
        took = time.monotonic() - began
        self.browser.answer(expect=(204,))
        self.stream.bytes = b""
        return took


class LocalTerminal:
    """A pair of a terminal's two ends on this machine, with `cat` in it."""

    def __init__(self):
        self.end, other = pty.openpty()
        self.process = subprocess.Popen(["cat"], stdin=other, stdout=other)
        os.close(other)

    def enter(self, keys):
        os.write(self.end, keys)
        time.sleep(0.3)
        os.read(self.end, 4096)

    def key(self):
        began = time.monotonic()
        os.write(self.end, b"x")
        os.read(self.end, 1)
        return time.monotonic() - began

    def close(self):
        self.process.kill()
        self.process.wait()


def keys(terminal):
    """Seconds of so many keys, and then a new line: a terminal keeps no more than 4,096 bytes of one."""
    times = []
    for _ in range(KEYS):
        time.sleep(PAUSE)
        times.append(terminal.key())
    terminal.enter(b"\n")
    return median(times)


def measure(instance, report):
    ours, local = OurTerminal(instance), LocalTerminal()
    times = in_turn({"ours": lambda: keys(ours), "local": lambda: keys(local)})
    local.close()
    ours.browser.post(f"/runs/{ours.run}/cancellation", data={})
    allowed = 3 * median(times["local"]) + ALLOWANCE
    report.figure("key to echo, p50, 3 local echoes + 5 ms", median(times["ours"]), allowed, at_most=1)
