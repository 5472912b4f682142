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
