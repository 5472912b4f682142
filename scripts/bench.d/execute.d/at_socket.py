"""A hello at the helper's socket, to its end, while containers wait; beside `docker exec` of it in a container that is
running, and beside isolate's init, run and cleanup."""
import time

from carrel_bench.docker import Docker
from carrel_bench.helper import Helper
from carrel_bench.program import COMMAND, GREETING, PROGRAM
from carrel_bench.report import in_turn, median
from isolate import Isolate, find_isolate

PAUSE = 0.5
ISOLATE = "hello at the socket, isolate"


def measure(instance, report):
    helper = Helper(instance)
    helper.run(PROGRAM, GREETING)
    docker = Docker(instance, COMMAND, GREETING)

    def ours():
        time.sleep(PAUSE)
        return helper.run(PROGRAM, GREETING).took

    with docker.standing() as container:
        contestants = {
            "ours": lambda: median(ours() for _ in range(5)),
            "exec": lambda: median(docker.whole_exec(container) for _ in range(5)),
        }
        if isolate := find_isolate():
            box = Isolate(isolate, COMMAND, GREETING)
            contestants["isolate"] = lambda: median(box.whole_run() for _ in range(5))
        for contestant in contestants.values():
            contestant()
        times = {name: median(values) for name, values in in_turn(contestants).items()}
    report.figure("hello at the socket, docker exec", times["ours"], times["exec"], at_most=1 / 6)
    if isolate:
        report.figure(ISOLATE, times["ours"], times["isolate"], at_most=0.5)
    else:
        words = "isolate is not installed; put it into PATH or name it in CARREL_BENCH_ISOLATE"
        report.unmeasured(ISOLATE, "≤ 0.5", words)
