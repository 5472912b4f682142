"""Templates: the list of administrators, and what members are offered."""
from ..person import Person
from .stage import scene


def _with_template(stage):
    ada = stage.ada()
    # Those of other scenes and tests would be in the picture.
    stage.site.execute("DELETE FROM project_templates")
    project = ada.new_project("Week one")
    with ada.administering():
        fields = {"project": project.id, "summary": "Loops and lists, with exercises and tests"}
        assert ada.post("/admin/templates", fields).status == 303
    ada.forget_flash()
    return ada, project


@scene
def new_project_with_template(stage):
    ada, _ = _with_template(stage)
    return stage.browse(Person(stage.site, "grace").sign_up()).page("/projects/new?language=python")


@scene
def settings_of_template(stage):
    ada, project = _with_template(stage)
    return stage.browse(ada).page(f"/projects/{project.id}/settings")


@scene
def admin_templates(stage):
    ada, _ = _with_template(stage)
    with ada.administering():
        return stage.browse(ada).page("/admin/templates")


@scene
def admin_templates_with_faults(stage):
    ada = stage.ada()
    browsing = stage.browse(ada)
    browsing.watch.allow("status of 422")
    with ada.administering():
        page = browsing.page("/admin/templates")
        page.get_by_label("Project", exact=True).fill("/@nobody/nothing")
        page.get_by_label("Summary").fill("Loops")
        page.get_by_role("button", name="Share its files as a template").click()
    return page
