"""Files that browsers show by themselves: shown as what they are, and able to do nothing."""
import re

import pytest
from playwright.sync_api import expect

from .support import samples
from .support.instance import everywhere
from .support.visitor import Visitor
from .support.workbench import Workbench

# The viewer that Chromium has for PDF files is a part of Chromium, and asks for parts of its own.
VIEWER = "chrome-extension://"
VIEWERS_PARTS = r"chrome(-extension)?://"
HURT = "document.title = 'hurt'; parent.document.title = 'hurt'; top.location = '/hurt'"
PAGE = f"<!DOCTYPE html><title>page</title><script>{HURT}</script>\xff".encode("latin-1")
DRAWING = f"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="60" height="60"
    onload="{HURT}"><script>{HURT}</script><image href="/projects" width="9" height="9"/>
    <foreignObject width="60" height="60"><body xmlns="http://www.w3.org/1999/xhtml" onload="{HURT}">
    <iframe src="javascript:{HURT}"/><form action="/sign-out" method="post"><button>x</button></form></body>
    </foreignObject>
    <a xlink:href="javascript:{HURT}"><rect width="60" height="60" fill="teal"/></a></svg>
"""
DIMENSIONS = "image => [image.complete, image.naturalWidth]"
# How long it takes until a player knows its file: -1 when it can't play it.
LENGTH = """player => new Promise(done => {
    const look = () => player.error ? done(-1) : player.readyState > 0 ? done(player.duration) : setTimeout(look, 20)
    look()
})"""
SEEK = """(player, time) => new Promise(done => {
    player.addEventListener("seeked", () => done(player.currentTime), { once: true })
    player.currentTime = time
})"""


def upload(project, *files):
    answer = project.owner.post_files(f"/projects/{project.id}/uploads", "files", files)
    assert answer.status == 200 and not answer.json["leftOut"], answer.text


def content(project, path):
    return f"/files/{project.file(path)['id']}/content"


def expect_shown_by_the_viewer(page):
    for _ in range(100):
        if any(frame.url.startswith(VIEWER) for frame in page.frames):
            return
        page.wait_for_timeout(100)
    raise AssertionError([frame.url for frame in page.frames])


@pytest.fixture
def sky(ada):
    return ada.new_project("Night sky")


def test_pictures_sound_film_and_pdf_are_shown_where_the_file_is_opened(browser, sky, browse):
    upload(
        sky, ("owl.png", samples.png()), ("tone.wav", samples.wav()), ("film.webm", samples.film(browser)),
        ("paper.pdf", samples.pdf()),
    )
    browsing = browse(sky.owner)
    browsing.watch.allow(VIEWERS_PARTS)
    bench = browsing.open(sky)
    page = bench.page
    for path in ("owl.png", "tone.wav", "film.webm", "paper.pdf"):
        # From the tree, with scripts: the page of such a file is another one.
        bench.row(path).click()
        expect(page).to_have_title(f"{path} – Night sky")
        expect(page.locator("html.enhanced")).to_have_count(1)
        shown = page.locator(".blob .media")
        expect(shown).to_be_visible()
        if path == "owl.png":
            assert shown.evaluate(DIMENSIONS) == [True, 240]
        elif path == "paper.pdf":
            expect_shown_by_the_viewer(page)
        else:
            assert shown.evaluate(LENGTH) > 0.4
        bench = Workbench(page)


def test_they_are_shown_without_scripts_too(sky, browse):
    upload(sky, ("owl.png", samples.png()), ("tone.wav", samples.wav()), ("paper.pdf", samples.pdf()))
    browsing = browse(sky.owner, scripts=False)
    browsing.watch.allow(VIEWERS_PARTS)
    page = browsing.page(sky.path("owl.png"))
    expect(page.get_by_role("img", name="owl.png")).to_be_visible()
    page.goto(sky.owner.site.url(sky.path("tone.wav")))
    expect(page.locator("audio[controls]")).to_be_visible()
    page.goto(sky.owner.site.url(sky.path("paper.pdf")))
    expect(page.locator("iframe[title='paper.pdf']")).to_be_visible()
    expect(page.get_by_role("link", name="Download", exact=True)).to_be_visible()


def test_a_player_goes_to_a_place_without_reading_all_before_it(sky, browse):
    upload(sky, ("long.wav", samples.wav(seconds=600)))
    page = browse(sky.owner).page(sky.path("long.wav"))
    parts = []
    page.on("response", lambda answer: parts.append(answer.headers.get("content-range")))
    player = page.locator("audio")
    assert round(player.evaluate(LENGTH)) == 600
    assert round(player.evaluate(SEEK, 590)) == 590
    starts = [int(re.match(r"bytes (\d+)-", part)[1]) for part in parts if part]
    assert any(start > 4_000_000 for start in starts), parts


@everywhere
def test_nothing_that_a_drawing_holds_runs_on_its_page_or_at_its_own_address(ada, browse):
    project = ada.new_project("Drawings")
    project.add("owl.svg", DRAWING)
    project.add("README.md", "![an owl](owl.svg)\n")
    browsing = browse(ada)
    for path, view in (("owl.svg", "picture"), ("README.md", "rendered")):
        view = f"/files/{project.file(path)['id']}/{view}"
        page = browsing.page(view)
        picture = page.locator("main img")
        assert picture.evaluate(DIMENSIONS) == [True, 60]
        picture.click()
        assert "hurt" not in page.title() and page.url.endswith(view)
    # Whoever opens it gets a file to keep.
    with page.expect_download() as download:
        page.evaluate("address => { location = address }", ada.site.url(content(project, "owl.svg")))
    assert download.value.suggested_filename == "owl.svg"
    assert page.url.endswith("/rendered")


@everywhere
@pytest.mark.parametrize("name", ["x.pdf", "x.mp4", "x.png", "x.svg", "x.html", "x.webm"])
def test_a_page_with_the_name_of_something_else_is_never_shown(ada, browse, name):
    project = ada.new_project("Disguises")
    upload(project, (name, PAGE))
    browsing = browse(ada)
    page = browsing.page(project.path(name))
    expect(page.locator(".blob")).to_contain_text("is not text")
    assert page.locator(".media").count() == 0
    with page.expect_download():
        page.evaluate("address => { location = address }", ada.site.url(content(project, name)))
    # Not inside of another page of the same site either, whatever that page asks for.
    page.evaluate("""address => {
        for (const [tag, name] of [["iframe", "src"], ["object", "data"], ["embed", "src"], ["script", "src"]]) {
            const part = document.createElement(tag)
            part.setAttribute(name, address)
            document.body.append(part)
        }
    }""", ada.site.url(content(project, name)))
    browsing.watch.allow("Content Security Policy", "violates", "Refused", "ERR_BLOCKED")
    page.wait_for_timeout(300)
    assert page.title() == f"{name} – Disguises"
    assert all(frame.url in ("about:blank", page.url) or "error" in frame.url for frame in page.frames)


def test_at_its_own_address_a_file_is_of_no_origin_and_a_pdf_is_saved(sky, browse):
    upload(sky, ("tone.wav", samples.wav()), ("paper.pdf", samples.pdf()), ("owl.png", samples.png()))
    browsing = browse(sky.owner)
    browsing.watch.allow(VIEWERS_PARTS, "Content Security Policy", "sandboxed", "violates")
    for path in ("tone.wav", "owl.png"):
        page = browsing.page(content(sky, path))
        # There is nothing of the site's that such a document could reach.
        assert page.evaluate("origin") == "null", path
        page.close()
    # A PDF could lead a tab of its own away.
    page = browsing.page("/projects")
    with page.expect_download():
        page.evaluate("address => { location = address }", sky.owner.site.url(content(sky, "paper.pdf")))


def test_a_pdf_that_acts_by_itself_leads_nowhere(sky, browse):
    other = sky.owner.site.url("/projects?hurt")
    acts = [
        f"<< /S /URI /URI ({other}) >>", f"<< /S /JavaScript /JS (app.launchURL\\('{other}', false\\);) >>",
        f"<< /S /JavaScript /JS (this.getURL\\('{other}', false\\);) >>",
        f"<< /S /SubmitForm /F << /FS /URL /F ({other}) >> /Flags 4 >>",
        f"<< /S /JavaScript /JS (this.submitForm\\('{other}'\\);) >>",
        "<< /S /JavaScript /JS (app.alert\\('hurt'\\);) >>",
    ]
    upload(sky, *((f"{number}.pdf", samples.pdf(act=act)) for number, act in enumerate(acts)))
    browsing = browse(sky.owner)
    browsing.watch.allow(VIEWERS_PARTS, "frame", "Framing", "Content Security Policy", "ERR_")
    for number in range(len(acts)):
        page = browsing.page(sky.path(f"{number}.pdf"))
        page.wait_for_timeout(1_500)
        assert page.url.endswith(f"{number}.pdf") and len(browsing.context.pages) == 1, acts[number]
        # It may lead its frame away, but the page of ours around it lets in nothing from elsewhere, and no page of ours
        # lets itself be shown there.
        assert not [frame.url for frame in page.frames if "hurt" in frame.url], acts[number]
        page.close()


def test_a_page_that_is_about_no_pdf_lets_nothing_into_a_frame(sky, browse):
    upload(sky, ("paper.pdf", samples.pdf()), ("owl.png", samples.png()))
    frame = """address => new Promise(done => {
        document.addEventListener("securitypolicyviolation", event => done(event.effectiveDirective))
        const frame = document.createElement("iframe")
        frame.src = address
        document.body.append(frame)
        setTimeout(() => done("shown"), 3000)
    })"""
    browsing = browse(sky.owner)
    browsing.watch.allow("Content Security Policy", "violates", "ERR_BLOCKED", "frame", VIEWERS_PARTS)
    address = sky.owner.site.url(content(sky, "paper.pdf"))
    page = browsing.page("/projects")
    assert page.evaluate(frame, address) == "frame-src"
    # A page about a PDF lets in what lets itself be: no page of the site, and no other file.
    page = browsing.page(sky.path("paper.pdf"))
    expect(page.locator("iframe")).to_have_count(1)
    for path in ("/projects", "/account/sessions", content(sky, "owl.png")):
        page.evaluate("""address => new Promise(done => {
            const frame = document.createElement("iframe")
            frame.className = "second"
            frame.addEventListener("load", done)
            frame.src = address
            document.querySelector(".second")?.remove()
            document.body.append(frame)
        })""", sky.owner.site.url(path))
        page.wait_for_timeout(500)
        shown = [frame.url for frame in page.frames]
        assert any(url.startswith("chrome-error:") for url in shown), shown
        assert not any(url.endswith(path) for url in shown), shown


def test_a_visitor_sees_what_members_see(sky, browse):
    upload(sky, ("owl.png", samples.png()), ("paper.pdf", samples.pdf()), ("tone.wav", samples.wav()))
    sky.add("moon.svg", samples.OWL)
    assert sky.owner.post(f"/projects/{sky.id}/visibility", {"visibility": "public"}).status == 303
    place = f"/@{sky.owner.name}/night-sky"
    visitor = Visitor(sky.owner.site)
    browsing = browse(visitor)
    browsing.watch.allow(VIEWERS_PARTS)
    page = browsing.page(f"{place}/files/owl.png")
    assert page.locator("img.media").evaluate(DIMENSIONS) == [True, 240]
    page.goto(sky.owner.site.url(f"{place}/files/moon.svg"))
    assert page.locator("img.media").evaluate(DIMENSIONS) == [True, 240]
    expect(page.locator(".visit-code")).to_contain_text("<circle")
    page.goto(sky.owner.site.url(f"{place}/files/tone.wav"))
    assert page.locator("audio").evaluate(LENGTH) > 0
    page.goto(sky.owner.site.url(f"{place}/files/paper.pdf"))
    expect(page.locator("iframe.media")).to_be_visible()
    # A private project's files are nobody's.
    assert visitor.get(f"{place}/content/owl.png").status == 200
    assert sky.owner.post(f"/projects/{sky.id}/visibility", {"visibility": "private"}).status == 303
    assert visitor.get(f"{place}/content/owl.png").status == 404
    assert visitor.get(f"{place}/content/moon.svg").status == 404


def test_a_flood_of_ranges_is_answered_once_with_the_file(sky):
    upload(sky, ("tone.wav", samples.wav(seconds=60)))
    path = content(sky, "tone.wav")
    size = 44 + 60 * 8_000
    many = "bytes=" + ",".join(f"{start}-" for start in range(1_000))
    answer = sky.owner.get(path, {"Range": many})
    assert answer.status == 200 and len(answer.body) == size
    answer = sky.owner.get(path, {"Range": "bytes=100-199"})
    assert answer.status == 206 and len(answer.body) == 100
    assert answer.header("Content-Range") == f"bytes 100-199/{size}"
    assert answer.header("Content-Length") == "100"
    answer = sky.owner.get(path, {"Range": f"bytes={1 << 70}-"})
    assert answer.status == 416 and answer.header("Content-Range") == f"bytes */{size}"
    head = sky.owner.send("HEAD", path, headers={"Range": "bytes=0-1"})
    assert (head.status, head.header("Content-Length"), head.body) == (200, str(size), b"")
