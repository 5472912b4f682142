"""What can be done with the output that is shown: search it, copy it, keep it as a file, clear the view of it."""
import re

import pytest
from playwright.sync_api import expect

from .support.instance import eventually

SPEAKER = "for n in range(200):\n    print('\\033[32mowl\\033[0m' if n % 50 == 0 else 'lamp', n)\n"
WAITING = "for n in range(3): print('lamp', n)\nname = input('Who? ')\nprint('hello', name)\n"
# Text that is marked in the terminal: xterm draws a layer over it.
MARKED = "() => document.querySelectorAll('.xterm-selection div').length"


class Search:
    """The search bar of the output."""

    def __init__(self, bench):
        self.page = bench.page
        self.field = bench.page.get_by_role("textbox", name="Search the output")
        self.count = bench.page.locator(".search-count")

    def open(self):
        self.page.keyboard.press("Control+F")
        expect(self.field).to_be_focused()
        return self

    def expect(self, words):
        expect(self.count).to_contain_text(words)


@pytest.fixture
def bench(ada, browse):
    """A workbench whose program has ended."""
    bench = browse(ada, permissions=["clipboard-read", "clipboard-write"]).open(ada.new_project(program=SPEAKER))
    bench.run()
    bench.expect_outcome("Finished normally")
    bench.expect_output("lamp 199")
    return bench


def clipboard(bench):
    return bench.page.evaluate("navigator.clipboard.readText()")


def toast(bench):
    return bench.page.locator(".toasts[role=status]")


def test_the_keyboard_searches_the_output_and_comes_back(bench):
    bench.console.click()
    search = Search(bench).open()
    bench.page.keyboard.type("OWL")
    search.expect("of 4")
    first = search.count.inner_text()
    assert eventually(lambda: bench.page.evaluate(MARKED) > 0)
    seen = set()
    for _ in range(4):
        bench.page.keyboard.press("Enter")
        seen.add(search.count.inner_text())
    assert len(seen) == 4 and search.count.inner_text() == first, "round the end to where it began"
    bench.page.keyboard.press("Shift+Enter")
    assert search.count.inner_text() != first
    # Readers hear the line that was found.
    assert re.search(r": owl (0|50|100|150)$", search.count.inner_text())
    bench.page.keyboard.press("Escape")
    expect(search.field).to_have_count(0)
    assert eventually(lambda: bench.page.evaluate(MARKED) == 0)
    assert bench.page.evaluate("document.activeElement.classList.contains('xterm-helper-textarea')")


def test_what_is_not_there_is_not_found_and_the_buttons_search_too(bench):
    bench.page.get_by_role("button", name="Search the output").click()
    search = Search(bench)
    search.field.fill("a nightingale")
    search.expect("Not found")
    search.field.fill("owl")
    search.expect("of 4")
    before = search.count.inner_text()
    bench.page.get_by_role("button", name="Next match").click()
    assert search.count.inner_text() != before
    bench.page.get_by_role("button", name="Previous match").click()
    expect(search.count).to_contain_text(before.split(":")[0])
    bench.page.get_by_role("button", name="Close the search").click()
    expect(search.field).to_have_count(0)


def test_control_f_in_the_code_searches_the_code(bench):
    bench.code.focus()
    bench.page.keyboard.press("Control+F")
    expect(bench.page.locator(".cm-search")).to_be_visible()
    expect(Search(bench).field).to_have_count(0)


def test_the_count_follows_what_is_printed(ada, browse):
    program = "import time\nprint('lamp')\ninput('Who? ')\ntime.sleep(3)\nprint('lamp lamp')\n"
    bench = browse(ada).open(ada.new_project(program=program))
    bench.run()
    bench.expect_output("Who?")
    bench.console.click()
    bench.answer("Ada")
    search = Search(bench).open()
    bench.page.keyboard.type("lamp")
    search.expect("of 3")


def test_a_terminal_is_searched_and_a_program_that_fills_the_screen_gets_the_key_itself(ada, browse):
    bench = browse(ada).open(ada.new_project())
    page = bench.page
    page.get_by_role("button", name="New terminal").click()
    log = page.get_by_role("log", name="Terminal 1")
    expect(log).to_contain_text("$")
    page.keyboard.type("echo nightin\"\"gale\n")
    expect(log).to_contain_text("nightingale")
    search = Search(bench).open()
    page.keyboard.type("nightingale")
    search.expect("1 of 1")
    page.keyboard.press("Escape")
    # The other screen of a terminal is what editors and pagers draw on.
    page.keyboard.type("printf '\\033[?1049h'; read -rsn1 key; printf '\\033[?1049l'; printf 'key=%d\\n' \"'$key\"\n")
    assert eventually(lambda: page.locator(".tab-panel:not([hidden]) .xterm-rows").inner_text().strip() == "")
    page.keyboard.press("Control+F")
    expect(log).to_contain_text("key=6")
    expect(search.field).to_have_count(0)


def test_the_whole_output_is_copied_as_plain_text(bench):
    bench.page.get_by_role("button", name="Clear the view (the output is kept)").click()
    bench.page.get_by_role("button", name="Copy the whole output").click()
    expect(toast(bench)).to_contain_text("Copied 200 lines.")
    lines = clipboard(bench).splitlines()
    assert lines[0] == "owl 0" and lines[199] == "lamp 199" and len(lines) == 200


def test_what_a_terminal_shows_is_copied(ada, browse):
    bench = browse(ada, permissions=["clipboard-read", "clipboard-write"]).open(ada.new_project())
    bench.page.get_by_role("button", name="New terminal").click()
    log = bench.page.get_by_role("log", name="Terminal 1")
    expect(log).to_contain_text("$")
    bench.page.keyboard.type("printf '\\033[1mb%sd\\033[0m\\n' ol\n")
    expect(log).to_contain_text("bold")
    bench.page.get_by_role("button", name="Copy the whole output").click()
    expect(toast(bench)).to_contain_text("Copied")
    assert "\nbold\n" in clipboard(bench) and "\x1b" not in clipboard(bench)


@pytest.mark.parametrize("key", ["Control+c", "Control+Shift+C", "Control+Insert"])
def test_what_is_selected_in_the_output_is_copied(bench, key):
    bench.page.evaluate("navigator.clipboard.writeText('before')")
    bench.console.locator(".xterm-rows > div").first.dblclick(position={"x": 10, "y": 8})
    assert eventually(lambda: bench.page.evaluate(MARKED) > 0)
    bench.page.keyboard.press(key)
    assert eventually(lambda: clipboard(bench) == "lamp"), clipboard(bench)


def test_while_a_program_runs_control_c_is_for_it_also_when_something_is_selected(ada, browse):
    bench = browse(ada, permissions=["clipboard-read", "clipboard-write"]).open(ada.new_project(program=WAITING))
    bench.run()
    bench.expect_output("Who?")
    bench.page.evaluate("navigator.clipboard.writeText('before')")
    words = bench.console.locator(".xterm-rows > div").first
    words.dblclick(position={"x": 10, "y": 8})
    bench.page.keyboard.press("Control+Shift+C")
    assert eventually(lambda: clipboard(bench) == "lamp"), clipboard(bench)
    words.dblclick(position={"x": 10, "y": 8})
    bench.page.keyboard.press("Control+c")
    bench.expect_output("KeyboardInterrupt")


def test_a_browser_that_does_not_let_us_copy_is_told_of_the_file(ada, browse):
    bench = browse(ada).open(ada.new_project(program="print('lamp')\n"))
    bench.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }")
    bench.run()
    bench.expect_outcome("Finished normally")
    bench.page.get_by_role("button", name="Copy the whole output").click()
    expect(toast(bench)).to_contain_text("could not be copied. You can download it.")


def test_the_output_is_kept_as_a_file(bench):
    with bench.page.expect_download() as download:
        bench.page.get_by_role("link", name="Download the output").click()
    text = open(download.value.path()).read()
    assert text.count("owl") == 4 and re.fullmatch(r"run-\d+\.txt", download.value.suggested_filename)


def test_clearing_empties_the_view_and_keeps_the_output(bench):
    clear = bench.page.get_by_role("button", name="Clear the view (the output is kept)")
    clear.click()
    expect(bench.console).not_to_contain_text("lamp")
    expect(toast(bench)).to_contain_text("Cleared the view. The output is kept.")
    bench.page.get_by_role("button", name="Show it again").click()
    bench.expect_output("lamp 199")
    clear.click()
    bench.page.reload()
    bench.wait_until_ready()
    bench.page.get_by_role("button", name="Show its output").click()
    bench.expect_output("lamp 199")


def test_a_program_that_waits_keeps_its_question_when_the_view_is_cleared(ada, browse):
    bench = browse(ada).open(ada.new_project(program=WAITING))
    bench.run()
    bench.expect_output("Who?")
    bench.page.get_by_role("button", name="Clear the view (the output is kept)").click()
    expect(bench.console).not_to_contain_text("lamp")
    rows = bench.page.locator(".xterm-rows")
    expect(rows).to_contain_text("Who?")
    bench.console.click()
    bench.answer("Ada")
    bench.expect_output("hello Ada")


def test_before_the_first_run_there_is_nothing_to_search_copy_download_or_clear(ada, browse):
    bench = browse(ada).open(ada.new_project())
    for name in ("Search the output", "Copy the whole output", "Clear the view (the output is kept)"):
        expect(bench.page.get_by_role("button", name=name)).to_be_disabled()
    expect(bench.page.get_by_label("Download the output")).not_to_have_attribute("href", re.compile("."))


def test_of_a_long_output_the_beginning_and_the_end_are_kept_and_shown(ada, browse):
    program = "print('the first line')\nfor n in range(200_000): print('line', n)\nprint('the last line')\n"
    project = ada.new_project(program=program)
    bench = browse(ada).open(project)
    bench.run()
    bench.expect_outcome("Finished normally", timeout=60_000)
    bench.expect_output("the last line")
    bench.expect_output("only its last lines are shown here")
    bench.page.get_by_role("link", name="Its beginning and end").click()
    output = bench.page.get_by_label("Output", exact=True)
    expect(output).to_contain_text("the first line")
    expect(output).to_contain_text(re.compile(r"\[… \d+ bytes are left out here …\]"))
    expect(output).to_contain_text("the last line")


def test_whoever_comes_late_sees_where_output_is_missing(ada, browse):
    project = ada.new_project(program="for n in range(200_000): print('line', n)\n")
    project.finished(project.run(), seconds=60)
    bench = browse(ada).open(project)
    sent = bench.page.evaluate("""async () => {
        const { wholeOutput } = await import(document.querySelector('script[src*=workbench]').src
            .replace('projects/workbench.js', 'running/whole-output.js'))
        return wholeOutput(JSON.parse(document.getElementById('boot').textContent).run.id)
    }""")
    assert re.search(r"\n\[… \d+ bytes were not kept …\]\n", sent)
    assert sent.startswith("line 0\n") and sent.rstrip().endswith("line 199999")
