"""Rounds of ours and the peers in turn, and the line that a figure is printed as."""
import os
import signal
import statistics
import sys
import time

ROUNDS = 5

# So that what was started is ended when the bench is told to stop.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


# Seconds that a measurement waits for others on this machine to be quiet, and which share of it must be idle then.
PATIENCE = float(os.environ.get("CARREL_BENCH_PATIENCE", "5"))
QUIET = 0.8


def in_turn(contestants, rounds=ROUNDS):
    """Runs each contestant once a round and gives what they returned, by name, in order.

    Each round begins with the next one, so that a machine that warms up or slows down favours nobody.
    """
    names = list(contestants)
    results = {name: [] for name in names}
    disturbed = 0
    for number in range(rounds):
        shift = number % len(names)
        for name in names[shift:] + names[:shift]:
            disturbed += not wait_for_quiet()
            results[name].append(contestants[name]())
        say(f"round {number + 1} of {rounds}")
    if disturbed:
        say(f"{disturbed} of {rounds * len(names)} measurements were made while others kept this machine busy")
    return results


def wait_for_quiet():
    """Waits until this machine is idle. False when it did not become so in time."""
    deadline = time.monotonic() + PATIENCE
    while True:
        idle, total = processor_ticks()
        time.sleep(0.3)
        idle_after, total_after = processor_ticks()
        if idle_after - idle >= QUIET * (total_after - total):
            return True
        if time.monotonic() > deadline:
            return False


def processor_ticks():
    """Ticks of all processors since the machine started: idle, and all."""
    with open("/proc/stat", encoding="ascii") as file:
        ticks = [int(word) for word in file.readline().split()[1:9]]
    return ticks[3] + ticks[4], sum(ticks)


def median(values):
    return statistics.median(values)


def percentile(values, share):
    """The value that this share of the values is at most, such as 0.99."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def say(words):
    print(words, file=sys.stderr, flush=True)


def fail(words):
    """Ends the bench: it can't measure."""
    say(words)
    sys.exit(2)


def seconds(value):
    """A duration in a unit that suits it."""
    for factor, unit in ((1, "s"), (1e3, "ms")):
        if value * factor >= 1:
            return f"{value * factor:.3g} {unit}"
    return f"{value * 1e6:.0f} µs"


def rate(value):
    return f"{value:,.0f}/s"


def count(value):
    return f"{value:,.0f}"


class Report:
    """The figures of one group. `end` gives the exit status: 1 when a goal was missed."""

    def __init__(self, group):
        self.group = group
        self.has_failed = False
        say(f"{group}: the machine's load is {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")

    def figure(self, name, ours, peer=None, *, at_most=None, at_least=None, show=seconds):
        """Prints one figure. The goal is about ours as a share of the peer's, or about ours where there is no peer;
        without a goal it is for information."""
        ratio = None if peer is None else ours / peer
        judged = ours if peer is None else ratio
        shown = show if peer is None else "{:.3g}".format
        goal, good = "-", True
        if at_most is not None:
            goal, good = f"≤ {shown(at_most)}", judged <= at_most
        elif at_least is not None:
            goal, good = f"≥ {shown(at_least)}", judged >= at_least
        self.has_failed |= not good
        print(
            f"{self.group}/{name}",
            show(ours),
            "-" if peer is None else show(peer),
            "-" if ratio is None else f"{ratio:.3g}",
            goal,
            "pass" if good else "FAIL",
            sep=" | ",
            flush=True,
        )

    def unmeasured(self, name, goal, words):
        """Prints a figure that can't be measured on this machine, which counts as missed, and says why."""
        say(words)
        self.has_failed = True
        print(f"{self.group}/{name}", "-", "-", "-", goal, "FAIL", sep=" | ", flush=True)

    def end(self):
        sys.exit(1 if self.has_failed else 0)
