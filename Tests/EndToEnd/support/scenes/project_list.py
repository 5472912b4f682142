"""The list of projects in the states that it has when there are many."""
from playwright.sync_api import expect

from .stage import scene

MANY = 53


@scene
def projects_narrowed_to_nothing(stage):
    ada = stage.ada()
    ada.new_project("Anagrams")
    page = stage.browse(ada).page("/projects?q=heron&language=python")
    expect(page.get_by_role("heading", name="No project is like this")).to_be_visible()
    return page


@scene
def projects_on_a_second_page(stage):
    ada = stage.ada()
    for number in range(MANY):
        ada.new_project(f"Chapter {number}")
    page = stage.browse(ada).page("/projects")
    page.get_by_role("link", name="More projects").click()
    expect(page.get_by_role("link", name="More projects")).to_have_count(0)
    return page


@scene
def projects_to_continue(stage):
    ada = stage.ada()
    longer = "A name that is about as long as the name of a project may be"
    for name, language in (("Sieve", "c"), ("Words", "python"), ("Anagrams", "python"), (longer, "javascript")):
        project = ada.new_project(name, language)
    assert ada.post(f"/projects/{project.id}/star", {"list": ""}).status == 303
    ada.forget_flash()
    page = stage.browse(ada).page("/projects")
    expect(page.get_by_role("region", name="Continue").get_by_role("listitem")).to_have_count(3)
    return page
