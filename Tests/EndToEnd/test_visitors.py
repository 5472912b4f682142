"""Projects as people see them who are no members: public ones, tried out by who is signed in; unlisted ones by their
link; private ones not at all; with scripts and without."""
import pytest
from playwright.sync_api import expect

from .support.workbench import flash

either = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])

ECHO = "open('left.txt', 'w').write('left behind')\nprint('heard', input())\n"


def show_to(project, visibility):
    """Sets who sees a project."""
    owner = project.owner
    assert owner.post(f"/projects/{project.id}/visibility", {"visibility": visibility}).status == 303
    owner.forget_flash()


def unlisted(browse, project):
    """Makes a project unlisted and gives the link that its owner is told."""
    page = browse(project.owner).page(f"/projects/{project.id}/members")
    page.get_by_role("radio", name="Unlisted").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(flash(page)).to_contain_text("Whoever has its address")
    return page.locator("code.address").inner_text()


def refused(page, address):
    page.goto(address)
    expect(page.get_by_role("heading", name="Nothing here")).to_be_visible()
    expect(page.get_by_text("There is nothing at this address, or it is not shared with you.")).to_be_visible()


@either
def test_who_looks_in_signs_in_and_tries_a_public_project_out_and_nothing_is_kept(
    ada, person, browse, visitor, scripts
):
    grace = person("grace")
    project = ada.new_project("Night sky", program=ECHO)
    show_to(project, "public")
    page = browse(visitor, scripts=scripts).page(f"/@{ada.name}/night-sky")
    expect(page.get_by_label("Code of main.py")).to_contain_text("print('heard', input())")
    expect(page.get_by_role("button", name="Try it out")).to_have_count(0)
    page.get_by_role("link", name="Sign in to run or copy it").click()
    page.get_by_label("Username or email", exact=True).fill(grace.name)
    page.get_by_label("Password", exact=True).fill(grace.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Program input").fill("an owl\n")
    page.get_by_role("button", name="Try it out").click()
    expect(page.get_by_role("region", name="Output").locator("pre")).to_have_text("heard an owl\n")
    expect(page.get_by_role("region", name="Output").get_by_role("status")).to_have_text("Finished normally.")
    expect(page.get_by_label("Program input")).to_have_value("an owl\n")
    assert project.paths == ["main.py"]
    page.goto(ada.site.url("/projects"))
    expect(page.get_by_role("heading", name="No projects yet")).to_be_visible()
    history = browse(ada).page(f"/projects/{project.id}/runs")
    expect(history.get_by_role("heading", name="No runs yet")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "program", "output", "words"),
    [
        ("python", "print('so far')\nraise SystemExit(4)\n", "so far", "Exited with error status 4."),
        ("c", "int main(void) { return nothing; }\n", "‘nothing’ undeclared", "The program could not be compiled."),
    ],
    ids=["code", "compiler"],
)
def test_how_a_tried_out_program_failed_is_told(ada, person, browse, language, program, output, words):
    project = ada.new_project("Endings", language, program)
    show_to(project, "public")
    page = browse(person("grace"), scripts=False).page(f"/@{ada.name}/endings")
    page.get_by_role("button", name="Try it out").click()
    report = page.get_by_role("region", name="Output")
    expect(report.locator("pre")).to_contain_text(output)
    expect(report.get_by_role("status")).to_contain_text(words)


@either
def test_another_file_of_a_public_project_is_tried_out_beside_the_others(ada, person, browse, scripts):
    project = ada.new_project("Night sky", program="STARS = ['Vega']\n")
    project.add("lib/show.py", "import sys\nsys.path.append('.')\nfrom main import STARS\nprint(len(STARS), 'star')\n")
    show_to(project, "public")
    page = browse(person("grace"), scripts=scripts).page(f"/@{ada.name}/night-sky")
    page.get_by_role("link", name="lib 1 file").click()
    page.get_by_role("link", name="show.py").click()
    expect(page.get_by_role("heading", name="lib/show.py")).to_be_visible()
    page.get_by_role("button", name="Try it out").click()
    expect(page.get_by_role("region", name="Output").locator("pre")).to_have_text("1 star\n")
    expect(page.get_by_role("heading", name="lib/show.py")).to_be_visible()


@either
def test_an_unlisted_project_is_there_for_who_has_its_link_and_is_listed_nowhere(
    ada, person, browse, visitor, scripts
):
    grace = person("grace")
    project = ada.new_project("Night sky", program=ECHO)
    link = unlisted(browse, project)
    assert "/shared/" in link and ada.name not in link
    page = browse(visitor, scripts=scripts).page("/")
    page.goto(link)
    expect(page.get_by_role("heading", name="Night sky")).to_be_visible()
    expect(page.get_by_label("Code of main.py")).to_contain_text("heard")
    browsing = browse(grace, scripts=scripts)
    browsing.watch.allow("status of 404")
    hers = browsing.page("/projects")
    expect(hers.get_by_role("heading", name="No projects yet")).to_be_visible()
    refused(hers, ada.site.url(f"/@{ada.name}/night-sky"))
    refused(hers, ada.site.url(f"/projects/{project.id}"))
    hers.goto(link)
    hers.get_by_label("Program input").fill("a link\n")
    hers.get_by_role("button", name="Try it out").click()
    expect(hers.get_by_role("region", name="Output").locator("pre")).to_have_text("heard a link\n")
    hers.get_by_role("button", name="Make a copy").click()
    expect(flash(hers)).to_have_text(f"This copy of {ada.name}’s “Night sky” is yours.")


@either
def test_a_link_of_an_unlisted_project_ends_when_it_is_closed_and_is_another_one_afterwards(
    ada, visitor, browse, scripts
):
    project = ada.new_project("Night sky")
    before = unlisted(browse, project)
    show_to(project, "private")
    browsing = browse(visitor, scripts=scripts)
    browsing.watch.allow("status of 404")
    page = browsing.page("/")
    refused(page, before)
    after = unlisted(browse, project)
    refused(page, before)
    page.goto(after)
    expect(page.get_by_role("heading", name="Night sky")).to_be_visible()


@either
def test_a_private_project_is_nothing_to_others(ada, mallory, visitor, browse, scripts):
    project = ada.new_project("Night sky", program="secret = 42\n")
    project.finished(project.run())
    for somebody in (mallory, visitor):
        browsing = browse(somebody, scripts=scripts)
        browsing.watch.allow("status of 404")
        page = browsing.page("/")
        refused(page, ada.site.url(f"/@{ada.name}/night-sky"))
        refused(page, ada.site.url(f"/@{ada.name}/night-sky/files/main.py"))
        if somebody is mallory:
            for path in ("", "/settings", "/members", "/membership", "/runs", "/transfer", "/files.zip"):
                refused(page, ada.site.url(f"/projects/{project.id}{path}"))


@either
def test_a_public_project_that_is_archived_is_read_and_copied_and_not_tried_out(ada, person, browse, scripts):
    project = ada.new_project("Night sky", program=ECHO)
    show_to(project, "public")
    browsing = browse(person("grace"), scripts=scripts)
    browsing.watch.allow("status of 403")
    page, late = (browsing.page(f"/@{ada.name}/night-sky") for _ in range(2))
    assert ada.post(f"/projects/{project.id}/archive").status == 303
    late.get_by_role("button", name="Try it out").click()
    expect(late.get_by_text("This project is archived, so it can only be read.")).to_be_visible()
    page.reload()
    expect(page.locator(".lead")).to_contain_text("Archived.")
    expect(page.get_by_role("button", name="Try it out")).to_have_count(0)
    page.get_by_role("button", name="Make a copy").click()
    expect(flash(page)).to_have_text(f"This copy of {ada.name}’s “Night sky” is yours.")
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_visible()
