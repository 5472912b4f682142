"""Somebody who runs a program from the workbench and watches for what it prints."""
import base64
import time

from carrel_bench.instance import Browser
from carrel_bench.report import fail
from carrel_bench.stream import Stream

# What the page's scripts wait before they open the stream anew, for more channels that may come (live-connection.js).
DEBOUNCE = 0.015


class Desk:
    """A reader before the workbench of a project whose main file is this Python program."""

    def __init__(self, instance, program, greeting):
        self.greeting = greeting
        self.browser = Browser(instance).sign_in(*instance.new_person())
        self.project, self.path, document = new_program(self.browser, program)
        self.channels = [f"project/{self.project}", f"document/{document}"]
        self.stream = Stream(self.browser, self.channels).wait_until_open()

    def run(self):
        """Runs the program as the page's scripts do; gives the seconds until its first byte is here."""
        began = time.monotonic()
        run = start(self.browser, self.project, self.path)
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
        if printed != self.greeting:
            fail(f"The program printed {printed!r}: {output['run']}")


def new_program(browser, program):
    """A new project with this Python program: its number, and the path and the document of its main file."""
    project = browser.new_project("Bench")
    file = browser.files(project)[0]
    document = browser.get(f"/documents/{file['document']}").json()
    browser.post(f"/documents/{file['document']}/text", form={"text": program + "\n", "version": document["version"]})
    return project, file["path"], file["document"]


def printed_by(browser, project, program):
    """What another Python program of a project prints."""
    file = browser.post(f"/projects/{project}/files", data={"path": f"bench-{time.monotonic_ns()}.py"}).json()["file"]
    browser.post(f"/documents/{file['document']}/text", form={"text": program + "\n", "version": 0})
    run = start(browser, project, file["path"])
    while not (kind := ending(browser, run)):
        time.sleep(0.01)
    printed = base64.b64decode(browser.get(f"/runs/{run}/output?from=0").json()["bytes"]).decode().strip()
    if kind != "exited":
        fail(f"The program ended as {kind} and printed {printed!r}.")
    return printed


def start(browser, project, path):
    """Starts a run in a terminal, as the page's scripts do; gives its number."""
    wish = {"rows": 24, "columns": 80, "file": path}
    return browser.post(f"/projects/{project}/runs", data=wish).json()["run"]["id"]


def ending(browser, run):
    """What kind of end a run has come to; None while it goes on."""
    found = browser.send("GET", f"/runs/{run}", headers={"Accept": "application/json"}).answer().json()["run"]
    return found["outcome"]["kind"] if found["state"] == "finished" else None


def stop_workspace(browser, project):
    browser.post(f"/projects/{project}/workspace/deletion", data={})
