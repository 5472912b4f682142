"""How people are let into a project in the browser, and what they are told when they are not; and how a project is
given to one of them."""
import pytest
from playwright.sync_api import expect

from .support.workbench import flash
from .test_sharing import add_member, reading

either = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])

SPENT = "This invitation lets nobody in any more: it was used up, has expired, or was taken back. Ask for a new one."
REMOVED = "You were removed from this project after this link was made. Ask its owner for a new one."


def sharing(browse, project, scripts=True):
    return browse(project.owner, scripts=scripts).page(f"/projects/{project.id}/members")


def make_link(page, role="editor", people="1"):
    page.get_by_label("Role by this link").select_option(role)
    page.get_by_label("People").fill(people)
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_role("heading", name="Your new invitation link")).to_be_visible()
    return page.locator(".secret code").inner_text()


def invited(browse, person, link, scripts=True):
    """A page of theirs that has followed the link; they may be refused."""
    browsing = browse(person, scripts=scripts)
    browsing.watch.allow("status of 404", "status of 403")
    page = browsing.page("/projects")
    page.goto(link)
    return page


def accept(page):
    page.get_by_role("button", name="Accept", exact=True).click()


@either
def test_a_runner_who_is_added_by_name_runs_and_does_not_edit(ada, person, browse, scripts):
    grace = person("grace")
    project = ada.new_project("Night sky", program="print('seen by', input('Who? '))\n")
    page = sharing(browse, project, scripts)
    page.get_by_label("Username").fill(grace.name.upper())
    page.get_by_label("Role", exact=True).select_option(label="Runner (runs, does not edit)")
    page.get_by_role("button", name="Add member").click()
    expect(flash(page)).to_have_text(f"{grace.name} is a member now.")
    hers = browse(grace, scripts=scripts).page("/projects")
    expect(hers.get_by_role("row").filter(has_text="Night sky")).to_contain_text(f"{ada.name} runner")
    hers.get_by_role("link", name="Your part in Night sky").click()
    expect(hers.get_by_text("You may run it, not edit.")).to_be_visible()
    hers.get_by_role("link", name="Night sky", exact=True).click()
    expect(hers.locator("#save-state")).to_have_text("Read only")
    for name in ("Save", "Create file", "New file", "Delete file"):
        expect(hers.get_by_role("button", name=name, exact=True)).to_have_count(0)
    if scripts:
        bench = reading(browse(grace), project)
        bench.code.focus()
        bench.page.keyboard.type("unwanted")
        bench.run()
        bench.expect_output("Who?")
        bench.answer("grace")
        bench.expect_output("seen by grace")
    else:
        expect(hers.get_by_role("textbox", name="Code of main.py")).not_to_be_editable()
        hers.get_by_label("Program input").fill("grace\n")
        hers.get_by_role("button", name="Run", exact=True).click()
        expect(hers.locator("pre.report-output")).to_have_text("Who? seen by grace\n")
    assert project.text() == "print('seen by', input('Who? '))\n"


@either
def test_who_can_not_be_added_is_told_at_the_field(ada, person, browse, scripts):
    grace = person("grace")
    project = ada.new_project()
    add_member(project, grace, "reader")
    browsing = browse(ada, scripts=scripts)
    browsing.watch.allow("status of 422")
    page = browsing.page(f"/projects/{project.id}/members")
    field = page.get_by_label("Username")
    for name, words in (
        (grace.name, f"{grace.name} is a member already. The role can be changed in the list."),
        (ada.name, "You own this project already."),
        ("", "There is no account of this name."),
    ):
        field.fill(name)
        page.get_by_role("button", name="Add member").click()
        expect(field).to_have_accessible_description(words)
        expect(field).to_have_value(name)


@either
def test_a_link_for_one_lets_one_in_and_tells_the_second(ada, person, mallory, browse, scripts):
    grace = person("grace")
    project = ada.new_project("Night sky")
    page = sharing(browse, project, scripts)
    link = make_link(page)
    row = page.get_by_role("row").filter(has_text="Editor (edits and runs)").filter(has=page.get_by_text("0 of 1"))
    expect(row).to_have_count(1)
    # Both have it open, and the second is refused by the button as by the link.
    hers, late = invited(browse, grace, link, scripts), invited(browse, mallory, link, scripts)
    accept(hers)
    expect(flash(hers)).to_have_text("You may edit and run it.")
    accept(late)
    expect(late.get_by_role("heading", name="Nothing here")).to_be_visible()
    expect(late.get_by_text(SPENT)).to_be_visible()
    late.goto(link)
    expect(late.get_by_text(SPENT)).to_be_visible()
    expect(late.get_by_text("Night sky")).to_have_count(0)
    late.goto(ada.site.url(f"/projects/{project.id}"))
    expect(late.get_by_role("heading", name="Nothing here")).to_be_visible()
    page.goto(ada.site.url(f"/projects/{project.id}/members"))
    expect(page.get_by_role("row").filter(has_text=grace.name)).to_be_visible()
    expect(page.get_by_text("1 of 100 members")).to_be_visible()
    expect(row).to_have_count(0)


@either
def test_a_revoked_link_lets_nobody_in(ada, mallory, browse, scripts):
    project = ada.new_project("Night sky")
    page = sharing(browse, project, scripts)
    link = make_link(page, "reader", "5")
    theirs = invited(browse, mallory, link, scripts)
    expect(theirs.get_by_text("If you accept, you may read it, and its members see your name.")).to_be_visible()
    page.get_by_role("button", name="Revoke the link").click()
    expect(flash(page)).to_have_text("This link lets nobody in any more.")
    accept(theirs)
    expect(theirs.get_by_text(SPENT)).to_be_visible()
    theirs.goto(link)
    expect(theirs.get_by_text(SPENT)).to_be_visible()
    theirs.goto(ada.site.url("/projects"))
    expect(theirs.get_by_role("heading", name="No projects yet")).to_be_visible()


@either
def test_a_removed_person_does_not_come_back_by_the_old_link_but_by_a_new_one(ada, person, browse, scripts):
    grace = person("grace")
    project = ada.new_project("Night sky")
    page = sharing(browse, project, scripts)
    old = make_link(page, "runner", "5")
    hers = invited(browse, grace, old, scripts)
    accept(hers)
    expect(flash(hers)).to_have_text("You may run it, not edit.")
    page.goto(ada.site.url(f"/projects/{project.id}/members"))
    page.get_by_role("button", name=f"Remove {grace.name}").click()
    expect(flash(page)).to_have_text(f"{grace.name} is no member any more.")
    again = invited(browse, grace, old, scripts)
    accept(again)
    expect(again.get_by_role("heading", name="Not carried out")).to_be_visible()
    expect(again.get_by_text(REMOVED)).to_be_visible()
    again.goto(ada.site.url(f"/projects/{project.id}"))
    expect(again.get_by_role("heading", name="Nothing here")).to_be_visible()
    again.goto(make_link(page, "reader"))
    accept(again)
    expect(flash(again)).to_have_text("You may read it.")


@either
def test_a_link_leads_through_sign_in_and_back(ada, person, visitor, browse, scripts):
    grace = person("grace")
    project = ada.new_project("Night sky")
    page = invited(browse, visitor, make_link(sharing(browse, project)), scripts)
    page.get_by_label("Username or email", exact=True).fill(grace.name)
    page.get_by_label("Password", exact=True).fill(grace.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text(f"{ada.name} invites you to the project “Night sky”.")).to_be_visible()
    accept(page)
    expect(page).to_have_title("main.py – Night sky")


def offer(page, name):
    page.get_by_label("New owner").select_option(label=name)
    page.get_by_role("button", name="Offer the project").click()
    expect(flash(page)).to_have_text("The project is offered. It is yours until they accept.")


@either
def test_a_project_is_given_to_a_member_who_accepts_and_to_nobody_else(ada, person, mallory, browse, scripts):
    grace, heidi = person("grace"), person("heidi")
    project = ada.new_project("Night sky")
    add_member(project, grace, "reader")
    add_member(project, heidi, "editor")
    page = sharing(browse, project, scripts)
    link = make_link(page, people="5")
    offer(page, grace.name)
    expect(page.get_by_role("row").filter(has_text=grace.name)).to_contain_text("offered")
    expect(page.get_by_text(f"The project is offered to {grace.name}. It is yours until they accept")).to_be_visible()

    other = browse(heidi, scripts=scripts).page(f"/projects/{project.id}/membership")
    expect(other.get_by_text(f"It belongs to {ada.name}. You may edit and run it.")).to_be_visible()
    expect(other.get_by_role("button", name="Accept the project")).to_have_count(0)
    transfer = f"/projects/{project.id}/transfer"
    for act in ("acceptance", "deletion"):
        assert mallory.post(f"{transfer}/{act}").status == 404
    assert heidi.post(f"{transfer}/deletion").status == 404
    # She is told that it is not offered to her, and nothing else happens.
    assert heidi.post(f"{transfer}/acceptance").header("Location").endswith("/membership")
    assert heidi.get(f"/projects/{project.id}/settings").status == 403
    stranger = invited(browse, mallory, ada.site.url(f"/projects/{project.id}/membership"), scripts)
    expect(stranger.get_by_role("heading", name="Nothing here")).to_be_visible()

    hers = browse(grace, scripts=scripts).page("/projects")
    hers.get_by_role("link", name="Offered to you in Night sky").click()
    expect(hers.get_by_text(f"{ada.name} wants to give you this project.")).to_be_visible()
    hers.get_by_role("button", name="Accept the project").click()
    expect(flash(hers)).to_have_text("The project is yours now.")
    expect(hers.get_by_label(f"Role of {ada.name}").locator("option:checked")).to_have_text("Editor (edits and runs)")
    expect(hers.get_by_role("button", name="Revoke the link")).to_have_count(0)
    stranger.goto(link)
    expect(stranger.get_by_text(SPENT)).to_be_visible()
    hers.goto(ada.site.url("/projects"))
    expect(hers.locator("td[data-label=Owner]")).to_have_text("You")
    page.goto(ada.site.url("/projects"))
    expect(page.locator("td[data-label=Owner]")).to_have_text(f"{grace.name} editor")


@either
def test_an_offer_is_declined_and_another_withdrawn(ada, person, browse, scripts):
    grace = person("grace")
    project = ada.new_project("Night sky")
    add_member(project, grace, "reader")
    page = sharing(browse, project, scripts)
    offer(page, grace.name)
    hers = browse(grace, scripts=scripts).page("/projects")
    hers.get_by_role("link", name="Offered to you in Night sky").click()
    hers.get_by_role("button", name="Decline").click()
    expect(flash(hers)).to_have_text("You declined it. The project stays with its owner.")
    expect(hers.get_by_role("heading", name="Offered to you")).to_have_count(0)

    page.reload()
    offer(page, grace.name)
    hers.reload()
    expect(hers.get_by_role("heading", name="Offered to you")).to_be_visible()
    page.get_by_role("button", name="Withdraw the offer").click()
    expect(flash(page)).to_have_text("The offer is withdrawn.")
    hers.get_by_role("button", name="Accept the project").click()
    expect(flash(hers)).to_have_text("This project is not offered to you any more.")
    hers.goto(ada.site.url("/projects"))
    expect(hers.get_by_role("link", name="Your part in Night sky")).to_be_visible()
    expect(hers.locator("td[data-label=Owner]")).to_have_text(f"{ada.name} reader")


@either
def test_the_address_of_the_former_owner_leads_to_that_of_the_new_one(ada, person, visitor, browse, scripts):
    grace = person("grace")
    project = ada.new_project("Night sky", program="print('for all to see')\n")
    number = add_member(project, grace, "reader")
    assert ada.post(f"/projects/{project.id}/visibility", {"visibility": "public"}).status == 303
    assert ada.post(f"/projects/{project.id}/transfer", {"member": number}).status == 303
    page = browse(visitor, scripts=scripts).page(f"/@{ada.name}/night-sky")
    expect(page.locator(".lead")).to_contain_text(f"by {ada.name};")
    hers = browse(grace, scripts=scripts).page(f"/projects/{project.id}/membership")
    hers.get_by_role("button", name="Accept the project").click()
    expect(flash(hers)).to_have_text("The project is yours now.")
    page.reload()
    expect(page).to_have_url(ada.site.url(f"/@{grace.name}/night-sky"))
    expect(page.locator(".lead")).to_contain_text(f"by {grace.name};")
