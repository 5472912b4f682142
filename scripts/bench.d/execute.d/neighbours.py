"""Pages and runs of some people while a program of somebody else does its worst, beside the same moments before, when
nobody else did anything; and what such a program leaves behind."""
import collections
import sys
import threading
import time

from carrel_bench.desk import Desk, ending, new_program, printed_by, start, stop_workspace
from carrel_bench.engine import Engine, processes_of
from carrel_bench.instance import Browser
from carrel_bench.program import GREETING, PROGRAM
from carrel_bench.report import count, in_turn, percentile, say

SECONDS = 6
ROUNDS = 2
# Seconds between two pages of one reader, and between two runs.
PAGE_PAUSE = 0.02
RUN_PAUSE = 0.05

FILL_THE_DISK = """
import os
while True:
    for folder in ["/home/coder", "/tmp"]:
        try:
            with open(f"{folder}/fill", "wb") as file:
                while True:
                    file.write(bytes(1 << 20))
        except OSError:
            os.unlink(f"{folder}/fill")
"""

# Prints how many processes are in its container besides the agent, itself and what waits for the next run. Seen from
# inside: on the machine, gVisor has processes of its own for those that a program had.
COUNT_PROCESSES = """
import os
count = 0
for number in filter(str.isdigit, os.listdir("/proc")):
    if int(number) in (1, os.getpid()):
        continue
    try:
        with open(f"/proc/{number}/environ", "rb") as file:
            count += b"CARREL_WAITING=" not in file.read()
    except OSError:
        count += os.path.exists(f"/proc/{number}")
print(count)
"""

# One that is ended for what it does is started again at once.
ATTACKS = {
    "a fork bomb": "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass",
    "10 GB of memory": "print(len(b'x' * (10 << 30)))",
    "a full disk": FILL_THE_DISK,
    "a flood of output": "while True:\n    print('x' * 1000)",
    "a busy processor": "while True:\n    pass",
}


class Attack:
    """Somebody's program that is run again and again from `begin` to `end`."""

    def __init__(self, browser, program):
        self.browser = browser
        self.project, self.path, _ = new_program(browser, program)
        self.is_over = threading.Event()
        self.endings = collections.Counter()
        self.has_failed = True
        self.thread = threading.Thread(target=self.follow)

    def begin(self):
        self.thread.start()

    def follow(self):
        while not self.is_over.is_set():
            run = start(self.browser, self.project, self.path)
            while not (kind := ending(self.browser, run)):
                if self.is_over.wait(0.1):
                    self.browser.post(f"/runs/{run}/cancellation", data={})
                    time.sleep(0.1)
            self.endings[kind] += 1
        self.has_failed = False

    def end(self):
        self.is_over.set()
        self.thread.join()
        if self.has_failed:
            sys.exit(2)
        say(f"the neighbour's runs ended so: {dict(self.endings)}")


class Street:
    """Somebody who reads pages, somebody who runs programs, and their bad neighbour."""

    def __init__(self, instance):
        self.engine = Engine(instance)
        self.reader = Browser(instance).sign_in(*instance.new_person())
        self.desk = Desk(instance, PROGRAM, GREETING)
        self.desk.run()
        self.neighbour = Browser(instance).sign_in(*instance.new_person())
        self.ours = self.engine.containers()
        self.left = 0

    def life(self):
        """Seconds that each page and each run took, for a while."""
        pages, runs = [], []
        end = time.monotonic() + SECONDS

        def read():
            while (began := time.monotonic()) < end:
                self.reader.get("/projects")
                pages.append(time.monotonic() - began)
                time.sleep(PAGE_PAUSE)

        thread = threading.Thread(target=read)
        thread.start()
        while time.monotonic() < end:
            runs.append(self.desk.run())
            time.sleep(RUN_PAUSE)
        thread.join()
        return pages, runs

    def life_beside(self, program):
        attack = Attack(self.neighbour, program)
        attack.begin()
        time.sleep(1)
        times = self.life()
        theirs = self.engine.containers() - self.ours
        attack.end()
        # Nothing of it may be left in its container, and nothing at all when the workspace has stopped.
        processes = int(printed_by(self.neighbour, attack.project, COUNT_PROCESSES))
        theirs |= self.engine.containers() - self.ours
        stop_workspace(self.neighbour, attack.project)
        containers = self.engine.wait_for(len(self.ours)) - len(self.ours)
        orphans = len(processes_of(theirs))
        if processes or containers or orphans:
            say(f"left: {processes} processes in the container, then {containers} containers and {orphans} processes")
        self.left += processes + containers + orphans
        return times


def measure(instance, report):
    instance.configure_helper(spares=0)
    street = Street(instance)
    for name, program in ATTACKS.items():
        rounds = in_turn({"idle": street.life, "beside": lambda text=program: street.life_beside(text)}, ROUNDS)
        for index, what in enumerate(("pages", "runs")):
            idle, beside = (
                percentile([took for times in rounds[when] for took in times[index]], 0.99)
                for when in ("idle", "beside")
            )
            report.figure(f"{what} beside {name}, p99, idle", beside, idle, at_most=2)
    report.figure("containers and processes neighbours left", street.left, at_most=0, show=count)
