"""What nginx does by itself: assets, limits, error pages, and what it keeps to itself."""
import re
import time

from conftest import eventually


def version(running):
    return re.search(r"^CARREL_ASSET_VERSION=(\S+)", (running.state / "etc/site.env").read_text(), re.M)[1]


def test_assets_of_this_release_may_be_kept_for_ever_and_others_are_asked_for_again(running):
    for name in ("vendor/codemirror/index.js", "vendor/xterm/index.js", "vendor/xterm/xterm.css"):
        status, headers, body = running.get(f"/assets/{version(running)}/{name}")
        assert (status, headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert body
        assert running.get(f"/assets/00000000/{name}")[1]["Cache-Control"] == "no-cache"


def test_assets_come_compressed_to_who_takes_it(running):
    path = f"/assets/{version(running)}/vendor/codemirror/index.js"
    assert running.get(path, headers={"Accept-Encoding": "gzip"})[1]["Content-Encoding"] == "gzip"
    assert running.get(path)[1]["Content-Encoding"] is None


def test_nothing_but_assets_is_served_from_their_folders(running):
    templates = running.state / "release/Templates"
    page = next(templates.rglob("*.html")).relative_to(templates)
    for path in (page, "../etc/secret", "vendor/../../etc/site.env", "..%2f..%2fetc%2fsecret.js", "vendor/LICENSE"):
        assert running.get(f"/assets/{version(running)}/{path}")[0] == 404, path


def test_the_hub_and_the_error_pages_are_not_to_be_had_from_outside(running):
    for path in ("/-/hub/?ticket=made-up", "/-/hub/", "/-/errors/502.html"):
        assert running.get(path)[0] == 404, path


def test_a_body_that_is_too_large_is_refused_with_a_page_or_json(running):
    body = b"x" * (2 << 20)
    status, headers, page = running.get("/sign-in", method="POST", data=body)
    assert (status, headers["Content-Type"]) == (413, "text/html; charset=utf-8")
    assert b"That is too large" in page
    assert "style-src 'sha256-" in headers["Content-Security-Policy"]
    status, headers, _ = running.get("/sign-in", method="POST", data=body, headers={"Accept": "application/json"})
    assert (status, headers["Content-Type"]) == (413, "application/json")


def test_sign_in_is_slowed_down_and_pages_are_not(running):
    answers = [running.get("/sign-in", method="POST", data=b"login=mallory&password=guess")[0] for _ in range(60)]
    assert 429 in answers
    assert {running.get("/healthz")[0] for _ in range(60)} == {200}


def test_the_log_has_neither_queries_nor_one_time_addresses(running):
    running.get("/projects?search=a-private-thing")
    running.get("/setup/a-secret-token")
    log = running.state / "log/access.log"
    # Each worker of nginx writes what it has every two seconds.
    assert eventually(lambda: all(path in log.read_text() for path in ("GET /projects ", "GET /setup/... ")))
    text = log.read_text()
    assert "a-private-thing" not in text
    assert "a-secret-token" not in text


def test_it_does_not_tell_its_version(running):
    assert running.get("/healthz")[1]["Server"] == "nginx"
