"""A project of thousands of files: its tree is narrowed and scrolled as that of few."""
import io
import zipfile

import pytest
from playwright.sync_api import expect

from .support.instance import eventually

COUNT = 4999  # and main.py
SCROLL_TO_END = "element => element.scrollTo(0, element.scrollHeight)"
# The rows that somebody sees, in order.
SEEN = """host => {
    const { top, bottom } = host.getBoundingClientRect()
    const rows = [...host.querySelectorAll("[role=treeitem]")]
    const isSeen = ({ top: rowsTop, bottom: rowsBottom }) => rowsBottom > top + 1 && rowsTop < bottom - 1
    return rows.filter(row => isSeen(row.getBoundingClientRect())).map(row => row.dataset.path)
}"""


def path(number):
    return f"part-{number // 100}/page-{number}.txt"


@pytest.fixture
def library(ada):
    project = ada.new_project("Library")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writer:
        for number in range(COUNT):
            writer.writestr(path(number), f"{number}\n")
    answer = ada.post_files(f"/projects/{project.id}/imports", "archive", [("library.zip", archive.getvalue())])
    assert answer.status == 200 and answer.json["added"] == COUNT, answer.text
    return project


@pytest.fixture
def bench(library, browse):
    return browse(library.owner).open(library)


def filter_by(bench, words):
    bench.page.get_by_role("button", name="Filter").click()
    bench.page.get_by_role("searchbox", name="Show only files called").fill(words)


def host(bench):
    return bench.page.locator("#tree")


def rows_of_all():
    """The rows that there are while every folder is open, but for main.py."""
    for number in range(COUNT):
        if number % 100 == 0:
            yield f"part-{number // 100}"
        yield path(number)


def expect_seen(bench, first=None, last=None):
    """A screenful of rows without a gap, with these at its ends."""
    everything = list(rows_of_all())

    def seen_there():
        rows = host(bench).evaluate(SEEN)
        return rows if rows and first in (None, rows[0]) and last in (None, rows[-1]) else None

    seen = eventually(seen_there)
    assert seen and len(seen) > 10, host(bench).evaluate(SEEN)
    start = everything.index(seen[0])
    assert seen == everything[start:start + len(seen)]


def test_of_five_thousand_files_those_are_shown_whose_names_are_typed(bench):
    filter_by(bench, "PAGE-49 part-4/")
    expect(bench.page.get_by_text("10 of 5000")).to_be_visible()
    assert host(bench).evaluate(SEEN) == ["part-4", *(path(number) for number in range(490, 500))]
    bench.page.get_by_role("searchbox").press_sequentially("8")
    expect(bench.page.get_by_text("No file is called like this.")).to_be_visible()
    bench.page.keyboard.press("Escape")
    expect(bench.row("part-49")).to_be_hidden()
    host(bench).evaluate(SCROLL_TO_END)
    expect(bench.row("part-49")).to_be_visible()
    assert host(bench).evaluate(SEEN)[-2:] == ["part-49", "main.py"]


def test_five_thousand_files_are_scrolled_to_their_end_and_opened_there(bench):
    filter_by(bench, "page")
    expect(bench.page.get_by_text("4999 of 5000")).to_be_visible()
    host(bench).evaluate(SCROLL_TO_END)
    expect_seen(bench, last=path(COUNT - 1))
    bench.row(f"page-{COUNT - 1}.txt").click()
    expect(bench.code).to_have_accessible_name(f"Code of {path(COUNT - 1)}")
    assert bench.tree.get_by_role("treeitem").count() < 80
    host(bench).hover()
    bench.page.mouse.wheel(0, -26 * 2000)
    expect(bench.row("page-3000.txt")).to_be_visible()
    expect_seen(bench)
    bench.page.get_by_role("searchbox").press("ArrowDown")
    expect_seen(bench, last=path(COUNT - 1))
    bench.page.keyboard.press("Home")
    expect_seen(bench, first="part-0")
