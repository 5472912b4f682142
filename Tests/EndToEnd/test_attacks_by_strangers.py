"""Other people's numbers: whatever mallory asks for, there is nothing; whatever she sends, nothing happens."""
import json
import re

import pytest

from .support.instance import eventually
from .support.person import Person

# Every address for members that names something, with a body for those that take one. {project} and the like are
# ada's numbers. A route that is missing here fails the last test.
ADDRESSES = [
    ("GET", "/projects/{project}", None),
    ("GET", "/projects/{project}/files/main.py", None),
    ("GET", "/projects/{project}/files.json", None),
    ("GET", "/projects/{project}/settings", None),
    ("GET", "/projects/{project}/deleted-files", None),
    ("POST", "/projects/{project}/name", {"name": "Mine now"}),
    ("POST", "/projects/{project}/deletion", {}),
    ("POST", "/projects/{project}/restoration", {}),
    ("POST", "/projects/{project}/files", {"path": "mine.py"}),
    ("POST", "/projects/{project}/arrangements", {"act": "move", "entry": "lib", "into": "mine"}),
    ("POST", "/projects/{project}/arrangements?restore={file}", {}),
    ("POST", "/projects/{project}/runs", {"file": "main.py", "text": "mine", "document": "{document}", "version": "1"}),
    ("POST", "/projects/{project}/intelligence", {"kind": "hover", "path": "main.py", "version": "0"}),
    ("GET", "/projects/{project}/run-settings", None),
    ("POST", "/projects/{project}/run-settings", {"command": "id", "variables": "MINE=now"}),
    ("POST", "/projects/{project}/secrets", {"name": "API_KEY", "value": "mine"}),
    ("POST", "/secrets/{secret}/deletion", {}),
    ("POST", "/projects/{project}/terminals", {"rows": 24, "columns": 80}),
    ("POST", "/projects/{project}/checks", {"file": "main.py"}),
    ("GET", "/projects/{project}/workspace", None),
    ("POST", "/projects/{project}/workspace/deletion", {}),
    ("GET", "/files/{blob}/content", None),
    ("GET", "/files/{file}/picture", None),
    ("GET", "/projects/{project}/transfer", None),
    ("GET", "/projects/{project}/files.zip", None),
    ("POST", "/projects/{project}/uploads", {"existing": "replace"}),
    ("POST", "/projects/{project}/imports", {"existing": "replace"}),
    ("GET", "/files/{file}/download", None),
    ("GET", "/files/{blob}/hex", None),
    ("GET", "/files/{file}/table", None),
    ("GET", "/files/{file}/rendered", None),
    ("GET", "/files/{blob}/text", None),
    ("POST", "/files/{file}/path", {"path": "mine.py"}),
    ("POST", "/files/{file}/deletion", {}),
    ("POST", "/files/{file}/restoration", {}),
    ("GET", "/documents/{document}", None),
    ("GET", "/documents/{document}/updates?since=0", None),
    ("GET", "/documents/{document}/updates/latest", None),
    ("POST", "/documents/{document}/text", {"text": "mine", "version": "1"}),
    ("POST", "/documents/{document}/updates", {"version": 1, "client": "mallory-1", "sequence": 1, "changes": [9]}),
    ("GET", "/projects/{project}/runs", None),
    ("GET", "/runs/{run}", None),
    ("GET", "/runs/{run}/output.txt", None),
    ("GET", "/runs/{run}/output?from=0", None),
    ("POST", "/runs/{run}/input", "mine\n"),
    ("POST", "/runs/{run}/size", {"rows": 10, "columns": 10}),
    ("POST", "/runs/{run}/cancellation", {}),
    ("GET", "/projects/{project}/members", None),
    ("POST", "/projects/{project}/members", {"username": "mallory", "role": "editor"}),
    ("POST", "/projects/{project}/members/{member}/role", {"role": "editor"}),
    ("POST", "/projects/{project}/members/{member}/removal", {}),
    ("POST", "/projects/{project}/invitations", {"role": "editor", "days": "7", "uses": "1"}),
    ("POST", "/invitations/{invitation}/revocation", {}),
    ("GET", "/invitations/{link}", None),
    ("POST", "/invitations/{link}/acceptance", {}),
    ("POST", "/projects/{project}/visibility", {"visibility": "public"}),
    ("POST", "/projects/{project}/archive", {}),
    ("POST", "/projects/{project}/archive/deletion", {}),
    ("POST", "/projects/{project}/transfer", {"member": "{member}"}),
    ("POST", "/projects/{project}/transfer/acceptance", {}),
    ("POST", "/projects/{project}/transfer/deletion", {}),
    ("GET", "/projects/{project}/membership", None),
    ("POST", "/projects/{project}/membership/deletion", {}),
    ("POST", "/projects/{project}/forks", {}),
    ("POST", "/projects/{project}/template/deletion", {}),
    ("POST", "/projects/{project}/star", {}),
    ("POST", "/projects/{project}/star/deletion", {}),
    ("GET", "/projects/{project}/search?q=input", None),
    ("GET", "/projects/{project}/symbols.json", None),
    ("POST", "/projects/{project}/replacements", {"q": "input", "replacement": "MINE", "replace": "on"}),
    ("POST", "/projects/{project}/replacements/{name}/reversal", {}),
    ("POST", "/documents/{document}/formats", {"text": "MINE", "version": "0"}),
    ("POST", "/documents/{document}/formats/{name}/reversal", {}),
    ("POST", "/shared/{key}/forks", {}),
    ("POST", "/shared/{key}/runs", {"file": "main.py"}),
    ("POST", "/@{owner}/{slug}/runs", {"file": "main.py"}),
    ("POST", "/account/sessions/{session}/revocation", {}),
    ("POST", "/account/tokens/{token}/revocation", {}),
]
PROGRAM = "open('loot', 'wb').write(bytes(2))\ninput('ready')\n"
SCRIPTED = ("/updates", "/size", "/input", "/terminals")
STREAMS = ["project/{project}", "document/{document}", "run/{run}"]
MADE_UP = dict.fromkeys(
    (
        "project", "file", "blob", "document", "run", "session", "token", "secret", "member", "invitation", "link",
        "key", "owner", "slug", "name",
    ),
    2_000_000_000,
)


@pytest.fixture
def treasure(ada):
    """A project of ada's with a program that waits, and the numbers of all its parts."""
    project = ada.new_project("Treasure", program=PROGRAM)
    project.add("lib/words.py")
    run = project.run()
    assert eventually(lambda: project.output(run)[1] == "ready")
    assert eventually(lambda: "loot" in project.paths)
    file = project.file("main.py")
    ada.elsewhere()
    session = re.search(r"/account/sessions/([^/]+)/revocation", ada.get("/account/sessions").text)[1]
    token = re.search(r"/account/tokens/([^/]+)/revocation", ada.post("/account/tokens", {"name": "Treasure"}).text)[1]
    assert ada.post(f"/projects/{project.id}/secrets", {"name": "API_KEY", "value": "nine owls"}).status == 303
    secret = re.search(r"/secrets/(\d+)/deletion", ada.get(f"/projects/{project.id}/run-settings").text)[1]
    grace = Person(ada.site, "grace").sign_up()
    assert ada.post(f"/projects/{project.id}/members", {"username": grace.name, "role": "reader"}).status == 303
    link = ada.post(f"/projects/{project.id}/invitations", {"role": "editor", "days": "7", "uses": "1"})
    key = unlisted_once(project)
    ada.forget_flash()
    yield project, {
        "project": project.id, "file": file["id"], "document": file["document"], "run": run["id"], "session": session,
        "token": token, "secret": secret, "blob": project.file("loot")["id"],
        "member": re.search(r"/members/(\d+)/removal", link.text)[1],
        "invitation": re.search(r"/invitations/(\d+)/revocation", link.text)[1],
        # Who has the link itself is invited; its end is not enough.
        "link": re.search(r"/invitations/([\w-]{43})", link.text)[1][:-1], "key": key,
        "owner": ada.name, "slug": "treasure", "name": "replacement",
    }
    ada.post_json(f"/runs/{run['id']}/cancellation", {})


def unlisted_once(project):
    """The key of the address that a project had while it was unlisted."""
    visibility = f"/projects/{project.id}/visibility"
    assert project.owner.post(visibility, {"visibility": "unlisted"}).status == 303
    page = project.owner.get(f"/projects/{project.id}/members").text
    assert project.owner.post(visibility, {"visibility": "private"}).status == 303
    return re.search(r"/shared/([\w-]{22})<", page)[1]


def state(project, numbers):
    """All of it that could have changed."""
    owner = project.owner
    settings = owner.get(f"/projects/{project.id}/run-settings").text
    return (
        project.files, project.content("main.py"), owner.get_json(f"/runs/{numbers['run']}")["run"]["state"],
        re.findall(r"<h1>.*?</h1>|value=\"Treasure\"", owner.get(f"/projects/{project.id}/settings").text),
        re.findall(r"<td data-label=\"Last changed.*|MINE|/secrets/\d+", settings),
        re.findall(r"checked|selected|/removal|/revocation", owner.get(f"/projects/{project.id}/members").text),
        owner.get("/account/sessions").text.count("/revocation"), owner.get("/account/tokens").text.count("/revocation"),
    )


def ask(somebody, method, address, body, numbers, accept):
    path = address.format(**numbers)
    headers = {"Accept": accept}
    if body is None:
        return somebody.send(method, path, headers=headers)
    headers["X-CSRF-Token"] = somebody.csrf
    if address.endswith(SCRIPTED):
        headers["Content-Type"] = "application/json"
        text = body if isinstance(body, str) else json.dumps(body)
        return somebody.send(method, path, text.encode(), headers)
    fields = {name: value.format(**numbers) for name, value in body.items()}
    return somebody.post(path, fields, headers)


def bare(answer):
    """The answer without what is different each time."""
    return answer.status, re.sub(r"[A-Za-z0-9_-]{20,}", "…", answer.text)


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_mallory_finds_nothing_at_any_address_of_ada(treasure, mallory, accept):
    project, numbers = treasure
    before = state(project, numbers)
    for method, address, body in ADDRESSES:
        answer = ask(mallory, method, address, body, numbers, accept)
        assert answer.status == 404, f"{method} {address}: {answer.status} {answer.text[:200]}"
        missing = ask(mallory, method, address, body, MADE_UP, accept)
        assert bare(answer) == bare(missing), f"{method} {address} tells what is there from what is not"
    assert state(project, numbers) == before


def test_mallory_hears_none_of_the_live_channels(treasure, mallory):
    _, numbers = treasure
    own = mallory.new_project().id
    for stream in STREAMS:
        name = stream.format(**numbers)
        assert mallory.get(f"/live?c={name}", {"Accept": "text/event-stream"}).status == 404
        assert mallory.get(f"/live?c=project/{own}&c={name}", {"Accept": "text/event-stream"}).status == 404
        assert mallory.get(f"/live?c={name}:ab12.1", {"Accept": "text/event-stream"}).status == 404


def test_a_visitor_is_led_to_sign_in_and_scripts_are_told_so(treasure, visitor):
    project, numbers = treasure
    before = state(project, numbers)
    for method, address, body in ADDRESSES:
        page = ask(visitor, method, address, body, numbers, "text/html")
        script = ask(visitor, method, address, body, numbers, "application/json")
        assert script.status == 401, f"{method} {address}: {script.status}"
        if method == "GET":
            assert page.status == 303 and "/sign-in?return=" in page.header("Location"), address
        else:
            assert page.status == 401, f"{method} {address}: {page.status}"
    for stream in STREAMS:
        answer = visitor.get(f"/live?c={stream.format(**numbers)}", {"Accept": "text/event-stream"})
        assert answer.status == 401
    assert state(project, numbers) == before


def test_a_file_of_ada_can_not_be_saved_through_a_project_of_mallory(treasure, mallory):
    project, numbers = treasure
    own = mallory.new_project()
    fields = {"file": "main.py", "document": numbers["document"], "text": "mine", "version": "1"}
    assert mallory.post(f"/projects/{own.id}/runs", fields).status == 404
    assert project.text() == PROGRAM
    answer = mallory.get(f"{own.path('main.py')}?run={numbers['run']}")
    assert answer.status == 404


def test_what_was_deleted_is_gone_for_its_owner_too(ada):
    project = ada.new_project(program="print(1)\n")
    file = project.files[0]
    run = project.run()
    project.finished(run)
    assert ada.post(f"/projects/{project.id}/deletion").status == 303
    for path in (f"/projects/{project.id}", f"/documents/{file['document']}", f"/projects/{project.id}/files.json"):
        assert ada.get(path).status == 404, path
    assert ada.get(f"/live?c=document/{file['document']}").status == 404
    push = {"version": 1, "client": "attacker-1", "sequence": 1, "changes": [9]}
    assert ada.post_json(f"/documents/{file['document']}/updates", push).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/projects/0", "/projects/-1", "/projects/01", "/projects/1.0", "/projects/1e3", "/projects/0x10",
        "/projects/+1",
        "/projects/99999999999999999999", "/projects/9223372036854775807", "/runs/1%20OR%201=1", "/documents/%E0%A5%A7",
        "/projects/1/files/../../../etc/passwd", "/projects//files", "/runs/1;2",
    ],
)
def test_numbers_that_are_none_lead_nowhere(ada, path):
    assert ada.get(path).status == 404


@pytest.mark.parametrize(
    "query",
    [
        "", "c=", "c=nonsense", "c=project/x", "c=project/-1", "c=user/1", "c=project/1/2", "c=project%2F1%0A2",
        "c=" + "a" * 5_000, "&".join(f"c=project/{n}" for n in range(65)),
    ],
    ids=range(10),
)
def test_made_up_channels_are_refused(ada, query):
    assert ada.get(f"/live?{query}", {"Accept": "text/event-stream"}).status in (400, 404)


def test_every_route_that_names_something_is_attacked_above(site):
    table = [line.split() for line in site.carrel("routes").splitlines()]
    named = {
        (method, re.sub(r"\{[^}]*\}", "*", pattern)) for method, pattern, audience in table
        if audience == "members" and "{" in pattern
    }
    attacked = {
        (method, re.sub(r"\{[^}]*\}", "*", address.split("?")[0]).replace("/files/main.py", "/files/*"))
        for method, address, _ in ADDRESSES
    }
    assert named and named == attacked
