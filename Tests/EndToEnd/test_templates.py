"""An administrator offers a project to everybody as a beginning, with and without scripts."""
import re

from playwright.sync_api import expect

from .support.person import Person
from .support.workbench import flash


def test_an_administrator_shares_a_project_and_a_member_begins_with_it(ada, person, browse):
    grace = person("grace")
    project = ada.new_project("Week one", program="print('loops')\n")
    project.add("data/owls.txt", "barn\n")
    with ada.administering():
        page = browse(ada, scripts=False).page(f"/projects/{project.id}/settings")
        expect(page.get_by_role("region", name="Template")).to_contain_text("shares all its files with every member")
        page.get_by_label("Summary").fill("Loops and lists")
        page.get_by_role("button", name="Share its files as a template").click()
        expect(flash(page)).to_have_text("“Week one” is a template.")
        row = page.get_by_role("row").filter(has_text=ada.name)
        expect(row).to_contain_text("Loops and lists")

        own = browse(grace, scripts=False).page("/projects/new?language=python")
        own.get_by_label("Name", exact=True).fill("My week")
        own.locator(".starter").filter(has_text=ada.name).get_by_role("radio").check()
        own.get_by_role("button", name="Create project").click()
        expect(own.get_by_role("textbox", name="Code of main.py")).to_have_value("print('loops')\n")
        own.get_by_role("link", name="data 1 file").click()
        expect(own.get_by_role("link", name="owls.txt")).to_be_visible()

        page.get_by_role("row").filter(has_text=ada.name).get_by_role("button", name="Remove").click()
        expect(flash(page)).to_contain_text("Copies that were made of it stay.")
    again = browse(grace).page("/projects/new?language=python")
    expect(again.locator(".starter").filter(has_text=ada.name)).to_have_count(0)


def test_templates_follow_the_language_that_is_chosen(ada, person, browse):
    project = ada.new_project("Week of C", language="c")
    with ada.administering():
        assert ada.post("/admin/templates", {"project": project.id, "summary": "Pointers"}).status == 303
        page = browse(person("grace")).page("/projects/new?language=python")
        mine = page.locator(".starter").filter(has_text=ada.name)
        expect(mine).to_have_count(0)
        page.get_by_label("Language").select_option("c")
        expect(mine).to_contain_text("Pointers")
        assert ada.post(f"/admin/templates/{project.id}/deletion").status == 303


def test_a_page_says_that_what_its_reader_may_do_has_changed(ada, site, browse):
    grace = Person(site, "grace").sign_up()
    project = ada.new_project("Night sky")
    assert ada.post(f"/projects/{project.id}/members", {"username": grace.name, "role": "reader"}).status == 303
    page = browse(grace).page(project.path("main.py"))
    expect(page.locator("html.enhanced")).to_have_count(1)
    own = browse(ada).open(project)
    member = re.search(r"/members/(\d+)/removal", ada.get(f"/projects/{project.id}/members").text)[1]
    page.wait_for_timeout(500)
    assert ada.post(f"/projects/{project.id}/members/{member}/role", {"role": "editor"}).status == 303
    expect(page.locator(".toasts")).to_contain_text("What you may do in this project has changed.")
    expect(own.page.locator(".toasts")).to_have_count(0)
    page.get_by_role("button", name="Reload").click()
    expect(page.locator("#save-state")).to_have_text("Saved")
