"""The workbench without scripts, and the pages of runs."""
from playwright.sync_api import expect

from .stage import scene

ENDLESS = "import time\nprint('begun', flush=True)\nwhile True:\n    time.sleep(1)\n"


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
def plain_conflict(stage):
    ada = stage.ada()
    project = ada.new_project("Anagrams", program="rate = 10\nprint(rate)\n")
    browsing = stage.plain(ada)
    browsing.watch.allow("status of 409")
    page = browsing.page(project.path("main.py"))
    project.save("main.py", "rate = 20\nprint(rate)\n")
    page.get_by_role("textbox", name="Code of main.py").fill("rate = 15\nprint(rate)\n")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Save this text")).to_be_visible()
    return page


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


@scene
def plain_folder(stage):
    ada = stage.ada()
    project = ada.new_project("Anagrams")
    for path in ("words/short.txt", "words/long.txt", "words/old/first.txt"):
        project.add(path, "lamp\n")
    page = stage.plain(ada).page(project.path("words/short.txt"))
    page.get_by_label("Choose long.txt").check()
    return page


@scene
def plain_folder_with_fault(stage):
    ada = stage.ada()
    project = ada.new_project("Anagrams")
    project.add("words.txt", "lamp\n")
    page = stage.plain(ada).page(project.path("main.py"))
    page.get_by_label("Choose words.txt").check()
    page.get_by_label("Folder for what is chosen").fill("main.py")
    page.get_by_role("button", name="Move there").click()
    expect(page.get_by_label("Folder for what is chosen")).to_have_value("main.py")
    return page
