"""A run in a live workspace that has run the program before, a new process each time, at the helper's socket and to its
end; beside a warm Jupyter kernel, which executes the program in one process that goes on. Both rest for a moment before
each, as they do when a person presses the button; without that, what is started ahead for the next run has just begun to
start, and this is said, too."""
import contextlib
import os
import subprocess
import time
from pathlib import Path

from carrel_bench.helper import Helper
from carrel_bench.program import GREETING, PROGRAM
from carrel_bench.report import fail, in_turn, median, say

# Seconds.
REST = 0.25


@contextlib.contextmanager
def warm_kernel():
    """Gives a function that has a kernel execute the program and gives the seconds it took."""
    command = [os.environ["CARREL_BENCH_KERNEL"], Path(__file__).with_name("warm_kernel.py"), PROGRAM, GREETING]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def execute():
            process.stdin.write("\n")
            process.stdin.flush()
            line = process.stdout.readline()
            if not line:
                fail("The Jupyter kernel has ended.")
            return float(line)

        try:
            execute()
            yield execute
        finally:
            process.stdin.close()


def measure(instance, report):
    helper = Helper(instance)
    workspace = helper.new_workspace()

    def ours():
        return helper.run(PROGRAM, GREETING, workspace).took

    def rested(once):
        time.sleep(REST)
        return once()

    ours()
    with warm_kernel() as execute:
        contestants = {
            "ours": lambda: median(rested(ours) for _ in range(20)),
            "kernel": lambda: median(rested(execute) for _ in range(20)),
        }
        times = {name: median(values) for name, values in in_turn(contestants).items()}
        hurried = [median(once() for _ in range(20)) * 1000 for once in (ours, execute)]
    say("one after the other without a rest: {:.1f} ms, kernel {:.1f} ms".format(*hurried))
    report.figure("again in a workspace, warm Jupyter kernel", times["ours"], times["kernel"], at_most=1.5)
