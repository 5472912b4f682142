"""What language servers give: suggestions, words about names, problems, ways to where names are made and used, renaming."""
import re

import pytest
from playwright.sync_api import expect

from .support.instance import eventually

HELPER = 'def join_names(first, second):\n    """Puts two names together."""\n    return first + second\n'
MAIN = "import helper\n\nprint(helper.join_names('a', 'b'))\n"


def question(person, project, kind, at=None, start=True, path="main.py", **more):
    version = project.content(path)["version"]
    body = {"kind": kind, "path": path, "version": version, "at": at, "start": start, **more}
    return person.post_json(f"/projects/{project.id}/intelligence", body)


def asked(person, project, kind, at=None, **more):
    """Asks until the server is there."""
    def answer():
        reply = question(person, project, kind, at, **more).json
        return reply if reply["state"] not in ("starting", "late") else None
    return eventually(answer, 60)


@pytest.fixture
def project(ada):
    project = ada.new_project(program=MAIN)
    project.add("helper.py", HELPER)
    return project


def test_a_name_is_explained_found_and_renamed_across_files(ada, project):
    place = MAIN.index("join_names") + 3
    hover = asked(ada, project, "hover", place)
    assert hover["state"] == "ready" and "Puts two names together." in hover["hover"], hover
    definition = asked(ada, project, "definition", place)["places"]
    assert [(each["path"], each["line"]) for each in definition] == [("helper.py", 1)]
    used = asked(ada, project, "references", place)["places"]
    assert {each["path"] for each in used} == {"main.py", "helper.py"}
    signature = asked(ada, project, "signature", MAIN.index("'a'"))["signature"]
    assert "first" in signature["label"]
    renamed = asked(ada, project, "rename", place, name="pair")["renamed"]
    assert renamed["files"] == 2 and renamed["places"] == 2
    assert "def pair(first" in project.text("helper.py") and "helper.pair('a'" in project.text()


def test_places_behind_an_emoji_are_where_they_are(ada):
    line = "print('🦉🦉🦉', owl, '🦉', owl)\n"
    project = ada.new_project(program="owl = 1\n" + line)
    text = "owl = 1\n" + line
    units = lambda part: len(part.encode("utf-16-le")) // 2
    last = units(text[:text.rindex("owl")])
    for at in (units(text[:text.index("owl", 8)]), last, last + 2):
        definition = asked(ada, project, "definition", at)["places"]
        assert [(each["line"], each["column"], each["length"]) for each in definition] == [(1, 0, 3)], at
    used = asked(ada, project, "references", 1)["places"]
    columns = [units(line[:line.index("owl")]), units(line[:line.rindex("owl")])]
    assert sorted((each["line"], each["column"], each["length"]) for each in used) == [
        (1, 0, 3), (2, columns[0], 3), (2, columns[1], 3)
    ]


def test_suggestions_have_documentation(ada, project):
    project.save("main.py", "import helper\nhelper.jo")
    reply = asked(ada, project, "completion", len("import helper\nhelper.jo"))
    first = reply["completion"]["list"][0]
    assert first["label"] == "join_names" and first["kind"] == "function", reply
    more = asked(ada, project, "suggestion", number=first["number"])
    assert "Puts two names together." in (first.get("info") or more.get("info")), more


def suggestions(bench):
    return bench.page.get_by_role("listbox").get_by_role("option")


def key(bench, name):
    bench.code.focus()
    bench.page.keyboard.press(name)


def put_cursor(bench, line, column):
    """By keys, as somebody does who has no pointer."""
    key(bench, "Control+Home")
    for _ in range(line - 1):
        bench.page.keyboard.press("ArrowDown")
    bench.page.keyboard.press("Home")
    for _ in range(column):
        bench.page.keyboard.press("ArrowRight")


@pytest.fixture
def bench(ada, project, browse):
    """A workbench whose language server is there."""
    bench = browse(ada).open(project)
    bench.page.wait_for_timeout(1500)  # what comes when the page is in use
    asked(ada, project, "sync")
    # The page asks when somebody does something, and hears of the server from then on.
    with bench.page.expect_response("**/intelligence"):
        bench.type_at_end("\n")
    return bench


def test_a_page_alone_starts_nothing(ada, browse):
    project = ada.new_project(program=MAIN)
    bench = browse(ada).open(project)
    bench.page.wait_for_timeout(2500)
    bench.type_at_end("pri")
    bench.page.wait_for_timeout(1500)
    assert ada.get_json(f"/projects/{project.id}/workspace")["kind"] == "absent"


def test_names_of_modules_are_suggested_with_what_they_are(ada, project, bench):
    # On a busy machine the first answer may come too late to be shown.
    asked(ada, project, "completion", len("import helper"))
    bench.type_at_end("\nhelper.")
    expect(suggestions(bench).first).to_have_text(re.compile(r"join_names\("), timeout=10_000)
    expect(bench.page.locator(".cm-completionInfo")).to_contain_text("Puts two names together.", timeout=10_000)
    bench.page.wait_for_timeout(200)  # the editor takes no key for a list that has only just opened
    bench.page.keyboard.press("Enter")
    expect(bench.code).to_contain_text(re.compile("helper.join_names$"))
    bench.page.keyboard.type("(")
    expect(bench.page.locator(".server-signature strong")).to_have_text("first", timeout=10_000)


def test_what_the_pointer_rests_on_is_explained(bench):
    bench.page.get_by_text("join_names").first.hover()
    expect(bench.page.get_by_role("tooltip")).to_contain_text("Puts two names together.", timeout=10_000)


def test_problems_come_and_go_as_one_types(bench):
    bench.page.keyboard.press("Alt+c")
    state = bench.page.locator(".problems-state")
    expect(state).to_have_text("No problems were found.", timeout=15_000)
    bench.type_at_end("\nprint(undefined_owl)\n")
    expect(state).to_have_text(re.compile(r"^1 (error|warning)\.$"), timeout=15_000)
    mark = bench.page.locator(".problem-error, .problem-warning")
    expect(mark).to_have_text(re.compile("undefined_owl"), timeout=15_000)
    bench.replace(MAIN)
    expect(mark).to_have_count(0, timeout=15_000)


def test_keys_lead_to_where_a_name_is_made_and_used(bench):
    put_cursor(bench, 3, 15)
    bench.page.keyboard.press("F12")
    expect(bench.code).to_have_accessible_name("Code of helper.py", timeout=10_000)
    bench.page.keyboard.press("Shift+F12")
    expect(bench.page.get_by_role("tab", name=re.compile("References"))).to_be_visible(timeout=10_000)
    rows = bench.page.locator(".problems .problem:visible")
    expect(rows).to_have_count(2)
    rows.filter(has_text="print").click()
    expect(bench.code).to_have_accessible_name("Code of main.py")


@pytest.mark.parametrize("way", ["notice", "key"])
def test_a_name_is_renamed_in_all_files_and_back(bench, project, way):
    put_cursor(bench, 3, 15)
    bench.page.keyboard.press("F2")
    bench.dialog.get_by_label("New name").fill("pair")
    bench.page.keyboard.press("Enter")
    expect(bench.page.get_by_text("Renamed in 2 places of 2 files.")).to_be_visible(timeout=10_000)
    expect(bench.code).to_contain_text("helper.pair(")
    assert "def pair(first" in project.text("helper.py")
    if way == "notice":
        bench.page.get_by_role("button", name="Undo").click()
    else:
        key(bench, "Control+z")
    expect(bench.code).to_contain_text("helper.join_names(")
    assert eventually(lambda: "def join_names(first" in project.text("helper.py"))


#: A program that does something to the server: it is the same user's, in the same workspace.
MEDDLER = """import glob, os, signal
for path in glob.glob("/proc/[0-9]*/cmdline"):
    try:
        words = open(path).read()
    except OSError:
        continue
    if "pylsp" in words:
        process = int(path.split("/")[2])
        {act}
print("done")
"""


def meddle(ada, project, act):
    if "meddler.py" not in project.paths:
        project.add("meddler.py")
    project.save("meddler.py", MEDDLER.format(act=act))
    _, output = project.finished(project.run("meddler.py"))
    assert "done" in output, output


def test_a_server_that_is_killed_is_started_again_and_the_page_says_so(ada, project, bench):
    meddle(ada, project, "os.kill(process, signal.SIGKILL)")
    said = bench.page.get_by_text("The Python language server was killed. It is being started again.")
    expect(said).to_be_visible(timeout=15_000)
    expect(bench.page.get_by_text("The language server is there again.")).to_be_visible(timeout=30_000)
    bench.page.get_by_text("join_names").first.hover()
    expect(bench.page.get_by_role("tooltip")).to_contain_text("Puts two names together.", timeout=15_000)


def test_a_program_that_speaks_in_the_servers_place_reaches_nobody(ada, project, bench):
    lie = 'open(f"/proc/{process}/fd/1", "w").write("Content-Length: 9\\r\\n\\r\\n<script>{")'
    meddle(ada, project, lie)
    said = bench.page.get_by_text("The Python language server said something that is not the protocol.")
    expect(said).to_be_visible(timeout=15_000)
    expect(bench.page.get_by_text("The language server is there again.")).to_be_visible(timeout=30_000)


def test_a_server_keeps_no_workspace(ada, project):
    asked(ada, project, "sync")
    assert ada.get_json(f"/projects/{project.id}/workspace")["kind"] == "idle"


C_MAIN = '#include "owl.h"\n\nint main(void) {\n    return hoot(2);\n}\n'


def test_clangd_knows_names_of_other_files(ada):
    project = ada.new_project(language="c", program=C_MAIN)
    project.add("owl.h", "/** Hoots so often. */\nint hoot(int times);\n")
    project.add("owl.c", '#include "owl.h"\n\nint hoot(int times) {\n    return times - 2;\n}\n')
    place = C_MAIN.index("hoot") + 1
    hover = asked(ada, project, "hover", place, path="main.c")
    assert "Hoots so often" in hover["hover"], hover
    definition = asked(ada, project, "definition", place, path="main.c")["places"]
    assert [(each["path"], each["line"]) for each in definition] == [("owl.c", 3)]
    used = asked(ada, project, "references", place, path="main.c")["places"]
    assert {each["path"] for each in used} == {"main.c", "owl.c", "owl.h"}
    renamed = asked(ada, project, "rename", place, path="main.c", name="call")["renamed"]
    assert renamed["places"] == 3 and renamed["files"] == 3
    assert "return call(2)" in project.text("main.c") and "int call(int times);" in project.text("owl.h")
