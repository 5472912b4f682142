"""measure.py STATE: see scripts/bench.d/run."""
import sys

from carrel_bench.desk import Desk
from carrel_bench.docker import Docker
from carrel_bench.instance import Instance
from carrel_bench.program import COMMAND, GREETING, PROGRAM
from carrel_bench.report import Report, in_turn, median


def main():
    instance = Instance(sys.argv[1])
    desk = Desk(instance, PROGRAM, GREETING)
    desk.run()
    docker = Docker(instance, COMMAND, GREETING)

    def middle_of(count, once):
        return lambda: median(once() for _ in range(count))

    contestants = {"ours": middle_of(9, desk.run), "run": middle_of(3, docker.run), "exec": middle_of(3, docker.exec)}
    for contestant in contestants.values():
        contestant()
    times = {name: median(values) for name, values in in_turn(contestants).items()}
    report = Report("run")
    report.figure("first byte, docker run", times["ours"], times["run"], at_most=0.1)
    report.figure("first byte, docker exec", times["ours"], times["exec"])
    report.end()


main()
