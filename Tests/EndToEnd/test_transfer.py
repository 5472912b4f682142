"""Files that come in and go out: uploads by button and by dropping, archives, downloads; with scripts and without."""
import base64
import io
import tarfile
import zipfile

from playwright.sync_api import expect

from .support.samples import file

# The row is looked for when it is dropped on: rows are drawn anew whenever the files change. An archive is in base64.
DROP = """(tree, [path, files]) => {
    const target = tree.querySelector(`[data-path="${path}"]`)
    const dataTransfer = new DataTransfer()
    const bytes = (name, text) => /zip$/.test(name) ? Uint8Array.from(atob(text), unit => unit.charCodeAt()) : text
    for (const [name, text] of files) dataTransfer.items.add(new File([bytes(name, text)], name))
    for (const type of ["dragover", "drop"]) {
        target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    }
}"""


def zipped(files):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, content in files.items():
            writer.writestr(name, content)
    return archive.getvalue()


def test_files_come_in_by_button_and_replace_others_only_when_asked(ada, browse):
    project = ada.new_project(program="print('old')\n")
    bench = browse(ada).open(project)
    with bench.page.expect_file_chooser() as chooser:
        bench.page.get_by_role("button", name="Upload files").click()
    chooser.value.set_files([file("main.py", b"print('new')\n"), file("notes.txt", b"owls\n")])
    expect(bench.row("notes.txt")).to_be_visible()
    assert project.text() == "print('old')\n"
    expect(bench.dialog).to_contain_text("The project has main.py already.")
    bench.dialog.get_by_role("button", name="Replace it").click()
    expect(bench.code).to_contain_text("print('new')")
    assert project.content("main.py")["version"] == 2, "it is an edit, with what was before in its history"


def test_what_is_dropped_on_a_folder_comes_into_it(ada, browse):
    project = ada.new_project()
    project.add("lib/words.py")
    bench = browse(ada).open(project)
    expect(bench.row("lib")).to_be_visible()
    expect(bench.page.get_by_role("button", name="Upload files")).to_be_visible()
    bench.tree.evaluate(DROP, ["lib", [["a.txt", "x"], ["b.txt", "y"]]])
    expect(bench.row("b.txt")).to_be_visible()
    assert project.paths == ["lib/a.txt", "lib/b.txt", "lib/words.py", "main.py"]
    assert project.text("lib/b.txt") == "y"


def test_what_is_dropped_while_something_is_on_its_way_comes_after_it(ada, browse):
    project = ada.new_project()
    project.add("lib/words.py")
    browsing = browse(ada)
    bench = browsing.open(project)
    expect(bench.row("lib")).to_be_visible()
    expect(bench.page.get_by_role("button", name="Upload files")).to_be_visible()
    gate, is_open = [], []
    browsing.context.route("**/uploads", lambda route: route.continue_() if is_open else gate.append(route))
    with bench.page.expect_request("**/uploads"):
        bench.tree.evaluate(DROP, ["lib", [["a.txt", "x"]]])
    bench.tree.evaluate(DROP, ["lib", [["b.txt", "y"]]])
    is_open.append(True)
    gate[0].continue_()
    expect(bench.row("b.txt")).to_be_visible()
    assert project.paths == ["lib/a.txt", "lib/b.txt", "lib/words.py", "main.py"]


def test_files_of_an_archive_that_are_there_already_are_replaced_when_that_is_wanted(ada, browse):
    project = ada.new_project(program="old\n")
    bench = browse(ada).open(project)
    expect(bench.row("main.py")).to_be_visible()
    archive = base64.b64encode(zipped({"main.py": "new\n", "notes.txt": "owls\n"})).decode()
    expect(bench.page.get_by_role("button", name="Upload files")).to_be_visible()
    bench.tree.evaluate(DROP, ["main.py", [["a.zip", archive]]])
    bench.dialog.get_by_role("button", name="Unpack").click()
    expect(bench.dialog).to_contain_text("The project has main.py already.")
    assert project.text() == "old\n"
    bench.dialog.get_by_role("button", name="Replace it").click()
    expect(bench.code).to_contain_text("new")


def test_an_archive_that_is_dropped_on_a_folder_is_unpacked_there(ada, browse):
    project = ada.new_project(program="old\n")
    project.add("lib/words.py", "kept\n")
    bench = browse(ada).open(project)
    expect(bench.row("lib")).to_be_visible()
    archive = base64.b64encode(zipped({"main.py": "new\n", "words.py": "new\n"})).decode()
    expect(bench.page.get_by_role("button", name="Upload files")).to_be_visible()
    bench.tree.evaluate(DROP, ["lib", [["a.zip", archive]]])
    expect(bench.dialog).to_contain_text("The files in a.zip come into lib/.")
    bench.dialog.get_by_role("button", name="Unpack").click()
    expect(bench.dialog).to_contain_text("The project has lib/words.py already.")
    bench.dialog.get_by_role("button", name="Replace it").click()
    expect(bench.page.locator(".toasts")).to_contain_text("1 file replaced")
    assert project.paths == ["lib/main.py", "lib/words.py", "main.py"]
    assert project.text("lib/words.py") == "new\n" and project.text() == "old\n"


def test_without_scripts_files_are_uploaded_into_a_folder(ada, browse):
    project = ada.new_project(program="old\n")
    browsing = browse(ada, scripts=False)
    browsing.watch.allow("status of 422")
    page = browsing.page(f"/projects/{project.id}/transfer")
    file = {"name": "words.py", "mimeType": "text/plain", "buffer": b"owl\n"}
    page.get_by_label("Files", exact=True).set_input_files([file])
    page.locator("#upload-into").fill("../lib")
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator("#upload-into")).to_have_value("../lib")
    expect(page.locator("#upload-into-error")).to_be_visible()
    page.get_by_label("Files", exact=True).set_input_files([file])
    page.locator("#upload-into").fill("lib")
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_text("1 new file.")).to_be_visible()
    assert project.paths == ["lib/words.py", "main.py"]


def test_a_project_goes_out_as_zip_and_a_folder_from_the_tree(ada, browse):
    project = ada.new_project(program="print('kept')\n")
    project.add("lib/größe.txt", "één\n")
    bench = browse(ada).open(project)
    bench.row("lib").click()
    with bench.page.expect_download() as download:
        bench.do("Download")
    assert download.value.suggested_filename == "lib.zip"
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.namelist() == ["lib/größe.txt"]
    bench.page.get_by_role("link", name="Archives and downloads").click()
    with bench.page.expect_download() as download:
        bench.page.get_by_role("link", name="The whole project as zip").click()
    assert download.value.suggested_filename == "Greetings.zip"
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        assert archive.read("lib/größe.txt").decode() == "één\n" and archive.read("main.py") == b"print('kept')\n"


def test_without_scripts_an_archive_becomes_a_project_and_what_stayed_out_is_told(ada, browse):
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w:gz") as writer:
        for name, kind in (("src/owl.py", tarfile.REGTYPE), ("../escape", tarfile.REGTYPE), ("link", tarfile.SYMTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd" if kind == tarfile.SYMTYPE else ""
            entry.size = 4 if kind == tarfile.REGTYPE else 0
            writer.addfile(entry, io.BytesIO(b"owl\n"))
    page = browse(ada, scripts=False).page("/projects/new")
    page.get_by_role("link", name="from an archive").click()
    page.get_by_label("Name", exact=True).fill("Owls")
    page.get_by_label("Archive").set_input_files([file("owls.tar.gz", tar.getvalue())])
    page.get_by_role("button", name="Make the project").click()
    expect(page.get_by_role("status")).to_contain_text("1 new file")
    expect(page.get_by_role("row", name="../escape")).to_contain_text("leads out of the folder")
    expect(page.get_by_role("row", name="link", exact=False).last).to_contain_text("it is a link")
    page.get_by_role("link", name="Open the project").click()
    expect(page.get_by_role("textbox", name="Code of src/owl.py")).to_have_value("owl\n")


def test_without_scripts_several_files_are_uploaded(ada, browse):
    project = ada.new_project(program="print('old')\n")
    page = browse(ada, scripts=False).page(f"/projects/{project.id}/transfer")
    page.get_by_label("Files", exact=True).set_input_files([file("main.py", b"new\n"), file("data.csv", b"a,b\n1,2\n")])
    page.locator("section", has_text="Upload files").get_by_label("Replace it").check()
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("1 new file, 1 replaced")
    assert project.text() == "new\n"


def test_an_archive_of_many_files_and_one_that_lies_about_its_kind(ada):
    project = ada.new_project()
    many = zipped({f"d{number % 30}/f{number}.txt": f"{number}\n" for number in range(2000)})
    answer = ada.post_files(f"/projects/{project.id}/imports", "archive", [("many.zip", many)])
    assert answer.status == 200 and answer.json["added"] == 2000
    answer = ada.post_files(f"/projects/{project.id}/imports", "archive", [("page.zip", b"<script>alert(1)</script>")])
    assert answer.status == 422 and "This is no zip" in answer.json["message"]
