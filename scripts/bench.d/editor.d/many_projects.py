"""The list of a person's projects: its first page where there are 1,000 beside one where there are 50, and its last page,
which is gone to by key."""
import html
import re
import time

from carrel_bench.instance import Browser
from carrel_bench.report import fail, in_turn, median

FEW, MANY = 50, 1_000
TIMES = 40
NEXT = re.compile(r'href="([^"]*)">More projects<')


class List:
    def __init__(self, instance, count):
        self.browser = Browser(instance).sign_in(*instance.new_person())
        for number in range(count):
            self.browser.new_project(f"Project {number}")
        self.last, seen = "/projects", 0
        while True:
            page = self.browser.get(self.last).body.decode()
            seen += page.count('class="row-link"')
            more = NEXT.search(page)
            if not more:
                break
            self.last = html.unescape(more[1]).removeprefix(instance.base.rstrip("/"))
        if seen != count:
            fail(f"The pages list {seen} projects, not {count}.")

    def first_page(self):
        return self.open("/projects")

    def last_page(self):
        return self.open(self.last)

    def open(self, address):
        """Seconds that one request for it takes."""
        return median(self.ask(address) for _ in range(TIMES))

    def ask(self, address):
        began = time.monotonic()
        self.browser.get(address)
        return time.monotonic() - began


def measure(instance, report):
    few, many = List(instance, FEW), List(instance, MANY)
    rounds = in_turn({"few": few.first_page, "many": many.first_page, "last": many.last_page})
    times = {name: median(values) for name, values in rounds.items()}
    report.figure(f"first page of {MANY:,} projects, of {FEW}", times["many"], times["few"], at_most=3)
    report.figure(f"last page of {MANY:,} projects, the first", times["last"], times["many"], at_most=2)
