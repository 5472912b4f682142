"""A hello through the execute API, while containers wait, beside `docker run --rm` of it, both to the end."""
import time

from caller import Caller, new_token
from carrel_bench.docker import Docker
from carrel_bench.program import COMMAND, GREETING
from carrel_bench.report import in_turn, median, percentile

# Jobs come one at a time and leave time for the container that was used to be replaced.
JOBS = 25
PAUSE = 0.5


def measure(instance, report):
    caller = Caller(instance, new_token(instance))
    caller.execute()
    docker = Docker(instance, COMMAND, GREETING)

    def job():
        time.sleep(PAUSE)
        return caller.execute()

    rounds = in_turn({
        "ours": lambda: [job() for _ in range(JOBS)],
        "docker": lambda: [docker.whole_run() for _ in range(5)],
    })
    ours = [took for times in rounds["ours"] for took in times]
    peer = median(took for times in rounds["docker"] for took in times)
    report.figure("hello, median, docker run", median(ours), peer, at_most=1 / 12)
    report.figure("hello, p99, docker run's median", percentile(ours, 0.99), peer, at_most=1 / 4)
