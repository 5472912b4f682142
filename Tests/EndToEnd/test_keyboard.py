"""The whole story without a mouse: everything can be reached, and where the focus is can be seen."""
import secrets

import pytest
from playwright.sync_api import expect

from .support.person import PASSWORD
from .support.workbench import Workbench, flash

# The focused element, or the panel that stands for it (the editor's, the console's), has a ring, a bar or a line that
# it does not have without the focus. The editor takes a moment to notice.
HAS_RING = """async () => {
    const mark = element => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
        const { content, height, backgroundColor } = getComputedStyle(element, "::before")
        const outline = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 ? outlineStyle + outlineWidth : ""
        const line = getComputedStyle(element, "::after").backgroundColor
        return [outline, boxShadow, content, height, backgroundColor, line].join()
    }
    const moment = () => new Promise(done => setTimeout(done, 30))
    const focused = document.activeElement
    const places = [focused, focused.closest(".cm-editor"), focused.closest(".panel")].filter(Boolean)
    await moment()
    const before = places.map(mark)
    focused.blur()
    await moment()
    const after = places.map(mark)
    focused.focus({ focusVisible: true })
    return before.some((ring, index) => ring !== after[index])
}"""


def tab_to(page, locator, key="Tab", presses=60):
    """Presses Tab until that has the focus, as somebody does who can't use a mouse; leaves the editor by Escape."""
    for _ in range(presses):
        if locator.count() == 1 and locator.evaluate("element => element === document.activeElement"):
            assert page.evaluate(HAS_RING), f"nobody can see that {locator} has the focus"
            return
        if page.evaluate("document.activeElement.classList.contains('cm-content')"):
            page.keyboard.press("Escape")
        page.keyboard.press(key)
    where = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    pytest.fail(f"{key} does not lead to {locator}; it ends at {where}")


def test_the_story_from_sign_up_to_the_answer_of_a_program(visitor, browse):
    name = f"grace-{secrets.token_hex(5)}"
    page = browse(visitor).page("/")
    keyboard = page.keyboard
    tab_to(page, page.get_by_role("main").get_by_role("link", name="Create account"))
    keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Create account")).to_be_visible()
    for label, text in (("Username", name), ("Email", f"{name}@example.org"), ("Password", PASSWORD)):
        tab_to(page, page.get_by_label(label, exact=True))
        keyboard.type(text)
    keyboard.press("Enter")

    expect(flash(page)).to_contain_text(f"Welcome, {name}.")
    tab_to(page, page.get_by_role("link", name="New project"))
    keyboard.press("Enter")
    tab_to(page, page.get_by_label("Name", exact=True))
    keyboard.type("By keyboard")
    tab_to(page, page.get_by_label("Language", exact=True))
    keyboard.type("Python")
    tab_to(page, page.get_by_role("button", name="Create project", exact=True))
    keyboard.press("Enter")

    bench = Workbench(page)
    bench.wait_until_ready()
    expect(page).to_have_title("main.py – By keyboard")
    tab_to(page, bench.code)
    keyboard.press("Control+A")
    keyboard.press("Delete")
    keyboard.type("print('heard', input('say: '))")
    keyboard.press("Control+Enter")
    bench.expect_output("say:")
    keyboard.press("F6")  # from the code to the console
    expect(bench.console.get_by_role("textbox")).to_be_focused()
    assert page.evaluate(HAS_RING)
    bench.answer("no mouse")
    bench.expect_output("heard no mouse")
    bench.expect_outcome("Finished normally in")
    tab_to(page, bench.run_button)
    keyboard.press("Enter")
    bench.expect_output("say:")
    expect(bench.console.get_by_role("textbox")).to_be_focused()
    keyboard.press("F6")  # the running program has Tab for itself; F6 goes on to the files
    tab_to(page, bench.stop_button, "Shift+Tab")
    keyboard.press("Enter")
    bench.expect_outcome("Stopped on request")


@pytest.mark.parametrize("path", ["/", "/sign-up", "/sign-in", "/no-such-page"])
def test_the_first_stop_of_a_page_skips_to_its_content(visitor, browse, path):
    browsing = browse(visitor)
    browsing.watch.allow("status of 404")
    page = browsing.page(path)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_the_first_stop_of_the_workbench_skips_to_the_code(ada, browse):
    bench = browse(ada).open(ada.new_project())
    bench.page.keyboard.press("Tab")
    skip = bench.page.get_by_role("link", name="Skip to the code")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    bench.page.keyboard.press("Enter")
    expect(bench.code).to_be_focused()


STILL = {"reduced_motion": "reduce"}  # a ring that comes slowly may be missed


def stops(page, most=80):
    """Goes once round a page by Tab, to the last stop; gives what each looks like in the source. A page that keeps the
    keyboard fails."""
    for _ in range(most):
        if page.evaluate("document.activeElement.classList.contains('cm-content')"):
            page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return
        yield page.evaluate("document.activeElement.outerHTML.slice(0, 160)")
    pytest.fail(f"{page.url} has no last stop")


def expect_every_stop_to_be_seen(page, least=3):
    unseen, count = [], 0
    for stop in stops(page):
        count += 1
        if not page.evaluate(HAS_RING):
            unseen.append(stop)
    assert count >= least and not unseen, "\n".join(unseen)


@pytest.mark.parametrize("path", ["/", "/sign-up"])
def test_every_stop_that_a_visitor_comes_to_can_be_seen(visitor, browse, path):
    expect_every_stop_to_be_seen(browse(visitor, **STILL).page(path))


@pytest.mark.parametrize("path", [
    "/projects", "/account/sessions", "/account/tokens", "/account/preferences", "{project}/settings",
    "{project}/members", "{project}/transfer", "{project}/search?q=print&replacement=owl&replace=on",
])
def test_every_stop_on_every_kind_of_page_can_be_seen(ada, person, browse, path):
    project = ada.new_project(program="print('kept')\n")
    grace = person("grace")
    assert ada.post(f"/projects/{project.id}/members", {"username": grace.name, "role": "editor"}).status == 303
    ada.forget_flash()
    page = browse(ada, **STILL).page(path.format(project=f"/projects/{project.id}"))
    expect_every_stop_to_be_seen(page, least=4)


def test_every_stop_of_the_workbench_can_be_seen(ada, browse):
    bench = browse(ada, **STILL).open(ada.new_project(program="print('kept')\n"))
    bench.run()
    bench.expect_outcome("Finished normally")
    bench.page.keyboard.press("Control+\\")
    bench.page.get_by_role("button", name="Beside", exact=True).click()
    expect(bench.page.get_by_role("separator", name="Width of the side panel")).to_be_visible()
    bench.page.reload()
    bench.wait_until_ready()
    expect(bench.page.get_by_role("separator", name="Width of the left editor")).to_be_visible()
    expect(bench.page.get_by_role("separator", name="Width of the side panel")).to_be_visible()
    expect_every_stop_to_be_seen(bench.page, least=25)


def test_f6_goes_round_the_panels_and_the_editor_does_not_keep_the_keyboard(ada, browse):
    bench = browse(ada).open(ada.new_project())
    keyboard = bench.page.keyboard
    bench.row("main.py").focus()
    keyboard.press("F6")
    expect(bench.code).to_be_focused()
    keyboard.press("Shift+F6")
    expect(bench.row("main.py")).to_be_focused()
    keyboard.press("F6")
    keyboard.press("Tab")  # indents
    keyboard.press("Escape")
    keyboard.press("Tab")  # leaves
    expect(bench.code).not_to_be_focused()


def test_a_dialog_holds_the_focus_and_gives_it_back(ada, browse):
    bench = browse(ada).open(ada.new_project())
    keyboard = bench.page.keyboard
    opener = bench.page.get_by_role("button", name="New file")
    opener.focus()
    keyboard.press("Enter")
    expect(bench.dialog.get_by_label("Path")).to_be_focused()
    for _ in range(8):
        keyboard.press("Tab")
        inside = "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        assert bench.page.evaluate(inside)
    keyboard.press("Escape")
    expect(bench.dialog).to_have_count(0)
    expect(opener).to_be_focused()


def test_the_menu_of_the_account_opens_and_closes_by_keyboard(ada, browse):
    page = browse(ada).page("/projects")
    summary = page.locator("summary", has_text=ada.name)
    tab_to(page, summary)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(summary).to_be_focused()
