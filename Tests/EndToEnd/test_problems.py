"""Problems that a language's check finds: marks in the text, a list, and the same without scripts."""
import re
import time

import pytest
from playwright.sync_api import expect

BROKEN = "def half(n):\n    return n /\n\n\nprint('an owl')\n"
BROKEN_C = '#include <stdio.h>\n\nint main(void) {\n    int unused;\n    puts("an owl")\n    return 0;\n}\n'


# Takes the compiler a few seconds: a word that becomes a million.
LONG_C = "#define A 1, 1\n" + "".join(
    f"#define {new} {old}, {old}\n" for old, new in zip("ABCDEFGHIJKLMNOPQRS", "BCDEFGHIJKLMNOPQRST")
) + "int y[] = { T };\nint main(void) { return 0 }\n"


def tab(bench):
    return bench.page.get_by_role("tab", name=re.compile("^Problems"))


def rows(bench):
    return bench.page.locator(".problems-list .problem")


def state(bench):
    return bench.page.locator(".problems-state")


def check(bench):
    expect(tab(bench)).to_be_visible()
    bench.page.keyboard.press("Alt+c")
    expect(state(bench)).not_to_have_text(re.compile("^(Checking|Not checked)"))


def test_a_check_marks_the_place_and_leads_to_it(ada, browse):
    bench = browse(ada).open(ada.new_project(program=BROKEN))
    check(bench)
    expect(state(bench)).to_have_text("1 error.")
    expect(tab(bench)).to_have_accessible_name("Problems 1")
    expect(rows(bench)).to_have_text(re.compile("Error.*Line 2:.*invalid syntax"))
    expect(bench.page.locator(".cm-problems .problem-mark.is-error")).to_have_count(1)
    rows(bench).click()
    expect(bench.page.locator(".cm-activeLine")).to_have_text("    return n /")
    expect(bench.page.locator(".problem-tip")).to_contain_text("invalid syntax")
    bench.page.keyboard.press("Escape")
    expect(bench.page.locator(".problem-tip")).to_have_count(0)
    expect(bench.page.get_by_role("button", name="1 error: show the list")).to_be_visible()


def test_what_is_typed_is_checked_after_a_pause_and_a_mended_text_has_no_marks(ada, browse):
    bench = browse(ada).open(ada.new_project(program="print('an owl')\n"))
    check(bench)
    expect(state(bench)).to_have_text("No problems were found.")
    bench.type_at_end("x = = 1\n")
    expect(bench.page.locator(".problem-error")).to_have_text("=")
    expect(rows(bench)).to_have_count(1)
    bench.type_at_start("# one more line\n")
    expect(rows(bench)).to_contain_text("Line 3:")
    expect(rows(bench)).to_have_count(1)
    bench.page.locator(".problem-error").hover()
    expect(bench.page.get_by_role("tooltip")).to_contain_text("invalid syntax")
    bench.replace("print('an owl')\n")
    expect(bench.page.locator(".problem-error")).to_have_count(0)
    expect(state(bench)).to_have_text("No problems were found.")


def test_saving_looks_for_problems_also_where_no_workspace_runs_yet(ada, browse):
    bench = browse(ada).open(ada.new_project(program=BROKEN))
    expect(tab(bench)).to_be_visible()
    bench.code.focus()
    bench.page.keyboard.press("Control+s")
    expect(tab(bench)).to_have_accessible_name("Problems 1")
    expect(bench.page.locator(".problem-error")).to_have_count(1)


def test_a_mistake_that_compiler_and_server_find_is_told_once(ada, browse):
    bench = browse(ada).open(ada.new_project(language="c", program=BROKEN_C), "main.c")
    check(bench)
    # The server's notes in parentheses are only its own.
    missing = rows(bench).filter(has_text=re.compile("xpected ';'"))
    expect(missing).to_have_count(1)
    bench.type_at_end("// the server starts with this\n")
    expect(rows(bench).filter(has_text="Expected ';' after expression")).to_have_count(1, timeout=30_000)
    check(bench)
    expect(missing).to_have_count(1)


def test_nothing_is_checked_that_nobody_asked_for_while_there_is_no_workspace(ada, browse):
    asked = []
    browsing = browse(ada)
    browsing.context.on("request", lambda request: asked.append(request.url) if "/checks" in request.url else None)
    bench = browsing.open(ada.new_project(program=BROKEN))
    expect(tab(bench)).to_be_visible()
    bench.type_at_end("x\n")
    bench.page.wait_for_timeout(2_500)
    assert not asked
    expect(bench.page.locator("#workspace")).to_have_attribute("data-kind", "absent")


def test_after_a_run_what_is_typed_is_checked(ada, browse):
    bench = browse(ada).open(ada.new_project(program="print('an owl')\n"))
    bench.run()
    bench.expect_outcome("Finished normally")
    bench.type_at_end("x = = 1\n")
    expect(bench.page.locator(".problem-error")).to_have_text("=")


def test_c_has_errors_and_warnings_and_keys_lead_through_them(ada, browse):
    project = ada.new_project(language="c", program=BROKEN_C)
    bench = browse(ada).open(project, "main.c")
    check(bench)
    expect(state(bench)).to_have_text("1 error, 1 warning.")
    expect(rows(bench)).to_have_text([re.compile("Warning.*Line 4:9.*-Wunused-variable"), re.compile("Error.*Line 5:")])
    page = bench.page
    page.keyboard.press("F8")
    expect(page.locator(".cm-activeLine")).to_have_text("    int unused;")
    page.keyboard.press("F8")
    expect(page.locator(".cm-activeLine")).to_have_text('    puts("an owl")')
    page.keyboard.press("Shift+F8")
    expect(page.locator(".cm-activeLine")).to_have_text("    int unused;")
    page.keyboard.press("Control+Shift+m")
    expect(rows(bench).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(rows(bench).last).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".cm-activeLine")).to_have_text('    puts("an owl")')
    page.get_by_role("combobox", name="Which problems").select_option("Errors")
    expect(rows(bench)).to_have_count(1)
    page.get_by_role("searchbox", name="Only problems with these words").fill("nothing like it")
    expect(page.locator(".problems-list")).to_have_text("No problem is like that.")


def test_a_problem_in_another_file_opens_it(ada, browse):
    project = ada.new_project(language="c", program='#include "half.h"\nint main(void) { return half(4); }\n')
    project.add("half.h", "int half(int n) { return n / }\n")
    bench = browse(ada).open(project, "main.c")
    check(bench)
    expect(bench.page.locator(".problems-list h3")).to_contain_text("half.h")
    rows(bench).first.click()
    expect(bench.code).to_have_accessible_name("Code of half.h")
    expect(bench.page.locator(".problem-error").first).to_be_visible()


def test_a_file_of_another_language_says_so(ada, browse):
    project = ada.new_project()
    project.add("notes.txt", "x = = 1\n")
    bench = browse(ada).open(project, "notes.txt")
    check(bench)
    expect(state(bench)).to_contain_text("it is no Python file")


def test_a_check_that_fails_without_naming_a_place_shows_what_it_printed(ada, browse):
    project = ada.new_project(language="c", program="int main(void) { return 0; }\n")
    project.add("half.h", "int half(int n);\n")
    answer = ada.post(f"/files/{project.file('main.c')['id']}/deletion")
    assert answer.status == 303, answer.text
    bench = browse(ada).open(project, "half.h")
    check(bench)
    expect(state(bench)).to_contain_text("names no line")
    bench.page.get_by_text("What the check printed").click()
    expect(bench.page.locator(".problems-more pre")).to_contain_text("no input files")


def test_without_scripts_the_problems_are_links(ada, browse):
    project = ada.new_project(program="print('an owl')\n")
    page = browse(ada, scripts=False).page(project.path("main.py"))
    page.locator("textarea#text").fill(BROKEN)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Problems in main.py")
    expect(page.get_by_role("status")).to_have_text("1 error.")
    page.get_by_role("link", name=re.compile("^Line 2")).click()
    expect(page).to_have_url(re.compile(r"/files/main.py\?line=2#line$"))
    expect(page.locator("textarea#text")).to_have_value(BROKEN)


def test_without_scripts_a_traceback_leads_to_its_lines(ada, browse):
    project = ada.new_project(program="def half(n):\n    return n / 0\n\n\nhalf(3)\n")
    page = browse(ada, scripts=False).page(project.path("main.py"))
    page.get_by_role("button", name="Run").click()
    page.locator(".report-output a").last.click()
    expect(page).to_have_url(re.compile(r"/files/main.py\?line=2#line$"))


def test_on_a_phone_the_list_leads_to_the_code(ada, browse):
    project = ada.new_project(program=BROKEN)
    bench = browse(ada, viewport={"width": 390, "height": 844}, has_touch=True).open(project)
    page = bench.page
    page.get_by_role("button", name="Console").click()
    tab(bench).click()
    page.get_by_role("button", name="Check", exact=True).click()
    rows(bench).click()
    expect(bench.code).to_be_visible()
    expect(page.locator(".problem-tip")).to_contain_text("invalid syntax")
    page.get_by_role("button", name="1 error: show the list").click()
    expect(rows(bench)).to_be_visible()


def test_a_press_on_a_mark_beside_the_line_says_what_is_wrong(ada, browse):
    bench = browse(ada).open(ada.new_project(program=BROKEN))
    check(bench)
    bench.page.locator(".cm-problems .problem-mark").click()
    expect(bench.page.get_by_role("tooltip")).to_contain_text("invalid syntax")


def test_marks_are_in_both_halves_and_in_a_file_that_is_renamed(ada, browse):
    project = ada.new_project(program=BROKEN)
    bench = browse(ada).open(project)
    check(bench)
    bench.page.keyboard.press("Control+\\")
    expect(bench.page.locator(".cm-problems .problem-mark.is-error")).to_have_count(2)
    bench.code.first.focus()
    bench.page.keyboard.press("Control+Home")
    bench.page.keyboard.type("# one more line\n")
    expect(rows(bench)).to_contain_text("Line 3:")
    answer = ada.post(f"/files/{project.file('main.py')['id']}/path", {"path": "owl.py"})
    assert answer.status == 303, answer.text
    expect(bench.page.locator(".problems-list h3")).to_contain_text("owl.py")
    expect(bench.page.locator(".cm-problems .problem-mark.is-error")).to_have_count(2)


def test_what_somebody_else_types_moves_the_marks(ada, person, browse):
    grace = person("grace")
    project = ada.new_project(program=BROKEN)
    answer = ada.post(f"/projects/{project.id}/members", {"username": grace.name, "role": "editor"})
    assert answer.status == 303, answer.text
    bench = browse(ada).open(project)
    check(bench)
    other = browse(grace).open(project)
    other.type_at_start("# hers\n# too\n")
    other.expect_saved()
    expect(rows(bench)).to_contain_text("Line 4:")
    rows(bench).click()
    expect(bench.page.locator(".cm-activeLine")).to_have_text("    return n /")


def test_a_reader_has_no_checks(ada, person, browse):
    grace = person("grace")
    project = ada.new_project(program=BROKEN)
    answer = ada.post(f"/projects/{project.id}/members", {"username": grace.name, "role": "reader"})
    assert answer.status == 303, answer.text
    page = browse(grace).page(project.path("main.py"))
    expect(page.locator("html.enhanced")).to_have_count(1)
    page.wait_for_timeout(1_500)
    expect(page.get_by_role("tab", name=re.compile("^Problems"))).to_have_count(0)
    page.keyboard.press("F8")
    expect(page.locator(".toasts")).to_contain_text("no problems")


def test_what_is_typed_while_a_check_goes_on_takes_its_place(ada, browse):
    bench = browse(ada).open(ada.new_project(language="c", program="int main(void) { return 0; }\n"), "main.c")
    check(bench)
    bench.replace(LONG_C)
    expect(state(bench)).to_have_text("Checking main.c…")
    bench.replace("int main(void) { return x; }\n")
    expect(rows(bench).first).to_have_text(re.compile("Error.*‘x’ undeclared"))


@pytest.mark.kills
def test_a_check_ends_with_a_word_when_the_helper_is_killed_and_the_next_one_works(site, ada, browse):
    bench = browse(ada).open(ada.new_project(language="c", program=LONG_C), "main.c")
    expect(tab(bench)).to_be_visible()
    bench.page.keyboard.press("Alt+c")
    expect(state(bench)).to_have_text("Checking main.c…")
    time.sleep(1)
    site.kill("runner")
    # It goes on in the workspace, and the next helper takes it up; or it is told why not. Compiler and language server
    # together may need more memory for this than the workspace has.
    ends = re.compile("^(1 error|The workspace ended|Programs can|The check failed)")
    expect(state(bench)).to_have_text(ends, timeout=60_000)
    bench.replace("int main(void) { return x; }\n")
    check(bench)
    expect(rows(bench).first).to_have_text(re.compile("Error.*‘x’ undeclared"))
