"""As many jobs as there can be, through the execute API, of one person: each in a container of its own, and then one after
the other in containers that are cleaned between them. Beside the best of several loops of `docker run`, so many at a time,
before and after. A job that is answered 429 is asked for again as soon as the answer allows; that is no failure."""
import threading
import time

from caller import Caller, is_right, new_token
from carrel_bench.docker import Docker
from carrel_bench.program import COMMAND, GREETING
from carrel_bench.report import count, median, rate, say

SECONDS = 60
JOBS = 2000
CALLERS = 8
AT_A_TIME = (1, 2, 4, 8)
LOOP_SECONDS = 8


class Crowd:
    """Callers who ask again as soon as they are answered, for so many seconds and until there were so many jobs."""

    def __init__(self, instance):
        token = new_token(instance)
        self.callers = [Caller(instance, token) for _ in range(CALLERS)]
        self.lock = threading.Lock()
        self.done = self.failed = self.retried = 0

    def work(self):
        """Jobs a second."""
        began = time.monotonic()
        at_once(CALLERS, lambda number: self.follow(self.callers[number], began))
        say(f"{self.done} jobs in {time.monotonic() - began:.0f} s; {self.retried} times one was to come again later")
        return (self.done - self.failed) / (time.monotonic() - began)

    def follow(self, caller, began):
        while time.monotonic() < began + SECONDS or self.done < JOBS:
            status, headers, body = caller.ask()
            if status == 429 and headers["Retry-After"]:
                with self.lock:
                    self.retried += 1
                time.sleep(int(headers["Retry-After"]))
                continue
            good = is_right(status, body)
            if not good:
                say(f"A job was answered {status}: {body[:300]!r}")
            with self.lock:
                self.done += 1
                self.failed += not good


def at_once(number, act):
    """Calls `act` with each number on a thread of its own and waits for all."""
    threads = [threading.Thread(target=act, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def docker_loop(docker, number):
    """Runs a second, so many at a time."""
    ends = []
    began = time.monotonic()

    def follow(_):
        while time.monotonic() < began + LOOP_SECONDS:
            docker.run()
            ends.append(time.monotonic())

    at_once(number, follow)
    return len(ends) / (max(ends) - began)


def measure(instance, report):
    crowd = Crowd(instance)
    crowd.callers[0].execute()
    regulars = Crowd(instance)
    docker = Docker(instance, COMMAND, GREETING)
    rates = {number: [docker_loop(docker, number)] for number in AT_A_TIME}
    fresh = crowd.work()
    instance.configure_helper(usedContainers=CALLERS)
    regulars.callers[0].execute()
    reused = regulars.work()
    instance.configure_helper(usedContainers=0)
    for number in AT_A_TIME:
        rates[number].append(docker_loop(docker, number))
    best = max(AT_A_TIME, key=lambda number: median(rates[number]))
    for number, values in rates.items():
        say(f"docker run {number} at a time: {median(values):.1f}/s")
    beside = {"peer": median(rates[best]), "show": lambda value: f"{value:.1f}/s"}
    report.figure(f"jobs a second, docker run {best} at a time", fresh, at_least=1.5, **beside)
    report.figure(f"jobs a second in used containers, docker run {best} at a time", reused, at_least=15, **beside)
    report.figure(f"failed jobs of {JOBS:,}", crowd.failed, at_most=0, show=count)
    report.figure(f"failed jobs of {regulars.done:,} in used containers", regulars.failed, at_most=0, show=count)
