"""The end of many containers in which programs keep the processors busy: the helper is told to stop, and all of them
must be gone; beside `docker kill` and `docker rm` of as many with the same limits and program."""
import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from carrel_bench.docker import Docker, duration
from carrel_bench.engine import Engine, processes_of
from carrel_bench.helper import Helper
from carrel_bench.program import COMMAND, GREETING, PROGRAM
from carrel_bench.report import count, fail, in_turn, median

MANY = 50
# How many are started at a time.
STARTERS = 4
# Waits until it is told to be busy: containers that start beside so many busy ones would take minutes.
BUSY = """
import signal
signal.signal(signal.SIGUSR1, lambda *_: None)
print("ready")
signal.pause()
while True:
    pass
"""


def make_busy(containers):
    """Tells the program in each container to begin."""
    deadline = time.monotonic() + 60
    while len(ready := [pid for pid in processes_of(containers) if awaits_signal(pid)]) < MANY:
        if time.monotonic() > deadline:
            fail(f"Only {len(ready)} of {MANY} programs have started.")
        time.sleep(0.1)
    for pid in ready:
        os.kill(pid, signal.SIGUSR1)
    time.sleep(1)


def awaits_signal(pid):
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    caught = re.search(r"^SigCgt:\s*([0-9a-f]+)$", status, re.M)[1]
    return int(caught, 16) >> (signal.SIGUSR1 - 1) & 1


class Ours:
    """Busy jobs of the helper. `left` counts what outlived their end."""

    def __init__(self, instance):
        self.instance = instance
        self.helper = Helper(instance)
        self.engine = Engine(instance)
        self.left = 0

    def tear_down(self):
        with ThreadPoolExecutor(STARTERS) as pool:
            runs = list(pool.map(lambda _: self.helper.start(BUSY).wait_for_output(), range(MANY)))
        containers = self.engine.containers()
        if len(containers) != MANY:
            fail(f"There are {len(containers)} containers for {MANY} jobs.")
        make_busy(containers)
        runner = self.instance.pid("runner")
        took = duration(lambda: self.end(runner))
        self.left += len(self.engine.containers()) + len(processes_of(containers))
        for run in runs:
            run.close()
        self.instance.wait_for_restart("runner", runner)
        return took

    def end(self, runner):
        os.kill(runner, signal.SIGTERM)
        self.engine.wait_for(0)


def theirs(docker):
    with ThreadPoolExecutor(STARTERS) as pool:
        containers = list(pool.map(lambda _: docker.started("python3", "-u", "-c", BUSY), range(MANY)))
    make_busy(containers)
    return duration(lambda: docker.remove(containers))


def measure(instance, report):
    instance.configure_helper(spares=0, slots=MANY)
    ours = Ours(instance)
    ours.helper.run(PROGRAM, GREETING, ours.helper.new_workspace())
    docker = Docker(instance, COMMAND, GREETING)
    instance.restart("runner")
    rounds = in_turn({"ours": ours.tear_down, "docker": lambda: theirs(docker)}, rounds=3)
    name = f"end of {MANY} busy containers, docker kill and rm"
    report.figure(name, median(rounds["ours"]), median(rounds["docker"]), at_most=0.5)
    report.figure(f"containers and processes left of the {MANY}", ours.left, at_most=0, show=count)
