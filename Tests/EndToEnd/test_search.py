"""Searching a project and replacing what was found, with scripts and without."""
import pytest
from playwright.sync_api import expect

from .support.instance import everywhere
from .support.workbench import flash
from .test_pages import AXE, faults_by_axe


@pytest.fixture
def project(ada):
    project = ada.new_project(program="owl = 1\nprint(owl)\n")
    project.add("lib/birds.py", "def owl():\n    return 'Owl'\n")
    project.add("notes.txt", "nothing\n" * 200 + "an owl at the end\n")
    return project


def replace_everywhere(bench):
    """Makes herons of all owls, by the panel."""
    page = bench.page
    page.keyboard.press("Control+Shift+F")
    page.get_by_label("Look for").fill("owl")
    page.get_by_text("Replace, or only some files").click()
    page.get_by_label("Replace by").fill("heron")
    page.get_by_role("button", name="Preview the replacement").click()
    page.get_by_role("button", name="Replace what is ticked").click()
    expect(page.locator(".toasts")).to_contain_text("Replaced 5 matches in 3 files.")
    # The edit itself may come later than the answer.
    expect(bench.code).to_contain_text("print(heron)")


@everywhere
def test_without_scripts_a_search_leads_to_the_line_and_a_replacement_can_be_undone(person, browse):
    ada = person("ada")
    project = ada.new_project(program="owl = 1\nprint(owl)\n")
    project.add("notes.txt", "nothing\n" * 200 + "an owl at the end\n")
    page = browse(ada, scripts=False).page(project.path("main.py"))
    page.get_by_role("link", name="Search").click()
    page.get_by_label("Look for").fill("OWL")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="3 matches in 2 files.")).to_be_visible()
    page.get_by_role("link", name="Line 201 of notes.txt").click()
    expect(page.locator(".source-line")).to_be_in_viewport()
    expect(page.locator(".source-line")).to_have_text("201")

    page.goto(page.url.split("/files/")[0] + "/search")
    page.get_by_label("Look for").fill("(ow)l")
    page.get_by_label("Regular expression").check()
    page.get_by_text("Replace, or only some files").click()
    page.get_by_label("Replace by").fill("c$1")
    page.get_by_role("button", name="Preview the replacement").click()
    page.get_by_label("Replace in line 2 of main.py").uncheck()
    page.get_by_role("button", name="Replace what is ticked").click()
    expect(flash(page)).to_have_text("Replaced 2 matches in 2 files.")
    expect(page.get_by_role("button", name="Replace what is ticked")).to_have_count(0)
    assert project.text("main.py") == "cow = 1\nprint(owl)\n"
    page.get_by_role("button", name="Undo").click()
    expect(flash(page)).to_have_text("2 files are as before the replacement.")
    assert project.text("main.py") == "owl = 1\nprint(owl)\n"


def test_the_panel_finds_while_one_types_and_goes_to_the_place(ada, project, browse):
    bench = browse(ada).open(project)
    page = bench.page
    page.keyboard.press("Control+Shift+F")
    look = page.get_by_label("Look for")
    expect(look).to_be_focused()
    page.keyboard.type("owl")
    status = page.locator(".search-panel [role=status]")
    expect(status).to_have_text("5 matches in 3 files.")
    page.get_by_label("Match case").check()
    expect(status).to_have_text("4 matches in 3 files.")
    page.evaluate(AXE)
    assert faults_by_axe(page) == []
    look.press("ArrowDown")
    expect(page.get_by_title("lib/birds.py, line 1")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_title("notes.txt, line 201")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Code of notes.txt")).to_be_focused()
    assert page.evaluate("String(getSelection())") == "owl"
    page.get_by_role("tab", name="Console").click()
    expect(look).to_be_hidden()
    page.get_by_role("button", name="Search in files").click()
    expect(look).to_be_focused()
    expect(look).to_have_value("owl")
    expect(bench.tree).to_be_visible()


def test_the_panel_replaces_what_is_ticked_under_what_is_typed_and_undoes_it(ada, project, browse):
    bench = browse(ada).open(project)
    page = bench.page
    bench.type_at_start("# mine\n")
    page.keyboard.press("Control+Shift+F")
    page.get_by_label("Look for").fill("owl")
    page.get_by_text("Replace, or only some files").click()
    page.get_by_label("Replace by").fill("heron")
    page.get_by_label("Only in").fill("*.py")
    page.get_by_role("button", name="Preview the replacement").click()
    ticked = page.get_by_role("button", name="Replace what is ticked")
    expect(ticked).to_be_visible()
    replacement = page.get_by_label("Replace by").input_value()
    page.get_by_label("Replace by").fill("another")
    expect(ticked).to_have_count(0)
    page.get_by_label("Replace by").fill(replacement)
    page.get_by_role("button", name="Preview the replacement").click()
    page.get_by_label("Replace in line 2 of lib/birds.py").uncheck()
    page.get_by_role("button", name="Replace what is ticked").click()
    toast = page.locator(".toasts")
    expect(toast).to_contain_text("Replaced 3 matches in 2 files.")
    expect(page.locator(".cm-content")).to_contain_text("print(heron)")
    assert bench.text == "# mine\nheron = 1\nprint(heron)\n"
    toast.get_by_role("button", name="Undo").click()
    expect(page.locator(".cm-content")).to_contain_text("print(owl)")
    assert bench.text == "# mine\nowl = 1\nprint(owl)\n"


def test_undo_in_the_text_takes_a_replacement_back_in_all_files_and_then_what_was_typed(ada, project, browse):
    bench = browse(ada).open(project)
    page = bench.page
    bench.type_at_start("my_")
    replace_everywhere(bench)
    bench.code.focus()
    page.keyboard.press("Control+z")
    expect(page.locator(".toasts")).to_contain_text("The replacement is undone.")
    expect(bench.code).to_contain_text("print(owl)")
    assert "an owl at the end" in project.text("notes.txt")
    bench.code.focus()
    page.keyboard.press("Control+z")
    expect(bench.code).not_to_contain_text("my_")
    assert bench.text == "owl = 1\nprint(owl)\n"


def test_undo_after_a_replacement_takes_back_what_was_typed_since(ada, project, browse):
    bench = browse(ada).open(project)
    page = bench.page
    replace_everywhere(bench)
    bench.type_at_start("my_")
    page.keyboard.press("Control+z")
    expect(bench.code).not_to_contain_text("my_")
    assert bench.text == "heron = 1\nprint(heron)\n"
    assert "an heron at the end" in project.text("notes.txt")


def test_what_is_no_expression_is_said_at_its_field(ada, project, browse):
    browsing = browse(ada)
    browsing.watch.allow("status of 422")
    page = browsing.open(project).page
    page.keyboard.press("Control+Shift+F")
    page.get_by_label("Regular expression").check()
    page.get_by_label("Look for").fill("(owl")
    expect(page.get_by_label("Look for")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("This is no expression: missing )")).to_be_visible()


def test_on_a_phone_the_search_fits(ada, project, browse):
    project.add("owls/" + "owl" * 40 + ".py")
    page = browse(ada, scripts=False, viewport={"width": 390, "height": 844}).page(f"/projects/{project.id}/search?q=owl")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_on_a_phone_the_search_is_with_the_console_and_leads_to_the_code(ada, project, browse):
    bench = browse(ada, viewport={"width": 390, "height": 844}).open(project)
    page = bench.page
    page.get_by_role("navigation", name="Panels").get_by_role("button", name="Console").click()
    page.get_by_role("tab", name="Search").click()
    page.get_by_label("Look for").fill("owl")
    # Also in the file that is open already.
    for path, line in (("main.py", 2), ("notes.txt", 201)):
        page.get_by_title(f"{path}, line {line}").click()
        expect(page.get_by_role("textbox", name=f"Code of {path}")).to_be_focused()
        expect(page.get_by_label("Look for")).to_be_hidden()
        page.get_by_role("navigation", name="Panels").get_by_role("button", name="Console").click()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
