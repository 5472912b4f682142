"""The whole story with scripts: from a stranger to the answer of a program."""
import re
import secrets

from playwright.sync_api import expect

from .support.instance import everywhere
from .support.person import PASSWORD
from .support.workbench import Workbench, flash


@everywhere
def test_a_stranger_makes_an_account_and_a_project_writes_a_program_and_talks_with_it(site, visitor, browse):
    name = f"ada-{secrets.token_hex(5)}"
    browsing = browse(visitor)
    page = browsing.page("/")

    page.get_by_role("main").get_by_role("link", name="Create account").click()
    page.get_by_label("Username", exact=True).fill(name)
    page.get_by_label("Email", exact=True).fill(f"{name}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account", exact=True).click()
    expect(flash(page)).to_contain_text(f"Welcome, {name}.")

    page.get_by_role("link", name="Choose another language or starter").click()
    page.get_by_label("Name", exact=True).fill("Anagrams & Co")
    page.get_by_label("Language", exact=True).select_option(label="Python")
    page.get_by_role("button", name="Create project", exact=True).click()
    expect(page).to_have_title("main.py – Anagrams & Co")

    bench = Workbench(page)
    bench.wait_until_ready()
    bench.code.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type('name = input("Who is there? ")\n')
    page.keyboard.type('print(f"Good evening, {name}!")\n')
    bench.expect_saved()
    assert bench.text == 'name = input("Who is there? ")\nprint(f"Good evening, {name}!")\n'

    bench.run()
    bench.expect_output("Who is there?")
    expect(bench.run_state).to_contain_text("Running since")
    bench.answer("Ada")
    bench.expect_output("Good evening, Ada!")
    bench.expect_outcome("Finished normally in")
    expect(bench.run_button).to_have_attribute("aria-disabled", "false")
    expect(bench.stop_button).to_be_disabled()


@everywhere
def test_somebody_signs_out_and_in_again_and_finds_the_project(site, ada, browse):
    project = ada.new_project("Anagrams")
    browsing = browse(ada)
    page = browsing.page("/projects")
    page.locator("summary", has_text=ada.name).click()
    page.get_by_role("button", name="Sign out").click()
    expect(flash(page)).to_have_text("You are signed out.")

    page.goto(site.url(project.path("main.py")))
    page.get_by_label("Username or email", exact=True).fill(ada.email)
    page.get_by_label("Password", exact=True).fill(ada.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_title("main.py – Anagrams")
    Workbench(page).wait_until_ready()
    page.get_by_role("link", name="Carrel, all projects").click()
    expect(page.get_by_role("row", name="Anagrams")).to_contain_text("Python")
    expect(page.get_by_role("row", name="Anagrams")).to_contain_text(re.compile(r"\d+ bytes, 1 file"))


def test_a_device_is_signed_out_from_another_and_its_open_page_says_so(ada, browse):
    project = ada.new_project()
    there = browse(ada.elsewhere())
    there.watch.allow("status of 401")
    bench = there.open(project)

    page = browse(ada).page("/account/sessions")
    expect(page.get_by_role("row", name="This device")).to_have_count(1)
    page.get_by_role("button", name="Sign out everywhere else").click()
    expect(flash(page)).to_have_text("One other session is signed out.")
    expect(bench.save_state).to_have_text("Signed out – not saved", timeout=30_000)


def test_a_project_is_renamed_deleted_and_brought_back(ada, browse):
    project = ada.new_project("Anagrams")
    page = browse(ada).page("/projects")
    page.get_by_role("link", name="Settings of Anagrams").click()
    page.get_by_role("textbox", name="Name").fill("Word games")
    page.get_by_role("button", name="Rename").click()
    expect(flash(page)).to_have_text("The name is changed.")

    page.get_by_role("button", name="Delete project").click()
    expect(flash(page)).to_contain_text("Deleted “Word games”.")
    expect(page.get_by_text("No projects yet")).to_be_visible()
    assert ada.get(project.path("main.py")).status == 404
    page.get_by_role("button", name="Undo").click()
    expect(flash(page)).to_have_text("“Word games” is back.")
    page.get_by_role("link", name="Word games", exact=True).click()
    Workbench(page).wait_until_ready()


def test_a_project_that_was_deleted_long_ago_is_brought_back_from_the_list_of_those(ada, browse):
    project = ada.new_project("Anagrams", program="print('kept')\n")
    assert ada.post(f"/projects/{project.id}/deletion").status == 303
    page = browse(ada).page("/projects")
    page.get_by_role("link", name="Deleted projects").click()
    page.get_by_role("button", name="Bring back Anagrams").click()
    expect(flash(page)).to_have_text("“Anagrams” is back.")
    expect(page.get_by_role("row", name="Anagrams")).to_be_visible()
    assert project.text() == "print('kept')\n"
