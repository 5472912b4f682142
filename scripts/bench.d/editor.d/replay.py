"""The edits of a trace: one by one in a process of their own, and through the site in batches, as an editor sends what was
typed while it waited for the last answer. The text must come out as the trace says."""
import gzip
import json
import subprocess
import tempfile
import time
from pathlib import Path

from carrel_bench.desk import new_program
from carrel_bench.instance import Browser
from carrel_bench.report import fail, median, rate

ROUNDS = 5
BATCH = 10
BATCHES = 6000


class Trace:
    """A trace in the form that the measuring program reads."""

    def __init__(self, program, path, folder):
        content = json.loads(gzip.decompress(path.read_bytes()))
        patches = [patch for transaction in content["txns"] for patch in transaction["patches"]]
        self.end = content["endContent"]
        self.count = len(patches)
        self.program = program
        self.path = Path(folder) / "trace"
        self.path.write_text(
            "".join(f"{position} {deleted} {json.dumps(text)}\n" for position, deleted, text in patches)
        )

    def ask(self, *words):
        return subprocess.run([self.program, *words], capture_output=True, text=True, check=True).stdout

    def apply(self):
        """Edits a second."""
        result = self.path.with_name("text")
        took = float(self.ask("apply", self.path, result))
        if result.read_text() != self.end:
            fail("The edits gave another text than the trace says.")
        return self.count / took

    def text_after(self, count):
        """The text after the first edits, as applied in process."""
        first, result = self.path.with_name("first"), self.path.with_name("text")
        first.write_text("".join(self.path.read_text().splitlines(keepends=True)[:count]))
        self.ask("apply", first, result)
        return result.read_text()

    def batches(self):
        return self.ask("batches", self.path, str(BATCH)).splitlines()[:BATCHES]


def push_all(instance, batches):
    """Acknowledged batches a second of one editor, each sent when the one before was acknowledged; and the text that is
    kept then."""
    browser = Browser(instance).sign_in(*instance.new_person())
    _, _, document = new_program(browser, "")
    known = browser.get(f"/documents/{document}").json()
    erase = json.dumps([[len(known["text"])]])
    version = push(browser, document, known["version"], 0, erase)
    began = time.monotonic()
    for number, changes in enumerate(batches, 1):
        version = push(browser, document, version, number, changes)
    took = time.monotonic() - began
    return len(batches) / took, browser.get(f"/documents/{document}").json()["text"]


def push(browser, document, version, sequence, changes):
    body = f'{{"version":{version},"client":"bench-replay","sequence":{sequence},"changes":{changes}}}'
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return browser.send("POST", f"/documents/{document}/updates", body, headers).answer().json()["version"]


def measure(instance, report, program, path):
    with tempfile.TemporaryDirectory() as folder:
        trace = Trace(program, path, folder)
        applied = median(trace.apply() for _ in range(ROUNDS))
        batches = trace.batches()
        acknowledged, text = push_all(instance, batches)
        if text != trace.text_after(len(batches) * BATCH):
            fail("The site has another text than the same edits give in process.")
    report.figure("edits applied a second, in process", applied, at_least=1_000_000, show=rate)
    report.figure("batches of edits acknowledged a second", acknowledged, at_least=300, show=rate)
