"""The same story with JavaScript switched off: every page is whole, every action is a form."""
import re
import secrets

import pytest
from playwright.sync_api import expect

from .support.instance import everywhere
from .support.person import PASSWORD
from .support.workbench import flash

ENDLESS = "import time\nprint('begun', flush=True)\nwhile True:\n    time.sleep(1)\n"


def plain(browse, person, project, file="main.py"):
    """The workbench in a browser that runs no scripts."""
    return browse(person, scripts=False).page(project.path(file))


@everywhere
def test_a_stranger_makes_an_account_and_a_project_and_runs_a_program_with_input(site, visitor, browse):
    name = f"grace-{secrets.token_hex(5)}"
    page = browse(visitor, scripts=False).page("/")
    page.get_by_role("main").get_by_role("link", name="Create account").click()
    page.get_by_label("Username", exact=True).fill(name)
    page.get_by_label("Email", exact=True).fill(f"{name}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account", exact=True).click()
    page.get_by_role("link", name="New project").click()
    page.get_by_label("Name", exact=True).fill("Greetings")
    page.get_by_label("Language", exact=True).select_option(label="Python")
    page.get_by_role("button", name="Create project", exact=True).click()

    code = page.get_by_role("textbox", name="Code of main.py")
    expect(code).to_contain_text("What is your name?")
    code.fill("name = input('Who? ')\nprint('Good evening,', name)\nprint('And', input())\n")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(flash(page)).to_have_text("Saved.")
    expect(code).to_have_value("name = input('Who? ')\nprint('Good evening,', name)\nprint('And', input())\n")

    page.get_by_label("Program input").fill("Ada\nGrace\n")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_label("Output", exact=True).locator("pre")).to_have_text("Who? Good evening, Ada\nAnd Grace\n")
    expect(page.locator(".report-words")).to_contain_text("Finished normally in")
    expect(code).to_have_value("name = input('Who? ')\nprint('Good evening,', name)\nprint('And', input())\n")


def test_run_saves_what_was_typed_before_it_runs(ada, browse):
    project = ada.new_project()
    page = plain(browse, ada, project)
    page.get_by_role("textbox", name="Code of main.py").fill("print('typed just now')\n")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("pre.report-output")).to_have_text("typed just now\n")
    assert project.text() == "print('typed just now')\n"


def test_a_long_program_is_followed_on_its_own_page_and_stopped(ada, browse):
    project = ada.new_project(program=ENDLESS)
    page = plain(browse, ada, project)
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".report-words")).to_contain_text("Running since")
    page.get_by_role("link", name="Follow this run").click()
    expect(page.get_by_role("heading", name="Run of main.py")).to_be_visible()
    expect(page.locator("pre.report-output")).to_have_text("begun\n")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.locator(".report-words")).to_contain_text("Stopped on request after")
    expect(page.locator("pre.report-output")).to_have_text("begun\n")


def test_the_page_of_a_run_shows_its_end_by_itself(ada, browse):
    project = ada.new_project(program="import time\ntime.sleep(4)\nprint('done')\n")
    page = plain(browse, ada, project)
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_role("link", name="Follow this run").click()
    expect(page.locator(".report-words")).to_contain_text("Finished normally in")
    expect(page.locator("pre.report-output")).to_have_text("done\n")
    page.get_by_role("link", name="Back to the code").click()
    expect(page.locator("pre.report-output")).to_have_text("done\n")


@pytest.mark.parametrize(
    ("language", "program", "output", "words"),
    [
        ("python", "print('so far')\nraise SystemExit(4)\n", "so far", "Ended with code 4 after"),
        ("javascript", "console.log('from node')", "from node", "Finished normally in"),
        ("c", "int main(void) { return nothing; }", "‘nothing’ undeclared", "could not be compiled"),
        ("bash", "printf '\\033[31mred\\033[0m\\n'", "red", "Finished normally in"),
        ("python", "pass", None, "Finished normally in"),
    ],
    ids=["code", "javascript", "compiler", "colours", "silence"],
)
def test_outputs_and_endings_are_told_in_words(ada, browse, language, program, output, words):
    project = ada.new_project("Endings", language, program)
    page = plain(browse, ada, project, project.paths[0])
    page.get_by_role("button", name="Run", exact=True).click()
    if page.get_by_role("link", name="Follow this run").count():
        page.get_by_role("link", name="Follow this run").click()
    expect(page.locator(".report-words")).to_contain_text(words)
    if output is None:
        expect(page.get_by_text("The program printed nothing.")).to_be_visible()
    else:
        expect(page.locator("pre.report-output")).to_contain_text(output)
        expect(page.locator("pre.report-output")).not_to_contain_text("[31m")


def test_two_saves_from_the_same_page_are_merged(ada, browse):
    project = ada.new_project(program="one\ntwo\nthree\n")
    browsing = browse(ada, scripts=False)
    first, second = browsing.page(project.path("main.py")), browsing.page(project.path("main.py"))
    first.get_by_label("Code of main.py").last.fill("ONE\ntwo\nthree\n")
    first.get_by_role("button", name="Save", exact=True).click()
    second.get_by_label("Code of main.py").last.fill("one\ntwo\nTHREE\n")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(flash(first)).to_have_text("Saved.")
    expect(flash(second)).to_contain_text("Somebody else changed this file meanwhile, and now both changes are in it")
    expect(second.get_by_label("Code of main.py").last).to_have_value("ONE\ntwo\nTHREE\n")
    assert project.text() == "ONE\ntwo\nTHREE\n"


@pytest.mark.parametrize("press", ["Save", "Run", "Check", "Format"])
def test_lines_that_two_changed_are_asked_about(ada, browse, press):
    project = ada.new_project(program="rate = 10\n\nprint(rate)\n")
    browsing = browse(ada, scripts=False)
    browsing.watch.allow("status of 409")
    page, other = browsing.page(project.path("main.py")), browsing.page(project.path("main.py"))
    other.get_by_label("Code of main.py").last.fill("rate = 20\n\nprint(rate)\nprint()\n")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(flash(other)).to_have_text("Saved.")
    page.get_by_label("Code of main.py").last.fill("rate = 15\n\nprint(rate)\n")
    page.get_by_role("button", name=press, exact=True).click()
    undone = {"Save": "", "Run": ", so nothing was run", "Check": ", so nothing was checked"}.get(
        press, ", so nothing was formatted"
    )
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(f"Not saved yet{undone}. While you edited main.py, {ada.name} changed")
    expect(page.get_by_label("Theirs")).to_have_text("rate = 20\n")
    expect(page.get_by_label("Yours", exact=True)).to_have_text("rate = 15\n")
    expect(page.get_by_label("Your text of main.py")).to_have_value("rate = 15\n\nprint(rate)\nprint()\n")
    page.get_by_label("Your text of main.py").fill("rate = 25\n\nprint(rate)\nprint()\n")
    page.get_by_role("button", name="Save this text").click()
    expect(flash(page)).to_have_text("Saved.")
    assert project.text() == "rate = 25\n\nprint(rate)\nprint()\n"


@pytest.mark.parametrize("press", ["Save", "Run"])
@pytest.mark.parametrize("meanwhile", ["deleted", "signed out"])
def test_what_can_not_be_saved_is_shown_to_be_copied(ada, browse, press, meanwhile):
    project = ada.new_project(program="old\n")
    browsing = browse(ada, scripts=False)
    browsing.watch.allow("status of 404", "status of 403", "status of 422")
    page = browsing.page(project.path("main.py"))
    page.get_by_label("Code of main.py").last.fill("\n<b>typed</b>\n")
    if meanwhile == "deleted":
        ada.post(f"/files/{project.file('main.py')['id']}/deletion")
    else:
        other = browsing.page("/projects")
        other.locator("summary", has_text=ada.name).click()
        other.get_by_role("button", name="Sign out").click()
        expect(other.get_by_role("link", name="Sign in").first).to_be_visible()
    page.get_by_role("button", name=press, exact=True).click()
    expect(page.get_by_label("What you typed was not saved")).to_have_value("\n<b>typed</b>\n")


def test_a_save_without_scripts_meets_somebody_who_types_with_them(ada, browse):
    project = ada.new_project(program="one\ntwo\nthree\n")
    page = plain(browse, ada, project)
    bench = browse(ada.elsewhere()).open(project)
    bench.type_at_end("four\n")
    bench.expect_saved()
    page.get_by_role("textbox", name="Code of main.py").fill("zero\none\ntwo\nthree\n")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(bench.code).to_contain_text("zero")
    bench.expect_saved()
    assert project.text() == bench.text == "zero\none\ntwo\nthree\nfour\n"


@pytest.mark.parametrize(
    "text",
    ["\n\nafter two empty lines", "</textarea><script>alert(1)</script>", "&lt;&#10; \t tabs\t\n  ends  ", "例 🪴\n"],
    ids=["leading-lines", "markup", "entities", "unicode"],
)
def test_a_text_comes_back_as_it_was_saved(ada, browse, text):
    project = ada.new_project()
    page = plain(browse, ada, project)
    page.get_by_role("textbox", name="Code of main.py").fill(text)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(flash(page)).to_have_text("Saved.")
    expect(page.get_by_role("textbox", name="Code of main.py")).to_have_value(text)
    assert project.text() == text
    page.get_by_role("button", name="Save", exact=True).click()
    assert project.text() == text


def test_files_are_made_renamed_deleted_and_brought_back(ada, browse):
    project = ada.new_project()
    page = plain(browse, ada, project)
    page.get_by_label("New file").fill("lib/words.py")
    page.get_by_role("button", name="Create file").click()
    expect(page).to_have_title("lib/words.py – Greetings")
    page.get_by_text("Rename or delete lib/words.py").click()
    page.get_by_label("New path").fill("notes.txt")
    page.get_by_role("button", name="Rename", exact=True).click()
    expect(flash(page)).to_have_text("Renamed to notes.txt.")
    page.get_by_text("Rename or delete notes.txt").click()
    page.get_by_role("button", name="Delete file").click()
    expect(flash(page)).to_have_text("Deleted notes.txt.")
    assert project.paths == ["main.py"]
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_title("notes.txt – Greetings")
    assert project.paths == ["main.py", "notes.txt"]


def test_a_project_without_files_offers_to_make_one(ada, browse):
    project = ada.new_project()
    page = plain(browse, ada, project)
    page.get_by_text("Rename or delete main.py").click()
    page.get_by_role("button", name="Delete file").click()
    expect(page.get_by_role("heading", name="No files yet")).to_be_visible()
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_hidden()
    page.get_by_label("New file").fill("again.py")
    page.get_by_role("button", name="Create file").click()
    expect(page.get_by_role("textbox", name="Code of again.py")).to_have_value("")


def test_a_path_that_can_not_be_is_refused_in_words(ada, browse):
    project = ada.new_project()
    browsing = browse(ada, scripts=False)
    browsing.watch.allow("status of 422")
    page = browsing.page(project.path("main.py"))
    field = page.get_by_label("New file")
    for path, words in (("", "Give the file a name"), ("../x", "without . and .."), ("main.py", "main.py")):
        field.fill(path)
        page.get_by_role("button", name="Create file").click()
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_value(path)
        expect(field).to_have_accessible_description(re.compile(re.escape(words)))
    assert project.paths == ["main.py"]


def test_a_deleted_file_whose_name_is_taken_stays_among_the_deleted(ada, browse):
    project = ada.new_project()
    project.add("a.py", "first\n")
    ada.post(f"/files/{project.file('a.py')['id']}/deletion")
    project.add("a.py", "second\n")
    ada.forget_flash()
    page = browse(ada, scripts=False).page(f"/projects/{project.id}/transfer")
    page.get_by_role("link", name="deleted files").click()
    page.get_by_role("button", name="Bring back a.py").click()
    expect(page.get_by_role("heading", name="Deleted files")).to_be_visible()
    expect(flash(page)).to_contain_text("There is a file a.py already.")
    assert project.text("a.py") == "second\n"


def test_a_refused_path_leaves_the_file_that_is_shown(ada, browse):
    project = ada.new_project()
    project.add("a.py", "here\n")
    browsing = browse(ada, scripts=False)
    page = browsing.page(project.path("a.py"))
    page.get_by_label("New file").fill("../x")
    page.get_by_role("button", name="Create file").click()
    expect(page.get_by_label("New file")).to_have_value("../x")
    expect(page.get_by_label("Code of a.py").last).to_have_value("here\n")


def test_a_sign_up_with_faults_names_each_at_its_field_and_keeps_what_was_typed(visitor, ada, browse):
    browsing = browse(visitor, scripts=False)
    browsing.watch.allow("status of 422")
    page = browsing.page("/sign-up")

    def fault(label):
        field = page.get_by_label(label, exact=True)
        expect(field).to_have_attribute("aria-invalid", "true")
        return page.locator(f"#{field.get_attribute('aria-describedby')}")

    def fill_in(username, email, password):
        page.get_by_label("Username", exact=True).fill(username)
        page.get_by_label("Email", exact=True).fill(email)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Create account", exact=True).click()

    fill_in("no spaces please", "nowhere", "short")
    expect(fault("Username")).to_contain_text("letters a to z")
    expect(fault("Email")).to_contain_text("name@example.org")
    expect(fault("Password")).to_contain_text("at least 8 characters")
    expect(page.get_by_label("Username", exact=True)).to_have_value("no spaces please")
    expect(page.get_by_label("Email", exact=True)).to_have_value("nowhere")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")

    fill_in(ada.name, f"new-{ada.email}", PASSWORD)
    expect(fault("Username")).to_have_text("This username is taken. Choose another.")
    fill_in(f"x{ada.name}", ada.email, PASSWORD)
    expect(fault("Email")).to_contain_text("There is an account with this email address")


def test_a_wrong_password_and_an_unknown_name_are_told_apart_to_nobody(visitor, ada, browse):
    browsing = browse(visitor, scripts=False)
    browsing.watch.allow("status of 422")
    page = browsing.page("/sign-in")
    said = []
    for login in (ada.name, f"nobody-{ada.name}"):
        page.get_by_label("Username or email", exact=True).fill(login)
        page.get_by_label("Password", exact=True).fill("not the password")
        page.get_by_role("button", name="Sign in", exact=True).click()
        said.append(page.get_by_role("alert").text_content())
        expect(page.get_by_label("Username or email", exact=True)).to_have_value(login)
    assert said == ["This username, email address or password is not right."] * 2


def test_a_project_without_a_name_is_refused_at_the_field(ada, browse):
    browsing = browse(ada, scripts=False)
    browsing.watch.allow("status of 422")
    page = browsing.page("/projects/new")
    page.get_by_label("Language", exact=True).select_option(label="Bash")
    page.get_by_role("button", name="Create project", exact=True).click()
    expect(page.get_by_text("Give the project a name.")).to_be_visible()
    expect(page.get_by_label("Language", exact=True)).to_have_value("bash")


def test_nothing_dead_is_shown(ada, browse):
    page = plain(browse, ada, ada.new_project())
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_hidden()
    expect(page.locator("#code-keys")).to_be_hidden()
    for button in page.get_by_role("button").all():
        if button.is_visible():
            assert button.evaluate("button => button.form !== null"), button.text_content()
