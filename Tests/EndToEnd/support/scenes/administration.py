"""The pages for administrators."""
from playwright.sync_api import expect

from .stage import scene

TOLD = {
    "rust": "building\n1764000000\nstep 3 of 7\n",
    "go": "waiting\n1764000000\n\n",
    "java": "failed\n1764000000\nE: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?\n",
}


@scene
def administration_languages(stage):
    with stage.ada().administering() as ada:
        page = stage.browse(ada).page("/admin/languages")
    expect(page.get_by_role("heading", name="Languages")).to_be_visible()
    return page


@scene
def administration_languages_in_every_state(stage):
    builds = stage.site.state / "run/images"
    for language, text in TOLD.items():
        (builds / language).write_text(text)
    try:
        with stage.ada().administering() as ada:
            page = stage.browse(ada).page("/admin/languages")
            page.get_by_role("button", name="Switch off Bash").click()
            expect(page.get_by_role("button", name="Switch on Bash")).to_be_visible()
    finally:
        stage.site.execute("DELETE FROM disabled_languages")
        for language in TOLD:
            (builds / language).unlink(missing_ok=True)
    return page
