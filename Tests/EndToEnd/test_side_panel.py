"""The panel at the right of the workbench: what becomes of a file as it is typed, and what there is to know of it."""
import re

import pytest
from playwright.sync_api import expect

from .support import samples
from .support.person import Person

HOSTILE = "# Owls\n<script>hurt=1</script>\n\n<img src=x onerror=hurt=1>\n\n[x](javascript:hurt=1)\n"


@pytest.fixture
def sky(ada):
    project = ada.new_project("Night sky")
    project.add("README.md", "# Owls\n\nThey *fly*.\n")
    project.add("birds.csv", "name,nights\nowl,9\n")
    project.add("owl.svg", samples.OWL)
    return project


def panel(bench):
    return bench.page.get_by_role("region", name="Beside the file", exact=True)


def open_panel(bench):
    bench.page.get_by_role("button", name="Beside", exact=True).click()
    expect(panel(bench)).to_be_visible()
    return panel(bench)


def test_markdown_is_drawn_beside_its_source_as_it_is_typed(sky, browse):
    bench = browse(sky.owner).open(sky, "README.md")
    side = open_panel(bench)
    expect(side.get_by_role("heading", name="Owls")).to_be_visible()
    expect(side.locator("em")).to_have_text("fly")
    bench.type_at_end("\n## More\n")
    expect(side.get_by_role("heading", name="More")).to_be_visible()
    expect(side.locator(".side-facts")).to_contain_text(f"{sky.owner.name}, ")
    expect(side.locator(".side-facts")).to_contain_text(re.compile(r"Lines\s*6"))


def test_what_somebody_else_types_is_drawn_too(sky, browse):
    grace = Person(sky.owner.site, "grace").sign_up()
    assert sky.owner.post(f"/projects/{sky.id}/members", {"username": grace.name, "role": "reader"}).status == 303
    bench = browse(sky.owner).open(sky, "README.md")
    reader = browse(grace).page(sky.path("README.md"))
    reader.get_by_role("button", name="Beside", exact=True).click()
    side = reader.get_by_role("region", name="Beside the file", exact=True)
    expect(side.locator("em")).to_have_text("fly")
    bench.type_at_end("\n## From ada\n")
    expect(side.get_by_role("heading", name="From ada")).to_be_visible()


def test_a_table_and_a_drawing_follow_the_file_that_is_open(sky, browse):
    bench = browse(sky.owner).open(sky, "birds.csv")
    side = open_panel(bench)
    expect(side.get_by_role("cell", name="owl")).to_be_visible()
    bench.row("owl.svg").click()
    picture = side.get_by_role("img", name="owl.svg")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") == 240
    bench.replace("<svg")
    expect(side).to_contain_text("This is no drawing that can be shown.")
    bench.row("main.py").click()
    expect(side.get_by_role("heading", name="Beside the file")).to_be_visible()
    expect(side.locator(".side-preview")).to_be_hidden()
    expect(side.locator(".side-facts")).to_contain_text("main.py")


def test_nothing_in_a_preview_runs(ada, browse):
    project = ada.new_project("Hostile")
    project.add("README.md", HOSTILE)
    attack = "onload='top.hurt=1'><script>top.hurt=1</script></svg>"
    project.add("owl.svg", f"<svg xmlns='http://www.w3.org/2000/svg' width='60' height='60' {attack}")
    bench = browse(ada).open(project, "README.md")
    side = open_panel(bench)
    expect(side.get_by_role("heading", name="Owls")).to_be_visible()
    assert side.locator("script, [onerror], a[href^='javascript']").count() == 0
    bench.row("owl.svg").click()
    expect(side.get_by_role("img", name="owl.svg")).to_be_visible()
    bench.page.wait_for_timeout(300)
    assert bench.page.evaluate("window.hurt") is None


def test_it_opens_closes_and_is_as_wide_as_it_was_by_keyboard_alone(sky, browse):
    browsing = browse(sky.owner)
    bench = browsing.open(sky, "README.md")
    page = bench.page
    page.keyboard.press("Control+Alt+B")
    expect(panel(bench)).to_be_focused()
    border = page.get_by_role("separator", name="Width of the side panel")
    border.focus()
    before = panel(bench).bounding_box()["width"]
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    after = panel(bench).bounding_box()["width"]
    assert after == before + 48
    page.keyboard.press("F6")
    expect(page.locator("#files :focus")).to_have_count(1)
    page.keyboard.press("Shift+F6")
    expect(panel(bench)).to_be_focused()
    page.reload()
    bench.wait_until_ready()
    expect(panel(bench)).to_be_visible()
    assert panel(bench).bounding_box()["width"] == after
    panel(bench).focus()
    page.keyboard.press("Control+Alt+B")
    expect(panel(bench)).to_have_count(0)
    expect(bench.code).to_be_focused()
    page.reload()
    bench.wait_until_ready()
    expect(panel(bench)).to_have_count(0)


def test_on_a_phone_it_is_under_more(sky, browse):
    bench = browse(sky.owner, viewport={"width": 390, "height": 844}).open(sky, "README.md")
    page = bench.page
    expect(page.get_by_role("button", name="Beside", exact=True)).to_be_hidden()
    page.locator(".phone-bar summary").click()
    page.get_by_role("button", name="Beside the file").click()
    expect(panel(bench).locator("em")).to_have_text("fly")
    expect(bench.code).to_be_hidden()
    box = panel(bench).bounding_box()
    assert box["width"] == 390 and box["y"] < 60 and box["height"] > 700
    page.get_by_role("button", name="Close", exact=True).click()
    expect(bench.code).to_be_visible()


def test_none_of_it_is_loaded_before_somebody_wants_it(sky, browse):
    browsing = browse(sky.owner)
    browsing.open(sky, "README.md").page.wait_for_timeout(500)
    assert not [url for url in browsing.watch.urls if url.endswith(("side-panel.js", "preview.js", "facts.js"))]
