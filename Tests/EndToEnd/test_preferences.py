"""Preferences: how a person likes the site holds on every page, at once where there are scripts."""
import re

import pytest
from playwright.sync_api import expect

from .support.instance import everywhere
from .support.workbench import flash
from .test_pages import AXE, faults_by_axe

BACKGROUND = "getComputedStyle(document.body).backgroundColor"
CODE_SIZE = "getComputedStyle(document.querySelector('.cm-content')).fontSize"
PRINTED_SIZE = "getComputedStyle(document.querySelector('.xterm-rows')).fontSize"
DARK, LIGHT, BLACK, WHITE = "rgb(21, 23, 26)", "rgb(251, 250, 247)", "rgb(0, 0, 0)", "rgb(255, 255, 255)"


def background_of(page):
    return page.evaluate(BACKGROUND)


@everywhere
def test_without_scripts_a_form_changes_every_page(person, browse):
    ada = person("ada")
    project = ada.new_project(program="print('owl')\n" * 3)
    page = browse(ada, scripts=False).page("/projects")
    page.locator("summary", has_text=ada.name).click()
    page.get_by_role("link", name="Preferences").click()
    page.get_by_label("Dark").check()
    page.get_by_label("Size of code").select_option("20")
    page.get_by_label("Tab width").select_option("2")
    page.get_by_label("Show line numbers").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(flash(page)).to_have_text("Your preferences are saved.")
    expect(page.get_by_label("Dark")).to_be_checked()
    assert background_of(page) == DARK
    page.goto(page.url.replace("/account/preferences", project.path("main.py")))
    assert background_of(page) == DARK
    text = page.get_by_label("Code of main.py")
    expect(text).to_have_css("font-size", "20px")
    expect(text).to_have_css("tab-size", "2")
    expect(page.locator(".source-numbers")).to_be_hidden()


def test_with_scripts_a_change_holds_at_once_here_and_in_other_tabs_and_nothing_is_lost(ada, browse):
    project = ada.new_project(program="value = 1\n")
    browsing = browse(ada)
    bench = browsing.open(project)
    bench.type_at_end("# typed")
    other = browsing.context.new_page()
    other.goto(browsing.site.url("/account/preferences"))
    expect(other.get_by_text("What you change is saved at once.")).to_be_visible()
    other.get_by_label("Dark").check()
    other.get_by_label("Size of code").select_option("18")
    other.get_by_label("Break long lines").check()
    expect(other.get_by_role("status")).to_have_text("Saved.")
    assert background_of(other) == DARK
    page = bench.page
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert background_of(page) == DARK
    assert page.evaluate(CODE_SIZE) == "18px"
    expect(page.locator(".cm-content")).to_have_class(re.compile("cm-lineWrapping"))
    assert bench.text == "value = 1\n# typed"
    page.keyboard.press("Control+z")
    expect(page.locator(".cm-content")).not_to_contain_text("typed")
    # And they are still so when the page is loaded again.
    page.reload()
    bench.wait_until_ready()
    assert background_of(page) == DARK and page.evaluate(CODE_SIZE) == "18px"


def test_the_workbench_opens_them_over_the_code(ada, browse):
    project = ada.new_project(program="x = 1\n")
    bench = browse(ada).open(project)
    page = bench.page
    page.locator(".bar > .menu > summary").click()
    page.get_by_role("link", name="Preferences").click()
    dialog = page.get_by_role("dialog", name="Preferences")
    dialog.get_by_label("High contrast").check()
    expect(dialog.get_by_role("status")).to_have_text("Saved.")
    page.evaluate(AXE)
    assert faults_by_axe(page) == []
    dialog.get_by_label("Close brackets").uncheck()
    dialog.get_by_label("Keys").select_option("emacs")
    expect(dialog.get_by_role("status")).to_have_text("Saved.")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert background_of(page) == WHITE
    bench.type_at_end("(")
    assert bench.text == "x = 1\n("
    page.keyboard.press("Control+a")
    page.keyboard.type("y")
    assert bench.text == "x = 1\ny("
    page.keyboard.press("Control+j")  # none of theirs
    expect(page.get_by_role("region", name="Output")).to_be_hidden()
    page.keyboard.press("Control+Alt+k")
    keys = page.get_by_role("dialog", name="Keys")
    row = keys.locator("dl > div").filter(has_text="To the line’s beginning")
    expect(row.locator("kbd")).to_have_text(["Ctrl+A", "Ctrl+E"])
    expect(keys.get_by_text("Select all", exact=True)).to_have_count(0)


@pytest.mark.parametrize("theme, scheme, colour", [
    ("light", "dark", LIGHT), ("dark", "light", DARK), ("contrast", "light", WHITE), ("contrast", "dark", BLACK),
    ("system", "dark", DARK), ("system", "light", LIGHT),
])
def test_a_theme_holds_whatever_the_system_is(ada, browse, theme, scheme, colour):
    assert ada.post("/account/preferences", {"theme": theme}).status == 303
    page = browse(ada, scripts=False, color_scheme=scheme).page("/projects")
    assert background_of(page) == colour


def test_the_terminal_follows_theme_and_size(ada, browse):
    assert ada.post("/account/preferences", {"theme": "light", "codeSize": "16"}).status == 303
    project = ada.new_project(program="print('owl')\n")
    bench = browse(ada).open(project)
    bench.run()
    bench.expect_outcome("Finished", timeout=60_000)
    assert bench.page.evaluate(PRINTED_SIZE) == "15px"


def test_forced_colours_leave_everything_visible(ada, browse):
    project = ada.new_project(program="owl = 1\n")
    bench = browse(ada, forced_colors="active").open(project)
    bench.code.focus()
    bench.page.keyboard.press("Control+A")
    selection = bench.page.locator(".cm-selectionBackground").first
    canvas = background_of(bench.page)
    assert selection.evaluate("element => getComputedStyle(element).backgroundColor") != canvas
    expect(bench.page.locator(".cm-cursor").first).to_have_count(1)
