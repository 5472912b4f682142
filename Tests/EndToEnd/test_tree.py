"""The tree of files: many chosen at once, moved, copied, deleted and brought back, by mouse, keyboard and touch."""
import json
import re

import pytest
from playwright.sync_api import expect

from .support.person import Person

PATHS = ("lib/a.py", "lib/b.py", "lib/deep/c.py", "notes.txt", "words.csv")


@pytest.fixture
def project(ada):
    project = ada.new_project(program="print('kept')\n")
    for path in PATHS:
        project.add(path)
    return project


def names(rows):
    return [row.split(" ")[0] for row in rows.all_inner_texts()]


def test_rows_are_chosen_by_click_control_and_shift(ada, browse, project):
    bench = browse(ada).open(project)
    bench.row("notes.txt").click()
    expect(bench.code).to_have_accessible_name("Code of notes.txt")
    bench.row("a.py").click(modifiers=["Control"])
    assert names(bench.chosen) == ["a.py", "notes.txt"]
    expect(bench.code).to_have_accessible_name("Code of notes.txt")
    bench.row("main.py").click(modifiers=["Shift"])
    assert names(bench.chosen) == ["a.py", "b.py", "main.py"]
    bench.row("b.py").click(modifiers=["Control"])
    assert names(bench.chosen) == ["a.py", "main.py"]
    expect(bench.tree).to_have_attribute("aria-multiselectable", "true")


def test_by_keyboard_many_are_cut_pasted_and_brought_back(ada, browse, project):
    bench = browse(ada).open(project)
    keyboard = bench.page.keyboard
    before = project.files
    bench.row("notes.txt").focus()
    keyboard.press("Shift+ArrowDown")
    assert names(bench.chosen) == ["notes.txt", "words.csv"]
    keyboard.press("Control+x")
    keyboard.press("Home")
    expect(bench.row("lib")).to_be_focused()
    keyboard.press("ArrowRight")
    expect(bench.row("deep")).to_be_focused()
    keyboard.press("Control+v")
    expect(bench.page.get_by_text("Moved 2 files.")).to_be_visible()
    assert "lib/deep/notes.txt" in project.paths and "lib/deep/words.csv" in project.paths
    assert {file["id"] for file in project.files} == {file["id"] for file in before}
    expect(bench.row("notes.txt")).to_be_focused()
    expect(bench.row("notes.txt")).to_have_attribute("aria-level", "3")
    assert names(bench.chosen) == ["notes.txt", "words.csv"]
    bench.page.get_by_role("button", name="Undo").last.click()
    expect(bench.row("notes.txt")).to_have_attribute("aria-level", "1")
    assert project.files == before


def test_control_moves_without_choosing_and_space_adds(ada, browse, project):
    bench = browse(ada).open(project)
    keyboard = bench.page.keyboard
    bench.row("lib").focus()
    for key in ("Control+ArrowDown", "Control+ArrowDown", "Control+ArrowDown", "Control+ArrowDown", "Control+ArrowDown"):
        keyboard.press(key)
    expect(bench.row("main.py")).to_be_focused()
    assert names(bench.chosen) == ["lib"]
    keyboard.press("Control+Space")
    assert names(bench.chosen) == ["lib", "main.py"]
    keyboard.press("Control+a")
    expect(bench.chosen).to_have_count(8)
    keyboard.press("Delete")
    expect(bench.page.get_by_text("Deleted 6 files.")).to_be_visible()
    assert project.paths == []
    bench.page.get_by_role("button", name="Undo").last.click()
    expect(bench.row("main.py")).to_be_visible()
    assert project.text() == "print('kept')\n" and len(project.paths) == 6


def test_rows_are_dragged_onto_folders_and_open_tabs_follow(ada, browse, project):
    bench = browse(ada).open(project)
    bench.row("notes.txt").click()
    expect(bench.code).to_have_accessible_name("Code of notes.txt")
    bench.row("main.py").click(modifiers=["Control"])
    bench.row("notes.txt").drag_to(bench.row("deep"))
    expect(bench.code).to_have_accessible_name("Code of lib/deep/notes.txt")
    expect(bench.page).to_have_title("lib/deep/notes.txt – Greetings")
    assert bench.page.url.endswith("/files/lib/deep/notes.txt")
    assert project.paths == ["lib/a.py", "lib/b.py", "lib/deep/c.py", "lib/deep/main.py", "lib/deep/notes.txt", "words.csv"]
    # Onto a file is into its folder; a folder takes its files along.
    bench.row("deep").drag_to(bench.row("words.csv"))
    expect(bench.code).to_have_accessible_name("Code of deep/notes.txt")
    assert project.paths[:3] == ["deep/c.py", "deep/main.py", "deep/notes.txt"]
    # Into itself it can't be dropped.
    bench.row("lib").drag_to(bench.row("a.py"))
    assert "lib/a.py" in project.paths


def test_others_see_a_move_and_their_tab_follows(ada, browse, project):
    browsing = browse(ada)
    first, second = browsing.open(project), browsing.open(project, "lib/a.py")
    first.row("lib").focus()
    first.page.keyboard.press("F2")
    first.dialog.get_by_label("New path").fill("src/core")
    first.page.keyboard.press("Enter")
    expect(second.code).to_have_accessible_name("Code of src/core/a.py")
    second.type_at_end("LAMP = 1")
    second.expect_saved()
    assert project.text("src/core/a.py") == "LAMP = 1"


def test_copies_get_names_and_a_clash_is_told_and_nothing_done(ada, browse, project):
    browsing = browse(ada)
    browsing.watch.allow("status of 422")
    bench = browsing.open(project)
    keyboard = bench.page.keyboard
    bench.row("main.py").focus()
    keyboard.press("Control+c")
    keyboard.press("Control+v")
    expect(bench.row("main-copy.py")).to_be_focused()
    assert project.text("main-copy.py") == "print('kept')\n"
    bench.row("lib").click()
    bench.do("Duplicate")
    expect(bench.row("lib-copy")).to_be_focused()
    assert "lib-copy/deep/c.py" in project.paths
    before = project.paths
    project.add("a.py")
    expect(bench.row("a.py")).to_have_count(2)  # lib is closed
    bench.row("a.py").last.focus()
    keyboard.press("Control+c")
    bench.row("lib").focus()
    keyboard.press("Control+v")
    expect(bench.page.get_by_text("There is a file lib/a.py already. Nothing was copied.")).to_be_visible()
    assert project.paths == sorted([*before, "a.py"])


def test_a_new_folder_waits_for_its_first_file(ada, browse, project):
    bench = browse(ada).open(project)
    bench.row("main.py").focus()
    bench.page.get_by_role("button", name="New folder").click()
    bench.dialog.get_by_label("Path").fill("drafts")
    bench.page.keyboard.press("Enter")
    expect(bench.row("drafts")).to_be_focused()
    bench.page.reload()
    bench.row("notes.txt").drag_to(bench.row("drafts"))
    expect(bench.row("notes.txt")).to_have_attribute("aria-level", "2")
    assert "drafts/notes.txt" in project.paths


def test_the_tree_is_filtered_as_one_types(ada, browse, project):
    bench = browse(ada).open(project)
    bench.row("main.py").focus()
    bench.page.keyboard.press("/")
    field = bench.page.get_by_role("searchbox", name="Show only files called")
    expect(field).to_be_focused()
    bench.page.keyboard.type("lib PY")
    expect(bench.page.get_by_text("3 of 6")).to_be_visible()
    assert names(bench.tree.get_by_role("treeitem")) == ["lib", "deep", "c.py", "a.py", "b.py"]
    bench.page.keyboard.type("never")
    expect(bench.page.get_by_text("No file is called like this.")).to_be_visible()
    bench.page.keyboard.press("Escape")
    expect(bench.tree.get_by_role("treeitem")).to_have_count(8)


def test_the_menu_opens_by_mouse_and_keys_and_offers_what_the_palette_does(ada, browse, project):
    bench = browse(ada).open(project)
    menu = bench.page.get_by_role("menu", name="Files")
    bench.row("notes.txt").click(button="right")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    assert "Rename" in menu.inner_text()
    bench.page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    bench.row("words.csv").focus()
    bench.page.keyboard.press("Shift+F10")
    bench.page.keyboard.press("d")
    expect(menu.get_by_role("menuitem", name="Duplicate")).to_be_focused()
    bench.page.keyboard.press("Enter")
    expect(bench.row("words-copy.csv")).to_be_focused()
    bench.page.keyboard.press("Control+Shift+P")
    bench.finder.press_sequentially("move to a folder")
    bench.page.keyboard.press("Enter")
    bench.dialog.get_by_label("Folder").fill("lib")
    bench.page.keyboard.press("Enter")
    expect(bench.row("words-copy.csv")).to_have_attribute("aria-level", "2")


def test_readers_may_look_but_change_nothing(ada, browse, project):
    grace = Person(ada.site, "grace").sign_up()
    assert ada.post(f"/projects/{project.id}/members", {"username": grace.name, "role": "reader"}).status == 303
    page = browse(grace).page(project.path("main.py"))
    tree = page.get_by_role("tree", name="Files")
    tree.get_by_role("treeitem", name="notes.txt", exact=True).click(button="right")
    words = page.get_by_role("menu", name="Files").inner_text()
    assert "Download" in words and not re.search("Cut|Rename|Delete|New", words)
    page.keyboard.press("Escape")
    page.keyboard.press("Delete")
    page.keyboard.press("F2")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert len(project.paths) == 6


def test_names_that_are_markup_stay_names(ada, browse, project):
    name = "<img src=x onerror=alert(1)> & \"q\".py"
    project.add(name)
    bench = browse(ada).open(project)
    bench.row(name).click()
    expect(bench.code).to_have_accessible_name(f"Code of {name}")
    bench.page.keyboard.press("Escape")
    bench.row(name).focus()
    bench.page.keyboard.press("Control+x")
    bench.row("lib").focus()
    bench.page.keyboard.press("Control+v")
    expect(bench.row(name)).to_have_attribute("aria-level", "2")
    assert f"lib/{name}" in project.paths


def test_on_a_phone_files_are_moved_by_the_menu(ada, browse, project):
    bench = browse(ada, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).open(project)
    bench.page.get_by_role("button", name="Files", exact=True).tap()
    bench.row("notes.txt").tap()
    bench.page.get_by_role("button", name="Files", exact=True).tap()
    bench.do("Move to a folder")
    bench.dialog.get_by_label("Folder").fill("lib")
    bench.page.keyboard.press("Enter")
    expect(bench.row("notes.txt")).to_have_attribute("aria-level", "2")
    assert "lib/notes.txt" in project.paths


def test_the_dialog_moves_what_is_chosen_to_a_folder_or_to_the_top(ada, browse, project):
    bench = browse(ada).open(project)
    bench.row("a.py").click()
    bench.row("notes.txt").click(modifiers=["Control"])
    bench.do("Move to a folder")
    expect(bench.dialog.get_by_role("heading")).to_have_text("Move 2 files")
    expect(bench.dialog.get_by_label("Folder")).to_have_value("lib")
    bench.dialog.get_by_label("Folder").fill("/src/new/")
    bench.dialog.get_by_role("button", name="Move").click()
    expect(bench.page.get_by_text("Moved 2 files.")).to_be_visible()
    expect(bench.row("notes.txt")).to_have_attribute("aria-level", "3")
    assert names(bench.chosen) == ["a.py", "notes.txt"]
    assert project.paths == ["lib/b.py", "lib/deep/c.py", "main.py", "src/new/a.py", "src/new/notes.txt", "words.csv"]
    bench.row("new").click()
    bench.do("Move to a folder")
    bench.dialog.get_by_label("Folder").fill("/")
    bench.page.keyboard.press("Enter")
    expect(bench.row("new")).to_have_attribute("aria-level", "1")
    assert project.paths[3:5] == ["new/a.py", "new/notes.txt"]


@pytest.mark.parametrize("typed, words", [
    ("../out", "A path has names joined by /, without . and .."), ("src//new", "A path has names joined by /"),
    ("a" * 256, "at most 255 bytes a name"), ("words.csv", "words.csv is a file, so nothing can lie below it."),
    ("lib/deep", "A folder can’t go into itself."),
], ids=["outside", "no name", "long name", "a file", "itself"])
def test_the_dialog_refuses_a_folder_in_words_and_keeps_what_was_typed(ada, browse, project, typed, words):
    browsing = browse(ada)
    browsing.watch.allow("status of 422")
    bench = browsing.open(project)
    bench.row("lib").click()
    bench.do("Move to a folder")
    folder = bench.dialog.get_by_label("Folder")
    folder.fill(typed)
    bench.page.keyboard.press("Enter")
    expect(folder).to_have_attribute("aria-invalid", "true")
    expect(bench.dialog.get_by_role("status")).to_contain_text(words)
    expect(folder).to_have_value(typed)
    expect(folder).to_be_focused()
    assert len(project.paths) == 6 and "lib/a.py" in project.paths
    folder.fill("src")
    bench.page.keyboard.press("Enter")
    expect(bench.dialog).to_have_count(0)
    assert "src/lib/deep/c.py" in project.paths


@pytest.fixture
def catalogue(ada):
    """More files than are in a page: the list comes by itself."""
    project = ada.new_project("Catalogue")
    files = [(f"part-{number // 20}/page-{number}.py", b"PAGE = 1\n") for number in range(400)]
    for first in (0, 200):
        assert ada.post_files(f"/projects/{project.id}/uploads", "files", files[first:first + 200]).status == 200
    return project


def test_of_many_files_those_are_drawn_that_are_seen(ada, browse, catalogue):
    bench = browse(ada).open(catalogue)
    expect(bench.row("part-19")).to_have_attribute("aria-expanded", "false")
    expect(bench.row("part-19")).to_have_attribute("aria-setsize", "21")
    bench.page.keyboard.press("Control+p")
    bench.finder.press_sequentially("page-399")
    bench.page.keyboard.press("Enter")
    expect(bench.code).to_have_accessible_name("Code of part-19/page-399.py")
    expect(bench.row("page-399.py")).to_have_attribute("aria-current", "page")
    bench.row("page-399.py").focus()
    bench.page.keyboard.press("/")
    bench.page.keyboard.type("page")
    expect(bench.page.get_by_text("400 of 401")).to_be_visible()
    assert bench.tree.get_by_role("treeitem").count() < 80
    bench.page.keyboard.press("ArrowDown")
    bench.page.keyboard.press("End")
    expect(bench.row("page-399.py")).to_be_focused()
    bench.page.keyboard.press("Home")
    expect(bench.row("part-0")).to_be_focused()
    bench.page.keyboard.press("Control+a")
    bench.page.keyboard.press("Delete")
    expect(bench.page.get_by_text("Deleted 400 files.")).to_be_visible()
    assert catalogue.paths == ["main.py"]
    bench.page.get_by_role("button", name="Undo").last.click()
    expect(bench.page.get_by_text("400 of 401")).to_be_visible()
    assert len(catalogue.paths) == 401


def test_what_needs_the_list_of_many_files_waits_for_it(ada, browse, catalogue):
    browsing = browse(ada)
    bench = browsing.open(catalogue)
    bench.row("part-3").click()
    bench.row("page-60.py").click()
    expect(bench.code).to_have_accessible_name("Code of part-3/page-60.py")
    gate, is_open = [], []
    browsing.context.route("**/files.json", lambda route: route.continue_() if is_open else gate.append(route))
    bench = browsing.open(catalogue)
    expect(bench.page.get_by_text("The list of files is on its way.")).to_be_visible()
    bench.page.keyboard.press("Control+p")
    bench.finder.press_sequentially("page-77")
    expect(bench.page.get_by_role("option")).to_have_count(0)
    expect(bench.page.locator(".palette-note")).to_have_text("The list of files is on its way.")
    is_open.append(True)
    for route in gate:  # the page before may have asked again, too
        route.continue_()
    expect(bench.page.get_by_role("option").first).to_contain_text("page-77.py")
    bench.page.keyboard.press("Enter")
    expect(bench.code).to_have_accessible_name("Code of part-3/page-77.py")
    tabs = bench.page.get_by_role("navigation", name="Open files")
    expect(tabs.get_by_role("link")).to_have_count(3)  # those of the visit before are there again
    expect(bench.row("page-77.py")).to_be_visible()


def test_without_scripts_folders_are_walked_and_files_moved_copied_and_deleted(ada, browse, project):
    page = browse(ada, scripts=False).page(project.path("main.py"))
    files = page.get_by_role("navigation", name="Files")
    files.get_by_role("link", name="lib 3 files").click()
    expect(files.get_by_role("link", name="a.py")).to_be_visible()
    expect(page.get_by_role("textbox", name="Code of main.py")).to_be_visible()
    page.get_by_label("Choose a.py").check()
    page.get_by_label("Choose deep").check()
    page.get_by_label("Folder for what is chosen").fill("src")
    page.get_by_role("button", name="Move there").click()
    expect(page.get_by_text("Moved 2 files.")).to_be_visible()
    assert project.paths == ["lib/b.py", "main.py", "notes.txt", "src/a.py", "src/deep/c.py", "words.csv"]
    files.get_by_role("link", name="Up, out of lib").click()
    page.get_by_label("Choose notes.txt").check()
    page.get_by_role("button", name="Copy there").click()
    expect(page.get_by_text("Copied 1 file.")).to_be_visible()
    page.get_by_label("Choose src").check()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("Deleted 2 files.")).to_be_visible()
    assert project.paths == ["lib/b.py", "main.py", "notes-copy.txt", "notes.txt", "words.csv"]
    page.get_by_role("button", name="Undo").click()
    expect(files.get_by_role("link", name="src 2 files")).to_be_visible()


def test_scripts_that_send_nonsense_are_refused(ada, project):
    for wish in (
        {}, {"act": "move"}, {"act": "move", "entries": []}, {"act": "delete", "entries": [7]}, {"act": 1},
        {"act": "restore", "files": [2**70]}, {"act": "move", "moves": [{"from": "lib"}]}, [], "move",
        {"act": "copy", "entries": ["lib"] * 10_000, "into": "x"},
    ):
        answer = ada.post_json(f"/projects/{project.id}/arrangements", wish)
        assert answer.status in (400, 422), json.dumps(wish)[:80]
    assert len(project.paths) == 6
