"""measure.py STATE: see scripts/bench.d/execute. CARREL_BENCH_FIGURES may name a part of FIGURES."""
import os
import sys

import at_socket
import cold
import echo
import hello
import kernel
import memory
import neighbours
import sustained
import teardown
from carrel_bench.instance import Instance
from carrel_bench.report import Report, fail, say

# Those that want containers waiting, as the instance is started, come before those that give the helper other settings.
FIGURES = {
    "hello": hello, "socket": at_socket, "kernel": kernel, "echo": echo, "sustained": sustained,
    "neighbours": neighbours, "cold": cold, "memory": memory, "teardown": teardown,
}


def main():
    wanted = os.environ.get("CARREL_BENCH_FIGURES", "").split() or list(FIGURES)
    if unknown := set(wanted) - set(FIGURES):
        fail(f"There is no figure {' '.join(sorted(unknown))}; the figures are: {' '.join(FIGURES)}")
    instance = Instance(sys.argv[1])
    report = Report("execute")
    for name in FIGURES:
        if name in wanted:
            say(f"measuring {name}")
            FIGURES[name].measure(instance, report)
    report.end()


main()
