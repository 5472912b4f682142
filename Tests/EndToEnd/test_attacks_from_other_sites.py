"""Requests that another site makes somebody's browser send, and redirects that would lead there."""
import re

import pytest

EVIL = "https://evil.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": EVIL}, {"Origin": "null"}, {"Origin": ""}, {"Origin": "{origin}.evil.example"},
        {"Origin": "https://{host}"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
        {"Origin": EVIL, "Host": "evil.example", "Sec-Fetch-Site": "cross-site"},
    ],
    ids=str,
)
def test_a_change_that_comes_from_elsewhere_is_refused_even_with_a_token(site, ada, headers):
    project = ada.new_project("Untouched")
    sent = {
        name: value.format(origin=site.origin, host=f"{site.host}:{site.port}") for name, value in headers.items()
    }
    answer = ada.post(f"/projects/{project.id}/name", {"name": "Touched"}, sent)
    assert answer.status == 403
    assert "Untouched" in ada.get("/projects").text


def test_a_change_that_comes_from_here_is_carried_out(site, ada):
    project = ada.new_project("Before")
    headers = {"Origin": site.origin, "Sec-Fetch-Site": "same-origin"}
    assert ada.post(f"/projects/{project.id}/name", {"name": "After"}, headers).status == 303
    assert "After" in ada.get("/projects").text


def test_a_change_without_a_token_or_with_somebody_elses_is_refused(ada, mallory, visitor):
    project = ada.new_project("Untouched")
    path = f"/projects/{project.id}/name"
    for token in ("", "x", "A" * 43, mallory.csrf, visitor.csrf, ada.elsewhere().csrf):
        assert ada.post(path, {"name": "Touched", "_csrf": token}).status == 403, token
        headers = {"X-CSRF-Token": token}
        assert ada.post(path, {"name": "Touched"}, headers, csrf=False).status == 403, token
    assert ada.post(path, {"name": "Touched"}, csrf=False).status == 403
    assert ada.get(f"{path}?name=Touched&_csrf={ada.csrf}").status == 405
    answer = ada.send("POST", path, b'{"name":"Touched"}', {"Content-Type": "application/json"})
    assert answer.status in (403, 415)
    assert "Untouched" in ada.get("/projects").text


def test_a_token_from_before_sign_in_is_worthless_after(site, visitor, ada):
    token = visitor.csrf
    answer = visitor.post("/sign-in", {"login": ada.name, "password": ada.password})
    assert answer.status == 303
    assert visitor.post("/projects", {"name": "x", "language": "python", "_csrf": token}).status == 403


def test_nobody_is_signed_in_or_out_by_another_site(ada, mallory, visitor):
    fields = {"login": mallory.name, "password": mallory.password}
    assert visitor.post("/sign-in", fields, csrf=False).status == 403
    assert ada.post("/sign-out", csrf=False).status == 403
    assert ada.get("/projects").status == 200


@pytest.mark.parametrize(
    "target",
    [
        EVIL, "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/%09/evil.example",
        "\t//evil.example",
        "/\t/evil.example", "javascript:alert(1)", "http:evil.example", "evil.example", "/projects\r\nX-Evil: 1",
        "@evil.example",
        "/" + "a" * 5_000, "/.//evil.example",
    ],
    ids=range(15),
)
def test_sign_in_leads_to_no_other_site(site, ada, visitor, target):
    answer = visitor.post("/sign-in", {"login": ada.name, "password": ada.password, "return": target})
    assert answer.status == 303
    assert answer.header("X-Evil") is None
    location = answer.header("Location")
    assert re.match(r"^/[^/\\\t\r\n]", location) and location.startswith(site.base + "/"), location


def test_sign_in_leads_back_to_where_somebody_wanted_to_go(site, ada, visitor):
    answer = visitor.get("/projects/new")
    assert answer.header("Location") == f"{site.base}/sign-in?return=%2Fprojects%2Fnew"
    answer = visitor.post("/sign-in", {"login": ada.name, "password": ada.password, "return": "/projects/new"})
    assert answer.header("Location") == f"{site.base}/projects/new"


def test_a_host_that_is_not_ours_gets_into_no_page(ada, visitor):
    for somebody in (visitor, ada):
        for path in ("/", "/sign-in", "/projects", "/no-such-page"):
            answer = somebody.get(path, {"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
            assert "evil.example" not in answer.text + str(answer.headers), path
