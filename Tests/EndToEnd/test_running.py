"""Programs in the console: what they print is there when they print it, and they hear what is typed."""
import re

import pytest
from playwright.sync_api import expect

from .support.workbench import Workbench

ENDLESS = "import itertools, time\nfor n in itertools.count():\n    print('round', n)\n    time.sleep(0.2)\n"

# Notes in the page when the console first shows each of these words.
NOTE_TIMES = """words => {
    window.seen = {}
    const note = () => {
        const text = document.querySelector("[role=log]").textContent
        for (const word of words) if (text.includes(word)) window.seen[word] ??= performance.now()
    }
    new MutationObserver(note).observe(document.body, { childList: true, subtree: true, characterData: true })
}"""


def test_output_is_there_when_it_is_printed_not_when_the_program_ends(ada, browse):
    project = ada.new_project(program="import time\nprint('early bird')\ntime.sleep(3)\nprint('night owl')\n")
    bench = browse(ada).open(project)
    bench.page.evaluate(NOTE_TIMES, ["early bird", "night owl"])
    bench.run()
    bench.expect_outcome("Finished normally in")
    seen = bench.page.evaluate("window.seen")
    assert seen["night owl"] - seen["early bird"] > 2_000


def test_an_endless_program_is_stopped(ada, browse):
    bench = browse(ada).open(ada.new_project(program=ENDLESS))
    expect(bench.stop_button).to_be_disabled()
    bench.run()
    bench.expect_output("round 3")
    expect(bench.run_button).to_have_attribute("aria-disabled", "true")
    bench.stop_button.click()
    bench.expect_outcome("Stopped on request after")
    bench.expect_output("Stopped on request after")
    expect(bench.run_button).to_have_attribute("aria-disabled", "false")


def test_a_program_that_is_stopped_at_once_is_stopped(ada):
    for _ in range(10):
        project = ada.new_project(program="input('too late')\n")
        run = project.run()
        assert ada.post_json(f"/runs/{run['id']}/cancellation", {}).status == 204
        run, _ = project.finished(run)
        assert run["state"] == "finished" and run["outcome"]["kind"] == "cancelled"


def test_a_reload_in_the_middle_of_a_run_comes_back_to_it_and_can_answer_it(ada, browse):
    program = "print('before')\nword = input('word? ')\nprint('heard', word.upper())\n"
    bench = browse(ada).open(ada.new_project(program=program))
    bench.run()
    bench.expect_output("word?")
    bench.page.reload()
    bench.expect_output("before")
    bench.expect_output("word?")
    expect(bench.run_state).to_contain_text("Running since")
    bench.console.click()
    bench.answer("lamp")
    bench.expect_output("heard LAMP")
    bench.expect_outcome("Finished normally in")


def test_after_a_reload_the_output_of_the_last_run_can_be_looked_at_again(ada, browse):
    bench = browse(ada).open(ada.new_project(program="print('kept for later')\n"))
    bench.run()
    bench.expect_outcome("Finished normally in")
    bench.page.reload()
    bench.expect_output("Last run: Finished normally in")
    bench.page.get_by_role("button", name="Show its output").click()
    bench.expect_output("kept for later")


def test_a_run_that_began_in_one_tab_is_shown_in_the_other_and_answered_there(ada, browse):
    browsing = browse(ada)
    project = ada.new_project(program="print('hello', input('who? '))\n")
    first, second = browsing.open(project), browsing.open(project)
    first.run()
    second.expect_output("who?")
    second.console.click()
    second.answer("grace")
    first.expect_output("hello grace")
    second.expect_outcome("Finished normally in")
    first.expect_outcome("Finished normally in")


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("raise SystemExit(3)", "Ended with code 3 after"),
        ("import os\nos.kill(os.getpid(), 9)", "Ended by the signal SIGKILL after"),
        ("while True:\n    print('a flood of words' * 1000)", "it printed more than it may"),
        ("numbers = []\nwhile True:\n    numbers.append(bytearray(10_000_000))", "it used up its memory"),
    ],
    ids=["code", "signal", "flood", "memory"],
)
def test_the_end_of_a_program_is_told_in_words(ada, browse, program, words):
    bench = browse(ada).open(ada.new_project(program=program))
    bench.run()
    bench.expect_outcome(words, timeout=60_000)
    bench.expect_output(words)


FLOOD = """
import time

def write(lines):
    began = time.monotonic()
    print("a-line-of-some-length\\n" * lines, end="")
    return time.monotonic() - began

page, flood = write(1_000), write(150_000)
print("the page waited" if page > 0.3 else "the page went through")
print("the flood waited" if flood > 0.3 else "the flood went through")
"""


def test_a_flood_of_output_waits_and_a_page_of_it_does_not(ada, browse):
    bench = browse(ada).open(ada.new_project(program=FLOOD))
    bench.run()
    bench.expect_outcome("Finished normally in")
    bench.expect_output("the page went through")
    bench.expect_output("the flood waited")


@pytest.mark.parametrize("language", ["python", "javascript", "c", "bash"])
def test_the_starter_of_each_language_asks_for_a_name_and_greets(ada, browse, language):
    project = ada.new_project("Starter", language)
    bench = browse(ada).open(project, project.paths[0])
    bench.run()
    bench.expect_output("What is your name?", timeout=60_000)
    bench.answer("Ada")
    bench.expect_output("Hello, Ada!")
    bench.expect_outcome("Finished normally in")


def test_a_program_in_c_that_does_not_compile_shows_what_the_compiler_says(ada, browse):
    bench = browse(ada).open(ada.new_project("Broken", "c", "int main(void) { return nothing; }\n"), "main.c")
    bench.run()
    bench.expect_output("‘nothing’ undeclared")
    bench.expect_outcome("The program could not be compiled.")


def test_a_traceback_is_shown_with_its_line(ada, browse):
    bench = browse(ada).open(ada.new_project(program="print('so far')\n1 / 0\n"))
    bench.run()
    bench.expect_output("ZeroDivisionError: division by zero")
    bench.expect_output('File "/home/coder/main.py", line 2')
    bench.expect_outcome("Ended with code 1 after")


def test_the_console_is_a_terminal_with_a_size_and_control_keys(ada, browse):
    program = (
        "import os, sys\nprint('terminal', sys.stdin.isatty(), 'wide', os.get_terminal_size().columns > 20)\n"
        "try:\n    input('wait')\nexcept KeyboardInterrupt:\n    print('\\ninterrupted')\n"
    )
    bench = browse(ada).open(ada.new_project(program=program))
    bench.run()
    bench.expect_output("terminal True wide True")
    bench.expect_output("wait")
    bench.page.keyboard.press("Control+C")
    bench.expect_output("interrupted")
    bench.expect_outcome("Finished normally in")


def test_what_is_typed_while_a_program_is_still_starting_reaches_it(ada, browse):
    bench = browse(ada).open(ada.new_project(program="print('heard', input())\n"))
    bench.run()
    expect(bench.console.get_by_role("textbox")).to_be_focused()
    bench.answer("early words")
    bench.expect_output("heard early words")


def test_the_program_learns_a_new_size_of_the_console(ada, browse):
    program = (
        "import os, signal\ndef tell(*_):\n    print('now', os.get_terminal_size().columns, 'columns', flush=True)\n"
        "signal.signal(signal.SIGWINCH, tell)\nprint('ready')\nwhile True:\n    signal.pause()\n"
    )
    bench = browse(ada).open(ada.new_project(program=program))
    bench.run()
    bench.expect_output("ready")
    bench.page.set_viewport_size({"width": 700, "height": 900})
    bench.expect_output(re.compile(r"now \d+ columns"))
    bench.page.get_by_role("button", name="Stop", exact=True).click()
    bench.expect_outcome("Stopped on request")


def test_many_lines_come_whole_and_the_last_can_be_read(ada, browse):
    bench = browse(ada).open(ada.new_project(program="for n in range(20_000):\n    print('line', n, 'ärger 🪴')\n"))
    bench.run()
    bench.expect_output("line 19999 ärger 🪴", timeout=60_000)
    bench.expect_outcome("Finished normally in")


def test_two_files_work_together_and_what_was_typed_last_is_what_runs(ada, browse):
    project = ada.new_project(program="from lib.words import greeting\nprint(greeting)\n")
    project.add("lib/words.py", "greeting = 'from afar'\n")
    bench = browse(ada).open(project)
    bench.row("words.py").click()
    expect(bench.code).to_have_accessible_name("Code of lib/words.py")
    bench.replace("greeting = 'from right here'\n")
    bench.row("main.py").click()
    expect(bench.code).to_have_accessible_name("Code of main.py")
    bench.page.keyboard.press("Control+Enter")
    bench.expect_output("from right here")


def test_a_second_run_starts_with_an_empty_console(ada, browse):
    bench = browse(ada).open(ada.new_project(program="print('number one')\n"))
    bench.run()
    bench.expect_outcome("Finished normally in")
    bench.replace("print('number two')\n")
    bench.run()
    bench.expect_output("number two")
    expect(bench.console).not_to_contain_text("number one")


def test_escape_sequences_and_markup_in_the_output_stay_text(ada, browse):
    program = "print('\\x1b[31mred\\x1b[0m <img src=x onerror=alert(1)> <b>bold</b>')\nprint('\\x1b]0;title\\x07end')\n"
    browsing = browse(ada)
    bench = browsing.open(ada.new_project(program=program))
    bench.run()
    bench.expect_output("red <img src=x onerror=alert(1)> <b>bold</b>")
    bench.expect_output("end")
    expect(bench.console.locator("img, b")).to_have_count(0)
    expect(bench.page).to_have_title("main.py – Greetings")


def test_too_many_programs_at_once_are_refused_in_words(ada, browse):
    runs = [ada.new_project(program=ENDLESS).run() for _ in range(5)]
    browsing = browse(ada)
    browsing.watch.allow("status of 429")
    bench = Workbench(browsing.open(ada.new_project()).page)
    bench.run()
    bench.expect_output("You have 5 programs running, which is the most at one time.")
    for run in runs:
        assert ada.post_json(f"/runs/{run['id']}/cancellation", {}).status == 204
