"""measure.py STATE: see scripts/bench.d/run."""
import base64
import sys
import time

from carrel_bench.docker import Docker
from carrel_bench.instance import Browser, Instance
from carrel_bench.report import Report, fail, in_turn, median
from carrel_bench.stream import Stream

GREETING = "Hello from Carrel"
PROGRAM = f'print("{GREETING}")'

# What the page's scripts wait before they open the stream anew, for more channels that may come (live-connection.js).
DEBOUNCE = 0.015


class Desk:
    """A reader before the workbench of a project whose main file is the program."""

    def __init__(self, instance):
        self.browser = Browser(instance).sign_in(*instance.new_person())
        self.project = self.browser.new_project("Hello")
        file = self.browser.files(self.project)[0]
        self.path = file["path"]
        document = self.browser.get(f"/documents/{file['document']}").json()
        self.browser.post(
            f"/documents/{file['document']}/text", form={"text": PROGRAM + "\n", "version": document["version"]}
        )
        self.channels = [f"project/{self.project}", f"document/{file['document']}"]
        self.stream = Stream(self.browser, self.channels).wait_until_open()

    def run(self):
        """Runs the program as the page's scripts do; gives the seconds until its first byte is here."""
        began = time.monotonic()
        wish = {"rows": 24, "columns": 80, "file": self.path}
        run = self.browser.post(f"/projects/{self.project}/runs", data=wish).json()["run"]["id"]
        answered = time.monotonic()
        if not self.output(run)["bytes"]:
            self.follow(run, answered + DEBOUNCE)
        took = time.monotonic() - began
        self.wait_for_end(run)
        return took

    def output(self, run):
        return self.browser.get(f"/runs/{run}/output?from=0").json()

    def follow(self, run, when):
        """Opens the stream anew with the run's channel. What was printed before that is asked for."""
        time.sleep(max(0, when - time.monotonic()))
        self.stream.close()
        self.stream = Stream(self.browser, [*self.channels, f"run/{run}"]).wait_until_open()
        if self.output(run)["bytes"]:
            return
        while not self.stream.has(b'"offset":'):
            self.stream.take()

    def wait_for_end(self, run):
        while (output := self.output(run))["run"]["state"] != "finished":
            time.sleep(0.01)
        printed = base64.b64decode(output["bytes"]).decode().strip()
        if printed != GREETING:
            fail(f"The program printed {printed!r}: {output['run']}")


def main():
    instance = Instance(sys.argv[1])
    desk = Desk(instance)
    desk.run()
    docker = Docker(instance, ["python3", "-u", "-c", PROGRAM], GREETING)

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
