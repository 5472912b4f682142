"""Every page in every state that it has, for tests that look at all of them. A scene gets a `Stage` and gives a page."""
from playwright.sync_api import expect

from .person import Person
from .visitor import Visitor

SCENES = {}

TALKATIVE = "name = input('Who is there? ')\nfor n in range(3):\n    print(n, 'good evening', name)\n"
ENDLESS = "import time\nprint('begun', flush=True)\nwhile True:\n    time.sleep(1)\n"


def scene(function):
    SCENES[function.__name__.replace("_", "-")] = function
    return function


class Stage:
    """What a scene is played with: an instance, and browsers from the fixture `browse`."""

    def __init__(self, site, browse):
        self.site = site
        self._browse = browse

    def visitor(self):
        return self._browse(Visitor(self.site))

    def ada(self):
        return Person(self.site, "ada").sign_up()

    def browse(self, person):
        return self._browse(person)

    def bench(self, program=None, faults=()):
        """A workbench with scripts, with a few files in folders."""
        ada = self.ada()
        project = ada.new_project("Anagrams", program=program)
        for path in ("words/short.txt", "words/long.txt", "README.md"):
            project.add(path, "lamp\n")
        browsing = self.browse(ada)
        browsing.watch.allow(*faults)
        return browsing.open(project)

    def plain(self, person):
        return self._browse(person).without_scripts()


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
    for name, language in (("Anagrams", "python"), ("A longer name for a project", "javascript"), ("Sieve", "c")):
        ada.new_project(name, language)
    page = stage.browse(ada).page(f"/projects/{ada.new_project('Gone').id}/settings")
    page.get_by_role("button", name="Delete project").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
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
def project_settings(stage):
    ada = stage.ada()
    return stage.browse(ada).page(f"/projects/{ada.new_project('Anagrams').id}/settings")


@scene
def sessions(stage):
    ada = stage.ada()
    ada.elsewhere()
    return stage.browse(ada).page("/account/sessions")


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
def workbench_idle(stage):
    return stage.bench().page


@scene
def workbench_running(stage):
    bench = stage.bench(program=TALKATIVE)
    bench.run()
    bench.expect_output("Who is there?")
    return bench.page


@scene
def workbench_finished(stage):
    bench = stage.bench(program=TALKATIVE)
    bench.run()
    bench.expect_output("Who is there?")
    bench.answer("Ada")
    bench.expect_outcome("Finished normally")
    return bench.page


@scene
def workbench_failed(stage):
    bench = stage.bench(program="print('so far')\n1 / 0\n")
    bench.run()
    bench.expect_outcome("Ended with code 1")
    return bench.page


@scene
def workbench_dialog(stage):
    bench = stage.bench()
    bench.page.get_by_role("button", name="New file").click()
    bench.dialog.get_by_label("Path").fill("words/new.txt")
    return bench.page


@scene
def workbench_dialog_with_fault(stage):
    bench = stage.bench(faults=["status of 422"])
    bench.page.get_by_role("button", name="New file").click()
    bench.dialog.get_by_label("Path").fill("../x")
    bench.page.keyboard.press("Enter")
    expect(bench.dialog.get_by_label("Path")).to_have_attribute("aria-invalid", "true")
    return bench.page


@scene
def workbench_confirm(stage):
    bench = stage.bench()
    bench.row("words").focus()
    bench.page.keyboard.press("Delete")
    expect(bench.dialog).to_be_visible()
    return bench.page


@scene
def workbench_toast(stage):
    bench = stage.bench()
    bench.row("README.md").focus()
    bench.page.keyboard.press("Delete")
    expect(bench.page.get_by_role("button", name="Undo")).to_be_visible()
    bench.page.get_by_role("button", name="Undo").focus()  # so that it stays while it is looked at
    return bench.page


@scene
def workbench_search(stage):
    bench = stage.bench()
    bench.code.focus()
    bench.page.keyboard.press("Control+F")
    expect(bench.page.locator(".cm-search")).to_be_visible()
    bench.page.keyboard.type("name")
    return bench.page


@scene
def workbench_completion(stage):
    bench = stage.bench(program="")
    bench.code.focus()
    bench.page.keyboard.type("pri")
    expect(bench.page.get_by_role("listbox")).to_be_visible()
    return bench.page


@scene
def workbench_menu(stage):
    bench = stage.bench()
    bench.page.locator(".bar summary").click()
    expect(bench.page.get_by_role("button", name="Sign out").first).to_be_visible()
    return bench.page


@scene
def workbench_without_files(stage):
    ada = stage.ada()
    project = ada.new_project()
    assert ada.post(f"/files/{project.files[0]['id']}/deletion").status == 303
    ada.forget_flash()
    page = stage.browse(ada).page(f"/projects/{project.id}")
    expect(page.get_by_role("heading", name="No files yet")).to_be_visible()
    return page


@scene
def plain_workbench(stage):
    ada = stage.ada()
    project = ada.new_project("Anagrams")
    project.add("words/short.txt", "lamp\n")
    return stage.plain(ada).page(project.path("main.py"))


@scene
def plain_workbench_after_run(stage):
    ada = stage.ada()
    project = ada.new_project("Anagrams", program="print('what a day')\n")
    page = stage.plain(ada).page(project.path("main.py"))
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("pre.report-output")).to_have_text("what a day\n")
    return page


@scene
def plain_workbench_without_files(stage):
    ada = stage.ada()
    project = ada.new_project()
    assert ada.post(f"/files/{project.files[0]['id']}/deletion").status == 303
    return stage.plain(ada).page(f"/projects/{project.id}")


@scene
def run_finished(stage):
    ada = stage.ada()
    project = ada.new_project("Anagrams", program="print('what a day')\n")
    run = project.run()
    project.finished(run)
    return stage.browse(ada).page(f"/runs/{run['id']}")


@scene
def run_going_on(stage):
    ada = stage.ada()
    run = ada.new_project("Anagrams", program=ENDLESS).run()
    browsing = stage.browse(ada)
    # The page reloads itself every two seconds, which would take the ground from under whoever looks at it.
    browsing.context.route("**/runs/*", _without_refresh)
    return browsing.page(f"/runs/{run['id']}")


def _without_refresh(route):
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace('<meta http-equiv="refresh" content="2">', ""))
