"""measure.py STATE PROGRAM TRACE: see scripts/bench.d/editor."""
import sys
from pathlib import Path

import many_files
import many_projects
import replay
import typing_speed
import usable
from carrel_bench.instance import Instance
from carrel_bench.report import Report, say


def main():
    instance = Instance(sys.argv[1])
    program, trace = map(Path, sys.argv[2:])
    report = Report("editor")
    say("applying a trace of edits")
    replay.measure(instance, report, program, trace)
    say("opening a page in a browser")
    usable.measure(instance, report)
    say("typing into a large file")
    typing_speed.measure(instance, report)
    say("opening projects with few and many files")
    many_files.measure(instance, report)
    say("going through a list of many projects")
    many_projects.measure(instance, report)
    report.end()


main()
