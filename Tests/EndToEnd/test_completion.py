"""What the editor suggests while somebody types, besides what the language knows: words of open files, and paths."""
import re

from playwright.sync_api import expect


def suggestions(bench):
    return bench.page.get_by_role("listbox").get_by_role("option")


def take_first(bench):
    bench.page.wait_for_timeout(200)  # the editor takes no key for a list that has only just opened
    bench.page.keyboard.press("Enter")


def test_words_of_this_file_and_of_others_that_are_open_are_suggested_once(ada, browse):
    project = ada.new_project(program="constellation = 1\n")
    project.add("night.py", "constellations = 2\n")
    bench = browse(ada).open(project)
    bench.row("night.py").click()
    expect(bench.code).to_have_accessible_name("Code of night.py")
    bench.type_at_end("\nconstel")
    expect(suggestions(bench)).to_have_text([re.compile("constellations"), re.compile("constellation$")])
    take_first(bench)
    expect(bench.code).to_contain_text(re.compile("constellations = 2.*constellations"))
    bench.type_at_end("\npri")
    expect(suggestions(bench).filter(has_text=re.compile("^print$"))).to_have_count(1)


def test_paths_of_the_project_are_suggested_where_one_is_named(ada, browse):
    project = ada.new_project(language="javascript", program="\n")
    for path in ("lib/words.js", "lib/deep/owl.js", "notes.txt"):
        project.add(path)
    bench = browse(ada).open(project, "main.js")
    bench.type_at_end('import { owl } from "./lib/de')
    expect(suggestions(bench).first).to_contain_text("./lib/deep/owl.js")
    take_first(bench)
    expect(bench.code).to_contain_text('from "./lib/deep/owl.js"')


def test_nothing_is_suggested_unasked_in_a_comment(ada, browse):
    bench = browse(ada).open(ada.new_project(program="constellation = 1\n"))
    bench.type_at_end("# constel")
    bench.page.wait_for_timeout(600)
    expect(bench.page.get_by_role("listbox")).to_have_count(0)
    bench.page.keyboard.press("Control+Space")
    expect(suggestions(bench).first).to_contain_text("constellation")


def test_what_has_a_name_in_a_file_that_was_never_opened_is_suggested_with_its_place(ada, browse):
    project = ada.new_project(program="\n")
    project.add("lib/night.py", "def nebula_of(star):\n    comet_tail = 1\n    return star\n")
    bench = browse(ada).open(project)
    bench.type_at_end("neb")
    bench.page.wait_for_timeout(1_000)
    bench.page.keyboard.type("u")
    expect(suggestions(bench).first).to_have_text(re.compile(r"nebula_of\s*lib/night\.py"))
    take_first(bench)
    bench.type_at_end("\ncomet")
    expect(suggestions(bench).first).to_have_text("comet_tail")


def test_a_snippet_is_filled_in_field_by_field(ada, browse):
    bench = browse(ada).open(ada.new_project(program="if True:\n"))
    bench.type_at_end("    forr")
    expect(suggestions(bench).first).to_have_text(re.compile(r"forr\s*over numbers"))
    take_first(bench)
    bench.page.keyboard.type("place")
    bench.page.keyboard.press("Escape")  # the list of suggestions
    bench.page.keyboard.press("Tab")
    bench.page.keyboard.type("3")
    bench.page.keyboard.press("Tab")
    bench.page.keyboard.type("pass")
    bench.page.keyboard.press("Escape")
    assert bench.text == "if True:\n    for place in range(3):\n        pass"


def test_keywords_of_a_language_that_the_editor_has_no_words_for_are_suggested(ada, browse):
    bench = browse(ada).open(ada.new_project(language="lua", program="\n"), "main.lua")
    bench.type_at_end("string.for")
    bench.page.keyboard.press("Escape")
    bench.type_at_end("\nrepe")
    expect(suggestions(bench).first).to_have_text("repeat")


def test_symbols_of_the_file_and_of_the_project_are_gone_to(ada, browse):
    project = ada.new_project(program="import os\n\ndef first():\n    pass\n\nclass Second:\n    pass\n")
    project.add("lib/night.py", "\n\ndef nebula_of(star):\n    return star\n")
    bench = browse(ada).open(project)
    bench.code.focus()
    bench.page.keyboard.press("Control+Shift+o")
    expect(bench.dialog.get_by_role("option")).to_have_text([re.compile("first.*line 3"), re.compile("Second.*line 6")])
    bench.page.keyboard.type("sec")
    bench.page.keyboard.press("Enter")
    bench.page.keyboard.type("# here")
    expect(bench.code).to_contain_text("# hereclass Second")
    bench.page.keyboard.press("Control+p")
    bench.page.keyboard.type("#nebu")
    expect(bench.dialog.get_by_role("option")).to_have_text([re.compile(r"nebula_of.*lib/night\.py:3")])
    bench.page.keyboard.press("Enter")
    expect(bench.code).to_have_accessible_name("Code of lib/night.py")


def test_all_matches_are_changed_at_once_and_columns_are_chosen_with_alt(ada, browse):
    bench = browse(ada).open(ada.new_project(program="owl = 1\nprint(owl)\nowl += owl\n"))
    bench.code.focus()
    bench.page.keyboard.press("Control+Home")
    bench.page.keyboard.press("Shift+ArrowRight")
    bench.page.keyboard.press("Shift+ArrowRight")
    bench.page.keyboard.press("Shift+ArrowRight")
    bench.page.keyboard.press("Control+Shift+l")
    bench.page.keyboard.type("heron")
    bench.page.keyboard.press("Escape")
    assert bench.text == "heron = 1\nprint(heron)\nheron += heron\n"
    lines = bench.page.locator(".cm-line")
    first, third = lines.nth(0).bounding_box(), lines.nth(2).bounding_box()
    bench.page.keyboard.down("Alt")
    bench.page.mouse.move(first["x"] + 5, first["y"] + 8)
    bench.page.mouse.down()
    bench.page.mouse.move(third["x"] + 5, third["y"] + 8, steps=4)
    bench.page.mouse.up()
    bench.page.keyboard.up("Alt")
    bench.page.keyboard.type("#")
    assert bench.text == "#heron = 1\n#print(heron)\n#heron += heron\n"
