"""What a language server gives the workbench."""
from playwright.sync_api import expect

from .stage import scene

PROGRAM = 'def join_names(first, second):\n    """Puts two names together."""\n    return first + second\n\n\n'
ENOUGH = 30_000  # for a container, a server and its first answer


def bench_with_cursor_at(stage, text):
    bench = stage.bench(program=PROGRAM)
    bench.page.wait_for_timeout(1500)  # what comes when the page is in use
    bench.type_at_end(text)
    return bench


@scene
def server_suggestions(stage):
    bench = bench_with_cursor_at(stage, "join")
    bench.page.keyboard.press("Control+Space")
    expect(bench.page.locator(".cm-completionInfo")).to_contain_text("Puts two names together.", timeout=ENOUGH)
    return bench.page


@scene
def server_signature(stage):
    bench = bench_with_cursor_at(stage, "join_names(")
    bench.page.keyboard.press("Control+Shift+Space")
    expect(bench.page.locator(".server-signature strong")).to_have_text("first", timeout=ENOUGH)
    return bench.page


@scene
def server_references(stage):
    bench = bench_with_cursor_at(stage, "join_names")
    bench.page.keyboard.press("Shift+F12")
    expect(bench.page.get_by_role("tab", name="References")).to_be_visible(timeout=ENOUGH)
    expect(bench.page.locator(".problems .problem:visible")).to_have_count(2)
    return bench.page


@scene
def server_rename(stage):
    bench = bench_with_cursor_at(stage, "join_names")
    bench.page.keyboard.press("F2")
    bench.dialog.get_by_label("New name").fill("pair")
    return bench.page


@scene
def server_hover(stage):
    bench = bench_with_cursor_at(stage, "join_names")
    bench.page.keyboard.press("Shift+F12")
    expect(bench.page.get_by_role("tab", name="References")).to_be_visible(timeout=ENOUGH)
    bench.page.get_by_text("join_names").first.hover()
    expect(bench.page.get_by_role("tooltip")).to_contain_text("Puts two names together.", timeout=ENOUGH)
    return bench.page
