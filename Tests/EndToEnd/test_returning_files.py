"""Files that programs make, change and remove come back into the project."""
from playwright.sync_api import expect

from .support.instance import eventually

# A picture of eight by eight points, written as any library does.
PLOT = """import struct, zlib

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

rows = b"".join(bytes([0]) + bytes([40 + 20 * row, 120, 200]) * 8 for row in range(8))
with open("plot.png", "wb") as file:
    file.write(bytes([137]) + b"PNG\\r\\n" + bytes([26, 10]) + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)))
    file.write(chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
with open("result.csv", "w") as file:
    file.write("a,b\\n1,2\\n")
"""


def test_what_a_program_wrote_is_in_the_tree_when_it_has_ended(ada, browse):
    bench = browse(ada).open(ada.new_project(program=PLOT))
    bench.run()
    bench.expect_outcome("Finished normally in")
    tree = bench.page.get_by_role("tree", name="Files")
    expect(tree.get_by_role("treeitem", name="result.csv")).to_be_visible()
    tree.get_by_role("treeitem", name="plot.png").click()
    picture = bench.page.get_by_role("img", name="plot.png")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") == 8
    expect(bench.page.get_by_role("link", name="Download", exact=True)).to_be_visible()
    bench.page.get_by_role("treeitem", name="result.csv").click()
    expect(bench.page.get_by_role("textbox", name="Code of result.csv")).to_contain_text("1,2")


def test_a_text_that_a_program_changes_changes_in_the_open_editor_beside_what_is_typed(ada, browse):
    program = "input('ready? ')\nlines = open('notes.txt').read().split('\\n')\nlines[-1] = 'by the program'\n"
    program += "open('notes.txt', 'w').write('\\n'.join(lines))\ninput('done? ')\n"
    project = ada.new_project(program=program)
    project.add("notes.txt", "first\nlast")
    bench = browse(ada).open(project)
    bench.run()
    bench.expect_output("ready?")
    bench.console.click()
    project.save("notes.txt", "typed meanwhile\nlast")
    bench.answer("yes")
    bench.expect_output("done?")
    # While the program still runs.
    eventually(lambda: project.text("notes.txt") == "typed meanwhile\nby the program", 10)
    bench.answer("yes")
    bench.expect_outcome("Finished normally in")
    assert project.text("notes.txt") == "typed meanwhile\nby the program"


def test_a_file_that_was_deleted_in_the_project_is_gone_for_the_next_run(ada):
    project = ada.new_project(program="import os\nprint(os.path.exists('made.txt'))\nopen('made.txt', 'w').write('x')\n")
    assert project.finished(project.run())[1].strip() == "False"
    assert project.finished(project.run())[1].strip() == "True"
    made = project.file("made.txt")
    assert ada.post(f"/files/{made['id']}/deletion", {}).status == 303
    assert project.finished(project.run())[1].strip() == "False"


def test_what_a_terminal_does_to_files_is_in_the_project_within_a_moment(ada, browse):
    bench = browse(ada).open(ada.new_project())
    bench.page.get_by_role("button", name="New terminal").click()
    terminal = bench.page.get_by_role("log", name="Terminal 1")
    expect(terminal).to_contain_text("$")
    bench.page.keyboard.type("mkdir lib; echo one > lib/words.txt; mv main.py start.py\n")
    tree = bench.page.get_by_role("tree", name="Files")
    expect(tree.get_by_role("treeitem", name="words.txt")).to_be_visible()
    expect(tree.get_by_role("treeitem", name="start.py")).to_be_visible()
    expect(tree.get_by_role("treeitem", name="main.py")).to_have_count(0)


def test_without_scripts_what_a_program_wrote_is_listed_and_shown(ada, browse):
    project = ada.new_project(program=PLOT)
    project.finished(project.run())
    page = browse(ada, scripts=False).page(project.path("plot.png"))
    expect(page.get_by_role("img", name="plot.png")).to_be_visible()
    expect(page.get_by_role("link", name="result.csv")).to_be_visible()
    page.get_by_role("button", name="Delete file").click()
    expect(page.get_by_role("link", name="plot.png")).to_have_count(0)


def test_a_program_that_spoils_its_home_takes_nothing_else_with_it(ada):
    project = ada.new_project(program="import os\nos.symlink('/etc', 'etc')\nos.mkfifo('pipe')\nos.chmod('.', 0)\n")
    project.add("notes.txt", "kept")
    project.finished(project.run())
    assert sorted(project.paths) == ["main.py", "notes.txt"]
    assert project.text("notes.txt") == "kept"


def test_what_a_program_deleted_can_be_brought_back(ada, browse):
    project = ada.new_project(program="import os\nos.remove('notes.txt')\n")
    project.add("notes.txt", "kept for long")
    project.finished(project.run())
    assert project.paths == ["main.py"]
    page = browse(ada).page(f"/projects/{project.id}/settings")
    page.get_by_role("link", name="deleted files").click()
    page.get_by_role("button", name="Bring back notes.txt").click()
    assert sorted(project.paths) == ["main.py", "notes.txt"]
    assert project.text("notes.txt") == "kept for long"
