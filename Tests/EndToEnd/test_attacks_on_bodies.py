"""What is sent: too much of it, of the wrong kind, or no text at all. Each is refused in words; nothing changes."""
import json
import urllib.parse

import pytest

from .support.instance import eventually

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_a_body_that_is_larger_than_the_site_takes_is_refused_before_it_is_sent(visitor):
    for accept, kind in (("text/html", "text/html"), ("application/json", "application/json")):
        headers = {**FORM, "Content-Length": str(1 << 30), "Accept": accept}
        answer = visitor.send("POST", "/sign-up", None, headers)
        assert answer.status == 413
        assert answer.header("Content-Type").startswith(kind)


def test_a_form_that_is_larger_than_forms_may_be_is_refused_by_the_site(ada):
    answer = ada.post("/projects", {"name": "x" * (13 << 20), "language": "python"})
    assert answer.status == 413
    assert "larger than" in answer.text


def test_without_a_length_a_body_is_no_longer_than_with_one(ada):
    piece = b"%x\r\n" % 65_536 + b"x" * 65_536 + b"\r\n"
    body = piece * 210 + b"0\r\n\r\n"
    answer = ada.send("POST", "/projects", body, {**FORM, "Transfer-Encoding": "chunked", "X-CSRF-Token": ada.csrf})
    assert answer.status == 413


def test_a_text_longer_than_texts_may_be_is_refused_and_the_old_one_kept(ada):
    project = ada.new_project(program="short\n")
    content = project.content("main.py")
    answer = ada.post(f"/documents/{content['id']}/text", {"text": "x" * 5_300_000, "version": content["version"]})
    assert answer.status == 422
    push = {"version": content["version"], "client": "attacker-1", "sequence": 1, "changes": [6, [0, "x" * 5_300_000]]}
    assert ada.post_json(f"/documents/{content['id']}/updates", push).status in (400, 413, 422)
    assert project.text() == "short\n"


def test_more_input_than_a_post_may_carry_is_refused(ada):
    project = ada.new_project(program="input('ready')\n")
    run = project.run()
    assert eventually(lambda: project.output(run)[1] == "ready")
    headers = {"Content-Type": "application/octet-stream", "X-CSRF-Token": ada.csrf, "Accept": "application/json"}
    assert ada.send("POST", f"/runs/{run['id']}/input", b"x" * 65_537, headers).status == 413
    assert ada.send("POST", f"/runs/{run['id']}/input", b"\n", headers).status == 204
    assert project.finished(run)[0]["outcome"]["kind"] == "exited"
    assert ada.send("POST", f"/runs/{run['id']}/input", b"\n", headers).status == 409


@pytest.mark.parametrize("value", ["%ff", "%c3%28", "%ed%a0%80", "%00", "%", "%zz"])
def test_a_field_that_is_no_text_is_refused(ada, value):
    body = f"_csrf={ada.csrf}&language=python&name={value}".encode()
    answer = ada.send("POST", "/projects", body, FORM)
    assert answer.status == 400, answer.status
    assert ada.get("/projects").text.count("row-link") == 0


@pytest.mark.parametrize("path", ["/%ff", "/projects/%c0%af", "/projects/1/files/%00", "/%", "/projects/%zz"])
def test_an_address_that_is_no_text_is_refused(ada, path):
    assert ada.get(path).status == 400


def test_bytes_that_are_no_text_in_a_json_body_are_refused(ada):
    project = ada.new_project(program="kept\n")
    content = project.content("main.py")
    headers = {"Content-Type": "application/json", "Accept": "application/json", "X-CSRF-Token": ada.csrf}
    body = b'{"version":%d,"client":"attacker-1","sequence":1,"changes":[5,[0,"\xff\xfe"]]}' % content["version"]
    assert ada.send("POST", f"/documents/{content['id']}/updates", body, headers).status == 400
    body = b'{"path":"\xff.py"}'
    assert ada.send("POST", f"/projects/{project.id}/files", body, headers).status in (400, 422)
    assert project.text() == "kept\n"
    assert project.paths == ["main.py"]


@pytest.mark.parametrize(
    "push",
    [
        "", "null", "[]", "{}", "[" * 100_000, '{"version":' + "9" * 400 + "}", '{"version":-1}',
        '{"version":V,"client":"short","sequence":1,"changes":[5]}',
        '{"version":V,"client":"\\",\\"author\\":\\"grace","sequence":1,"changes":[5]}',
        '{"version":V,"client":"attacker-1","sequence":"1","changes":[5]}',
        '{"version":V,"client":"attacker-1","sequence":1,"changes":"drop"}',
        '{"version":V,"client":"attacker-1","sequence":1,"changes":[5,[0,{"text":"x"}]]}',
        '{"version":V,"client":"attacker-1","sequence":1,"changes":[5,[-1,"x"]]}',
        '{"version":V,"client":"attacker-1","sequence":1,"changes":[5,[0,"a\\nb"]]}',
        '{"version":V,"client":"attacker-1","sequence":1,"changes":[5,[0,"\\ud800"]]}',
        '{"version":V,"client":"attacker-1","sequence":1,"changes":[1e99]}',
        '{"version":V,"client":"attacker-1","sequence":1,"changes":[5],"author":"grace"}',
        '{"version":V,"client":"attacker-1","sequence":1,"changes":[5]} trailing',
        '{"version":9999,"client":"attacker-1","sequence":1,"changes":[5]}',
    ],
    ids=range(19),
)
def test_an_edit_that_is_none_is_refused_and_the_text_kept(ada, push):
    project = ada.new_project(program="kept\n")
    content = project.content("main.py")
    headers = {"Content-Type": "application/json", "Accept": "application/json", "X-CSRF-Token": ada.csrf}
    body = push.replace("V", str(content["version"])).encode()
    answer = ada.send("POST", f"/documents/{content['id']}/updates", body, headers)
    assert answer.status == 400, answer.text
    assert answer.json["status"] == 400
    assert project.content("main.py") == content


def test_an_edit_of_a_text_of_another_length_is_refused(ada):
    project = ada.new_project(program="kept\n")
    content = project.content("main.py")
    for changes in ([4], [6], [2_000_000_000], [[5, "a"], 1], [0, [0, "x"]]):
        push = {"version": content["version"], "client": "attacker-1", "sequence": 1, "changes": changes}
        assert ada.post_json(f"/documents/{content['id']}/updates", push).status in (400, 422), changes
    assert project.content("main.py") == content


@pytest.mark.parametrize(
    "wish",
    [
        {}, {"file": 7}, {"file": None}, {"file": ["main.py"]}, {"file": "../main.py"}, {"file": "/etc/passwd"},
        {"file": "main.py", "rows": "24"}, {"file": "main.py", "rows": 1.5}, {"file": "main.py", "rows": {"$gt": 0}},
    ],
    ids=range(9),
)
def test_a_run_of_what_can_not_be_run_is_refused(ada, wish):
    project = ada.new_project()
    answer = ada.post_json(f"/projects/{project.id}/runs", wish)
    assert answer.status in (400, 422), answer.text


@pytest.mark.parametrize("size", [(0, 0), (-1, 80), (100_000, 100_000), (2**63, 1)], ids=str)
def test_a_terminal_of_an_impossible_size_harms_nobody(ada, size):
    project = ada.new_project(program="import os\nprint(os.get_terminal_size())\ninput()\n")
    answer = ada.post_json(f"/projects/{project.id}/runs", {"file": "main.py", "rows": size[0], "columns": size[1]})
    assert answer.status in (201, 400, 422), answer.text
    run = answer.json["run"] if answer.status == 201 else project.run()
    assert eventually(lambda: "terminal_size" in project.output(run)[1])
    answer = ada.post_json(f"/runs/{run['id']}/size", {"rows": size[0], "columns": size[1]})
    assert answer.status in (204, 400, 422), answer.text
    assert ada.post_json(f"/runs/{run['id']}/cancellation", {}).status == 204
    assert project.finished(run)[0]["outcome"]["kind"] == "cancelled"


@pytest.mark.parametrize("text", ["'; DROP TABLE projects; --", "\" OR 1=1 #", "%' UNION SELECT 1 -- ", "{{ 7 * 7 }}"])
def test_words_of_sql_and_templates_are_words(ada, text):
    project = ada.new_project(text)
    file = project.add(f"{text}.txt", text)
    assert project.text(file["path"]) == text
    assert ada.get_json(f"/projects/{project.id}/files.json")["files"]
    answer = ada.post("/sign-in", {"login": text, "password": text})
    assert answer.status == 422


@pytest.mark.parametrize(
    "path",
    [
        "..", ".", "../x", "a/../../x", "/etc/passwd", "a//b", "a/", "a/./b", "x" * 256, "/".join("a" * 40), "a\0b",
        "a\nb",
        "\u202egpj.exe\x07", "",
    ],
    ids=range(14),
)
def test_a_file_can_not_be_put_where_no_file_can_be(ada, path):
    project = ada.new_project()
    assert ada.post_json(f"/projects/{project.id}/files", {"path": path}).status == 422
    file = project.files[0]["id"]
    assert ada.post_json(f"/files/{file}/path", {"path": path}).status == 422
    assert project.paths == ["main.py"]


def test_a_form_in_a_body_of_another_kind_is_refused(ada):
    body = urllib.parse.urlencode({"name": "x", "language": "python", "_csrf": ada.csrf}).encode()
    for kind in ("text/plain", "application/xml", "multipart/form-data", "multipart/form-data; boundary=x", None):
        headers = {"X-CSRF-Token": ada.csrf, "Content-Type": kind}
        assert ada.send("POST", "/projects", body, headers).status in (400, 415, 422), kind
    headers = {"X-CSRF-Token": ada.csrf, "Content-Type": "text/plain"}
    project = ada.new_project()
    document = project.files[0]["document"]
    body = json.dumps({"version": 0, "client": "attacker-1", "sequence": 1, "changes": [0]}).encode()
    assert ada.send("POST", f"/documents/{document}/updates", body, headers).status == 415
