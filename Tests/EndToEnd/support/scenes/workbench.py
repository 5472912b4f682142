"""The workbench with scripts."""
import re

from playwright.sync_api import expect

from ..browsing import slow_uploads
from ..samples import file
from .stage import scene

TALKATIVE = "name = input('Who is there? ')\nfor n in range(3):\n    print(n, 'good evening', name)\n"


@scene
def workbench_idle(stage):
    return stage.bench().page


@scene
def workbench_running(stage):
    bench = stage.bench(program=TALKATIVE)
    bench.run()
    bench.expect_output("Who is there?")
    return bench.page


@scene
def workbench_finished(stage):
    bench = stage.bench(program=TALKATIVE)
    bench.run()
    bench.expect_output("Who is there?")
    bench.answer("Ada")
    bench.expect_outcome("Finished normally")
    return bench.page


@scene
def workbench_failed(stage):
    bench = stage.bench(program="print('so far')\n1 / 0\n")
    bench.run()
    bench.expect_outcome("Ended with code 1")
    return bench.page


@scene
def workbench_dialog(stage):
    bench = stage.bench()
    bench.page.get_by_role("button", name="New file").click()
    bench.dialog.get_by_label("Path").fill("words/new.txt")
    return bench.page


@scene
def workbench_dialog_with_fault(stage):
    bench = stage.bench(faults=["status of 422"])
    bench.page.get_by_role("button", name="New file").click()
    bench.dialog.get_by_label("Path").fill("../x")
    bench.page.keyboard.press("Enter")
    expect(bench.dialog.get_by_label("Path")).to_have_attribute("aria-invalid", "true")
    return bench.page


@scene
def workbench_confirm(stage):
    bench = stage.bench()
    bench.page.get_by_label("Upload files").set_input_files([file("README.md", b"another lamp")])
    expect(bench.dialog).to_contain_text("README.md")
    return bench.page


@scene
def workbench_toast(stage):
    bench = stage.bench()
    bench.row("README.md").focus()
    bench.page.keyboard.press("Delete")
    expect(bench.page.get_by_role("button", name="Undo")).to_be_visible()
    bench.page.get_by_role("button", name="Undo").focus()  # so that it stays while it is looked at
    return bench.page


@scene
def workbench_find(stage):
    bench = stage.bench()
    bench.code.focus()
    bench.page.keyboard.press("Control+F")
    expect(bench.page.locator(".cm-search")).to_be_visible()
    bench.page.keyboard.type("name")
    return bench.page


@scene
def workbench_completion(stage):
    bench = stage.bench(program="")
    bench.code.focus()
    bench.page.keyboard.type("pri")
    expect(bench.page.get_by_role("listbox")).to_be_visible()
    return bench.page


@scene
def workbench_menu(stage):
    bench = stage.bench()
    bench.page.locator(".bar summary").click()
    expect(bench.page.get_by_role("button", name="Sign out").first).to_be_visible()
    return bench.page


@scene
def workbench_without_files(stage):
    ada = stage.ada()
    project = ada.new_project()
    assert ada.post(f"/files/{project.files[0]['id']}/deletion").status == 303
    ada.forget_flash()
    page = stage.browse(ada).page(f"/projects/{project.id}")
    expect(page.get_by_role("heading", name="No files yet")).to_be_visible()
    return page


@scene
def workbench_output_search(stage):
    bench = stage.bench(program=TALKATIVE)
    bench.run()
    bench.expect_output("Who is there?")
    bench.answer("Ada")
    bench.expect_outcome("Finished normally")
    bench.page.get_by_role("button", name="Search the output").click()
    bench.page.keyboard.type("evening")
    expect(bench.page.locator(".search-count")).to_contain_text("of 3")
    return bench.page


@scene
def workbench_output_cleared(stage):
    bench = stage.bench(program=TALKATIVE)
    bench.run()
    bench.expect_output("Who is there?")
    bench.answer("Ada")
    bench.expect_outcome("Finished normally")
    bench.page.get_by_role("button", name="Clear the view").click()
    bench.page.get_by_role("button", name="Show it again").focus()  # so that it stays while it is looked at
    return bench.page


@scene
def workbench_with_high_contrast(stage):
    ada = stage.ada()
    ada.post("/account/preferences", {"theme": "contrast", "lineNumbers": "on"})
    return stage.browse(ada).open(ada.new_project("Birds", program="def owl():\n    return 'owl'  # a bird\n")).page


@scene
def workbench_search(stage):
    page = stage.bench(program="print('lamp')\n").page
    page.keyboard.press("Control+Shift+F")
    page.get_by_label("Look for").fill("lamp")
    expect(page.get_by_text("4 matches in 4 files.")).to_be_visible()
    return page


@scene
def workbench_replacement(stage):
    page = stage.bench(program="print('lamp')\n").page
    page.keyboard.press("Control+Shift+F")
    page.get_by_label("Look for").fill("lamp")
    page.get_by_text("Replace, or only some files").click()
    page.get_by_label("Replace by").fill("lantern")
    page.get_by_role("button", name="Preview the replacement").click()
    expect(page.get_by_role("button", name="Replace what is ticked")).to_be_visible()
    return page


@scene
def workbench_terminal(stage):
    bench = stage.bench()
    bench.code.focus()
    bench.page.keyboard.press("F6")  # so that a narrow window shows the console
    bench.page.get_by_role("button", name="New terminal").click()
    log = bench.page.get_by_role("log", name="Terminal 1")
    expect(log).to_contain_text("$", timeout=60_000)
    bench.page.keyboard.type("ls")
    bench.page.keyboard.press("Enter")
    expect(log).to_contain_text("README.md")
    return bench.page


@scene
def workbench_uploading(stage):
    bench = stage.bench()
    bench.code.focus()
    bench.page.keyboard.press("Shift+F6")  # so that a narrow window shows the files
    slow_uploads(bench.page)
    bench.page.get_by_label("Upload files").set_input_files([file("owl.txt", b"an owl\n" * 500_000)])
    expect(bench.page.locator(".upload-state [role=status]")).to_have_text(re.compile(r"^Uploading, [1-9]"))
    return bench.page


@scene
def workbench_preferences(stage):
    page = stage.bench().page
    page.locator(".bar > .menu > summary").click()
    page.get_by_role("link", name="Preferences").click()
    expect(page.get_by_role("dialog", name="Preferences")).to_be_visible()
    return page


@scene
def workbench_tree_menu(stage):
    bench = stage.bench()
    bench.row("long.txt").click(modifiers=["Control"])
    bench.row("README.md").click(button="right")
    bench.page.get_by_role("menuitem", name="Move to a folder").focus()
    return bench.page


@scene
def workbench_tree_filtered(stage):
    page = stage.bench().page
    page.get_by_role("button", name="Filter").click()
    page.keyboard.type("txt")
    expect(page.get_by_text("2 of 4")).to_be_visible()
    return page


@scene
def workbench_new_folder(stage):
    bench = stage.bench()
    bench.page.get_by_role("button", name="New folder").click()
    bench.dialog.get_by_label("Path").fill("drafts")
    bench.page.keyboard.press("Enter")
    expect(bench.row("drafts")).to_be_focused()
    return bench.page


@scene
def workbench_of_many_files(stage):
    ada = stage.ada()
    project = ada.new_project("Catalogue")
    files = [(f"part-{n // 20}/page-{n}.txt", b"lamp\n") for n in range(250)]
    for first in (0, 200):
        ada.post_files(f"/projects/{project.id}/uploads", "files", files[first:first + 200])
    bench = stage.browse(ada).open(project)
    bench.row("part-3").click()
    expect(bench.row("page-60.txt")).to_be_visible()
    return bench.page
