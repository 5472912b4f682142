"""The workbench's own parts around the editor: what finds files and commands, tabs, halves, panels that are away."""
from playwright.sync_api import expect

from .stage import scene


@scene
def bench_finder(stage):
    bench = stage.bench()
    bench.page.keyboard.press("Control+p")
    bench.page.keyboard.type("wo")
    expect(bench.dialog.get_by_role("option").first).to_be_visible()
    return bench.page


@scene
def bench_finder_without_finds(stage):
    bench = stage.bench()
    bench.page.keyboard.press("Control+p")
    bench.page.keyboard.type("zzz")
    expect(bench.dialog).to_contain_text("No file is called like this.")
    return bench.page


@scene
def bench_commands(stage):
    bench = stage.bench()
    bench.page.keyboard.press("F1")
    expect(bench.dialog.get_by_role("option").first).to_be_visible()
    return bench.page


@scene
def bench_keys(stage):
    bench = stage.bench()
    bench.page.keyboard.press("Control+Alt+k")
    expect(bench.page.get_by_role("dialog", name="Keys")).to_be_visible()
    return bench.page


@scene
def bench_halves(stage):
    bench = stage.bench()
    bench.row("README.md").click()
    expect(bench.code).to_have_accessible_name("Code of README.md")
    bench.page.keyboard.press("Control+\\")
    expect(bench.page.locator(".editor-half .cm-content")).to_have_count(2)
    return bench.page


@scene
def bench_without_open_file(stage):
    bench = stage.bench()
    bench.page.keyboard.press("Alt+w")
    expect(bench.page.get_by_role("heading", name="No file is open")).to_be_visible()
    return bench.page


@scene
def bench_without_panels(stage):
    bench = stage.bench()
    bench.page.keyboard.press("Control+b")
    bench.page.keyboard.press("Control+j")
    expect(bench.page.locator("#console")).to_be_hidden()
    return bench.page


@scene
def bench_symbols(stage):
    bench = stage.bench("import os\n\n\nclass Owl:\n    def fly(self):\n        pass\n")
    bench.page.keyboard.press("Control+Shift+o")
    expect(bench.dialog.get_by_role("option").first).to_contain_text("Owl")
    return bench.page


@scene
def bench_not_formatted(stage):
    bench = stage.bench("def fly(:\n    pass\n")
    bench.code.focus()
    bench.page.keyboard.press("Alt+Shift+f")
    expect(bench.page.locator(".toasts .flash")).to_contain_text("Not formatted. Line 1", timeout=60_000)
    return bench.page


@scene
def bench_snippet(stage):
    bench = stage.bench("\n")
    bench.type_at_end("forr")
    expect(bench.page.get_by_role("option").first).to_contain_text("over numbers")
    return bench.page
