"""What can be had from the front door besides pages: assets, and nothing else."""
import base64
import hashlib
import hmac
import http.client
import re
import socket
import time

import pytest

from .support.instance import everywhere
from .support.visitor import raw


@everywhere
def test_only_assets_are_served_from_the_folders_of_the_templates(site, visitor):
    vendor = ("vendor/codemirror/index.js", "vendor/xterm/index.js", "vendor/xterm/xterm.css")
    for name in ("shared/base.css", "shared/page.js", "shared/mark.svg", *vendor):
        answer = visitor.send("GET", f"{site.assets}/{name}", base=False)
        assert answer.status == 200, name
        assert answer.header("X-Content-Type-Options") == "nosniff"
    for name in (
        "shared/layout.html", "accounts/sign-in.html", "projects/workbench.html", "shared/", "", "vendor/",
        "vendor/codemirror/",
        "vendor/LICENSE", "shared/layout.html/x.css", "shared/base.css/", "shared/base.css%00.html",
        "shared/layout.html%00.css",
        "shared/layout.html;.css", "shared/layout.html%3f.css", ".git/config.js", "shared/base.css.gz",
        "shared/base.css.br", "shared/base.css~",
    ):
        assert visitor.send("GET", f"{site.assets}/{name}", base=False).status in (400, 403, 404), name


@everywhere
@pytest.mark.parametrize(
    "way",
    [
        "x/../../etc/{}", "../etc/{}", "../../../etc/{}", "..%2f..%2fetc%2f{}", "%2e%2e/%2e%2e/etc/{}",
        "%2e%2e%2fetc%2f{}",
        "..%252f..%252fetc/{}", "..\\..\\etc\\{}", "..%5c..%5cetc%5c{}", "vendor/../../etc/{}",
        "vendor/..%2f..%2f..%2fetc/{}",
        "....//....//etc/{}", "%c0%ae%c0%ae/%c0%ae%c0%ae/etc/{}", "shared/..;/..;/etc/{}", "/etc/{}", "..%00/etc/{}",
    ],
)
def test_no_way_leads_out_of_the_folders(site, way):
    secret = (site.state / "etc/secret").read_bytes()
    for name in ("secret", "site.env", "nginx.conf", "secret.js", "passwd"):
        target = f"{site.assets}/{way.format(name)}".encode()
        answer = raw(site, b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        status = int(answer.split(b" ", 2)[1])
        assert status in (301, 303, 400, 403, 404), (way, status)
        assert secret not in answer and b"CARREL_" not in answer and b"root:" not in answer


@everywhere
def test_the_hub_is_not_to_be_had_from_outside(site, visitor, ada):
    hub = ("/-/hub/", "/-/hub/?ticket=x", "/-/hub/x", "/-/hub", "/%2d/hub/?ticket=x", "/-//hub/")
    for somebody in (visitor, ada):
        for path in (*hub, "/-/errors/502.html"):
            assert somebody.get(path).status == 404, path


def test_nobody_sees_the_ticket_that_lets_a_reader_in(site, ada):
    project = ada.new_project()
    request = (
        f"GET {site.base}/live?c=project/{project.id} HTTP/1.1\r\nHost: {site.host}:{site.port}\r\n"
        f"Cookie: {'; '.join(f'{name}={value}' for name, value in ada.cookies.items())}\r\n\r\n"
    )
    answer = raw(site, request.encode()).decode()
    assert answer.startswith("HTTP/1.1 200")
    assert "text/event-stream" in answer
    assert "ticket" not in answer.lower() and "x-accel" not in answer.lower()


class Hub:
    """The hub's own socket, which only nginx and root can reach, and tickets sealed with the site's secret."""

    def __init__(self, site):
        self.socket = site.settings["CARREL_HUB_SOCKET"]
        secret = bytes.fromhex((site.state / "etc/secret").read_text().strip())
        self.key = hmac.digest(secret, b"carrel live ticket 1", hashlib.sha256)

    def ticket(self, *channels, expires=30, key=None):
        lines = ["1", str(int((time.time() + expires) * 1_000)), "abc123", "made-by-a-test", *channels]
        payload = "\n".join(lines).encode()
        seal = hmac.digest(key or self.key, payload, hashlib.sha256)
        return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (payload, seal))

    def status(self, ticket):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(10)
            connection.connect(self.socket)
            connection.sendall(f"GET /-/hub/?ticket={ticket} HTTP/1.1\r\nHost: hub\r\n\r\n".encode())
            response = http.client.HTTPResponse(connection)
            response.begin()
            return response.status


def test_a_ticket_lets_one_reader_in_once_while_it_is_fresh(site):
    hub = Hub(site)
    good = hub.ticket("project/1")
    assert hub.status(good) == 200
    assert hub.status(good) == 401
    assert hub.status(hub.ticket("project/1", expires=-1)) == 401


def test_a_ticket_that_was_not_made_here_lets_nobody_in(site):
    hub = Hub(site)
    payload, seal = hub.ticket("project/1").split(".")
    more = base64.urlsafe_b64encode(base64.urlsafe_b64decode(payload + "==") + b"\nproject/2").decode().rstrip("=")
    assert hub.status(f"{more}.{seal}") == 403
    assert hub.status(hub.ticket("project/1", key=b"x" * 32)) == 403
    assert hub.status(f"{payload}.{'A' * 43}") == 403
    for made_up in ("", "x", ".", "..", payload, f".{seal}", "A" * 20_000, "%00", "%0d%0aX: y"):
        assert 400 <= hub.status(made_up) < 500, made_up


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/sign-out", "POST"), ("/projects/1/deletion", "POST"), ("/files/1/deletion", "POST"),
        ("/runs/1/cancellation", "POST"),
        ("/account/sessions/revocations", "POST"), ("/documents/1/text", "POST"),
    ],
)
def test_nothing_is_changed_by_a_get(ada, path, allowed):
    for method in ("GET", "HEAD"):
        answer = ada.send(method, path)
        assert answer.status == 405
        assert answer.header("Allow") == allowed


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "BREW", "get", "CONNECT"])
def test_methods_that_no_page_uses_are_refused(site, ada, method):
    project = ada.new_project()
    headers = {"X-CSRF-Token": ada.csrf, "X-HTTP-Method-Override": "POST"}
    assert ada.send(method, f"/projects/{project.id}/deletion", headers=headers).status in (400, 403, 405, 501)
    assert ada.send(method, f"/projects/{project.id}", headers=headers).status in (400, 403, 405, 501)
    assert project.paths == ["main.py"]


def test_a_method_in_a_header_or_a_field_is_not_the_method(ada):
    project = ada.new_project()
    path = f"/projects/{project.id}/deletion"
    assert ada.get(path, {"X-HTTP-Method-Override": "POST"}).status == 405
    assert ada.get(f"{path}?_method=POST&_csrf={ada.csrf}").status == 405
    assert ada.post(f"/projects/{project.id}/name", {"name": "x", "_method": "DELETE"}).status == 303
    assert project.paths == ["main.py"]


def test_head_is_get_without_the_body(ada, visitor):
    for somebody, path in ((visitor, "/"), (ada, "/projects"), (visitor, "/no-such-page")):
        answer, whole = somebody.send("HEAD", path), somebody.get(path)
        assert answer.status == whole.status and answer.body == b""
        assert re.sub("nonce-[^']*", "", answer.header("Content-Security-Policy")) == re.sub(
            "nonce-[^']*", "", whole.header("Content-Security-Policy")
        )
