"""A real browser before the page of a program."""
import contextlib

from carrel_bench.desk import new_program
from carrel_bench.instance import Browser
from playwright.sync_api import sync_playwright


@contextlib.contextmanager
def chromium():
    """Debian's Chromium, from its start to its end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


class ProgramPage:
    """The workbench's page of a new program with this text, for the one person who may open it."""

    def __init__(self, instance, text):
        owner = Browser(instance).sign_in(*instance.new_person())
        project, path, _ = new_program(owner, text)
        self.address = f"{instance.origin}{instance.base}/projects/{project}/files/{path}"
        self.cookies = [{"name": name, "value": value, "url": instance.origin} for name, value in owner.cookies.items()]

    def new_context(self, browser, **options):
        """A window of theirs that knows nothing yet but who they are."""
        context = browser.new_context(**options)
        context.add_cookies(self.cookies)
        return context
