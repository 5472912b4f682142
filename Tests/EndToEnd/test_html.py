"""The HTML of every page, as it comes over the wire, by the book: Debian's tidy finds nothing."""
import re
import subprocess

import pytest

from .support import samples
from .support.person import Person
from .support.visitor import Visitor

# What tidy 5.6 says of good HTML: it is older than these parts of the language.
FALSE_ALARMS = [
    r'<script> attribute "type" has invalid value "(module|importmap|application/json)"',
    r'<(script|style|link)> proprietary attribute "nonce"',
    r"Warning: trimming empty <(p|span|div)>",
    r'<(input|textarea)> proprietary attribute "(autocapitalize|autocorrect)"',
    r'<textarea> proprietary attribute "autocomplete"',
    r'<a> proprietary attribute "aria-current"',
    r'<title> proprietary attribute "id"',  # of a drawing
    r'<textarea> attribute "wrap" has invalid value "off"',
    r'<link> attribute "rel" has invalid value "modulepreload"',
    r'<a> attribute "href" lacks value',  # the empty address is this page's own: try again
    r"<(summary|details|main|nav|section|header|figure|time)> is not recognized",
]


def complaints(page):
    command = ["tidy", "-quiet", "-errors", "-utf8", "--show-warnings", "yes", "--drop-empty-elements", "no"]
    found = subprocess.run(command, input=page, text=True, capture_output=True, timeout=60).stderr.splitlines()
    return [line for line in found if not any(re.search(known, line) for known in FALSE_ALARMS)]


def pages_of_visitors(site):
    visitor = Visitor(site)
    yield "landing", visitor.get("/")
    yield "sign-up", visitor.get("/sign-up")
    yield "sign-up with faults", visitor.post("/sign-up", {"username": "<&\">", "email": "x", "password": "x"})
    yield "sign-in", visitor.get("/sign-in?return=/projects%3Fa=1%26b=2")
    yield "sign-in refused", visitor.post("/sign-in", {"login": "<&\">", "password": "x"})
    yield "not found", visitor.get("/no-such-page")
    yield "not allowed", visitor.post("/sign-in", csrf=False)
    yield "setup", visitor.get(site.carrel("setup-address").strip())


def pages_of_sharing(ada, project):
    grace, visitor = Person(ada.site, "grace").sign_up(), Visitor(ada.site)
    ada.post(f"/projects/{project.id}/members", {"username": grace.name, "role": "reader"})
    link = ada.post(f"/projects/{project.id}/invitations", {"role": "editor", "days": "7", "uses": "1"})
    yield "sharing, with a new link", link
    yield "invitation", grace.get(re.search(r"/invitations/[\w-]{43}", link.text)[0])
    yield "sharing with a fault", ada.post(f"/projects/{project.id}/members", {"username": "<b>", "role": "<b>"})
    yield "one's own part", grace.get(f"/projects/{project.id}/membership")
    yield "projects, shared", grace.get("/projects")
    yield "workbench, read only", grace.get(project.path("main.py"))
    ada.post(f"/projects/{project.id}/visibility", {"visibility": "public"})
    yield "a public project", visitor.get(f"/@{ada.name}/words-tags/files/lib/%3Ca&b%3E.py")


def pages_of_members(site):
    ada = Person(site, "ada").sign_up()
    yield "projects, empty", ada.get("/projects")
    project = ada.new_project("Words & <tags>", program="print('<b>bold</b> & more')\n")
    project.add("lib/<a&b>.py", "</textarea>\n")
    yield "projects", ada.get("/projects")
    yield "new project", ada.get("/projects/new")
    yield "new project with a fault", ada.post("/projects", {"name": "", "language": "nothing"})
    yield "settings", ada.get(f"/projects/{project.id}/settings")
    yield from pages_of_sharing(ada, project)
    ada.post(f"/projects/{project.id}/secrets", {"name": "API_KEY", "value": "<b>x</b>"})
    yield "run settings", ada.get(f"/projects/{project.id}/run-settings")
    faults = {"main": "0", "arguments": "<'", "command": "A=\"<b>\"", "variables": "<b>\n</textarea>"}
    yield "run settings with faults", ada.post(f"/projects/{project.id}/run-settings", faults)
    yield "a secret without a value", ada.post(f"/projects/{project.id}/secrets", {"name": "<b>", "value": ""})
    yield "workbench", ada.get(project.path("main.py"))
    yield "workbench of a file with a strange name", ada.get(project.path("lib/<a&b>.py"))
    run = project.run()
    project.finished(run)
    yield "workbench with a run", ada.get(f"{project.path('main.py')}?run={run['id']}")
    yield "run", ada.get(f"/runs/{run['id']}")
    yield "runs", ada.get(f"/projects/{project.id}/runs")
    yield "runs, none", ada.get(f"/projects/{ada.new_project().id}/runs")
    waiting = ada.new_project(program="input()\n").run()
    yield "run that goes on", ada.get(f"/runs/{waiting['id']}")
    ada.post_json(f"/runs/{waiting['id']}/cancellation", {})
    ada.elsewhere()
    yield "sessions", ada.get("/account/sessions")
    yield "tokens, none", ada.get("/account/tokens")
    yield "a new token", ada.post("/account/tokens", {"name": "<b>mine</b> & more"})
    yield "a token without a name", ada.post("/account/tokens", {"name": ""})
    with ada.administering():
        yield "administration of languages", ada.get("/admin/languages")
        mark = {"project": project.id, "summary": "<b>First</b> & last"}
        assert ada.post("/admin/templates", mark).status == 303
        yield "administration of templates", ada.get("/admin/templates")
        yield "a template of nothing", ada.post("/admin/templates", {"project": "<b>", "summary": ""})
        yield "settings of a template", ada.get(f"/projects/{project.id}/settings")
        yield "new project with a template", ada.get("/projects/new?language=python")
        ada.post(f"/admin/templates/{project.id}/deletion")
    project.add("a&b.svg", samples.OWL)
    yield "a drawing", ada.get(f"/files/{project.file('a&b.svg')['id']}/picture")
    files = [("a.png", samples.png()), ("a.pdf", samples.pdf()), ("a.wav", samples.wav()), ("b.mp4", b"<b>\xff")]
    ada.post_files(f"/projects/{project.id}/uploads", "files", files)
    for path, _ in files:
        yield f"workbench of {path}", ada.get(project.path(path))
    yield "API", ada.get("/api")
    empty = ada.new_project()
    ada.post(f"/files/{empty.files[0]['id']}/deletion")
    yield "workbench without files", ada.get(f"/projects/{empty.id}/files/")
    ada.post(f"/projects/{empty.id}/deletion")
    yield "projects with an offer to undo", ada.get("/projects")
    yield "deleted projects", ada.get("/projects/deleted")
    yield "deleted files", ada.get(f"/projects/{project.id}/deleted-files")


@pytest.mark.parametrize("pages", [pages_of_visitors, pages_of_members], ids=["visitors", "members"])
def test_every_page_is_good_html(site, pages):
    faults = []
    for name, answer in pages(site):
        assert answer.header("Content-Type") == "text/html; charset=utf-8", name
        assert answer.text.startswith("<!DOCTYPE html>"), name
        faults += [f"{name}: {line}" for line in complaints(answer.text)]
        numbers = re.findall(r'\sid="([^"]*)"', answer.text)
        faults += [f"{name}: two elements have the id {number}" for number in set(numbers) if numbers.count(number) > 1]
    assert not faults, "\n".join(faults)


def test_the_pages_that_nginx_shows_by_itself_are_good_html(site):
    pages = sorted((site.state / "release/nginx/errors").glob("*.html"))
    assert pages
    for page in pages:
        assert complaints(page.read_text()) == [], page.name


def test_tidy_notices_what_it_is_there_for(visitor):
    page = visitor.get("/").text
    assert complaints(page.replace("</h1>", "")) != []
    assert complaints(page.replace("<main", "<main madeup")) != []
