"""The browser that all tests share, and whom they are about. The cast: ada works here, grace too, mallory is up to no
good. Each test has people of its own, so that none depends on another."""
import os
import re

import pytest
from playwright.sync_api import expect, sync_playwright

from .support.browsing import Browsing
from .support.instance import Instance, results
from .support.person import Person
from .support.visitor import Visitor

expect.set_options(timeout=20_000)


def pytest_configure(config):
    config.addinivalue_line("markers", "kills: ends a program of the instance; runs after all others")


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("kills") is not None)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    if call.when == "call":
        item.stash[FAILED] = outcome.get_result().failed


FAILED = pytest.StashKey()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        # Chromium's own sandbox needs a user that is not root; what it shows here is only our own site.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=os.environ["CARREL_TEST_CHROMIUM"], args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def site(request):
    """The instance at the root, or the one that `everywhere` names."""
    return Instance.named(getattr(request, "param", "root"))


@pytest.fixture
def visitor(site):
    """Somebody without an account and without a browser."""
    return Visitor(site)


@pytest.fixture
def person(site):
    """Makes people: person("ada") is signed up and signed in."""
    return lambda name: Person(site, name).sign_up()


@pytest.fixture
def ada(person):
    return person("ada")


@pytest.fixture
def mallory(person):
    return person("mallory")


@pytest.fixture
def browse(browser, request):
    """Opens browsers: browse(ada), browse(visitor, scripts=False). At the end each must have been free of faults; a
    test that failed leaves pictures of its pages."""
    opened = []

    def open_one(who, scripts=True, **options):
        opened.append(Browsing(browser, who, scripts, **options))
        return opened[-1]

    yield open_one
    failed = request.node.stash.get(FAILED, True)
    if failed:
        take_pictures(request.node.name, opened)
    faults = [fault for browsing in opened for fault in browsing.watch.faults]
    for browsing in opened:
        browsing.close()
    assert failed or not faults, "\n".join(faults)


def take_pictures(name, opened):
    directory = results() / "failures"
    directory.mkdir(exist_ok=True)
    pages = [page for browsing in opened for page in browsing.context.pages]
    for number, page in enumerate(pages):
        path = directory / f"{re.sub(r'[^A-Za-z0-9]+', '-', name)}-{number}.png"
        try:
            page.screenshot(path=path, timeout=5_000)
        except Exception as error:  # the picture is a help, its failure is not the test's
            print(f"no picture of {page.url}: {error}")
