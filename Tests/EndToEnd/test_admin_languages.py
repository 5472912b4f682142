"""Administrators switch languages off and on; nobody else can, and everybody is told."""
import re

import pytest
from playwright.sync_api import expect

from .support.instance import everywhere
from .support.workbench import flash

LANGUAGE = "bash"
PAGE = "/admin/languages"


@pytest.fixture
def administrator(person, site):
    """Ada, as an administrator. At the end every language is on again."""
    with person("ada").administering() as ada:
        yield ada
    site.execute("DELETE FROM disabled_languages")


def row(page, name="Bash"):
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))


def switch(person, enabled, language=LANGUAGE):
    return person.post(f"{PAGE}/{language}/availability", {"enabled": enabled})


@everywhere
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_administrator_switches_a_language_off_and_on(administrator, browse, scripts):
    page = browse(administrator, scripts=scripts).page("/projects")
    page.locator("summary", has_text=administrator.name).click()
    page.get_by_role("link", name="Administration").click()
    expect(row(page)).to_contain_text("Ready")
    expect(row(page)).to_contain_text("bash, version")
    expect(row(page)).to_contain_text(re.compile(r"\d+ MB"))
    page.get_by_role("button", name="Switch off Bash").click()
    expect(flash(page)).to_contain_text("Bash is switched off")
    page.goto(administrator.site.url("/projects/new"))
    expect(page.get_by_label("Language").locator("option", has_text="Bash")).to_have_count(0)
    expect(page.get_by_label("Language").locator("option", has_text="Python")).to_have_count(1)
    page.goto(administrator.site.url(PAGE))
    page.get_by_role("button", name="Switch on Bash").click()
    expect(flash(page)).to_contain_text("Bash is switched on")
    page.goto(administrator.site.url("/projects/new"))
    expect(page.get_by_label("Language").locator("option", has_text="Bash")).to_have_count(1)


def test_a_switched_off_language_is_not_run_and_its_files_can_be_edited(administrator, person, browse):
    grace = person("grace")
    project = grace.new_project(language=LANGUAGE, program="echo lamp\n")
    assert switch(administrator, "no").status == 303
    browsing = browse(grace)
    browsing.watch.allow("status of 409")
    bench = browsing.open(project, "main.sh")
    words = "An administrator has switched off Bash. Files can be edited; programs can’t be run."
    expect(bench.page.locator("#workspace")).to_contain_text(words)
    bench.run()
    bench.expect_output(words)
    bench.type_at_end("echo owl\n")
    bench.expect_saved()
    assert "echo owl" in project.text("main.sh")
    bench.page.get_by_role("button", name="New terminal").click()
    expect(bench.page.get_by_role("log", name="Terminal 1")).to_contain_text(words)
    assert switch(administrator, "yes").status == 303
    bench.page.get_by_role("tab", name="Console").click()
    bench.run()
    bench.expect_output("owl")


def test_without_scripts_the_refusal_is_told_too(administrator, person, browse):
    grace = person("grace")
    project = grace.new_project(language=LANGUAGE)
    switch(administrator, "no")
    page = browse(grace, scripts=False).page(project.path("main.sh"))
    page.get_by_role("button", name="Run").click()
    expect(flash(page)).to_contain_text("An administrator has switched off Bash.")


def test_the_execute_api_does_not_know_a_language_that_is_switched_off(site, administrator):
    token = site.carrel("token", "add", "--username", administrator.name).split()[-1]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    job = b'{"language": "bash", "version": "*", "files": [{"content": "echo 42"}]}'
    assert administrator.send("DELETE", "/api/v2/packages", b'{"language": "bash", "version": "*"}', headers).status == 200
    answer = administrator.send("POST", "/api/v2/execute", job, headers)
    assert (answer.status, answer.json) == (400, {"message": "bash-* runtime is unknown"})
    assert "bash" not in [item["language"] for item in administrator.send("GET", "/api/v2/runtimes", None, headers).json]
    packages = administrator.send("GET", "/api/v2/packages", None, headers).json
    assert [item["installed"] for item in packages if item["language"] == "bash"] == [False]
    assert administrator.send("POST", "/api/v2/packages", b'{"language": "bash", "version": "*"}', headers).status == 200
    assert administrator.send("POST", "/api/v2/execute", job, headers).json["run"]["stdout"] == "42\n"


def test_others_find_no_administration(administrator, person, visitor, browse):
    for name in ("grace", "mallory"):
        other = person(name)
        assert other.get(PAGE).status == 404
        assert switch(other, "no").status == 404
        page = browse(other).page("/projects")
        page.locator("summary", has_text=other.name).click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        expect(page.get_by_role("link", name="Administration")).to_have_count(0)
        token = other.site.carrel("token", "add", "--username", other.name).split()[-1]
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        body = b'{"language": "bash", "version": "*"}'
        for method in ("GET", "POST", "DELETE"):
            assert other.send(method, "/api/v2/packages", body, headers).status == 403
    assert visitor.get(PAGE).status == 303
    assert visitor.post(f"{PAGE}/{LANGUAGE}/availability", {"enabled": "no"}).status in (401, 403)
    assert administrator.post(f"{PAGE}/{LANGUAGE}/availability", {"enabled": "no"}, csrf=False).status == 403
    foreign = {"Origin": "https://mallory.example", "Sec-Fetch-Site": "cross-site"}
    assert administrator.post(f"{PAGE}/{LANGUAGE}/availability", {"enabled": "no"}, foreign).status == 403
    assert "Switch on" not in administrator.get(PAGE).text


def test_every_address_for_administrators_is_there_for_nobody_else(site, mallory, visitor):
    table = [line.split() for line in site.carrel("routes").splitlines()]
    addresses = [
        (method, pattern.replace("{project}", "1").replace("{language}", "bash"))
        for method, pattern, who in table if who == "administrators"
    ]
    assert ("GET", PAGE) in addresses and all(path.startswith("/admin/") for _, path in addresses)
    assert all(who == "administrators" for _, pattern, who in table if pattern.startswith("/admin"))
    for method, path in addresses:
        for who, statuses in ((mallory, [404]), (visitor, [303, 401])):
            answer = who.get(path) if method == "GET" else who.post(path, {"enabled": "no"})
            assert answer.status in statuses, f"{method} {path}"


def test_how_far_an_image_is_is_told_while_it_is_built(site, administrator, browse):
    builds = site.state / "run/images"
    told = {
        "rust": "building\n1764000000\nstep 3 of 7\n", "go": "waiting\n1764000000\n\n",
        "java": "failed\n1764000000\nNo space left on device\n",
    }
    for language, text in told.items():
        (builds / language).write_text(text)
    try:
        page = browse(administrator).page(PAGE)
        expect(row(page, "Rust")).to_contain_text("Being prepared: step 3 of 7")
        expect(row(page, "Go")).to_contain_text("Being prepared: others come first")
        expect(row(page, "Java")).to_contain_text("Failed: No space left on device")
        (builds / "rust").unlink()
        page.get_by_role("link", name="Look again").click()
        expect(row(page, "Rust")).to_contain_text("No image")
    finally:
        for language in told:
            (builds / language).unlink(missing_ok=True)


def test_a_language_without_an_image_is_being_prepared_for_members(ada, browse):
    project = ada.new_project(language="rust")
    bench = browse(ada).open(project, "main.rs")
    words = "Rust is still being prepared."
    expect(bench.page.locator("#workspace")).to_contain_text(words)
    bench.run()
    bench.expect_output("This language is still being prepared.")
