"""Problems: marks in the text, the list of them, and the page without scripts."""
import re

from playwright.sync_api import expect

from .stage import scene

BROKEN = '#include <stdio.h>\n\nint main(void) {\n    int unused;\n    puts("an owl")\n    return 0;\n}\n'


def bench_with(stage, program=BROKEN, language="c", file="main.c"):
    ada = stage.ada()
    project = ada.new_project("Birds", language=language, program=program)
    return stage.browse(ada).open(project, file)


def check(bench, words):
    bench.page.get_by_role("tab", name=re.compile("^Problems")).click()
    bench.page.get_by_role("button", name="Check", exact=True).click()
    expect(bench.page.locator(".problems-state")).to_contain_text(words)


@scene
def problems_before(stage):
    bench = bench_with(stage)
    bench.page.keyboard.press("Control+Shift+m")
    expect(bench.page.locator(".problems-state")).to_have_text("Not checked yet.")
    return bench.page


@scene
def problems_found(stage):
    bench = bench_with(stage)
    check(bench, "1 error, 1 warning.")
    expect(bench.page.get_by_role("button", name="show the list")).to_be_visible()
    return bench.page


@scene
def problems_in_the_text(stage):
    bench = bench_with(stage)
    check(bench, "1 error, 1 warning.")
    bench.page.locator(".problems-list .problem").last.click()
    expect(bench.page.get_by_role("tooltip")).to_contain_text("expected")
    return bench.page


@scene
def problems_none(stage):
    bench = bench_with(stage, "int main(void) {\n    return 0;\n}\n")
    check(bench, "No problems were found.")
    return bench.page


@scene
def problems_filtered_away(stage):
    bench = bench_with(stage)
    check(bench, "1 error, 1 warning.")
    bench.page.get_by_role("searchbox").fill("an owl flies")
    expect(bench.page.get_by_text("No problem is like that.")).to_be_visible()
    return bench.page


@scene
def problems_unclear(stage):
    ada = stage.ada()
    project = ada.new_project("Birds", language="c")
    project.add("owl.h", "int owl(void);\n")
    assert ada.post(f"/files/{project.file('main.c')['id']}/deletion").status == 303
    ada.forget_flash()
    bench = stage.browse(ada).open(project, "owl.h")
    check(bench, "names no line")
    bench.page.get_by_text("What the check printed").click()
    return bench.page


@scene
def plain_check(stage):
    ada = stage.ada()
    project = ada.new_project("Birds", language="c", program=BROKEN)
    page = stage.plain(ada).page(project.path("main.c"))
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", name="Problems in main.c")).to_be_visible()
    return page


@scene
def plain_traceback(stage):
    ada = stage.ada()
    project = ada.new_project("Birds", program="def half(n):\n    return n / 0\n\n\nhalf(3)\n")
    page = stage.plain(ada).page(project.path("main.py"))
    page.get_by_role("button", name="Run").click()
    expect(page.locator(".report-output a")).to_have_count(2)
    return page
