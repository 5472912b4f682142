"""measure.py STATE OWN: see scripts/bench.d/live. OWN is "yes" when the instance is nobody else's."""
import sys

from carrel_bench.instance import Browser, Instance
from carrel_bench.report import Report, in_turn, median, percentile, say
from fanout import Readers
from memory import bytes_per_stream

STREAMS = 2000
STREAMS_OF_A_SESSION = 30
CROWD = 100
EDITS = 100


def main():
    instance = Instance(sys.argv[1])
    name, password = instance.new_person()
    count = -(-STREAMS // STREAMS_OF_A_SESSION)
    say(f"signing in {count} times")
    browsers = [Browser(instance).sign_in(name, password) for _ in range(count)]
    places = []
    for number, browser in enumerate(browsers):
        project = browser.new_project(f"Project {number}")
        places.append((project, browser.files(project)[0]["document"]))
    report = Report("live")
    # Hashing the passwords of those sign-ins has left much free memory in the site, which would hide what streams take.
    if sys.argv[2] == "yes":
        instance.restart("site")
    else:
        say("the site has run before, so it may have free memory that hides what streams take")
    memory = bytes_per_stream(instance, browsers, places, STREAMS, STREAMS_OF_A_SESSION)

    def kilobytes(value):
        return f"{value / 1024:.1f} KB"

    report.figure(f"memory per stream, {STREAMS:,} idle", sum(memory.values()), at_most=32 * 1024, show=kilobytes)
    for part, value in memory.items():
        report.figure(f"of that, {part}", value, show=kilobytes)

    groups = {1: Readers(browsers[:1], places[0], 1), CROWD: Readers(browsers, places[1], CROWD)}
    for readers in groups.values():
        readers.edit(20)
    rounds = in_turn({size: lambda readers=readers: readers.edit(EDITS) for size, readers in groups.items()})
    for size, samples in rounds.items():
        label = f"edit to {size} reader{'s' if size > 1 else ''}"
        for word, share in (("p50", 0.5), ("p99", 0.99)):
            received = median(percentile(one.received, share) for one in samples)
            answered = median(percentile(one.answered, share) for one in samples)
            report.figure(f"{label}, {word}, its answer", received, answered)
    report.end()


main()
