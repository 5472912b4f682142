"""What somebody sees while files come in: folders whole, how far it is, a way to stop, and no file that goes astray."""
import re

import pytest
from playwright.sync_api import expect

from .support.browsing import slow_uploads
from .support.samples import file

COPY = 1  # what a drag from the desktop allows


def write(folder, files):
    """Makes a folder on the disk with these files in it; gives it."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


class DesktopDrag:
    """Files that are dragged from the desktop, as the browser itself hears of it: it decides who gets a drop."""

    def __init__(self, bench, paths):
        # What takes files comes a moment after the editor.
        expect(bench.page.get_by_role("button", name="Upload files")).to_be_visible()
        self._session = bench.page.context.new_cdp_session(bench.page)
        self._data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": COPY}

    def drop_on(self, locator):
        box = locator.bounding_box()
        place = {"x": box["x"] + min(40, box["width"] / 2), "y": box["y"] + min(12, box["height"] / 2)}
        for kind in ("dragEnter", "dragOver", "drop"):
            self._session.send("Input.dispatchDragEvent", {"type": kind, **place, "data": self._data})


def progress(bench):
    return bench.page.get_by_role("progressbar", name="Upload")


def cancel(bench):
    return bench.page.locator(".upload-state").get_by_role("button", name="Cancel")


def said(bench):
    return bench.page.locator(".toasts")


def test_a_folder_comes_in_with_the_folders_in_it(ada, browse, tmp_path):
    owls = write(tmp_path / "owls", {"barn.txt": "white\n", "deep/er/tawny.txt": "brown\n", "größe.txt": "90 cm\n"})
    project = ada.new_project()
    bench = browse(ada).open(project)
    with bench.page.expect_file_chooser() as chooser:
        bench.page.get_by_role("button", name="Upload folder").click()
    chooser.value.set_files(owls)
    expect(said(bench)).to_contain_text("3 files added.")
    for name, level in (("owls", "1"), ("deep", "2"), ("er", "3"), ("tawny.txt", "4"), ("barn.txt", "2")):
        expect(bench.row(name)).to_have_attribute("aria-level", level)
    assert project.paths == ["main.py", "owls/barn.txt", "owls/deep/er/tawny.txt", "owls/größe.txt"]
    assert project.text("owls/deep/er/tawny.txt") == "brown\n"


def test_how_far_an_upload_is_can_be_seen_until_it_is_there(ada, browse):
    project = ada.new_project()
    bench = browse(ada).open(project)
    expect(progress(bench)).to_be_hidden()
    slow_uploads(bench.page, 500_000)
    text = b"an owl\n" * 150_000
    bench.page.get_by_label("Upload files").set_input_files([file("a.txt", text)])
    words = bench.page.locator(".upload-state [role=status]")
    expect(words).to_have_text(re.compile(r"^Uploading, [1-9]\d? %$"))
    share = int(re.search(r"\d+", words.inner_text())[0]) / 100
    assert 0 < share < 1
    assert share <= progress(bench).evaluate("bar => bar.value") <= 1
    expect(bench.row("a.txt")).to_be_visible()
    expect(said(bench)).to_contain_text("1 file added.")
    expect(progress(bench)).to_be_hidden()
    assert len(project.text("a.txt")) == len(text)


def test_an_upload_that_is_cancelled_leaves_what_is_up_and_says_so(ada, browse, tmp_path):
    # The first two hundred are one request, and the long one is another.
    small = {f"page-{number:03}.txt": "owl\n" for number in range(200)}
    folder = write(tmp_path / "book", {**small, "rest.txt": "an owl\n" * 500_000})
    project = ada.new_project()
    bench = browse(ada).open(project)
    slow_uploads(bench.page, 200_000)
    with bench.page.expect_response("**/uploads"):
        bench.page.get_by_label("Upload files").set_input_files(sorted(folder.iterdir()))
    expect(progress(bench)).to_be_visible()
    cancel(bench).click()
    expect(said(bench)).to_contain_text("The upload was cancelled. 200 files added.")
    expect(progress(bench)).to_be_hidden()
    expect(bench.row("page-000.txt")).to_be_visible()
    assert project.paths == ["main.py", *sorted(small)]


def test_after_one_was_cancelled_the_next_comes_in(ada, browse):
    project = ada.new_project()
    bench = browse(ada).open(project)
    slow_uploads(bench.page, 100_000)
    chooser = bench.page.get_by_label("Upload files")
    chooser.set_input_files([file("long.txt", b"an owl\n" * 300_000)])
    cancel(bench).click()
    expect(said(bench)).to_contain_text("The upload was cancelled.")
    chooser.set_input_files([file("short.txt", b"an owl\n")])
    expect(bench.row("short.txt")).to_be_visible()
    assert project.paths == ["main.py", "short.txt"]


def test_a_folder_of_more_than_a_hundred_is_dropped_whole(ada, browse, tmp_path):
    names = [f"page-{number:03}.txt" for number in range(230)]
    folder = write(tmp_path / "book", {**{name: f"{name}\n" for name in names}, "notes/last.txt": "the end\n"})
    project = ada.new_project()
    project.add("lib/words.py")
    bench = browse(ada).open(project)
    DesktopDrag(bench, [folder]).drop_on(bench.row("lib"))
    expect(said(bench)).to_contain_text("231 files added.")
    brought = [f"lib/book/{name}" for name in ["notes/last.txt", *names]]
    assert project.paths == sorted([*brought, "lib/words.py", "main.py"])
    assert project.text("lib/book/page-229.txt") == "page-229.txt\n"


@pytest.mark.parametrize("place", [".cm-content", "#console-body", ".bar"], ids=["code", "console", "bar"])
def test_a_file_that_misses_the_files_is_neither_opened_nor_typed(ada, browse, tmp_path, place):
    write(tmp_path, {"stray.txt": "a stray owl\n"})
    project = ada.new_project(program="print('kept')\n")
    bench = browse(ada).open(project)
    before = bench.page.url
    drag = DesktopDrag(bench, [tmp_path / "stray.txt"])
    drag.drop_on(bench.page.locator(place))
    # The same drag where it belongs: what the first one did would have been done by then.
    drag.drop_on(bench.row("main.py"))
    expect(bench.row("stray.txt")).to_be_visible()
    assert bench.page.url == before and len(bench.page.context.pages) == 1
    bench.expect_saved()
    assert bench.text == project.text() == "print('kept')\n"
    assert project.paths == ["main.py", "stray.txt"]
