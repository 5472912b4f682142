"""Below a base path nothing points elsewhere; at the root no link is dead."""
import html
import re
import urllib.parse

import pytest

from .support.instance import everywhere

ADDRESSES = re.compile(r'\s(?:href|src|action|formaction)="([^"]*)"')


def links_of(page):
    return [html.unescape(link) for link in ADDRESSES.findall(page.text)]


def walk(person, start):
    """Every page that can be reached by links from `start`: its address below the base path, and its answer."""
    pages, waiting = {}, [start]
    while waiting:
        path = waiting.pop()
        if path in pages:
            continue
        pages[path] = answer = person.get(path)
        base = person.site.base
        for value in [*re.findall(r'<a [^>]*?href="([^"]*)"', answer.text), *answer.all("Location")]:
            target = urllib.parse.urldefrag(html.unescape(value)).url
            if target and target not in pages:
                assert target.startswith(base + "/"), f"{target} on {path}"
                waiting.append(target[len(base):])
    return pages


@everywhere
def test_no_link_of_any_page_is_dead_or_leaves_the_site(site, ada):
    project = ada.new_project("Links & more")
    project.add("lib/a b#c?.py")
    pages = walk(ada, "/projects") | walk(ada, "/")
    assert project.path("lib/a b#c?.py") in pages
    for path, answer in pages.items():
        assert answer.status in (200, 303), f"{path}: {answer.status}"
        for link in links_of(answer):
            assert link.startswith((site.base + "/", "#")), f"{link} on {path}"


@everywhere
def test_every_style_script_and_picture_that_a_page_names_is_there(site, ada, visitor):
    project = ada.new_project()
    addresses = set()
    for answer in (visitor.get("/"), ada.get("/projects"), ada.get(project.path("main.py"))):
        addresses |= set(re.findall(r'(?:href|src)="([^"]*/assets/[^"]*)"', answer.text))
        addresses |= set(re.findall(r'"([^"]*/vendor/[^"]*\.js)"', answer.text))
    assert len(addresses) > 8
    for address in addresses:
        answer = visitor.send("GET", address, base=False)
        assert answer.status == 200, address
        assert answer.header("Cache-Control") == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("site", ["based"], indirect=True)
def test_beside_the_base_path_there_is_nothing(site, visitor):
    for path in ("/", "/sign-in", "/projects", "/healthz", "/assets/00000000/shared/base.css", f"{site.base}extra/"):
        assert visitor.send("GET", path, base=False).status == 404, path
    answer = visitor.send("GET", site.base, base=False)
    assert answer.status in (301, 303) and answer.header("Location") == site.base + "/"


@pytest.mark.parametrize("site", ["based"], indirect=True)
def test_cookies_belong_to_the_base_path(site, visitor, ada):
    for answer in (visitor.get("/sign-up"), ada.elsewhere().post("/sign-out")):
        assert answer.all("Set-Cookie")
        for line in answer.all("Set-Cookie"):
            assert f"; Path={site.base};" in line


@pytest.mark.parametrize("site", ["based"], indirect=True)
def test_redirects_stay_below_the_base_path(site, visitor, ada):
    project = ada.new_project()
    answers = [
        visitor.get("/projects"), visitor.get(project.path("main.py")), ada.get("/"),
        ada.get("/sign-in?return=/projects"),
        ada.get(f"/projects/{project.id}"), ada.post(f"/projects/{project.id}/name", {"name": "Other"}),
    ]
    for answer in answers:
        assert answer.status == 303
        assert answer.header("Location").startswith(site.base + "/")
