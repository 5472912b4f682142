"""Run settings: what a project's owner sets reaches its programs, and secrets reach nothing else."""
import re
import secrets
import subprocess

import pytest
from playwright.sync_api import expect

from .support.instance import eventually, everywhere
from .support.workbench import flash
from .test_pages import AXE, faults_by_axe

SHOW = "import os, sys\nprint(sys.argv[1:], os.environ.get('GREETING'), len(os.environ.get('API_KEY', '')))\n"


@pytest.fixture
def value():
    """A secret that is nowhere else in the world."""
    return f"owl-{secrets.token_hex(16)}"


def path(project):
    return f"/projects/{project.id}/run-settings"


@everywhere
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_settings_are_found_beside_run_and_hold_from_the_next_start(person, browse, value, scripts):
    ada = person("ada")
    project = ada.new_project(program="print('not this one')\n")
    project.add("app.py", SHOW)
    browsing = browse(ada, scripts=scripts)
    page = browsing.open(project).page if scripts else browsing.page(project.path("main.py"))
    page.get_by_role("link", name="Run settings").press("Enter")
    expect(page.get_by_role("heading", name="Run settings")).to_be_visible()

    page.get_by_label("Main file").select_option(label="app.py")
    page.get_by_label("Arguments").fill("--n 5\n'two words'")
    page.get_by_label("Environment variables").fill("GREETING=good day")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(flash(page)).to_have_text("The run settings are saved. They hold from the next start.")
    expect(page.get_by_label("Arguments")).to_have_value("--n 5 'two words'")
    page.get_by_label("Secret name").fill("API_KEY")
    page.get_by_label("Secret value").fill(value)
    page.get_by_role("button", name="Store secret").click()
    expect(flash(page)).to_have_text("The secret API_KEY is stored.")
    assert value not in page.content()
    if scripts:  # which axe needs
        page.evaluate(AXE)
        assert faults_by_axe(page) == []

    expected = f"['--n', '5', 'two words'] good day {len(value)}"
    if scripts:
        bench = browsing.open(project)
        bench.run()
        bench.expect_output(expected)
    else:
        page = browsing.page(project.path("main.py"))
        page.get_by_role("button", name="Run", exact=True).click()
        expect(page.locator("pre.report-output")).to_have_text(expected + "\n")


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(ada, browse, value):
    project = ada.new_project()
    browsing = browse(ada, scripts=False)
    browsing.watch.allow("status of 422")
    page = browsing.page(path(project))
    page.get_by_label("Arguments").fill("it's")
    page.get_by_label("Environment variables").fill("GREETING=good day\nHOME=/tmp")
    page.get_by_role("button", name="Save", exact=True).click()
    for label, words in (("Arguments", "is opened and not closed"), ("Environment variables", "Line 2: HOME is set")):
        field = page.get_by_label(label)
        expect(field).to_have_attribute("aria-invalid", "true")
        described = field.get_attribute("aria-describedby").split()
        expect(page.locator(f"#{described[0]}")).to_contain_text(words)
    expect(page.get_by_label("Arguments")).to_have_value("it's")
    expect(page.get_by_label("Environment variables")).to_have_value("GREETING=good day\nHOME=/tmp")
    page.get_by_label("Secret name").fill("CARREL_KEY")
    page.get_by_label("Secret value").fill(value)
    page.get_by_role("button", name="Store secret").click()
    expect(page.locator("#error-name")).to_contain_text("kept for the site")
    expect(page.get_by_label("Secret name")).to_have_value("CARREL_KEY")
    expect(page.get_by_label("Secret value")).to_have_value("")
    assert value not in page.content()


def test_a_secret_gets_a_new_value_and_is_deleted_without_ever_being_shown(ada, browse, value):
    project = ada.new_project(program="import os\nprint(os.environ.get('API_KEY', 'none')[:3])\n")
    assert ada.post(f"/projects/{project.id}/secrets", {"name": "API_KEY", "value": value}).status == 303
    page = browse(ada, scripts=False).page(path(project))
    page.get_by_role("link", name="Replace API_KEY").click()
    expect(page.get_by_label("Secret name")).to_have_value("API_KEY")
    expect(page.get_by_label("Secret value")).to_have_value("")
    page.get_by_label("Secret value").fill("new\nlines")
    page.get_by_role("button", name="Store secret").click()
    expect(flash(page)).to_have_text("The secret API_KEY has a new value.")
    assert project.finished(project.run())[1] == "new\r\n"
    page.get_by_role("button", name="Delete API_KEY").click()
    expect(flash(page)).to_have_text("The secret API_KEY is deleted.")
    expect(page.get_by_text("No secrets yet.")).to_be_visible()
    assert project.finished(project.run())[1] == "non\r\n"


def test_a_command_runs_instead_of_the_language_and_one_that_is_not_there_says_so(ada):
    project = ada.new_project(language="c", program="this is no C")
    project.add("build.sh", "echo \"built $*\"\n")
    assert ada.post(path(project), {"command": "bash build.sh", "arguments": "'$HOME' *"}).status == 303
    run, output = project.finished(project.run("main.c"))
    assert output == "built $HOME *\r\n" and run["outcome"]["code"] == 0
    assert ada.post(path(project), {"command": "biuld"}).status == 303
    run, output = project.finished(project.run("main.c"))
    assert "biuld" in output and "No such file" in output and run["outcome"]["code"] == 127


def test_a_terminal_has_the_variables_and_a_job_has_none(ada, site, value):
    project = ada.new_project()
    ada.post(path(project), {"variables": "GREETING=good day"})
    ada.post(f"/projects/{project.id}/secrets", {"name": "API_KEY", "value": value})
    run = ada.post_json(f"/projects/{project.id}/terminals", {}).json["run"]
    line = b"echo \"$GREETING:${#API_KEY}:$HOME\"\n"
    headers = {"Content-Type": "application/octet-stream", "X-CSRF-Token": ada.csrf}
    assert ada.send("POST", f"/runs/{run['id']}/input", line, headers).status == 204
    assert eventually(lambda: f"good day:{len(value)}:/home/coder" in project.output(run)[1])
    ada.post_json(f"/runs/{run['id']}/cancellation", {})
    token = site.carrel("token", "add", "--username", ada.name).strip()
    job = {"language": "python", "version": "*", "files": [{"content": "import os\nprint(sorted(os.environ))"}]}
    answer = ada.post_json("/api/v2/execute", job, {"Authorization": f"Bearer {token}"})
    assert answer.status == 200 and "HOME" in answer.json["run"]["stdout"]
    assert "API_KEY" not in answer.text and "GREETING" not in answer.text


def test_a_secret_is_in_no_page_no_row_and_no_log(ada, mallory, site, value):
    project = ada.new_project(program=SHOW)
    assert ada.post(f"/projects/{project.id}/secrets", {"name": "API_KEY", "value": value}).status == 303
    assert ada.post(f"/projects/{project.id}/secrets", {"name": "A B", "value": value}).status == 422
    assert mallory.post(f"/projects/{project.id}/secrets", {"name": "API_KEY", "value": value}).status == 404
    run, output = project.finished(project.run())
    assert output.rstrip().endswith(str(len(value))), "the program has it"
    terminal = ada.post_json(f"/projects/{project.id}/terminals", {}).json["run"]
    pages = [
        path(project), project.path("main.py"), f"/projects/{project.id}/settings", f"/projects/{project.id}/runs",
        f"/runs/{run['id']}", f"/runs/{run['id']}/output.txt", f"{path(project)}?secret=API_KEY",
    ]
    for page in pages:
        answer = ada.get(page)
        assert answer.status == 200 and value not in answer.text, page
        assert mallory.get(page).status == 404, page
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert value not in running
    ada.post_json(f"/runs/{terminal['id']}/cancellation", {})

    names = site.settings
    command = ["mariadb-dump", "--no-defaults", f"--socket={names['CARREL_DATABASE_SOCKET']}", "--user=root"]
    dump = subprocess.run(
        [*command, "--hex-blob", names["CARREL_DATABASE"], "secrets", "run_settings", "runs", "run_outputs"],
        capture_output=True, text=True, check=True, timeout=60,
    ).stdout
    assert re.search(r"INSERT INTO `secrets`", dump) and "API_KEY" in dump, "this is where it would be"
    assert value not in dump and value.encode().hex() not in dump.lower()
    access = site.state / "log/access.log"
    assert eventually(lambda: f"/projects/{project.id}/secrets" in access.read_text()), "the log is of this"
    for log in sorted((site.state / "log").iterdir()):
        if log.is_file():
            assert value.encode() not in log.read_bytes(), log.name
