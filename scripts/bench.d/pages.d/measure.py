"""measure.py STATE SCRATCH GUNICORN: see scripts/bench.d/pages."""
import sys
from pathlib import Path

from carrel_bench.instance import Browser, Instance
from carrel_bench.load import load
from carrel_bench.report import Report, fail, in_turn, median, rate
from peers import FlaskPeer, HelloPeer, PHPPeer, running
from frame import Frame

PROJECTS = 12
NAMES = ["Anagrams", "Tower of Hanoi", "Prime sieve & friends", "Week 3: <loops>", "Größenvergleich", "“Quotes”"]


def main():
    state, scratch, gunicorn = Instance(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    browser = Browser(state).sign_in(*state.new_person())
    for number in range(PROJECTS):
        browser.new_project(f"{NAMES[number % len(NAMES)]} {number + 1}", ["python", "c", "bash"][number % 3])
    list_page = browser.get("/projects").body
    sign_in_page = Browser(state).get("/sign-in").body
    frame = Frame(list_page, browser)
    peers = {
        "php": PHPPeer(state, scratch, frame),
        "flask": FlaskPeer(state, scratch, "flask", frame, gunicorn, kept=False),
        "flask-kept": FlaskPeer(state, scratch, "flask-kept", frame, gunicorn, kept=True),
        "hello": HelloPeer(state, scratch, "hello-small", 6),
        "sized": HelloPeer(state, scratch, "hello-sized", len(sign_in_page)),
    }
    with running(peers.values()):
        for name in ("php", "flask", "flask-kept"):
            must_match(name, peers[name].get(browser), list_page, frame)
        compare(state, browser, peers)


def must_match(name, theirs, ours, frame):
    if len(theirs) == len(ours) and frame.without_secrets(theirs) == frame.without_secrets(ours):
        return
    place = next((i for i, pair in enumerate(zip(theirs, ours)) if pair[0] != pair[1]), min(len(theirs), len(ours)))
    fail(
        f"{name} draws another page than ours ({len(theirs)} and {len(ours)} bytes; the first other byte is {place}): "
        f"{theirs[place - 60:place + 60]!r} for {ours[place - 60:place + 60]!r}"
    )


def compare(state, browser, peers):
    cookie = {"Cookie": browser.cookie_header}
    list_url, sign_in_url = (f"{state.origin}{state.base}{path}" for path in ("/projects", "/sign-in"))
    contestants = {
        "list": lambda: load(list_url, headers=cookie),
        "php": lambda: load(peers["php"].url, headers=cookie),
        "flask": lambda: load(peers["flask"].url, headers=cookie),
        "flask-kept": lambda: load(peers["flask-kept"].url, headers=cookie),
        "sign-in": lambda: load(sign_in_url),
        "hello": lambda: load(peers["hello"].url),
        "sized": lambda: load(peers["sized"].url),
    }
    for contestant in contestants.values():
        contestant()  # warms up caches and pools
    loads = in_turn(contestants)

    def middle(name, what):
        return median(getattr(one, what) for one in loads[name])

    report = Report("pages")
    rates = {name: middle(name, "rate") for name in loads}
    report.figure("list, rate, php-fpm", rates["list"], rates["php"], at_least=1.5, show=rate)
    report.figure("list, p99, php-fpm", middle("list", "p99"), middle("php", "p99"), at_most=1)
    report.figure("list, rate, flask", rates["list"], rates["flask"], at_least=10, show=rate)
    report.figure("list, rate, flask (kept connection)", rates["list"], rates["flask-kept"], show=rate)
    report.figure("list, p99, flask", middle("list", "p99"), middle("flask", "p99"))
    report.figure("no query, rate, C hello", rates["sign-in"], rates["hello"], at_least=0.75, show=rate)
    report.figure("no query, rate, C of the same size", rates["sign-in"], rates["sized"], show=rate)
    report.end()


main()
