"""What language servers give: suggestions, words about names, problems, ways to where names are made and used, renaming."""
import re
import subprocess

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


def test_suggestions_have_documentation(ada, project):
    project.save("main.py", "import helper\nhelper.jo")
    reply = asked(ada, project, "completion", len("import helper\nhelper.jo"))
    first = reply["completion"]["list"][0]
    assert first["label"] == "join_names" and first["kind"] == "function", reply
    more = asked(ada, project, "suggestion", number=first["number"])
    assert "Puts two names together." in (first.get("info") or more.get("info")), more
