"""Terminals: a shell in the project's workspace, beside the console."""
import re
import time

import pytest
from playwright.sync_api import expect

from .support.instance import eventually

# How often the page can draw in a second while this is asked.
FRAMES = """new Promise(done => {
    let count = 0
    const start = performance.now()
    const next = () => {
        count += 1
        if (performance.now() - start < 1000) requestAnimationFrame(next)
        else done(count)
    }
    requestAnimationFrame(next)
})"""


# Tells a shell to count the sleeping programs of its workspace, in words that the line itself does not have.
SLEEPERS = "echo sleepers=$(grep -lx sleep /proc/[0-9]*/comm 2>/dev/null | wc -l)"


class Terminal:
    """One terminal of a workbench, by its name."""

    def __init__(self, bench, number=1):
        self.bench = bench
        self.tab = bench.page.get_by_role("tab", name=f"Terminal {number}", exact=True)
        self.log = bench.page.get_by_role("log", name=f"Terminal {number}")

    @classmethod
    def open(cls, bench, number=1):
        bench.page.get_by_role("button", name="New terminal").click()
        terminal = cls(bench, number)
        expect(terminal.tab).to_have_attribute("aria-selected", "true")
        terminal.expect("$")
        return terminal

    def enter(self, line):
        self.bench.page.keyboard.type(line)
        self.bench.page.keyboard.press("Enter")

    def expect(self, words):
        expect(self.log).to_contain_text(words)

    def number_of_lines(self):
        self.enter("echo lines=$(tput lines)")
        self.expect(re.compile(r"lines=\d+"))
        return int(re.findall(r"lines=(\d+)", self.log.inner_text())[-1])


def shell(project):
    """A terminal as a script opens one."""
    answer = project.owner.post_json(f"/projects/{project.id}/terminals", {"rows": 24, "columns": 80})
    assert answer.status == 201, answer.text
    run = answer.json["run"]
    assert eventually(lambda: "$" in project.output(run)[1])
    return run


def enter(project, run, line):
    answer = project.owner.send(
        "POST", f"/runs/{run['id']}/input", line.encode() + b"\n", {"X-CSRF-Token": project.owner.csrf}
    )
    assert answer.status == 204, answer.text


def says(project, run, words):
    return eventually(lambda: re.search(words, project.output(run)[1]))


def close(project, run):
    assert project.owner.post_json(f"/runs/{run['id']}/cancellation", {}).status == 204
    return project.finished(run)[0]


def test_a_shell_in_the_workspace_has_the_projects_files(ada, browse):
    project = ada.new_project(program="print('from the file', 6 * 7)\n")
    bench = browse(ada).open(project)
    terminal = Terminal.open(bench)
    terminal.enter("pwd; ls; python3 main.py")
    terminal.expect("/home/coder")
    terminal.expect("from the file 42")
    terminal.enter("printf '\\033[38;5;208morange\\033[0m %s\\n' $TERM $COLORTERM")
    terminal.expect("orange xterm-256color")
    assert bench.page.evaluate(
        "[...document.querySelectorAll('.xterm-rows span')].some(e => e.textContent.startsWith('orange') && "
        "getComputedStyle(e).color !== getComputedStyle(e.parentElement).color)"
    )


def test_control_c_ends_what_runs_and_not_the_shell(ada, browse):
    terminal = Terminal.open(browse(ada).open(ada.new_project()))
    terminal.enter("sleep 100; echo not-this-$((1 + 1))")
    time.sleep(0.5)
    terminal.bench.page.keyboard.press("Control+c")
    terminal.enter("echo still-$((1 + 1))")
    terminal.expect("still-2")
    assert "not-this-2" not in terminal.log.inner_text()


def test_a_terminal_has_the_size_it_is_shown_in(ada, browse):
    bench = browse(ada).open(ada.new_project())
    terminal = Terminal.open(bench)
    before = terminal.number_of_lines()
    bench.page.set_viewport_size({"width": 1280, "height": 1200})
    assert eventually(lambda: terminal.number_of_lines() > before)


def test_several_terminals_and_a_run_share_one_workspace(ada, browse):
    bench = browse(ada).open(ada.new_project(program="import os\nprint(sorted(os.listdir('.')))\ninput('more? ')\n"))
    first = Terminal.open(bench)
    first.enter("touch from-one; sleep 1000 &")
    second = Terminal.open(bench, 2)
    second.enter(f"ls; {SLEEPERS}")
    second.expect("from-one")
    second.expect("sleepers=1")
    bench.run()
    bench.expect_output("['from-one', 'main.py']")
    expect(bench.page.get_by_role("tab", name="Console")).to_have_attribute("aria-selected", "true")
    bench.console.click()
    bench.answer("no")
    bench.expect_outcome("Finished normally")
    # The end of a program takes nothing from the shells beside it.
    second.tab.click()
    second.enter(f"clear; echo here-$((3 + 4)); {SLEEPERS}")
    second.expect("here-7")
    second.expect("sleepers=1")


def test_a_reload_and_another_tab_come_back_to_the_terminal(ada, browse):
    project = ada.new_project()
    browsing = browse(ada)
    bench = browsing.open(project)
    terminal = Terminal.open(bench)
    terminal.enter("word=remembered; seq 3000")
    terminal.expect("3000")
    bench.page.reload()
    bench.wait_until_ready()
    again = Terminal(bench)
    again.tab.click()
    again.expect("3000")
    again.enter("echo $word")
    again.expect("remembered")
    other = browse(ada).open(project)
    there = Terminal(other)
    there.tab.click()
    # Two keyboards at one terminal: one after the other.
    there.enter("word=changed; echo set-$((1 + 1))")
    again.expect("set-2")
    again.enter("echo now-$word")
    again.expect("now-changed")


def test_closing_a_terminal_ends_its_shell_and_what_it_started(ada, browse):
    project = ada.new_project()
    bench = browse(ada).open(project)
    terminal = Terminal.open(bench)
    terminal.enter("sleep 12345 &")
    terminal.expect("[1]")
    bench.page.get_by_role("button", name="Close Terminal 1").click()
    expect(terminal.tab).to_have_count(0)
    expect(bench.page.get_by_role("tab", name="Console")).to_have_attribute("aria-selected", "true")
    run = shell(project)
    enter(project, run, f"until [ -z \"$(grep -lx sleep /proc/[0-9]*/comm 2>/dev/null)\" ]; do :; done; {SLEEPERS}")
    assert says(project, run, r"sleepers=0")
    close(project, run)


def test_a_shell_that_ends_says_so(ada, browse):
    terminal = Terminal.open(browse(ada).open(ada.new_project()))
    terminal.enter("exit")
    terminal.expect("The shell has ended.")


def test_edits_reach_the_workspace_while_a_terminal_is_open(ada, browse):
    project = ada.new_project(program="print('old')\n")
    bench = browse(ada).open(project)
    terminal = Terminal.open(bench)
    bench.replace("print('edited')\n")
    bench.expect_saved()
    terminal.tab.click()
    terminal.enter("until grep -q edited main.py; do sleep 0.1; done; python3 main.py")
    terminal.expect("edited")
    # Files come and go, too.
    project.add("lib/new.py", "x = 1\n")
    terminal.enter("until [ -s lib/new.py ]; do sleep 0.1; done; cat lib/new.py")
    terminal.expect("x = 1")


def test_what_was_changed_in_a_terminal_is_not_undone_by_an_edit_of_another_file(ada):
    project = ada.new_project(program="print('one')\n")
    project.add("other.py", "x = 1\n")
    run = shell(project)
    enter(project, run, "echo 'print(\"mine\")' >main.py")
    project.save("other.py", "x = 2\n")
    enter(project, run, "until grep -q 2 other.py; do sleep 0.1; done; python3 main.py")
    assert says(project, run, r"[\r\n]mine\r")
    close(project, run)


def test_a_flood_is_slowed_down_and_ends_at_control_c(site, ada, browse):
    bench = browse(ada).open(ada.new_project())
    terminal = Terminal.open(bench)
    terminal.enter("yes a-line-of-some-length")
    terminal.expect("a-line-of-some-length")
    before = site.memory("site")
    time.sleep(4)
    assert bench.page.evaluate(FRAMES) >= 5
    assert site.memory("site") - before < 16 << 20
    bench.page.keyboard.press("Control+c")
    terminal.enter("echo over-$((1 + 1))")
    terminal.expect("over-2")


def test_so_many_terminals_are_enough(ada):
    project = ada.new_project()
    runs = [shell(project) for _ in range(8)]
    answer = ada.post_json(f"/projects/{project.id}/terminals", {"rows": 24, "columns": 80})
    assert answer.status == 429 and "8 terminals open" in answer.json["message"]
    assert close(project, runs.pop())["outcome"]["words"] == "This terminal was closed."
    runs.append(shell(project))
    for run in runs:
        close(project, run)


@pytest.mark.parametrize("body", ["{}", '{"rows": -1, "columns": 5000}', '{"rows": 24, "columns": 80, "more": 1}'])
def test_a_strange_size_is_a_size_all_the_same(ada, body):
    project = ada.new_project()
    answer = ada.send(
        "POST", f"/projects/{project.id}/terminals", body.encode(),
        {"Content-Type": "application/json", "X-CSRF-Token": ada.csrf},
    )
    assert answer.status == 201, answer.text
    close(project, answer.json["run"])


def test_the_keyboard_opens_and_reaches_every_tab(ada, browse):
    bench = browse(ada).open(ada.new_project())
    page = bench.page
    bench.code.focus()
    page.keyboard.press("Control+Backquote")
    terminal = Terminal(bench)
    terminal.expect("$")
    terminal.enter("echo typed-$((1 + 1))")
    terminal.expect("typed-2")
    console = page.get_by_role("tab", name="Console")
    terminal.tab.focus()
    for name in ("Search", "Problems"):
        page.keyboard.press("ArrowLeft")
        expect(page.get_by_role("tab", name=name)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(console).to_be_focused()
    expect(bench.console).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(terminal.tab).to_be_focused()
    expect(terminal.tab).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Delete")
    expect(terminal.tab).to_have_count(0)
    expect(console).to_be_focused()


def test_without_scripts_there_are_no_terminals_to_press(ada, browse):
    page = browse(ada, scripts=False).page(ada.new_project().path("main.py"))
    expect(page.get_by_role("heading", name="Console")).to_be_visible()
    expect(page.get_by_role("tab")).to_have_count(0)


@pytest.mark.kills
def test_a_terminal_says_that_the_site_was_restarted(site, ada, browse):
    browsing = browse(ada)
    browsing.watch.allow_outage()
    terminal = Terminal.open(browsing.open(ada.new_project()))
    site.kill("site")
    expect(terminal.log).to_contain_text("The site was restarted", timeout=60_000)
