"""Files that are no text, as pages show them."""
from playwright.sync_api import expect

from .. import samples
from .stage import scene


def _page_of(stage, path, content, scripts=True):
    ada = stage.ada()
    project = ada.new_project("Night sky")
    assert ada.post_files(f"/projects/{project.id}/uploads", "files", [(path, content)]).status == 200
    browsing = stage.browse(ada) if scripts else stage.plain(ada)
    browsing.watch.allow(r"chrome(-extension)?://")
    page = browsing.page(project.path(path))
    if scripts:
        expect(page.locator("html.enhanced")).to_have_count(1)
    return page


@scene
def media_picture(stage):
    return _page_of(stage, "images/owl.png", samples.png())


@scene
def media_sound(stage):
    return _page_of(stage, "tone.wav", samples.wav())


@scene
def media_paper(stage):
    page = _page_of(stage, "paper.pdf", samples.pdf())
    page.wait_for_timeout(1_000)
    return page


@scene
def media_misnamed(stage):
    return _page_of(stage, "owl.png", b"<html>\xff")


@scene
def media_picture_plain(stage):
    return _page_of(stage, "owl.png", samples.png(), scripts=False)


@scene
def media_drawing(stage):
    ada = stage.ada()
    project = ada.new_project("Night sky")
    project.add("owl.svg", samples.OWL)
    return stage.browse(ada).page(f"/files/{project.file('owl.svg')['id']}/picture")


@scene
def media_visiting(stage):
    ada = stage.ada()
    project = ada.new_project("Night sky")
    project.add("owl.svg", samples.OWL)
    assert ada.post(f"/projects/{project.id}/visibility", {"visibility": "public"}).status == 303
    return stage.visitor().page(f"/@{ada.name}/night-sky/files/owl.svg")


def _visiting(stage, path, content):
    ada = stage.ada()
    project = ada.new_project("Night sky")
    assert ada.post_files(f"/projects/{project.id}/uploads", "files", [(path, content)]).status == 200
    assert ada.post(f"/projects/{project.id}/visibility", {"visibility": "public"}).status == 303
    return stage.visitor().page(f"/@{ada.name}/night-sky/files/{path}")


@scene
def visiting_table(stage):
    rows = "".join(f"barn owl,{number},{number * number}\n" for number in range(300))
    return _visiting(stage, "owls.csv", f"owl,nights,feathers\n{rows}".encode())


@scene
def visiting_bytes(stage):
    return _visiting(stage, "night.bin", bytes(range(256)) * 20)


@scene
def workbench_with_side_panel(stage):
    ada = stage.ada()
    project = ada.new_project("Night sky")
    table = "| owl | nights |\n| - | - |\n| barn | 9 |\n"
    project.add("README.md", f"# Owls\n\nThey *fly* at night:\n\n- barn owl\n- tawny owl\n\n{table}")
    page = stage.browse(ada).page(project.path("README.md"))
    page.get_by_role("button", name="Beside", exact=True).click()
    expect(page.locator(".side-preview h1")).to_be_visible()
    return page


@scene
def workbench_with_facts(stage):
    ada = stage.ada()
    project = ada.new_project("Night sky", program="print('owl')\n")
    page = stage.browse(ada).page(project.path("main.py"))
    page.get_by_role("button", name="Beside", exact=True).click()
    expect(page.locator(".side-facts")).to_contain_text(ada.name)
    return page
