"""measure.py STATE HASHER: see scripts/bench.d/argon2."""
import subprocess
import sys

from carrel_bench.instance import Browser, Instance
from carrel_bench.load import load
from carrel_bench.report import Report, in_turn, median
from crowd import Crowd

HASHES = 20
CROWD = 20


def output(command, text=""):
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def measure_hashing(report, hasher):
    memory, passes, lanes = output([hasher, "parameters"]).split()

    def ours():
        return float(output([hasher, str(HASHES)]))

    # It prints milliseconds, so a round is the mean of many.
    def theirs():
        command = ["argon2", "a salt of 16 chr", "-id", "-k", memory, "-t", passes, "-p", lanes, "-l", "32"]
        times = [
            float(line.split()[0])
            for _ in range(HASHES)
            for line in output(command, "correct horse battery staple").splitlines()
            if line.endswith("seconds")
        ]
        return sum(times) / len(times)

    times = in_turn({"ours": ours, "theirs": theirs})
    report.figure("hash, debian argon2", median(times["ours"]), median(times["theirs"]), at_most=1.1)


def measure_pages(report, instance):
    browser = Browser(instance).sign_in(*instance.new_person())
    for number in range(12):
        browser.new_project(f"Project {number}")
    crowd = Crowd(instance, CROWD)
    url = f"{instance.origin}{instance.base}/projects"
    cookie = {"Cookie": browser.cookie_header}

    def idle():
        return load(url, connections=1, headers=cookie)

    def busy():
        with crowd:
            return load(url, connections=1, headers=cookie)

    idle()
    loads = in_turn({"busy": busy, "idle": idle})
    for word, limit in (("p99", 2), ("half", None)):
        times = [median(getattr(one, word) for one in loads[which]) for which in ("busy", "idle")]
        report.figure(f"page while {CROWD} sign in, {word.replace('half', 'p50')}, idle", *times, at_most=limit)
    report.figure("sign-ins meanwhile", median(crowd.rates), show=lambda value: f"{value:.0f}/s")


def main():
    report = Report("argon2")
    measure_hashing(report, sys.argv[2])
    measure_pages(report, Instance(sys.argv[1]))
    report.end()


main()
