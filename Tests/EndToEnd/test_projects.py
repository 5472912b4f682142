"""The list of somebody's projects, and what becomes of a project: laid to rest, deleted, copied; as forms do it, which
are the same with scripts and without."""
import re

import pytest
from playwright.sync_api import expect

from .support.workbench import Workbench, flash
from .test_keyboard import tab_to
from .test_sharing import add_member, reading

either = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])


def rows(page):
    """The names of the projects in the table, in its order."""
    return page.locator("table.rows .row-link")


def show(page):
    page.get_by_role("button", name="Show", exact=True).click()


def projects(owner, *names):
    return {name: owner.new_project(name) for name in names}


@either
def test_the_list_is_searched_by_a_part_of_a_name_and_an_empty_answer_leads_back(ada, browse, scripts):
    projects(ada, "Night sky", "Night birds", "Tides")
    page = browse(ada, scripts=scripts).page("/projects")
    page.get_by_role("search").get_by_label("Name").fill("NIGHT")
    show(page)
    expect(rows(page)).to_have_text(["Night birds", "Night sky"])
    expect(page.get_by_role("search").get_by_label("Name")).to_have_value("NIGHT")
    # It is a text, and no pattern.
    page.get_by_role("search").get_by_label("Name").fill("n_ght%")
    show(page)
    expect(page.get_by_role("heading", name="No project is like this")).to_be_visible()
    expect(page.get_by_text("Ask for something else above, or show all projects.")).to_be_visible()
    expect(rows(page)).to_have_count(0)
    page.get_by_role("link", name="show all projects").click()
    expect(rows(page)).to_have_text(["Tides", "Night birds", "Night sky"])


@either
def test_what_comes_first_in_the_list_is_chosen(ada, browse, scripts):
    made = projects(ada, "Tides", "Apples", "Night sky")
    made["Tides"].add("moon.txt")
    page = browse(ada, scripts=scripts).page("/projects")
    order = page.get_by_label("Order", exact=True)
    expect(order.locator("option:checked")).to_have_text("Last change")
    expect(rows(page)).to_have_text(["Tides", "Night sky", "Apples"])
    for choice, names in (("Name", ["Apples", "Night sky", "Tides"]), ("Newest", ["Night sky", "Apples", "Tides"])):
        order.select_option(label=choice)
        show(page)
        expect(order.locator("option:checked")).to_have_text(choice)
        expect(rows(page)).to_have_text(names)


@either
def test_the_list_shows_one_language(ada, browse, scripts):
    ada.new_project("Greetings", "python")
    ada.new_project("Slugs", "bash")
    page = browse(ada, scripts=scripts).page("/projects")
    expect(rows(page)).to_have_text(["Slugs", "Greetings"])
    page.get_by_label("Language", exact=True).select_option(label="Python")
    show(page)
    expect(rows(page)).to_have_text(["Greetings"])
    page.get_by_label("Language", exact=True).select_option(label="C")
    show(page)
    expect(page.get_by_role("heading", name="No project is like this")).to_be_visible()
    page.get_by_role("link", name="Show all", exact=True).click()
    expect(page.get_by_label("Language", exact=True).locator("option:checked")).to_have_text("All")
    expect(rows(page)).to_have_text(["Slugs", "Greetings"])


@either
def test_a_star_is_the_readers_own_and_leads_back_to_the_list_as_it_was(ada, person, browse, scripts):
    grace = person("grace")
    made = projects(ada, "Night sky", "Night birds", "Tides")
    add_member(made["Night sky"], grace, "reader")
    page = browse(ada, scripts=scripts).page("/projects?q=night")
    star = page.get_by_role("button", name="Star Night sky")
    expect(star).to_have_attribute("aria-pressed", "false")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(rows(page)).to_have_text(["Night birds", "Night sky"])
    page.get_by_label("Starred only").check()
    show(page)
    expect(rows(page)).to_have_text(["Night sky"])
    hers = browse(grace, scripts=scripts).page("/projects")
    expect(hers.get_by_role("button", name="Star Night sky")).to_have_attribute("aria-pressed", "false")
    star.click()
    expect(page.get_by_role("heading", name="No project is like this")).to_be_visible()
    expect(page.get_by_label("Starred only")).to_be_checked()
    page.get_by_role("link", name="Show all", exact=True).click()
    expect(star).to_have_attribute("aria-pressed", "false")


@either
def test_the_three_that_changed_last_are_offered_to_go_on_with(ada, browse, scripts):
    made = projects(ada, "Tides", "Apples", "Night sky")
    page = browse(ada, scripts=scripts).page("/projects")
    going_on = page.get_by_role("region", name="Continue")
    expect(rows(page)).to_have_count(3)
    expect(going_on).to_have_count(0)
    ada.new_project("Owls")
    made["Tides"].add("moon.txt")
    page.reload()
    expect(going_on.get_by_role("link")).to_have_text(["Tides", "Owls", "Night sky"])
    page.get_by_label("Order", exact=True).select_option(label="Name")
    show(page)
    expect(rows(page)).to_have_count(4)
    expect(going_on).to_have_count(0)
    page.goto(ada.site.url("/projects"))
    going_on.get_by_role("link", name="Owls").click()
    expect(page).to_have_title("main.py – Owls")


def test_the_list_is_narrowed_starred_and_left_without_a_mouse(ada, browse):
    projects(ada, "Night sky", "Night birds", "Tides")
    page = browse(ada).page("/projects")
    tab_to(page, page.get_by_role("search").get_by_label("Name"))
    page.keyboard.type("sky")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_text(["Night sky"])
    star = page.get_by_role("button", name="Star Night sky")
    tab_to(page, star)
    page.keyboard.press("Space")
    expect(star).to_have_attribute("aria-pressed", "true")
    tab_to(page, page.get_by_role("link", name="Show all", exact=True))
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(3)
    tab_to(page, page.get_by_label("Starred only"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Show", exact=True))
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_text(["Night sky"])
    tab_to(page, rows(page))
    page.keyboard.press("Enter")
    expect(page).to_have_title("main.py – Night sky")


def test_an_archived_project_is_read_only_and_says_so_until_it_is_brought_back(ada, person, browse):
    grace = person("grace")
    project = ada.new_project("Night sky", program="print('still here')\n")
    add_member(project, grace, "editor")
    page = browse(ada).page(f"/projects/{project.id}/settings")
    page.get_by_role("button", name="Archive project").click()
    expect(flash(page)).to_have_text("The project is archived.")
    expect(page.get_by_text("it can be read and copied, but its files can’t be changed")).to_be_visible()
    for somebody in (ada, grace):
        bench = reading(browse(somebody), project)
        expect(bench.save_state).to_have_text("Archived")
        for name in ("Run", "Stop", "New file", "New terminal"):
            expect(bench.page.get_by_role("button", name=name, exact=True)).to_have_count(0)
        bench.code.focus()
        bench.page.keyboard.type("unwanted")
        bench.page.keyboard.press("Control+Enter")
        assert bench.text == "print('still here')\n"
    hers = browse(grace).page("/projects")
    expect(hers.get_by_role("row").filter(has_text="Night sky")).to_contain_text("Archived")
    hers.get_by_role("link", name="Your part in Night sky").click()
    expect(hers.get_by_text("It is archived, so its files can’t be changed")).to_be_visible()
    page.get_by_role("button", name="Bring it back into use").click()
    expect(flash(page)).to_have_text("The project can be changed again.")
    bench = browse(grace).open(project)
    bench.run()
    bench.expect_output("still here")
    bench.expect_outcome("Finished normally")


def test_who_has_an_archived_project_open_hears_of_it(ada, person, browse):
    grace = person("grace")
    project = ada.new_project("Night sky", program="middle\n")
    add_member(project, grace, "editor")
    browsing = browse(grace)
    browsing.watch.allow("status of 403")
    hers = browsing.open(project)
    page = browse(ada).page(f"/projects/{project.id}/settings")
    page.get_by_role("button", name="Archive project").click()
    expect(flash(page)).to_have_text("The project is archived.")
    expect(hers.page.locator(".toasts")).to_contain_text("What you may do in this project has changed.")
    hers.page.get_by_role("button", name="Reload").click()
    expect(hers.save_state).to_have_text("Archived")
    expect(hers.run_button).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(flash(page)).to_have_text("The project can be changed again.")
    again = browse(grace).open(project)
    again.type_at_end("typed again")
    again.expect_saved()
    assert project.text() == "middle\ntyped again"


@either
def test_a_deleted_project_is_brought_back_at_once_or_later(ada, person, browse, scripts):
    grace = person("grace")
    project = ada.new_project("Night sky", program="print('kept')\n")
    add_member(project, grace, "editor")
    page = browse(ada, scripts=scripts).page(f"/projects/{project.id}/settings")
    page.get_by_role("button", name="Delete project").click()
    expect(flash(page)).to_have_text("Deleted “Night sky”. It can be brought back for 30 days.")
    expect(rows(page)).to_have_count(0)
    browsing = browse(grace, scripts=scripts)
    browsing.watch.allow("status of 404")
    gone = browsing.page(project.path("main.py"))
    expect(gone.get_by_text("There is nothing at this address, or it is not shared with you.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(flash(page)).to_have_text("“Night sky” is back.")
    expect(rows(page)).to_have_text(["Night sky"])

    page.get_by_role("link", name="Settings of Night sky").click()
    page.get_by_role("button", name="Delete project").click()
    page.get_by_role("link", name="Deleted projects").click()
    expect(page.get_by_role("row").filter(has_text="Night sky")).to_be_visible()
    page.get_by_role("button", name="Bring back Night sky").click()
    expect(flash(page)).to_have_text("“Night sky” is back.")
    gone.reload()
    expect(gone).to_have_title("main.py – Night sky")
    assert project.text() == "print('kept')\n"


@either
def test_after_thirty_days_a_deleted_project_does_not_come_back(ada, site, browse, scripts):
    project = ada.new_project("Night sky")
    browsing = browse(ada, scripts=scripts)
    browsing.watch.allow("status of 404")
    page = browsing.page(f"/projects/{project.id}/settings")
    page.get_by_role("button", name="Delete project").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    deleted = browsing.page("/projects/deleted")
    expect(deleted.get_by_role("button", name="Bring back Night sky")).to_be_visible()
    site.execute(f"UPDATE projects SET deleted_at = deleted_at - INTERVAL 31 DAY WHERE id = {project.id}")
    for late, name in ((page, "Undo"), (deleted, "Bring back Night sky")):
        late.get_by_role("button", name=name).click()
        expect(late.get_by_role("heading", name="Nothing here")).to_be_visible()
    page.goto(site.url("/projects/deleted"))
    expect(page.get_by_role("heading", name="Nothing is deleted")).to_be_visible()


@either
def test_a_members_copy_is_their_own_and_leaves_the_project_alone(ada, person, browse, scripts):
    grace = person("grace")
    project = ada.new_project("Night sky", program="print('hers too')\n")
    project.add("data/stars.txt", "Vega\n")
    add_member(project, grace, "reader")
    page = browse(grace, scripts=scripts).page("/projects")
    page.get_by_role("link", name="Your part in Night sky").click()
    page.get_by_role("button", name="Make a copy").click()
    expect(flash(page)).to_have_text(f"This copy of {ada.name}’s “Night sky” is yours.")
    if scripts:
        Workbench(page).wait_until_ready()
        Workbench(page).type_at_end("changed = True")
        Workbench(page).expect_saved()
    else:
        page.get_by_role("textbox", name="Code of main.py").fill("changed = True\n")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(flash(page)).to_have_text("Saved.")
    assert project.text() == "print('hers too')\n"
    page.get_by_role("link", name="Night sky", exact=True).click()
    expect(page.get_by_text("It began as a copy of")).to_contain_text(f"/@{ada.name}/night-sky")
    page.goto(grace.site.url("/projects"))
    owners = page.locator("td[data-label=Owner]")
    expect(owners).to_have_text(["You", re.compile(rf"^{ada.name}\s+reader$")])
    expect(page.locator("td[data-label=Size]").first).to_contain_text("2 files")


def test_a_private_project_that_is_a_template_is_copied_by_all_and_seen_by_none_until_its_owner_ends_it(
    ada, mallory, person, browse
):
    grace = person("grace")
    project = ada.new_project("Week two", program="print('dicts')\n")
    add_member(project, grace, "reader")
    with grace.administering():
        page = browse(grace).page("/admin/templates")
        page.get_by_label("Project", exact=True).fill(f"/@{ada.name}/week-two")
        page.get_by_label("Summary").fill("Dictionaries")
        page.get_by_role("button", name="Share its files as a template").click()
        expect(flash(page)).to_have_text("“Week two” is a template.")
    browsing = browse(mallory)
    browsing.watch.allow("status of 404")
    page = browsing.page("/projects/new?language=python")
    page.get_by_label("Name", exact=True).fill("Mine")
    page.locator(".starter").filter(has_text=ada.name).get_by_role("radio").check()
    page.get_by_role("button", name="Create project").click()
    expect(page.get_by_label("Code of main.py")).to_contain_text("print('dicts')")
    expect(page).to_have_title("main.py – Mine")
    page.goto(ada.site.url(f"/@{ada.name}/week-two"))
    expect(page.get_by_role("heading", name="Nothing here")).to_be_visible()
    own = browse(ada).page(f"/projects/{project.id}/settings")
    expect(own.get_by_role("region", name="Template")).to_contain_text(f"marked by {grace.name}")
    own.get_by_role("button", name="End being a template").click()
    expect(flash(own)).to_contain_text("The project is no longer a template.")
    page.goto(ada.site.url("/projects/new?language=python"))
    expect(page.locator(".starter").filter(has_text=ada.name)).to_have_count(0)
