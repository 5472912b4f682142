"""The page of a project with 5,000 files beside that of one with 50, and the list of files that the page's scripts ask for."""
import time

from carrel_bench.instance import Browser
from carrel_bench.report import in_turn, median

FEW, MANY = 50, 5_000
FOLDER = 100
TIMES = 40


class Project:
    def __init__(self, browser, count):
        self.browser = browser
        self.project = browser.new_project(f"{count} files")
        # There is one already.
        for number in range(1, count):
            path = f"part-{number // FOLDER}/file-{number}.py"
            browser.post(f"/projects/{self.project}/files", data={"path": path})
        self.page = f"/projects/{self.project}/files/main.py"

    def open(self):
        """Seconds that one request for the page takes."""
        return median(self.ask(self.page) for _ in range(TIMES))

    def list(self):
        """Seconds that one request for the list takes."""
        return median(self.ask(f"/projects/{self.project}/files.json") for _ in range(TIMES))

    def ask(self, address):
        began = time.monotonic()
        self.browser.get(address)
        return time.monotonic() - began


def measure(instance, report):
    browser = Browser(instance).sign_in(*instance.new_person())
    few, many = Project(browser, FEW), Project(browser, MANY)
    rounds = in_turn({"few": few.open, "many": many.open, "list of few": few.list, "list of many": many.list})
    times = {name: median(values) for name, values in rounds.items()}
    report.figure(f"page of {MANY:,} files, of {FEW}", times["many"], times["few"], at_most=3)
    report.figure(f"list of {MANY:,} files, of {FEW}", times["list of many"], times["list of few"])
