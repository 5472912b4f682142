"""What every answer tells the browser never to do."""
import re

from .support.instance import everywhere
from .support.visitor import raw

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@everywhere
def test_pages_errors_redirects_and_json_all_carry_the_same_strict_headers(site, visitor, ada):
    project = ada.new_project()
    answers = [
        visitor.get("/"), visitor.get("/sign-up"), visitor.get("/projects"), visitor.get("/no-such-page"),
        visitor.get("/%ff"),
        visitor.post("/sign-in", {"login": "x"}), visitor.post("/sign-in", csrf=False), ada.get("/projects"),
        ada.get(project.path("main.py")), ada.get(f"/projects/{project.id}/files.json"), ada.get("/sign-out"),
        ada.post("/projects"), ada.get("/healthz"),
    ]
    for answer in answers:
        for name, value in ALWAYS.items():
            assert answer.header(name) == value, (name, answer.status)
        policy = answer.header("Content-Security-Policy")
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy
        assert "unsafe" not in policy and "*" not in policy and "http:" not in policy
        assert "camera=()" in answer.header("Permissions-Policy")
        assert "no-store" in answer.header("Cache-Control") or "no-cache" in answer.header("Cache-Control")
        assert answer.header("Server") == "nginx"
        assert answer.header("X-Powered-By") is None
        assert re.fullmatch(r"[0-9a-f]{32}", answer.header("X-Request-ID"))


@everywhere
def test_scripts_carry_a_number_that_is_used_once(site, ada):
    project = ada.new_project()
    nonces = set()
    for _ in range(3):
        answer = ada.get(project.path("main.py"))
        policy = answer.header("Content-Security-Policy")
        nonce = re.search(r"script-src 'self' 'nonce-([^']+)'", policy)[1]
        assert len(nonce) >= 22
        nonces.add(nonce)
        found = set(re.findall(r'nonce="([^"]*)"', answer.text))
        assert found == {nonce}
        for tag in re.findall(r"<(?:script|style)\b[^>]*>", answer.text):
            assert "nonce=" in tag or 'type="application/json"' in tag, tag
    assert len(nonces) == 3


def test_no_page_has_a_handler_or_a_style_inside_its_tags(ada, visitor):
    project = ada.new_project()
    for answer in (visitor.get("/"), visitor.get("/sign-up"), ada.get("/projects"), ada.get(project.path("main.py"))):
        assert not re.search(r"<[^>]*\s(?:on[a-z]+|style)=", answer.text)


def test_pages_for_members_are_kept_by_no_cache(ada):
    project = ada.new_project()
    for path in ("/projects", project.path("main.py"), "/account/sessions", f"/projects/{project.id}/files.json"):
        assert ada.get(path).header("Cache-Control") == "no-store", path


def test_the_answer_of_nginx_itself_is_as_strict(site):
    answer = raw(site, b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n")
    assert b"nginx/" not in answer
    request = f"POST {site.base}/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: {1 << 40}\r\n\r\n"
    answer = raw(site, request.encode()).decode()
    assert "X-Content-Type-Options: nosniff" in answer
    assert "default-src 'none'" in answer


def test_errors_give_a_number_to_ask_for_help_with(ada):
    answer = ada.get("/no-such-page")
    assert answer.status == 404
    assert answer.header("X-Request-ID") in answer.text
    script = ada.get("/no-such-page", {"Accept": "application/json"})
    assert script.json["request"] == script.header("X-Request-ID")
    assert script.json["status"] == 404


@everywhere
def test_a_page_is_compressed_only_where_its_address_does_not_say_what_is_in_it(visitor, ada):
    project = ada.new_project(program="print('words')\n" * 200)
    takes_it = {"Accept-Encoding": "gzip"}
    for reader, path in (
        (visitor, "/"), (visitor, "/api"), (ada, "/projects?search=print"), (ada, f"/projects/{project.id}/runs"),
        (ada, f"/projects/{project.id}/search?q=print"), (ada, f"/projects/{project.id}/settings?name=print"),
    ):
        assert reader.get(path, headers=takes_it).header("Content-Encoding") is None, path
    assert ada.get(project.path("main.py"), headers=takes_it).header("Content-Encoding") == "gzip"
    assert ada.get(project.path("main.py")).header("Content-Encoding") is None
