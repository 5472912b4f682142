"""A project of several people: who is let in may do what they were let, and nothing after they were removed."""
import re

import pytest
from playwright.sync_api import expect

from .support.instance import everywhere
from .support.workbench import Workbench, flash


def add_member(project, person, role):
    """Makes somebody a member; gives the number of their account."""
    answer = project.owner.post(f"/projects/{project.id}/members", {"username": person.name, "role": role})
    assert answer.status == 303, answer.text
    project.owner.forget_flash()
    page = project.owner.get(f"/projects/{project.id}/members").text
    return re.search(r"/members/(\d+)/removal", page)[1]


def reading(browsing, project):
    """A workbench in which nothing can be typed, ready."""
    bench = Workbench(browsing.page(project.path("main.py")))
    expect(bench.page.locator("html.enhanced")).to_have_count(1)
    return bench


@everywhere
def test_somebody_comes_in_by_a_link_and_works_along(person, browse):
    ada, grace = person("ada"), person("grace")
    project = ada.new_project("Night sky", program="middle\n")
    page = browse(ada).page(f"/projects/{project.id}/members")
    page.get_by_role("button", name="Make a link").click()
    link = page.locator(".secret code").inner_text()
    browsing = browse(grace)
    invitation = browsing.context.new_page()
    invitation.goto(link)
    expect(invitation.get_by_text(f"{ada.name} invites you to the project “Night sky”.")).to_be_visible()
    invitation.get_by_role("button", name="Accept").click()
    expect(flash(invitation)).to_have_text("You may edit and run it.")
    bench, hers = browse(ada).open(project), Workbench(invitation)
    hers.wait_until_ready()
    hers.type_at_start("first ")
    expect(bench.code).to_contain_text("first middle")
    bench.type_at_end("last")
    expect(hers.code).to_contain_text("last")


def test_what_a_role_no_longer_lets_somebody_save_is_kept_and_comes_back_with_it(ada, person, browse):
    grace = person("grace")
    project = ada.new_project(program="middle\n")
    role = f"/projects/{project.id}/members/{add_member(project, grace, 'editor')}/role"
    browsing = browse(grace)
    browsing.watch.allow("status of 403")
    hers = browsing.open(project)
    assert ada.post(role, {"role": "reader"}).status == 303
    hers.type_at_end("typed too late")
    expect(hers.save_state).to_have_attribute("data-state", "refused")
    hers.page.on("dialog", lambda dialog: dialog.accept())
    hers.page.reload()
    lost = hers.page.get_by_text("What you typed into main.py before this page was left isn’t saved")
    expect(lost).to_be_visible()
    expect(hers.page.get_by_role("button", name="Copy it")).to_be_visible()
    assert project.text() == "middle\n"
    assert ada.post(role, {"role": "editor"}).status == 303
    hers.page.reload()
    hers.wait_until_ready()
    expect(hers.code).to_contain_text("typed too late")
    hers.expect_saved()
    assert project.text() == "middle\ntyped too late"


def test_a_removed_person_hears_and_sends_nothing_any_more(ada, person, browse):
    grace = person("grace")
    project = ada.new_project(program="middle\n")
    number = add_member(project, grace, "editor")
    browsing = browse(grace)
    browsing.watch.allow("status of 404", "status of 403")
    hers = browsing.open(project)
    own = browse(ada).open(project)
    ada.post(f"/projects/{project.id}/members/{number}/removal")
    expect(hers.save_state).to_have_text("Deleted, or not shared with you any more")
    own.type_at_end("kept to ourselves")
    own.expect_saved()
    expect(hers.code).not_to_contain_text("kept to ourselves")
    hers.type_at_start("not taken ")
    own.type_at_start("still ours ")
    own.expect_saved()
    assert "not taken" not in project.text()


def test_a_reader_has_a_page_without_anything_that_would_be_refused(ada, person, browse):
    grace = person("grace")
    project = ada.new_project(program="print('for all to see')\n")
    project.finished(project.run())
    add_member(project, grace, "reader")
    hers = reading(browse(grace), project)
    expect(hers.save_state).to_have_text("Read only")
    for name in ("Run", "Stop", "New file", "Rename", "Delete", "New terminal", "Stop workspace"):
        expect(hers.page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    hers.code.focus()
    hers.page.keyboard.type("unwanted")
    hers.page.keyboard.press("Control+Enter")
    hers.page.keyboard.press("Control+`")
    assert hers.text == "print('for all to see')\n"
    own = browse(ada).open(project)
    own.type_at_end("# typed now")
    expect(hers.code).to_contain_text("# typed now")
    hers.page.get_by_role("link", name="Runs", exact=True).click()
    expect(hers.page.locator("tbody tr")).to_have_count(1)
    expect(hers.page.locator("tbody tr")).to_contain_text(ada.name)


def test_a_runner_runs_and_what_the_program_writes_stays_outside(ada, person, browse):
    grace = person("grace")
    project = ada.new_project(program="open('notes.txt', 'w').write(input('What? '))\n")
    add_member(project, grace, "runner")
    hers = reading(browse(grace), project)
    hers.run()
    hers.expect_output("What?")
    hers.answer("nothing of yours")
    hers.expect_outcome("Finished normally")
    hers.expect_output("notes.txt stays in the workspace")
    assert project.paths == ["main.py"]
    # Nor does the next program of somebody who may edit bring it in.
    project.save("main.py", "print('done')\n")
    project.finished(project.run())
    assert project.paths == ["main.py"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_public_project_is_read_by_anybody_and_copied_by_who_signs_in(ada, person, browse, visitor, scripts):
    grace = person("grace")
    project = ada.new_project("Night sky", program="print('for all to see')\n")
    ada.post(f"/projects/{project.id}/visibility", {"visibility": "public"})
    page = browse(visitor, scripts=scripts).page(f"/@{ada.name}/night-sky")
    expect(page.get_by_label("Code of main.py")).to_contain_text("for all to see")
    page.get_by_role("link", name="Sign in to run or copy it").click()
    page.get_by_label("Username or email", exact=True).fill(grace.name)
    page.get_by_label("Password", exact=True).fill(grace.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Make a copy").click()
    expect(flash(page)).to_have_text(f"This copy of {ada.name}’s “Night sky” is yours.")
    code = page.get_by_role("textbox", name="Code of main.py")
    if scripts:
        expect(code).to_contain_text("for all to see")
    else:
        expect(code).to_have_value("print('for all to see')\n")


def test_members_and_links_are_managed_without_scripts(ada, person, browse):
    grace = person("grace")
    project = ada.new_project()
    browsing = browse(ada, scripts=False)
    browsing.watch.allow("status of 422")
    page = browsing.page(f"/projects/{project.id}/settings")
    page.get_by_role("link", name="sharing").click()
    page.get_by_label("Username").fill("nobody-at-all")
    page.get_by_role("button", name="Add member").click()
    expect(page.get_by_text("There is no account of this name.")).to_be_visible()
    page.get_by_label("Username").fill(grace.name)
    page.get_by_label("Role", exact=True).select_option("reader")
    page.get_by_role("button", name="Add member").click()
    expect(flash(page)).to_have_text(f"{grace.name} is a member now.")
    page.get_by_label(f"Role of {grace.name}").select_option("runner")
    page.get_by_role("button", name=f"Change the role of {grace.name}").click()
    expect(flash(page)).to_have_text(f"{grace.name} may run it, not edit.")
    page.get_by_role("button", name="Make a link").click()
    page.get_by_role("button", name=re.compile("^Revoke the link")).click()
    expect(flash(page)).to_have_text("This link lets nobody in any more.")
    page.get_by_role("button", name=f"Remove {grace.name}").click()
    expect(flash(page)).to_have_text(f"{grace.name} is no member any more.")
