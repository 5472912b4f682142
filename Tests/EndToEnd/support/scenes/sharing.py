"""Projects of several people, and as visitors see them."""
from playwright.sync_api import expect

from ..person import Person
from .stage import scene


def _shared(stage, role):
    """Ada's project with grace in it; gives both."""
    ada, grace = stage.ada(), Person(stage.site, "grace").sign_up()
    project = ada.new_project("Anagrams", program="for word in ['listen', 'silent', 'enlist']:\n    print(word)\n")
    for path in ("words/short.txt", "words/a_longer_name_for_a_file.txt"):
        project.add(path, "lamp\n")
    assert ada.post(f"/projects/{project.id}/members", {"username": grace.name, "role": role}).status == 303
    ada.forget_flash()
    return project, grace


@scene
def sharing(stage):
    project, _ = _shared(stage, "editor")
    project.owner.post(f"/projects/{project.id}/visibility", {"visibility": "unlisted"})
    project.owner.forget_flash()
    page = stage.browse(project.owner).page(f"/projects/{project.id}/members")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_role("heading", name="Your new invitation link")).to_be_visible()
    return page


@scene
def sharing_with_faults(stage):
    project = stage.ada().new_project("Anagrams")
    browsing = stage.browse(project.owner)
    browsing.watch.allow("status of 422")
    page = browsing.page(f"/projects/{project.id}/members")
    page.get_by_label("Username").fill("nobody-at-all")
    page.get_by_role("button", name="Add member").click()
    expect(page.locator(".error")).to_have_count(1)
    return page


@scene
def membership(stage):
    project, grace = _shared(stage, "runner")
    return stage.browse(grace).page(f"/projects/{project.id}/membership")


@scene
def projects_shared(stage):
    _, grace = _shared(stage, "runner")
    grace.new_project("Sieve", "c")
    return stage.browse(grace).page("/projects")


@scene
def invitation(stage):
    project, _ = _shared(stage, "editor")
    browsing = stage.browse(project.owner)
    page = browsing.page(f"/projects/{project.id}/members")
    page.get_by_role("button", name="Make a link").click()
    page.goto(page.locator(".secret code").inner_text())
    return page


@scene
def workbench_read_only(stage):
    project, grace = _shared(stage, "reader")
    page = stage.browse(grace).page(project.path("main.py"))
    expect(page.locator("html.enhanced")).to_have_count(1)
    return page


@scene
def plain_workbench_read_only(stage):
    project, grace = _shared(stage, "reader")
    return stage.plain(grace).page(project.path("main.py"))


@scene
def visiting(stage):
    project, _ = _shared(stage, "reader")
    project.owner.post(f"/projects/{project.id}/visibility", {"visibility": "public"})
    return stage.visitor().page(f"/@{project.owner.name}/anagrams")


@scene
def visiting_after_trying_it_out(stage):
    project, _ = _shared(stage, "reader")
    project.owner.post(f"/projects/{project.id}/visibility", {"visibility": "public"})
    page = stage.browse(Person(stage.site, "mallory").sign_up()).page(f"/@{project.owner.name}/anagrams")
    page.get_by_role("button", name="Try it out").click()
    expect(page.get_by_role("region", name="Output").locator("pre")).to_contain_text("enlist")
    return page


def _archived(stage):
    project, _ = _shared(stage, "reader")
    project.owner.post(f"/projects/{project.id}/visibility", {"visibility": "public"})
    assert project.owner.post(f"/projects/{project.id}/archive").status == 303
    project.owner.forget_flash()
    return project


@scene
def archived_workbench(stage):
    project = _archived(stage)
    page = stage.browse(project.owner).page(project.path("main.py"))
    expect(page.locator("html.enhanced")).to_have_count(1)
    expect(page.locator("#save-state")).to_have_text("Archived")
    return page


@scene
def archived_settings(stage):
    project = _archived(stage)
    page = stage.browse(project.owner).page(f"/projects/{project.id}/settings")
    expect(page.get_by_role("button", name="Bring it back into use")).to_be_visible()
    return page


@scene
def archived_visiting(stage):
    project = _archived(stage)
    page = stage.visitor().page(f"/@{project.owner.name}/anagrams")
    expect(page.locator(".lead")).to_contain_text("Archived.")
    return page


def _offered(stage):
    """Ada's project, offered to grace; gives ada's page, too."""
    project, grace = _shared(stage, "editor")
    page = stage.browse(project.owner).page(f"/projects/{project.id}/members")
    page.get_by_role("button", name="Offer the project").click()
    return page, project, grace


@scene
def transfer_pending(stage):
    page, _, grace = _offered(stage)
    expect(page.get_by_text(f"The project is offered to {grace.name}.")).to_be_visible()
    return page


@scene
def projects_offered(stage):
    *_, grace = _offered(stage)
    page = stage.browse(grace).page("/projects")
    expect(page.get_by_role("link", name="Offered to you in Anagrams")).to_be_visible()
    return page


@scene
def membership_offered(stage):
    _, project, grace = _offered(stage)
    page = stage.browse(grace).page(f"/projects/{project.id}/membership")
    expect(page.get_by_role("button", name="Accept the project")).to_be_visible()
    return page
