"""Programs of the instance die while people work. What was acknowledged is there, pages recover by themselves, programs
that ran go on or end with a word, and nothing is left behind."""
import re
import signal
import time

import pytest
from playwright.sync_api import expect

from .support.instance import eventually
from .test_terminals import Terminal

pytestmark = pytest.mark.kills

WAITS = "print('ready')\ninput('wait ')\n"
COUNTS = """import time
for number in range(80):
    print(f"<{number}>", end=" ", flush=True)
    time.sleep(0.1)
print("heard", input("say "))
"""


class Writer:
    """Adds line after line to a text over HTTP, each until the site says that it has it."""

    def __init__(self, project):
        content = project.content("main.py")
        self.owner = project.owner
        self.path = f"/documents/{content['id']}/updates"
        self.version, self.length = content["version"], len(content["text"])
        self.sequence = 0
        self.refused = 0

    def add(self, line):
        self.sequence += 1
        changes = [self.length, [0, line, ""]] if self.length else [[0, line, ""]]
        push = {"version": self.version, "client": "writer-of-lines", "sequence": self.sequence, "changes": changes}
        assert eventually(lambda: self._is_taken(push), seconds=60), "the site does not take edits any more"
        self.length += len(line) + 1

    def _is_taken(self, push):
        try:
            answer = self.owner.post_json(self.path, push)
        except OSError:
            self.refused += 1
            return False
        if answer.status != 200:
            assert answer.status >= 500, answer.text
            self.refused += 1
            time.sleep(0.1)
            return False
        self.version = answer.json["version"]
        return True


@pytest.mark.parametrize("victim", ["site", "mariadb", "nginx"])
def test_every_edit_that_was_acknowledged_is_there_once(site, ada, victim):
    project = ada.new_project(program="")
    writer = Writer(project)
    ada.csrf  # a page is asked for before there may be none
    for number in range(60):
        if number == 20:
            site.kill(victim)
        writer.add(f"line {number}")
    assert project.text() == "".join(f"line {number}\n" for number in range(60))


@pytest.mark.parametrize("victim", ["site", "mariadb", "nginx"])
def test_a_page_on_which_somebody_types_recovers_by_itself(site, ada, browse, victim):
    project = ada.new_project(program="")
    browsing = browse(ada)
    browsing.watch.allow_outage()
    bench, other = browsing.open(project), browsing.open(project)
    bench.type_at_end("before ")
    bench.expect_saved()
    site.kill(victim)
    bench.type_at_end("meanwhile ")
    expect(bench.save_state).to_have_text("Saved", timeout=60_000)
    bench.type_at_end("after")
    expect(bench.save_state).to_have_text("Saved", timeout=60_000)
    assert project.text() == "before meanwhile after"
    expect(other.code).to_have_text("before meanwhile after", timeout=60_000)
    expect(other.save_state).to_have_text("Saved", timeout=60_000)


def works_again(project):
    """Whether a program runs to its end now."""
    answer = project.owner.post_json(f"/projects/{project.id}/runs", {"rows": 24, "columns": 80, "file": "main.py"})
    if answer.status != 201:
        assert answer.status in (429, 500, 502, 503), answer.text
        return False
    run, output = project.finished(answer.json["run"])
    if run["outcome"] and run["outcome"]["kind"] == "exited":
        assert output.replace("\r\n", "\n") == "works again\n"
        return True
    return False


def test_a_program_that_runs_while_the_site_is_killed_is_called_interrupted(site, ada, browse):
    project = ada.new_project(program=WAITS)
    browsing = browse(ada)
    browsing.watch.allow_outage()
    bench = browsing.open(project)
    bench.run()
    bench.expect_output("wait")
    site.kill("site")
    bench.expect_outcome("The site was restarted while this ran.", timeout=30_000)
    bench.expect_output("ready")
    expect(bench.run_button).to_have_attribute("aria-disabled", "false")
    bench.replace("print('works again')\n")
    expect(bench.save_state).to_have_text("Saved", timeout=60_000)
    bench.run()
    bench.expect_output("works again")
    bench.expect_outcome("Finished normally in")


def test_nothing_is_left_of_a_program_when_what_runs_it_is_killed_and_the_next_one_runs(site, ada, browse):
    project = ada.new_project(program=WAITS)
    next_project = ada.new_project(program="print('works again')\n")
    browsing = browse(ada)
    browsing.watch.allow_outage()
    bench = browsing.open(project)
    bench.run()
    bench.expect_output("wait")
    before = set(site.containers())
    assert before
    site.kill("dockerd")
    expect(bench.stop_button).to_be_disabled(timeout=30_000)
    expect(bench.run_state).to_have_attribute("data-kind", "fault")
    expect(bench.run_state).to_contain_text(".")
    bench.expect_output("ready")
    assert eventually(lambda: works_again(next_project), seconds=90)
    left = eventually(lambda: site.containers() is not None and not before & set(site.containers()), seconds=30)
    assert left, site.containers()


@pytest.mark.parametrize("signal_number", [signal.SIGKILL, signal.SIGHUP])
def test_a_program_goes_on_when_the_helper_is_killed_or_told_to_leave(site, ada, browse, signal_number):
    project = ada.new_project(program=COUNTS)
    browsing = browse(ada)
    browsing.watch.allow_outage()
    bench = browsing.open(project)
    bench.run()
    bench.expect_output("<5>")
    site.kill("runner", signal_number)
    bench.expect_output("say", timeout=30_000)
    expect(bench.stop_button).to_be_enabled()
    bench.console.click()
    bench.answer("owls")
    bench.expect_output("heard owls")
    bench.expect_outcome("Finished normally in")
    latest = re.search(r"/runs/(\d+)", ada.get(f"/projects/{project.id}/runs").text)[1]
    printed = project.output({"id": latest})[1]
    assert printed.startswith(" ".join(f"<{number}>" for number in range(80)) + " say owls"), printed


def test_a_terminal_goes_on_when_the_helper_is_killed_and_its_workspace_stays(site, ada, browse):
    project = ada.new_project(program="print('beside it')\n")
    browsing = browse(ada)
    browsing.watch.allow_outage()
    bench = browsing.open(project)
    terminal = Terminal.open(bench)
    terminal.enter("owls=nine; sleep 12345 & echo be'gun'")
    terminal.expect("begun")
    before = set(site.containers())
    site.kill("runner")
    assert eventually(lambda: site.pid("runner") is not None and works_in(terminal), seconds=30)
    terminal.enter("jobs; echo $owls of them")
    terminal.expect("nine of them")
    terminal.expect("Running")
    bench.run()
    bench.expect_output("beside it")
    assert before & set(site.containers())


def works_in(terminal):
    """Whether the shell hears what is typed."""
    terminal.enter("echo $((41 + 1))th")
    return eventually(lambda: "42th" in terminal.log.inner_text(), seconds=5)


def test_a_program_outlives_the_database_and_its_output_is_kept(site, ada, browse):
    project = ada.new_project(program="word = input('wait ')\nprint('heard', word)\n")
    browsing = browse(ada)
    browsing.watch.allow_outage()
    bench = browsing.open(project)
    bench.run()
    bench.expect_output("wait")
    site.kill("mariadb")
    assert eventually(lambda: ada.get("/healthz").status == 200 and ada.get("/projects").status == 200, seconds=60)
    bench.console.click()
    bench.answer("again")
    bench.expect_output("heard again", timeout=60_000)
    bench.expect_outcome("Finished normally in", timeout=60_000)
    bench.page.reload()
    bench.expect_output("Last run: Finished normally in")
    bench.page.get_by_role("button", name="Show its output").click()
    bench.expect_output("heard again")
