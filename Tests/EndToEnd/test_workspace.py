"""Until when a project's workspace is kept, and its end by hand."""
import json
import re

import pytest
from playwright.sync_api import expect

from .support.instance import eventually, everywhere
from .support.workbench import flash


def foot(page):
    """The line below the output."""
    return page.locator("#workspace p")


def stop(page):
    return page.get_by_role("button", name="Stop workspace")


def test_the_page_says_until_when_the_workspace_is_kept(ada, browse):
    bench = browse(ada).open(ada.new_project(program="input('Who? ')\n"))
    expect(foot(bench.page)).to_have_text("No workspace. Run, Check or a terminal starts one.")
    expect(stop(bench.page)).to_be_hidden()
    bench.run()
    bench.expect_output("Who?")
    expect(foot(bench.page)).to_contain_text("Workspace kept while something runs.")
    bench.answer("Ada")
    bench.expect_outcome("Finished normally")
    expect(foot(bench.page)).to_contain_text(re.compile(r"Workspace stops at (\d{4}-\d\d-\d\d )?\d\d:\d\d if idle\."))
    bench.page.reload()
    expect(foot(bench.page)).to_contain_text(re.compile(r"at (\d{4}-\d\d-\d\d )?\d\d:\d\d if idle\."))
    stop(bench.page).click()
    expect(foot(bench.page)).to_have_text("No workspace. Run, Check or a terminal starts one.")
    expect(bench.page.locator(".toasts[role=status]")).to_contain_text("The workspace has stopped.")


def test_what_a_program_left_beside_the_project_is_there_after_the_workspace_was_stopped(ada, browse):
    # Hidden files are none of the project's.
    program = "with open('.visits', 'a+') as f:\n    f.write('x')\n    f.seek(0)\n    print('visits:', len(f.read()))\n"
    bench = browse(ada).open(ada.new_project(program=program))
    for visits in (1, 2):
        bench.run()
        bench.expect_output(f"visits: {visits}")
        bench.expect_outcome("Finished normally")
        stop(bench.page).click()
        expect(foot(bench.page)).to_have_text("No workspace. Run, Check or a terminal starts one.")


def test_stopping_the_workspace_ends_what_runs_in_it_in_every_tab(ada, browse):
    browsing = browse(ada)
    project = ada.new_project(program="input('Who? ')\n")
    first, second = browsing.open(project), browsing.open(project)
    first.run()
    second.expect_output("Who?")
    first.page.get_by_role("button", name="New terminal").click()
    log = first.page.get_by_role("log", name="Terminal 1")
    expect(log).to_contain_text("$")
    stop(second.page).click()
    second.expect_outcome("Stopped on request")
    expect(log).to_contain_text("This terminal was closed.")
    expect(foot(first.page)).to_have_text("No workspace. Run, Check or a terminal starts one.")
    # The next run begins in a fresh one.
    first.page.get_by_role("tab", name="Console").click()
    first.run()
    # Until then the console shows the last run's question.
    first.expect_outcome("Running since")
    first.expect_output("Who?")
    first.answer("Ada")
    first.expect_outcome("Finished normally")


@everywhere
def test_without_scripts_it_is_told_and_stopped_by_a_form(person, browse):
    ada = person("ada")
    project = ada.new_project(program="print('lamp')\n")
    project.finished(project.run())
    assert eventually(lambda: ada.get_json(f"/projects/{project.id}/workspace")["kind"] == "idle")
    page = browse(ada, scripts=False).page(project.path("main.py"))
    expect(foot(page)).to_contain_text(re.compile(r"stops at \d{4}-\d\d-\d\d \d\d:\d\d UTC if idle\."))
    stop(page).click()
    expect(flash(page)).to_have_text("The workspace has stopped.")
    expect(foot(page)).to_contain_text("No workspace.")
    expect(stop(page)).to_have_count(0)


def test_nobody_else_looks_at_it_or_stops_it(ada, mallory):
    project = ada.new_project(program="print('lamp')\n")
    project.finished(project.run())
    path = f"/projects/{project.id}/workspace"
    assert mallory.get(path).status == 404
    assert mallory.post(f"{path}/deletion").status == 404
    assert ada.post(f"{path}/deletion", csrf=False).status == 403
    assert ada.get_json(path)["kind"] in ("idle", "in-use")


@pytest.mark.parametrize("ends", ["used", "kept"])
def test_a_terminal_tells_before_it_is_closed(ada, browse, ends):
    """The hour is the answer's to tell: here the page is given one in which its end is near."""
    browsing = browse(ada)
    browsing.watch.allow("net::ERR_FAILED")
    project = ada.new_project()
    bench = browsing.open(project)
    page = bench.page
    with page.expect_response(re.compile(r"/terminals$")) as opened:
        page.get_by_role("button", name="New terminal").click()
    run = opened.value.json()["run"]
    log = page.get_by_role("log", name="Terminal 1")
    expect(log).to_contain_text("$")
    state = "unsettled"

    def answer(route):
        # The page asks again.
        if state == "unsettled":
            return route.abort()
        response = route.fetch()
        body = response.json()
        if state == "near":
            body["closes"] = body["run"]["started"] + 3_600_000
        return route.fulfill(response=response, body=json.dumps(body))

    def heard(request):
        nonlocal state
        if state == "near" and request.url.endswith(f"/runs/{run['id']}/input"):
            state = "far"

    page.route(re.compile(r"/runs/\d+/output\?"), answer)
    page.on("request", heard)
    page.reload()
    bench.wait_until_ready()
    with page.expect_response(re.compile(r"/runs/\d+/size$")):
        page.get_by_role("tab", name="Terminal 1").click()
    # A terminal that has got its size draws its line anew, which is use: that is over when it has answered this.
    line = b"echo sett''led\n"
    assert ada.send("POST", f"/runs/{run['id']}/input", line, {"X-CSRF-Token": ada.csrf}).status == 204
    assert eventually(lambda: re.search(r"settled\r\n.*\$ $", project.output(run)[1]))
    state = "near"
    note = log.locator(".log-note")
    expect(note).to_contain_text(re.compile(r"This terminal closes at (\d{4}-\d\d-\d\d )?\d\d:\d\d unless it is used."))
    if ends == "used":
        page.locator(".tab-panel:not([hidden]) .xterm-helper-textarea").focus()
        page.keyboard.type("echo here\n")
    else:
        page.get_by_role("button", name="Keep it open").click()
    expect(note).to_have_text("")
