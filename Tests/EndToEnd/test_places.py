"""The lines of files that the output names: one click, or one key, away."""
from playwright.sync_api import expect

PROGRAM = "def half(n):\n    return n / 0\n\n\nprint('an owl')\nhalf(3)\n"


def failed(ada, browse):
    bench = browse(ada).open(ada.new_project(program=PROGRAM))
    bench.run()
    bench.expect_outcome("Ended with code 1")
    bench.expect_output("ZeroDivisionError")
    return bench


def test_a_traceback_leads_to_its_lines(ada, browse):
    bench = failed(ada, browse)
    bench.page.keyboard.press("F8")
    expect(bench.page.locator(".cm-activeLine")).to_have_text("half(3)")
    bench.page.keyboard.press("F8")
    expect(bench.page.locator(".cm-activeLine")).to_have_text("    return n / 0")
    bench.page.keyboard.press("Shift+F8")
    expect(bench.page.locator(".cm-activeLine")).to_have_text("half(3)")


def test_a_place_in_the_console_can_be_clicked(ada, browse):
    bench = failed(ada, browse)
    row = bench.page.locator(".xterm-rows > div", has_text="in half")
    row.hover(position={"x": 60, "y": 8})
    row.click(position={"x": 60, "y": 8})
    expect(bench.page.locator(".cm-activeLine")).to_have_text("    return n / 0")


def test_output_that_names_nothing_says_so(ada, browse):
    bench = browse(ada).open(ada.new_project(program="print('other.py:3')\n"))
    bench.run()
    bench.expect_outcome("Finished normally")
    bench.page.keyboard.press("F8")
    expect(bench.page.locator(".toasts[role=status]")).to_contain_text("names no line")
