"""Script in every name that somebody can choose: shown as what was typed, run by nobody."""
import pytest
from playwright.sync_api import expect

from .support.workbench import flash

SCRIPT = "</script><script>window.hurt=1</script>"
HOSTILE = [
    "<script>window.hurt=1</script>",
    "\"><img src=x onerror=window.hurt=1>",
    "' onmouseover='window.hurt=1' x='",
    SCRIPT + "<!--",
    "{{ site.csrf }}{% if x %}",
    "javascript:window.hurt=1",
    "&lt;b&gt; &amp; &#60;",
]


def expect_unhurt(page):
    assert page.evaluate("window.hurt") is None
    assert page.locator("img, [onmouseover], [onerror]").count() == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_a_project_with_script_in_its_name_is_just_a_name(ada, browse, name):
    project = ada.new_project(name)
    browsing = browse(ada)
    browsing.watch.allow("status of 404")  # the workbench may ask for something at the moment when it is deleted
    page = browsing.page("/projects")
    expect(page.locator(".row-link")).to_have_text(name)
    expect_unhurt(page)
    page.goto(ada.site.url(f"/projects/{project.id}/settings"))
    expect(page.get_by_role("textbox", name="Name")).to_have_value(name)
    expect_unhurt(page)
    bench = browsing.open(project)
    expect(bench.page.locator("h1.where a")).to_have_text(name)
    expect(bench.page).to_have_title(f"main.py – {name}")
    expect_unhurt(bench.page)
    page.get_by_role("button", name="Delete project").click()
    expect(flash(page)).to_contain_text(f"Deleted “{name}”.")
    expect_unhurt(page)


@pytest.mark.parametrize("name", [name.replace("/", "∕") for name in HOSTILE])
def test_a_file_with_script_in_its_name_is_just_a_file(ada, browse, name):
    project = ada.new_project("Files")
    project.add(name, "print('fine')\n")
    browsing = browse(ada)
    browsing.watch.allow("status of 404")  # the editor may ask for the file at the moment when it is deleted
    bench = browsing.open(project, name)
    expect(bench.row(name)).to_be_visible()
    expect(bench.code).to_have_accessible_name(f"Code of {name}")
    expect(bench.page).to_have_title(f"{name} – Files")
    bench.row(name).focus()
    bench.page.keyboard.press("Delete")
    expect(bench.page.locator(".toasts")).to_contain_text(f"Deleted {name}.")
    expect_unhurt(bench.page)
    plain = browse(ada, scripts=False).page(project.path("main.py"))
    assert plain.get_by_role("navigation", name="Files").get_by_role("link").count() == 1


def test_a_text_with_script_in_it_is_just_a_text(ada, browse):
    text = SCRIPT + "</textarea><img src=x onerror=window.hurt=1>\n"
    project = ada.new_project(program=text)
    bench = browse(ada).open(project)
    assert bench.text == text
    expect_unhurt(bench.page)
    page = browse(ada, scripts=False).page(project.path("main.py"))
    expect(page.get_by_role("textbox", name="Code of main.py")).to_have_value(text)
    assert page.locator("img").count() == 0


def test_the_output_of_a_program_is_just_text_without_scripts_too(ada, browse):
    hostile = "<img src=x onerror=window.hurt=1></pre><script>window.hurt=1</script>"
    project = ada.new_project(program=f"print('{hostile}')\n")
    run = project.run()
    project.finished(run)
    page = browse(ada).page(f"/runs/{run['id']}")
    expect(page.locator("pre.report-output")).to_contain_text("<img src=x onerror=window.hurt=1></pre><script>")
    expect_unhurt(page)


def test_a_browser_with_script_in_its_name_is_just_a_device(ada, browse):
    agent = "<script>window.hurt=1</script> Firefox/1.0 \"><img src=x>"
    other = ada.elsewhere()
    other.post("/sign-in", {"login": ada.name, "password": ada.password}, {"User-Agent": agent})
    page = browse(ada).page("/account/sessions")
    expect_unhurt(page)
    assert page.get_by_role("row").count() == 3


def test_what_was_typed_into_a_form_comes_back_as_text(visitor, browse):
    browsing = browse(visitor)
    browsing.watch.allow("status of 422")
    for path, label, button in (
        ("/sign-up", "Username", "Create account"), ("/sign-up", "Email", "Create account"),
        ("/sign-in", "Username or email", "Sign in"),
    ):
        page = browsing.page(path)
        page.get_by_label(label, exact=True).fill(HOSTILE[1])
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator("[role=alert], .error").first).to_be_visible()
        expect(page.get_by_label(label, exact=True)).to_have_value(HOSTILE[1])
        expect_unhurt(page)
        page.close()


def test_a_return_address_with_script_in_it_is_not_a_link(visitor, browse):
    page = browse(visitor).page("/sign-in?return=javascript:window.hurt%3D1%22%3E%3Cimg%20src=x%3E")
    expect_unhurt(page)
    assert page.locator("input[name=return]").input_value() == ""


def test_line_breaks_of_other_systems_become_ours_and_none_gets_into_a_text(ada, browse):
    project = ada.new_project(program="")
    content = project.content("main.py")
    push = {"version": content["version"], "client": "attacker-1", "sequence": 1, "changes": [[0, "a\rb\r", "c"]]}
    assert ada.post_json(f"/documents/{content['id']}/updates", push).status == 400
    bench = browse(ada).open(project)
    bench.replace("a\r\nb\rc\n")
    bench.expect_saved()
    assert project.text() == bench.text == "a\nb\nc\n"
    project.save("main.py", "d\r\ne\rf")
    assert project.text() == "d\ne\nf"
