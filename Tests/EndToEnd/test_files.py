"""The tree of files: made, renamed, deleted and brought back, by keyboard and in several tabs."""
from playwright.sync_api import expect


def test_a_new_file_in_a_new_folder_opens_and_is_kept(ada, browse):
    project = ada.new_project()
    bench = browse(ada).open(project)
    bench.page.get_by_role("button", name="New file").click()
    bench.dialog.get_by_label("Path").fill("lib/words.py")
    bench.page.keyboard.press("Enter")
    expect(bench.code).to_have_accessible_name("Code of lib/words.py")
    expect(bench.code).to_be_focused()
    expect(bench.row("lib")).to_have_attribute("aria-expanded", "true")
    expect(bench.row("words.py")).to_have_attribute("aria-current", "page")
    bench.page.keyboard.type("WORDS = 1")
    bench.expect_saved()
    assert project.text("lib/words.py") == "WORDS = 1"
    assert bench.page.url.endswith("/files/lib/words.py")
    bench.page.reload()
    expect(bench.code).to_contain_text("WORDS = 1")


def test_files_are_renamed_deleted_and_brought_back_by_keyboard(ada, browse):
    project = ada.new_project(program="print('kept')\n")
    bench = browse(ada).open(project)
    keyboard = bench.page.keyboard
    bench.row("main.py").focus()

    keyboard.press("F2")
    expect(bench.dialog.get_by_label("New path")).to_be_focused()
    keyboard.type("start")  # the name without its ending is selected
    keyboard.press("Enter")
    expect(bench.row("start.py")).to_be_focused()
    assert project.paths == ["start.py"]
    expect(bench.page).to_have_title("start.py – Greetings")

    keyboard.press("Delete")
    expect(bench.page.get_by_role("region", name="Project files")).to_contain_text("No files yet.")
    assert project.paths == []
    undo = bench.page.get_by_role("button", name="Undo").last
    for _ in range(20):
        keyboard.press("Tab")
        if undo.evaluate("button => button === document.activeElement"):
            break
    expect(undo).to_be_focused()
    keyboard.press("Enter")
    expect(bench.row("start.py")).to_be_visible()
    assert project.text("start.py") == "print('kept')\n"


def test_the_tree_is_walked_with_the_arrow_keys(ada, browse):
    project = ada.new_project()
    for path in ("lib/a.py", "lib/b.py", "notes.txt"):
        project.add(path)
    bench = browse(ada).open(project)
    keyboard = bench.page.keyboard
    bench.row("main.py").focus()
    keyboard.press("Home")
    expect(bench.row("lib")).to_be_focused()
    keyboard.press("ArrowLeft")
    expect(bench.row("a.py")).to_have_count(0)
    keyboard.press("ArrowRight")
    keyboard.press("ArrowRight")
    expect(bench.row("a.py")).to_be_focused()
    keyboard.press("ArrowLeft")
    expect(bench.row("lib")).to_be_focused()
    keyboard.press("End")
    expect(bench.row("notes.txt")).to_be_focused()
    keyboard.type("ma")
    expect(bench.row("main.py")).to_be_focused()
    keyboard.press("ArrowUp")
    expect(bench.row("b.py")).to_be_focused()
    keyboard.press("Enter")
    expect(bench.code).to_have_accessible_name("Code of lib/b.py")
    expect(bench.code).to_be_focused()


def test_a_path_that_can_not_be_is_refused_at_the_field_and_nothing_is_lost(ada, browse):
    project = ada.new_project()
    browsing = browse(ada)
    browsing.watch.allow("status of 422")
    bench = browsing.open(project)
    for path, words in (("../out.py", "without . and .."), ("main.py", "main.py"), ("main.py/deeper.py", "main.py")):
        bench.page.get_by_role("button", name="New file").click()
        field = bench.dialog.get_by_label("Path")
        field.fill(path)
        bench.page.keyboard.press("Enter")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_value(path)
        expect(bench.dialog.get_by_role("status")).to_contain_text(words)
        bench.page.keyboard.press("Escape")
        expect(bench.dialog).to_have_count(0)
    assert project.paths == ["main.py"]


def test_a_folder_is_renamed_and_deleted_with_all_its_files(ada, browse):
    project = ada.new_project()
    for path in ("lib/a.py", "lib/deep/b.py", "library.py"):
        project.add(path)
    bench = browse(ada).open(project)
    bench.row("lib").focus()
    bench.page.keyboard.press("F2")
    bench.dialog.get_by_label("New path").fill("tools")
    bench.page.keyboard.press("Enter")
    expect(bench.row("tools")).to_be_focused()
    assert project.paths == ["library.py", "main.py", "tools/a.py", "tools/deep/b.py"]

    bench.page.keyboard.press("Delete")
    expect(bench.row("tools")).to_have_count(0)
    assert project.paths == ["library.py", "main.py"]
    bench.page.get_by_role("button", name="Undo").last.click()
    expect(bench.row("b.py")).to_be_visible()
    assert project.paths == ["library.py", "main.py", "tools/a.py", "tools/deep/b.py"]


def test_another_tab_sees_what_happens_to_the_files(ada, browse):
    project = ada.new_project()
    project.add("notes.txt", "remember")
    browsing = browse(ada)
    first, second = browsing.open(project), browsing.open(project, "notes.txt")

    first.row("main.py").focus()
    first.page.keyboard.press("F2")
    first.dialog.get_by_label("New path").fill("start.py")
    first.page.keyboard.press("Enter")
    expect(second.row("start.py")).to_be_visible()
    expect(second.row("main.py")).to_have_count(0)
    expect(second.code).to_have_accessible_name("Code of notes.txt")

    first.row("notes.txt").focus()
    first.page.keyboard.press("Delete")
    expect(second.row("notes.txt")).to_have_count(0)
    expect(second.code).to_have_accessible_name("Code of start.py")


def test_back_and_forward_go_through_the_files_that_were_opened(ada, browse):
    project = ada.new_project()
    project.add("notes.txt", "remember")
    bench = browse(ada).open(project)
    bench.row("notes.txt").click()
    expect(bench.code).to_contain_text("remember")
    bench.page.go_back()
    expect(bench.code).to_have_accessible_name("Code of main.py")
    bench.page.go_forward()
    expect(bench.code).to_have_accessible_name("Code of notes.txt")


def test_names_of_every_script_are_good_names(ada, browse):
    project = ada.new_project()
    name = "größe & 100% #1? 例.py"
    project.add(name, "print('fine')\n")
    bench = browse(ada).open(project, name)
    expect(bench.code).to_have_accessible_name(f"Code of {name}")
    bench.run()
    bench.expect_output("fine")
    bench.page.reload()
    expect(bench.row(name)).to_have_attribute("aria-current", "page")
