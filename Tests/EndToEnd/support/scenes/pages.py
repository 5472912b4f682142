"""The pages around the work."""
from playwright.sync_api import expect

from .stage import scene


@scene
def landing(stage):
    return stage.visitor().page("/")


@scene
def sign_up(stage):
    return stage.visitor().page("/sign-up")


@scene
def sign_up_with_faults(stage):
    browsing = stage.visitor()
    browsing.watch.allow("status of 422")
    page = browsing.page("/sign-up")
    page.get_by_label("Username", exact=True).fill("no spaces please")
    page.get_by_role("button", name="Create account", exact=True).click()
    expect(page.locator(".error")).to_have_count(3)
    return page


@scene
def sign_in(stage):
    return stage.visitor().page("/sign-in")


@scene
def sign_in_refused(stage):
    browsing = stage.visitor()
    browsing.watch.allow("status of 422")
    page = browsing.page("/sign-in")
    page.get_by_label("Username or email", exact=True).fill("nobody-at-all")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    return page


@scene
def setup(stage):
    address = stage.site.carrel("setup-address").strip()
    assert address, "this instance has an administrator already, so it can't show its setup page"
    return stage.visitor().page(address)


@scene
def projects_empty(stage):
    return stage.browse(stage.ada()).page("/projects")


@scene
def projects(stage):
    ada = stage.ada()
    longer = "A longer name for a project"
    for name, language in (("Words", "python"), ("Anagrams", "python"), (longer, "javascript"), ("Sieve", "c")):
        ada.new_project(name, language)
    page = stage.browse(ada).page(f"/projects/{ada.new_project('Gone').id}/settings")
    page.get_by_role("button", name="Delete project").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    return page


@scene
def projects_deleted(stage):
    ada = stage.ada()
    for name in ("Anagrams", "A longer name for a project"):
        ada.post(f"/projects/{ada.new_project(name).id}/deletion")
    ada.forget_flash()
    page = stage.browse(ada).page("/projects/deleted")
    expect(page.get_by_role("button", name="Bring back Anagrams")).to_be_visible()
    return page


@scene
def projects_deleted_empty(stage):
    return stage.browse(stage.ada()).page("/projects/deleted")


@scene
def files_deleted(stage):
    ada = stage.ada()
    project = ada.new_project("Anagrams")
    for name in ("words.txt", "lib/a_longer_name_for_a_file.py"):
        ada.post(f"/files/{project.add(name)['id']}/deletion")
    ada.forget_flash()
    page = stage.browse(ada).page(f"/projects/{project.id}/deleted-files")
    expect(page.get_by_role("button", name="Bring back words.txt")).to_be_visible()
    return page


@scene
def project_new(stage):
    return stage.browse(stage.ada()).page("/projects/new")


@scene
def project_new_with_fault(stage):
    browsing = stage.browse(stage.ada())
    browsing.watch.allow("status of 422")
    page = browsing.page("/projects/new")
    page.get_by_role("button", name="Create project", exact=True).click()
    expect(page.locator(".error")).to_have_count(1)
    return page


@scene
def project_new_with_a_starter_that_is_not_there(stage):
    browsing = stage.browse(stage.ada())
    browsing.watch.allow("status of 422")
    page = browsing.page("/projects/new?language=c")
    page.get_by_label("Name", exact=True).fill("Anagrams")
    page.get_by_role("radio").first.evaluate("radio => { radio.value = 'nonsense' }")
    page.get_by_role("button", name="Create project", exact=True).click()
    expect(page.locator(".error")).to_have_text("C has no such starter. Choose one of these.")
    return page


@scene
def project_settings(stage):
    ada = stage.ada()
    return stage.browse(ada).page(f"/projects/{ada.new_project('Anagrams').id}/settings")


@scene
def run_settings(stage):
    ada = stage.ada()
    project = ada.new_project("Anagrams")
    project.add("words/short.txt")
    for name in ("API_KEY", "A_LONGER_NAME_FOR_A_SECRET_THAT_SOMEBODY_MAY_WELL_NEED"):
        assert ada.post(f"/projects/{project.id}/secrets", {"name": name, "value": "nine owls"}).status == 303
    form = {"arguments": "--words 'short and long'", "variables": "GREETING=good day\nMOOD=fine"}
    assert ada.post(f"/projects/{project.id}/run-settings", form).status == 303
    ada.forget_flash()
    return stage.browse(ada).page(f"/projects/{project.id}/run-settings?secret=API_KEY")


@scene
def run_settings_with_faults(stage):
    ada = stage.ada()
    project = ada.new_project("Anagrams")
    browsing = stage.browse(ada)
    browsing.watch.allow("status of 422")
    page = browsing.page(f"/projects/{project.id}/run-settings")
    page.get_by_label("Arguments").fill("--words 'short")
    page.get_by_label("Command").fill("LEVEL=3 make")
    page.get_by_label("Environment variables").fill("GREETING=good day\nPATH=/tmp")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".error")).to_have_count(3)
    return page


@scene
def sessions(stage):
    ada = stage.ada()
    ada.elsewhere()
    return stage.browse(ada).page("/account/sessions")


@scene
def runs(stage):
    ada = stage.ada()
    project = ada.new_project("Anagrams", program="print('listen')\n")
    for program in (None, "import sys\nsys.exit('silent')\n", "while True: print('enlist' * 99)\n"):
        if program:
            project.save("main.py", program)
        project.finished(project.run())
    return stage.browse(ada).page(f"/projects/{project.id}/runs")


@scene
def transfer(stage):
    ada = stage.ada()
    project = ada.new_project("Anagrams")
    page = stage.browse(ada).page(f"/projects/{project.id}/transfer")
    files = [
        {"name": name, "mimeType": "text/plain", "buffer": b"listen, silent\n"} for name in ("main.py", "words.csv")
    ]
    page.get_by_label("Files", exact=True).set_input_files(files)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_role("heading", name="What came in")).to_be_visible()
    return page


@scene
def new_project_from_an_archive(stage):
    return stage.browse(stage.ada()).page("/projects/import")


@scene
def file_as_a_table(stage):
    ada = stage.ada()
    project = ada.new_project("Anagrams")
    project.add("words.csv", "word,anagram,length\n" + "listen,silent,6\n" * 300)
    return stage.browse(ada).page(f"/files/{project.file('words.csv')['id']}/table")


@scene
def markdown_as_a_page(stage):
    ada = stage.ada()
    project = ada.new_project("Anagrams")
    project.add("README.md", "# Anagrams\n\nWords of the *same* letters.\n\n|word|anagram|\n|-|-|\n|listen|silent|\n")
    return stage.browse(ada).page(f"/files/{project.file('README.md')['id']}/rendered")


@scene
def file_byte_by_byte(stage):
    ada = stage.ada()
    project = ada.new_project("Anagrams")
    return stage.browse(ada).page(f"/files/{project.file('main.py')['id']}/hex")


@scene
def long_text(stage):
    ada = stage.ada()
    project = ada.new_project("Anagrams")
    lines = "".join(f"{number}: listen, silent, enlist, tinsel\n" for number in range(100_000))
    ada.post_files(f"/projects/{project.id}/uploads", "files", [("words/all.txt", lines.encode())])
    page = stage.browse(ada).page(f"/files/{project.file('words/all.txt')['id']}/text?page=2")
    expect(page.get_by_role("link", name="Page before")).to_be_visible()
    return page


@scene
def access_tokens(stage):
    page = stage.browse(stage.ada()).page("/account/tokens")
    for name in ("The course's grader", "My notebook"):
        page.get_by_label("Name").fill(name)
        page.get_by_role("button", name="Make a token").click()
        expect(page.get_by_role("heading", name="Your new token")).to_be_visible()
    return page


@scene
def api_reference(stage):
    return stage.browse(stage.ada()).page("/api")


@scene
def account_menu(stage):
    ada = stage.ada()
    page = stage.browse(ada).page("/projects")
    page.locator("summary", has_text=ada.name).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return page


@scene
def not_found(stage):
    browsing = stage.visitor()
    browsing.watch.allow("status of 404")
    return browsing.page("/no-such-page")


@scene
def preferences(stage):
    return stage.browse(stage.ada()).page("/account/preferences")


@scene
def preferences_of_high_contrast(stage):
    ada = stage.ada()
    ada.post("/account/preferences", {"theme": "contrast", "lineNumbers": "on"})
    return stage.browse(ada).page("/account/preferences")


@scene
def search_without_a_question(stage):
    ada = stage.ada()
    return stage.browse(ada).page(f"/projects/{ada.new_project().id}/search")


@scene
def search_with_matches(stage):
    return _search(stage, "q=owl")


@scene
def search_without_matches(stage):
    return _search(stage, "q=heron")


@scene
def search_with_a_fault(stage):
    return _search(stage, "q=(owl&expression=on", faults=["status of 422"])


@scene
def search_with_a_preview(stage):
    return _search(stage, "q=owl&replacement=heron&replace=on")


def _search(stage, query, faults=()):
    ada = stage.ada()
    project = ada.new_project("Birds", program="owl = 'owl'\nprint(owl)\n")
    project.add("words/owls.txt", "an owl " * 40 + "\nan owl\n")
    browsing = stage.browse(ada)
    browsing.watch.allow(*faults)
    return browsing.page(f"/projects/{project.id}/search?{query}")
