"""A project begins with a starter of its language: chosen with scripts and without, or in one click."""
import pytest
from playwright.sync_api import expect

from .support.instance import everywhere
from .support.workbench import Workbench

PHONE = {"viewport": {"width": 390, "height": 844}}


def create(page):
    page.get_by_role("button", name="Create project", exact=True).click()


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_the_starters_follow_the_language_and_one_runs_its_tests(ada, browse, options):
    page = browse(ada, **options).page("/projects/new")
    expect(page.get_by_role("button", name="Show starters", exact=True)).to_have_count(0)
    page.get_by_label("Name", exact=True).fill("Numerals")
    page.get_by_role("radio", name="Empty project").check()
    page.get_by_label("Language", exact=True).select_option(label="C")
    expect(page.get_by_role("group", name="Begin with, in C")).to_be_visible()
    # What every language has stays chosen.
    expect(page.get_by_role("radio", name="Empty project")).to_be_checked()
    page.get_by_role("radio", name="Roman numerals, with tests").check()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    create(page)
    expect(page).to_have_title("roman.c – Numerals")
    bench = Workbench(page)
    bench.wait_until_ready()
    if options != PHONE:
        bench.run()
        bench.expect_output("4014 passed, 0 failed", timeout=60_000)
        bench.expect_outcome("Finished normally in")


def test_the_keyboard_is_enough(ada, browse):
    page = browse(ada).page("/projects/new")
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.type("Spending")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Language", exact=True)).to_be_focused()
    page.keyboard.press("Tab")  # the versions
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="Hello")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Where the money went")).to_be_checked()
    # The Enter key makes the project: no other button of the form comes before.
    page.keyboard.press("Enter")
    expect(page).to_have_title("main.py – Spending")
    bench = Workbench(page)
    bench.wait_until_ready()
    bench.run()
    bench.expect_output("Line 6 is left out: 'twelve' is no amount.", timeout=60_000)


@everywhere
def test_without_scripts_a_button_shows_the_starters_and_keeps_what_was_typed(site, ada, browse):
    page = browse(ada, scripts=False).page("/projects/new")
    page.get_by_label("Name", exact=True).fill("Numerals & more")
    page.get_by_label("Language", exact=True).select_option(label="JavaScript")
    page.get_by_role("button", name="Show starters", exact=True).click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Numerals & more")
    expect(page.get_by_label("Language", exact=True)).to_have_value("javascript")
    expect(page.get_by_role("group", name="Begin with, in JavaScript")).to_be_visible()
    page.get_by_role("radio", name="Roman numerals, with tests").check()
    create(page)
    expect(page).to_have_title("roman.js – Numerals & more")
    page.get_by_role("link", name="Run settings").click()
    expect(page.get_by_label("Main file", exact=True).locator("option:checked")).to_have_text("roman.test.js")


def test_without_scripts_a_starter_of_another_language_is_refused_and_those_of_this_one_are_shown(ada, browse):
    browsing = browse(ada, scripts=False)
    browsing.watch.allow("status of 422")
    page = browsing.page("/projects/new?language=python")
    page.get_by_label("Name", exact=True).fill("Mixed")
    page.get_by_role("radio", name="Where the money went").check()
    page.get_by_label("Language", exact=True).select_option(label="C")
    create(page)
    expect(page.get_by_text("C has no such starter. Choose one of these.")).to_be_visible()
    expect(page.get_by_role("radio", name="A number guessed")).to_be_visible()
    create(page)
    expect(page).to_have_title("main.c – Mixed")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_an_empty_list_is_one_click_from_a_first_program(ada, browse, scripts):
    page = browse(ada, scripts=scripts).page("/projects")
    page.get_by_role("button", name="Start with a first program in Python").click()
    expect(page).to_have_title("main.py – My first program")
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_visible()


def test_an_empty_project_has_no_file_until_one_is_made(ada, browse):
    page = browse(ada).page("/projects/new")
    page.get_by_label("Name", exact=True).fill("Nothing yet")
    page.get_by_role("radio", name="Empty project").check()
    create(page)
    expect(page.get_by_role("heading", name="No files yet")).to_be_visible()
