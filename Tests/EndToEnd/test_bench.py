"""The workbench around the editor: commands and their keys, files found by their names, tabs, two halves, panels that go."""
import re

import pytest
from playwright.sync_api import expect

from .support.workbench import Workbench


@pytest.fixture
def browsing(ada, browse):
    return browse(ada)


@pytest.fixture
def bench(ada, browsing):
    """Ada's project with files in folders, two of one name."""
    project = ada.new_project(program="print('kept')\n")
    for path in ("lib/words.py", "lib/main.py", "notes.txt"):
        project.add(path)
    return browsing.open(project)


def find(bench, letters):
    bench.page.keyboard.press("Control+p")
    expect(bench.finder).to_be_focused()
    bench.page.keyboard.type(letters)
    bench.page.keyboard.press("Enter")
    expect(bench.dialog).to_have_count(0)


def open_by_name(bench, letters, path):
    find(bench, letters)
    expect(bench.code).to_have_accessible_name(f"Code of {path}")


def expect_tabs(tabs, *names):
    expect(tabs.locator("a")).to_have_text([re.compile(f"^{re.escape(name)}") for name in names])


def test_a_file_is_found_by_a_few_letters_and_a_line_by_its_number(bench):
    open_by_name(bench, "wrd", "lib/words.py")
    expect(bench.code).to_be_focused()
    bench.page.keyboard.type("one\ntwo\nthree")
    bench.expect_saved()
    find(bench, ":2")
    bench.page.keyboard.type("2 ")
    assert bench.text == "one\n2 two\nthree"
    open_by_name(bench, "words.py:3:3", "lib/words.py")
    bench.page.keyboard.type("-")
    find(bench, ":1:2")
    bench.page.keyboard.type("-")
    assert bench.text == "o-ne\n2 two\nth-ree"
    bench.page.keyboard.press("Control+p")
    expect(bench.finder).to_be_focused()
    bench.page.keyboard.type("zzz")
    expect(bench.dialog).to_contain_text("No file is called like this.")
    bench.page.keyboard.press("Enter")
    bench.page.keyboard.press("Escape")
    expect(bench.code).to_be_focused()


@pytest.mark.parametrize("key, module, field", [
    ("Control+p", "finder", "Find files and commands"), ("Control+Shift+F", "search-panel", "Look for")
])
def test_what_is_typed_while_something_is_on_its_way_is_for_it_and_not_for_the_file(ada, browse, key, module, field):
    project = ada.new_project(program="print('kept')\n")
    browsing = browse(ada)
    gate, is_open = [], []
    browsing.context.route(f"**/{module}.js", lambda route: route.continue_() if is_open else gate.append(route))
    bench = browsing.open(project)
    bench.code.focus()
    bench.page.keyboard.press(key)
    bench.page.keyboard.type("kep")
    is_open.append(True)
    for route in gate:
        route.continue_()
    wanted = bench.page.get_by_label(field, exact=True).and_(bench.page.locator("input"))
    expect(wanted).to_be_focused()
    bench.page.keyboard.type("t")
    expect(wanted).to_have_value("kept")
    assert bench.text == "print('kept')\n"


@pytest.mark.parametrize("key, module, field", [
    ("Control+p", "finder", "Find files and commands"), ("Control+Shift+F", "search-panel", "Look for")
])
def test_what_can_not_be_loaded_is_told_and_comes_when_it_is_wanted_again(ada, browse, key, module, field):
    project = ada.new_project(program="print('kept')\n")
    browsing = browse(ada)
    browsing.watch.allow("net::ERR_FAILED")
    is_open = []
    browsing.context.route(f"**/{module}.js", lambda route: route.continue_() if is_open else route.abort())
    bench = browsing.open(project)
    bench.code.focus()
    bench.page.keyboard.press(key)
    expect(bench.page.get_by_text("can’t be loaded now. Check your connection and try again.")).to_be_visible()
    expect(bench.code).to_be_focused()
    is_open.append(True)
    bench.page.keyboard.press(key)
    wanted = bench.page.get_by_label(field, exact=True).and_(bench.page.locator("input"))
    expect(wanted).to_be_focused()
    assert bench.text == "print('kept')\n"


def test_what_is_typed_before_the_editor_has_come_is_in_it(ada, browse):
    project = ada.new_project(program="one\ntwo\n")
    browsing = browse(ada)
    gate = []
    browsing.context.route("**/workbench.js", lambda route: gate.append(route))
    page = browsing.context.new_page()
    page.goto(browsing.site.url(project.path("main.py")), wait_until="commit")
    plain = page.get_by_label("Code of main.py")
    plain.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("three")
    expect(plain).to_have_value("one\ntwo\nthree")
    for route in gate:
        route.continue_()
    bench = Workbench(page)
    bench.wait_until_ready()
    expect(bench.code).to_be_focused()
    page.keyboard.type(" four")
    bench.expect_saved()
    assert bench.text == project.text() == "one\ntwo\nthree four"


def test_long_names_leave_everything_else_in_its_place(ada, browse):
    project = ada.new_project("W" * 80)
    project.add("a" * 200 + ".py", "1\n")
    browsing = browse(ada)
    for width in (1280, 390):
        bench = browsing.open(project, "a" * 200 + ".py")
        bench.page.set_viewport_size({"width": width, "height": 800})
        for part in (bench.run_button, bench.page.get_by_role("button", name=re.compile("^Close a+"))):
            expect(part).to_be_in_viewport(ratio=1)
        wide = bench.page.evaluate("() => [...document.querySelectorAll('.bar, .work')].map(part => part.scrollWidth)")
        assert max(wide) <= width


def test_every_command_is_found_by_its_name_and_done(bench):
    for key in ("Control+Shift+P", "F1"):
        bench.page.keyboard.press(key)
        expect(bench.finder).to_have_value(">")
        bench.page.keyboard.press("Escape")
    bench.page.get_by_role("button", name="Commands").click()
    bench.page.keyboard.type("two halves")
    option = bench.dialog.get_by_role("option").first
    expect(option).to_have_attribute("aria-selected", "true")
    expect(option).to_contain_text("Editor: Two halves, or one")
    option.click()
    expect(bench.page.locator(".editor-half")).to_have_count(2)


def test_the_editors_own_commands_are_found_by_their_names_too(bench):
    def do(words):
        bench.page.keyboard.press("Control+Shift+P")
        bench.page.keyboard.type(words)
        expect(bench.dialog.get_by_role("option").first).to_contain_text(words)
        bench.page.keyboard.press("Enter")

    bench.replace("one = 1\ntwo = 2")
    do("Comment, or no longer")
    expect(bench.code).to_contain_text("# two = 2")
    do("Move the line up")
    do("Delete the line")
    expect(bench.code).to_have_text("one = 1")
    do("Undo")
    expect(bench.code).to_contain_text("# two = 2")
    do("Find and replace in the file")
    expect(bench.page.get_by_role("textbox", name="Find")).to_be_focused()
    with bench.page.expect_file_chooser():
        do("Upload files")


def test_firefox_which_keeps_control_shift_p_for_itself_is_told_of_f1(ada, browse):
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    bench = browse(ada, user_agent=agent).open(ada.new_project())
    bench.page.keyboard.press("Control+Alt+k")
    row = bench.page.get_by_role("dialog", name="Keys").locator("dl > div").filter(has_text="All commands")
    expect(row.locator("kbd")).to_have_text(["F1"])
    bench.page.keyboard.press("Escape")
    bench.page.keyboard.press("F1")
    expect(bench.finder).to_have_value(">")


def test_all_keys_are_listed(bench):
    bench.page.keyboard.press("Control+Alt+k")
    keys = bench.page.get_by_role("dialog", name="Keys")
    for words in ("Two halves, or one", "Ctrl+\\", "Comment, or no longer", "Ctrl+/"):
        expect(keys).to_contain_text(words)
    bench.page.keyboard.press("Escape")
    expect(keys).to_have_count(0)


def test_tabs_closed_faster_than_the_next_file_comes_leave_the_editor_sound(ada, browse):
    project = ada.new_project(program="main")
    for path in ("b.py", "c.py"):
        project.add(path, path)
    browsing = browse(ada)
    bench = browsing.open(project)
    for path in ("b.py", "c.py", "main.py"):
        open_by_name(bench, path, path)
    gate, is_open = [], []
    texts = re.compile(r"/documents/\d+$")
    browsing.context.route(texts, lambda route: route.continue_() if is_open else gate.append(route))
    bench.page.reload()
    bench.wait_until_ready()
    bench.code.focus()
    bench.page.keyboard.press("Alt+w")
    bench.page.keyboard.press("Alt+w")
    is_open.append(True)
    for route in gate:
        route.continue_()
    left = bench.page.get_by_role("navigation", name="Open files").get_by_role("link")
    expect(left).to_have_count(1)
    path = left.inner_text().strip()
    open_by_name(bench, path, path)
    bench.type_at_end("!")
    bench.expect_saved()
    assert project.text(path) == bench.text == f"{path}!"
    open_by_name(bench, "main", "main.py")
    bench.type_at_end("!")
    bench.expect_saved()
    assert project.text() == "main!"


def test_files_have_tabs_that_close_come_back_and_move_by_keyboard(bench):
    tabs = bench.page.get_by_role("navigation", name="Open files", exact=True)
    open_by_name(bench, "words", "lib/words.py")
    open_by_name(bench, "libmain", "lib/main.py")
    expect_tabs(tabs, "main.py", "words.py", "main.py")
    expect(tabs.locator("[aria-current]")).to_have_text(re.compile("main.py lib"))
    bench.page.keyboard.press("Alt+PageUp")
    expect(bench.code).to_have_accessible_name("Code of lib/words.py")
    bench.page.keyboard.press("Alt+Shift+PageUp")
    expect_tabs(tabs, "words.py", "main.py", "main.py")
    bench.page.keyboard.press("Alt+w")
    expect(bench.code).to_have_accessible_name("Code of main.py")
    expect(bench.code).to_be_focused()
    bench.page.keyboard.press("Alt+Shift+W")
    expect(bench.code).to_have_accessible_name("Code of lib/words.py")
    tabs.locator("[aria-current]").focus()
    bench.page.keyboard.press("Delete")
    bench.page.keyboard.press("Alt+w")
    bench.page.keyboard.press("Alt+w")
    expect(bench.page.get_by_text("No file is open")).to_be_visible()
    bench.row("notes.txt").click()
    expect(bench.code).to_have_accessible_name("Code of notes.txt")


def test_each_file_is_shown_where_it_was_left(ada, browsing):
    project = ada.new_project(program="".join(f"line {number}\n" for number in range(1, 301)))
    project.add("notes.txt", "first\nsecond\n")
    bench = browsing.open(project)
    bench.code.focus()
    bench.page.keyboard.press("Control+End")
    for _ in range(3):
        bench.page.keyboard.press("ArrowUp")
    last = bench.code.get_by_text("line 298", exact=True)
    expect(last).to_be_in_viewport()
    open_by_name(bench, "notes", "notes.txt")
    bench.page.keyboard.press("ArrowDown")
    bench.page.reload()
    bench.wait_until_ready()
    bench.code.focus()
    bench.page.keyboard.type("a ")
    expect(bench.code).to_contain_text("a second")
    bench.page.keyboard.press("Alt+PageUp")
    expect(last).to_be_in_viewport()
    bench.page.keyboard.press("Alt+w")
    expect(bench.code).to_have_accessible_name("Code of notes.txt")
    bench.page.keyboard.press("Alt+Shift+W")
    expect(last).to_be_in_viewport()
    bench.page.keyboard.type("the ")
    expect(bench.code.get_by_text("the line 298", exact=True)).to_be_in_viewport()


def test_tabs_are_there_again_after_a_reload_without_those_of_files_that_are_gone(bench, browsing):
    browsing.watch.allow("status of 404")  # the editor may ask for the file at the moment when it is deleted
    tabs = bench.page.get_by_role("navigation", name="Open files", exact=True)
    open_by_name(bench, "words", "lib/words.py")
    open_by_name(bench, "notes", "notes.txt")
    bench.page.reload()
    bench.wait_until_ready()
    expect_tabs(tabs, "main.py", "words.py", "notes.txt")
    expect(bench.code).to_have_accessible_name("Code of notes.txt")
    tabs.get_by_role("link", name="words.py").click()
    bench.row("words.py").focus()
    bench.page.keyboard.press("Delete")
    expect(bench.code).to_have_accessible_name("Code of notes.txt")
    expect_tabs(tabs, "main.py", "notes.txt")
    bench.row("notes.txt").focus()
    bench.page.keyboard.press("F2")
    bench.page.keyboard.type("thoughts")
    bench.page.keyboard.press("Enter")
    expect(tabs.get_by_role("link", name="thoughts.txt")).to_be_visible()
    bench.page.get_by_role("button", name="Close main.py").click()
    expect_tabs(tabs, "thoughts.txt")
    bench.page.go_back()
    expect(bench.code).to_have_accessible_name("Code of thoughts.txt")


def test_tabs_are_moved_by_mouse_and_stay_there_and_the_middle_button_closes_them(bench):
    tabs = bench.page.get_by_role("navigation", name="Open files", exact=True)
    open_by_name(bench, "words", "lib/words.py")
    open_by_name(bench, "notes", "notes.txt")
    expect_tabs(tabs, "main.py", "words.py", "notes.txt")
    tabs.get_by_role("link", name="notes.txt").drag_to(tabs.get_by_role("link", name="main.py"))
    expect_tabs(tabs, "notes.txt", "main.py", "words.py")
    tabs.get_by_role("link", name="notes.txt").drag_to(tabs.get_by_role("link", name="words.py"))
    tabs.get_by_role("link", name="words.py").drag_to(tabs.get_by_role("link", name="main.py"))
    expect_tabs(tabs, "words.py", "main.py", "notes.txt")
    expect(bench.code).to_have_accessible_name("Code of notes.txt")
    bench.page.reload()
    bench.wait_until_ready()
    expect_tabs(tabs, "words.py", "main.py", "notes.txt")
    tabs.get_by_role("link", name="main.py").click(button="middle")
    expect_tabs(tabs, "words.py", "notes.txt")
    expect(bench.code).to_have_accessible_name("Code of notes.txt")
    tabs.get_by_role("link", name="notes.txt").click(button="middle")
    expect_tabs(tabs, "words.py")
    expect(bench.code).to_have_accessible_name("Code of lib/words.py")
    assert len(bench.page.context.pages) == 1


def test_one_file_in_two_halves_is_one_text_with_two_cursors_and_undo_in_each(bench):
    bench.page.keyboard.press("Control+\\")
    left, right = (bench.page.locator(".editor-half").nth(number).get_by_role("textbox") for number in (0, 1))
    expect(right).to_be_focused()
    bench.page.keyboard.press("Control+End")
    bench.page.keyboard.type("right()")
    expect(left).to_contain_text("right()")
    bench.page.keyboard.press("Alt+o")
    expect(left).to_be_focused()
    bench.page.keyboard.type("left() ")
    expect(right).to_contain_text("left()")
    bench.page.keyboard.press("Control+z")
    expect(right).not_to_contain_text("left()")
    expect(right).to_contain_text("right()")
    bench.expect_saved()
    bench.page.reload()
    bench.page.wait_for_selector(".editor-half:nth-of-type(2) .cm-content")
    expect(left).to_contain_text("right()")
    expect(right).to_contain_text("right()")
    right.click()
    find(bench, "words")
    expect(bench.page).to_have_url(re.compile("/lib/words.py$"))
    left.click()
    expect(bench.page).to_have_title(re.compile("^main.py"))
    expect(bench.page).to_have_url(re.compile("/files/main.py$"))
    bench.page.keyboard.press("Control+\\")
    expect(right).to_have_count(0)
    expect(left).to_be_focused()


def test_panels_go_and_come_back_and_stay_as_they_were(bench):
    files, output = (bench.page.get_by_role("region", name=name) for name in ("Project files", "Output"))
    bench.page.keyboard.press("Control+b")
    bench.page.keyboard.press("Control+j")
    expect(files).to_be_hidden()
    expect(output).to_be_hidden()
    bench.page.reload()
    bench.wait_until_ready()
    expect(files).to_be_hidden()
    bench.run()
    expect(output).to_be_visible()
    bench.expect_outcome("Finished normally")
    bench.page.keyboard.press("Control+b")
    expect(bench.tree.locator(":focus")).to_have_count(1)


def test_the_bench_fits_a_phone(ada, browse):
    project = ada.new_project()
    project.add("lib/words.py")
    bench = browse(ada, viewport={"width": 390, "height": 800}).open(project)
    bench.page.get_by_role("button", name="Files", exact=True).click()
    bench.row("words.py").click()
    tabs = bench.page.get_by_role("navigation", name="Open files", exact=True)
    expect_tabs(tabs, "main.py", "words.py")
    bench.page.get_by_text("More", exact=True).click()
    bench.page.get_by_role("button", name="Commands").click()
    expect(bench.finder).to_be_focused()
    assert bench.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_the_settings_are_under_more(ada, browse):
    project = ada.new_project("Night sky")
    bench = browse(ada, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).open(project)
    bench.page.get_by_text("More", exact=True).tap()
    settings = bench.page.get_by_role("link", name="Project settings")
    expect(settings).to_be_in_viewport(ratio=1)
    settings.tap()
    expect(bench.page.get_by_role("heading", name="Project settings")).to_be_visible()
    expect(bench.page.get_by_label("Name", exact=True)).to_have_value("Night sky")
    assert bench.page.url.endswith(f"/projects/{project.id}/settings")
