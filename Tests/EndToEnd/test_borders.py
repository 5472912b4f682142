"""The borders between the panes of the workbench: moved by keys and by mouse, and where they were after a reload."""
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from .support.instance import eventually


class Border(NamedTuple):
    """A border by its name: the pane whose size it is, the key that makes it larger, and where the mouse goes then."""

    name: str
    pane: str
    key: str
    direction: tuple

    @property
    def side(self):
        return "width" if self.direction[0] else "height"


BORDERS = [
    Border("Width of the files", "#files", "ArrowRight", (1, 0)),
    Border("Width of the side panel", "#side", "ArrowLeft", (-1, 0)),
    Border("Height of the console", "#console", "ArrowUp", (0, -1)),
    Border("Width of the left editor", ".editor-half >> nth=0", "ArrowRight", (1, 0)),
]
BACK = {"ArrowRight": "ArrowLeft", "ArrowLeft": "ArrowRight", "ArrowUp": "ArrowDown"}


@pytest.fixture
def bench(ada, browse):
    """A workbench with every pane that there is."""
    bench = browse(ada, viewport={"width": 1600, "height": 900}).open(ada.new_project(program="print('kept')\n"))
    bench.page.keyboard.press("Control+\\")
    bench.page.get_by_role("button", name="Beside", exact=True).click()
    for border in BORDERS:
        expect(separator(bench, border)).to_be_visible()
    return bench


def separator(bench, border):
    return bench.page.get_by_role("separator", name=border.name)


def size(bench, border):
    return round(bench.page.locator(border.pane).bounding_box()[border.side])


def drag(bench, border, pixels):
    box = separator(bench, border).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = bench.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + border.direction[0] * pixels, y + border.direction[1] * pixels, steps=4)
    mouse.up()
    mouse.move(0, 0)


def expect_after_a_reload(bench, border, pixels):
    bench.page.reload()
    bench.wait_until_ready()
    expect(separator(bench, border)).to_be_visible()
    assert eventually(lambda: size(bench, border) == pixels), size(bench, border)


@pytest.mark.parametrize("border", BORDERS, ids=lambda border: border.name)
def test_a_border_moves_by_keys_and_is_where_it_was_after_a_reload(bench, border):
    before = size(bench, border)
    separator(bench, border).focus()
    for key in (border.key, border.key, border.key, BACK[border.key]):
        bench.page.keyboard.press(key)
    assert size(bench, border) == before + 32
    expect(separator(bench, border)).to_have_attribute("aria-valuenow", str(before + 32))
    expect_after_a_reload(bench, border, before + 32)
    separator(bench, border).focus()
    bench.page.keyboard.press("Home")
    least = int(separator(bench, border).get_attribute("aria-valuemin"))
    assert size(bench, border) == least < before
    bench.page.keyboard.press("Enter")
    assert size(bench, border) == before
    expect_after_a_reload(bench, border, before)


@pytest.mark.parametrize("border", BORDERS, ids=lambda border: border.name)
def test_a_border_moves_by_mouse_and_is_where_it_was_after_a_reload(bench, border):
    before = size(bench, border)
    drag(bench, border, 60)
    assert size(bench, border) == before + 60
    drag(bench, border, -25)
    assert size(bench, border) == before + 35
    expect_after_a_reload(bench, border, before + 35)
    drag(bench, border, -2000)
    assert size(bench, border) == int(separator(bench, border).get_attribute("aria-valuemin"))
    separator(bench, border).dblclick()
    assert size(bench, border) == before
