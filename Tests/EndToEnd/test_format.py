"""Formatting with the languages' own formatters, in real workspaces: with scripts and without, alone and together."""
import re

import pytest
from playwright.sync_api import expect

from .support.workbench import flash

MESSY = "if 1==1:\n  print( 'owl' )\n"
NEAT = 'if 1 == 1:\n    print("owl")\n'
GARBLED = "x = 1\ndef f(:\n    return\n"
MESSY_C = "int main(void)\n{int x=1;return x;}\n"
NEAT_C = "int main(void) {\n    int x = 1;\n    return x;\n}\n"


def toast(bench):
    return bench.page.locator(".toasts .flash").last


def expect_text(bench, text):
    bench.page.wait_for_function("text => [...document.querySelectorAll('.cm-line')].map(line => line.textContent)"
                                 ".join('\\n') === text", arg=text)


@pytest.mark.parametrize(("language", "main", "messy", "neat"), [
    ("python", "main.py", MESSY, NEAT), ("c", "main.c", MESSY_C, NEAT_C),
])
def test_a_key_formats_the_file_and_one_undo_takes_it_back(ada, browse, language, main, messy, neat):
    project = ada.new_project(language=language, program=messy)
    bench = browse(ada).open(project, main)
    bench.code.focus()
    bench.page.keyboard.press("Alt+Shift+f")
    expect(toast(bench)).to_have_text("Formatted.", timeout=60_000)
    expect_text(bench, neat)
    assert project.text(main) == neat
    bench.page.keyboard.press("Alt+Shift+f")
    expect(toast(bench)).to_have_text("It was formatted already.")
    bench.code.focus()
    bench.page.keyboard.press("Control+z")
    expect_text(bench, messy)
    bench.expect_saved()
    assert project.text(main) == messy
    bench.page.keyboard.press("Control+y")
    expect_text(bench, neat)


def test_the_cursor_stays_in_its_word_and_what_was_just_typed_is_formatted_too(ada, browse):
    project = ada.new_project(program=MESSY)
    bench = browse(ada).open(project)
    bench.type_at_end("y=2")
    for _ in range(9):
        bench.page.keyboard.press("ArrowLeft")
    bench.page.keyboard.press("Alt+Shift+f")
    expect_text(bench, NEAT + "y = 2\n")
    bench.page.keyboard.type("_")
    expect_text(bench, NEAT.replace("owl", "o_wl") + "y = 2\n")


def test_what_can_t_be_read_is_left_alone_and_its_place_is_one_press_away(ada, browse):
    project = ada.new_project(program=GARBLED)
    bench = browse(ada).open(project)
    bench.code.focus()
    bench.page.keyboard.press("Alt+Shift+f")
    expect(toast(bench)).to_contain_text("Not formatted. Line 2: def f(:", timeout=60_000)
    toast(bench).get_by_role("button", name="Go there").click()
    bench.page.keyboard.type("_")
    expect(bench.code).to_contain_text(re.compile(r"def f\(_:"))
    bench.expect_saved()
    assert project.text() == GARBLED.replace("(:", "(_:")


def test_two_who_edit_see_one_formatting_and_only_who_asked_undoes_it(ada, person, browse):
    project = ada.new_project(program=MESSY)
    grace = person("grace")
    assert ada.post(f"/projects/{project.id}/members", {"username": grace.name, "role": "editor"}).status == 303
    hers = browse(grace).open(project)
    hers.type_at_end("hers = 1")
    bench = browse(ada).open(project)
    bench.code.focus()
    bench.page.keyboard.press("Alt+Shift+f")
    after = NEAT + "hers = 1\n"
    expect_text(bench, after)
    expect_text(hers, after)
    hers.code.focus()
    hers.page.keyboard.press("Control+z")
    # The line break after hers is the formatter's.
    expect_text(hers, NEAT + "\n")
    expect_text(bench, NEAT + "\n")


def test_saving_formats_for_those_who_want_that_and_no_sooner(ada, browse):
    project = ada.new_project(program="")
    bench = browse(ada).open(project)
    bench.type_at_end("a=1\n")
    bench.page.keyboard.press("Control+s")
    bench.expect_saved()
    bench.page.wait_for_timeout(1_000)
    assert project.text() == "a=1\n"
    form = {"theme": "system", "codeSize": "14", "tabWidth": "auto", "formatOnSave": "on", "keys": "standard"}
    assert ada.post("/account/preferences", form).status == 303
    bench = browse(ada).open(project)
    bench.type_at_end("b=2")
    bench.expect_saved()
    bench.page.wait_for_timeout(1_000)
    assert project.text() == "a=1\nb=2", "a pause is no saving"
    bench.page.keyboard.press("Control+s")
    expect_text(bench, "a = 1\nb = 2\n")
    expect(bench.page.locator(".toasts .flash")).to_have_count(0)


def test_a_file_of_another_language_has_no_formatter(ada, browse):
    project = ada.new_project(program=MESSY)
    project.add("notes.md", "#  Notes\n")
    bench = browse(ada).open(project, "notes.md")
    bench.page.keyboard.press("F1")
    expect(bench.finder).to_be_visible()
    bench.page.keyboard.type("format doc")
    expect(bench.dialog).to_contain_text("No command is called like this.")
    page = browse(ada, scripts=False).page(project.path("notes.md"))
    expect(page.get_by_role("button", name="Format")).to_have_count(0)


def test_without_scripts_a_button_formats_and_another_takes_it_back(ada, browse):
    project = ada.new_project(program="x = 1\n")
    page = browse(ada, scripts=False).page(project.path("main.py"))
    code = page.get_by_role("textbox", name="Code of main.py")
    code.fill(MESSY)
    page.get_by_role("button", name="Format", exact=True).click()
    expect(flash(page)).to_contain_text("Formatted.", timeout=60_000)
    expect(code).to_have_value(NEAT)
    page.get_by_role("button", name="Undo").click()
    expect(code).to_have_value(MESSY)
    code.fill(GARBLED)
    page.get_by_role("button", name="Format", exact=True).click()
    expect(flash(page)).to_contain_text("Not formatted. Line 2: def f(:")
    expect(code).to_have_value(GARBLED)
    expect(page.locator(".source-line")).to_have_text("2")


def test_who_may_only_read_or_run_has_no_button_and_no_command(ada, person, browse):
    project = ada.new_project(program=MESSY)
    for role in ("runner", "reader"):
        grace = person("grace")
        assert ada.post(f"/projects/{project.id}/members", {"username": grace.name, "role": role}).status == 303
        page = browse(grace, scripts=False).page(project.path("main.py"))
        expect(page.get_by_role("button", name="Format")).to_have_count(0)
        document = project.file("main.py")["document"]
        assert grace.post_json(f"/documents/{document}/formats", {}).status == 403
    assert project.text() == MESSY


@pytest.mark.parametrize(("code", "words"), [
    ("while True: pass", "took too long"),
    ("import os\nwhile os.write(1, b'x' * 65536): pass", "more than a text may have"),
    ("import os\nos.write(1, bytes([255, 0]))\nos._exit(0)", "is no text"),
    ("import os\nos._exit(0)", "gave nothing back"),
    ("import os\nos.kill(os.getpid(), 9)", "ended before it was done"),
    ("import os\nos.write(2, b'<script>alert(1)</script>')\nos._exit(1)", "<script>alert(1)</script>"),
])
def test_a_formatter_that_the_project_itself_has_spoilt_costs_nobody_a_text(ada, browse, code, words):
    """Python reads this file before any program, and it is the project's: the formatter is as hostile as can be."""
    project = ada.new_project(program=MESSY)
    project.add(".local/lib/python3.11/site-packages/usercustomize.py", code)
    document = project.file("main.py")["document"]
    answer = ada.post_json(f"/documents/{document}/formats", {})
    assert answer.status == 200 and words in answer.json["refusal"]["message"], answer.text
    assert project.text() == MESSY
    if "script" in words:
        page = browse(ada, scripts=False).page(project.path("main.py"))
        page.get_by_role("button", name="Format", exact=True).click()
        expect(flash(page)).to_contain_text(words)


def test_the_foot_of_the_page_says_until_when_the_workspace_is_kept_that_it_started(ada, browse):
    bench = browse(ada).open(ada.new_project(program=MESSY))
    expect(bench.page.locator("#workspace")).to_contain_text("No workspace.")
    bench.code.focus()
    bench.page.keyboard.press("Alt+Shift+f")
    expect_text(bench, NEAT)
    expect(bench.page.locator("#workspace")).to_contain_text("Workspace stops at")
