"""The workbench with scripts, as somebody sees it who works there."""
import re

from playwright.sync_api import expect

PASTE = """(element, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/plain", text)
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
}"""
LINES = "() => [...document.querySelectorAll('.cm-line')].map(line => line.textContent).join('\\n')"


class Workbench:
    """What there is on the page, by the names that readers hear."""

    def __init__(self, page):
        self.page = page
        self.code = page.get_by_role("textbox", name=re.compile("^Code of "))
        self.console = page.get_by_role("log", name="Console")
        self.tree = page.get_by_role("tree", name="Files")
        self.dialog = page.get_by_role("dialog")
        self.finder = page.get_by_role("combobox", name="Find files and commands")
        self.run_button = page.get_by_role("button", name="Run", exact=True)
        self.stop_button = page.get_by_role("button", name="Stop", exact=True)
        self.run_state = page.locator("#run-state")
        self.save_state = page.locator("#save-state")

    def wait_until_ready(self):
        expect(self.page.locator("html.enhanced")).to_have_count(1)
        expect(self.save_state).to_have_text("Saved")

    @property
    def text(self):
        """The text in the editor (a short one: what is far below isn't drawn)."""
        return self.page.evaluate(LINES)

    def replace(self, text):
        """Puts a whole text in the place of what was there, by pasting."""
        self.code.focus()
        self.page.keyboard.press("Control+A")
        self.code.evaluate(PASTE, text)

    def type_at_end(self, text):
        self.code.focus()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)

    def type_at_start(self, text):
        self.code.focus()
        self.page.keyboard.press("Control+Home")
        self.page.keyboard.type(text)

    def expect_saved(self):
        expect(self.save_state).to_have_text("Saved")

    def run(self):
        self.run_button.click()

    def answer(self, text):
        """Types a line into the running program."""
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def expect_output(self, text, **options):
        expect(self.console).to_contain_text(text, **options)

    def expect_outcome(self, words, **options):
        expect(self.run_state).to_contain_text(words, **options)

    def do(self, title):
        """Does something with the files that are chosen in the tree, by its menu."""
        self.page.get_by_role("button", name="What can be done with the chosen files").click()
        self.page.get_by_role("menuitem", name=title).click()

    @property
    def chosen(self):
        """The rows of the tree that are chosen."""
        return self.tree.locator("[aria-selected=true]")

    def row(self, name):
        """A row of the tree."""
        return self.tree.get_by_role("treeitem", name=name, exact=True)


def flash(page):
    """The sentence about what was just done, on the page after it."""
    return page.locator(".flash [role=status]")
