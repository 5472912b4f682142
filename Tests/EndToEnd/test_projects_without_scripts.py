"""A project as a whole with JavaScript switched off: it goes out as zip, is shown to others, gets another name, is laid
to rest under somebody who is typing."""
import zipfile

import pytest
from playwright.sync_api import expect

from .support.workbench import flash
from .test_sharing import add_member

ARCHIVED = "This project is archived: it can be read, but its files can’t be changed and nothing can be run."


def archive_of(page, press):
    """The name of the zip that comes, and its files with what is in them."""
    with page.expect_download() as download:
        press()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        return download.value.suggested_filename, {name: archive.read(name) for name in archive.namelist()}


def test_a_project_and_one_folder_of_it_go_out_as_zip(ada, browse):
    project = ada.new_project("Größe & more", program="print('kept')\n")
    project.add("src/lib/größe.txt", "één\n")
    project.add("src/other.txt", "not in it\n")
    browsing = browse(ada, scripts=False)
    page = browsing.page(project.path("main.py"))
    page.get_by_role("link", name="Archives and downloads").click()
    whole = page.get_by_role("link", name="The whole project as zip")
    assert archive_of(page, whole.click) == ("Größe & more.zip", {
        "main.py": b"print('kept')\n", "src/lib/größe.txt": "één\n".encode(), "src/other.txt": b"not in it\n",
    })
    page.get_by_label("One folder as zip").fill("src/lib")
    part = page.get_by_role("button", name="Download folder")
    assert archive_of(page, part.click) == ("lib.zip", {"lib/größe.txt": "één\n".encode()})


def test_a_folder_that_is_not_there_does_not_go_out(ada, browse):
    project = ada.new_project()
    project.add("src/lib.txt", "text\n")
    browsing = browse(ada, scripts=False)
    browsing.watch.allow("status of 404")
    page = browsing.page(f"/projects/{project.id}/transfer")
    page.get_by_label("One folder as zip").fill("source")
    page.get_by_role("button", name="Download folder").click()
    expect(page.get_by_text("There is no folder source here.")).to_be_visible()
    expect(page.get_by_label("One folder as zip")).to_have_value("source")


def test_a_folder_gets_another_path(ada, browse):
    project = ada.new_project()
    for path in ("src/lib.py", "src/old/first.py", "docs/a.md"):
        project.add(path)
    page = browse(ada, scripts=False).page(project.path("src/lib.py"))
    for typed, words in (("docs", "There is a folder docs already."), ("a/../b", "A path has names joined by /")):
        page.get_by_label("Path of this folder").fill(typed)
        page.get_by_role("button", name="Rename folder").click()
        expect(page.get_by_text(words)).to_be_visible()
        expect(page.get_by_label("Path of this folder")).to_have_value(typed)
    page.get_by_label("Path of this folder").fill("source")
    page.get_by_role("button", name="Rename folder").click()
    expect(flash(page)).to_have_text("Moved 2 files.")
    assert page.url.endswith("/files/source/lib.py?folder=source")
    assert sorted(project.paths) == ["docs/a.md", "main.py", "source/lib.py", "source/old/first.py"]


def test_a_reader_takes_a_project_with_them_and_is_offered_no_upload(ada, person, browse):
    grace = person("grace")
    project = ada.new_project("Night sky", program="print('kept')\n")
    add_member(project, grace, "reader")
    page = browse(grace, scripts=False).page(f"/projects/{project.id}/transfer")
    expect(page.get_by_role("heading", name="Download")).to_be_visible()
    for name in ("Upload", "Unpack"):
        expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    whole = page.get_by_role("link", name="The whole project as zip")
    assert archive_of(page, whole.click) == ("Night sky.zip", {"main.py": b"print('kept')\n"})


def test_who_sees_a_project_is_chosen_and_told(ada, visitor, browse):
    project = ada.new_project("Night sky")
    others = browse(visitor, scripts=False)
    others.watch.allow("status of 404")
    page = browse(ada, scripts=False).page(f"/projects/{project.id}/members")
    theirs = others.page("/")
    expect(page.get_by_role("radio", name="Private")).to_be_checked()
    expect(page.get_by_text("Its address for others:")).to_have_count(0)
    for choice, words in (("Public", "Everybody can read"), ("Unlisted", "Whoever has its address can read")):
        page.get_by_role("radio", name=choice).check()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(flash(page)).to_contain_text(words)
        expect(page.get_by_role("radio", name=choice)).to_be_checked()
        address = page.locator("code.address").inner_text()
        theirs.goto(address)
        expect(theirs.get_by_role("heading", name="Night sky")).to_be_visible()
    page.get_by_role("radio", name="Private").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(flash(page)).to_have_text("Only you and its members see it.")
    expect(page.get_by_text("Its address for others:")).to_have_count(0)
    theirs.reload()
    expect(theirs.get_by_role("heading", name="Nothing here")).to_be_visible()


def test_a_new_name_makes_a_new_address_and_the_old_one_leads_there(ada, visitor, browse):
    project = ada.new_project("Night sky", program="print('the same')\n")
    assert ada.post(f"/projects/{project.id}/visibility", {"visibility": "public"}).status == 303
    ada.forget_flash()
    browsing = browse(ada, scripts=False)
    browsing.watch.allow("status of 422")
    page = browsing.page(f"/projects/{project.id}/settings")
    name = page.get_by_label("Name", exact=True)
    expect(page.locator("code")).to_have_text(f"/@{ada.name}/night-sky")
    name.fill("  ")
    page.get_by_role("button", name="Rename", exact=True).click()
    expect(name).to_have_accessible_description("Give the project a name.")
    name.fill("Dämmerung, 2nd")
    page.get_by_role("button", name="Rename", exact=True).click()
    expect(flash(page)).to_have_text("The name is changed.")
    expect(page.locator("code")).to_have_text(f"/@{ada.name}/dammerung-2nd")
    theirs = browse(visitor, scripts=False).page(f"/@{ada.name}/night-sky/files/main.py")
    expect(theirs).to_have_url(ada.site.url(f"/@{ada.name}/dammerung-2nd/files/main.py"))
    expect(theirs.get_by_role("heading", name="Dämmerung, 2nd")).to_be_visible()
    expect(theirs.get_by_label("Code of main.py")).to_contain_text("the same")
    page.goto(ada.site.url(f"/@{ada.name}/night-sky"))
    expect(page).to_have_title("main.py – Dämmerung, 2nd")
    # The old address leads there until another project has it.
    ada.new_project("Night sky", program="print('another')\n")
    page.goto(ada.site.url(f"/@{ada.name}/night-sky"))
    expect(page).to_have_title("main.py – Night sky")


@pytest.mark.parametrize("press", ["Save", "Run", "Create file"])
def test_what_comes_too_late_for_an_archived_project_is_refused_in_words(ada, person, browse, press):
    grace = person("grace")
    project = ada.new_project("Night sky", program="print('as it was')\n")
    add_member(project, grace, "editor")
    browsing = browse(grace, scripts=False)
    browsing.watch.allow("status of 403")
    hers = browsing.page(project.path("main.py"))
    hers.get_by_role("textbox", name="Code of main.py").fill("print('too late')\n")
    hers.get_by_label("New file").fill("late.py")
    page = browse(ada, scripts=False).page(f"/projects/{project.id}/settings")
    page.get_by_role("button", name="Archive project").click()
    expect(flash(page)).to_have_text("The project is archived.")
    hers.get_by_role("button", name=press, exact=True).click()
    expect(hers.get_by_text(ARCHIVED)).to_be_visible()
    if press != "Create file":
        expect(hers.get_by_label("What you typed was not saved")).to_have_value("print('too late')\n")
    assert project.paths == ["main.py"] and project.text() == "print('as it was')\n"


def test_an_archived_project_is_read_without_anything_that_would_be_refused_until_it_is_back(ada, browse):
    project = ada.new_project("Night sky", program="print('as it was')\n")
    page = browse(ada, scripts=False).page(f"/projects/{project.id}/settings")
    page.get_by_role("button", name="Archive project").click()
    page.get_by_role("link", name="Projects", exact=True).first.click()
    expect(page.get_by_role("row").filter(has_text="Night sky")).to_contain_text("Archived")
    page.get_by_role("link", name="Night sky", exact=True).click()
    expect(page.locator("#save-state")).to_have_text("Archived")
    code = page.get_by_role("textbox", name="Code of main.py")
    expect(code).to_have_value("print('as it was')\n")
    expect(code).not_to_be_editable()
    for name in ("Run", "Save", "Create file", "Delete file", "Delete", "Check"):
        expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    page.get_by_role("link", name="Night sky", exact=True).click()
    page.get_by_role("button", name="Bring it back into use").click()
    expect(flash(page)).to_have_text("The project can be changed again.")
    page.goto(ada.site.url(project.path("main.py")))
    code.fill("print('in use again')\n")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("pre.report-output")).to_have_text("in use again\n")
