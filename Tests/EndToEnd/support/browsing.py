"""A browser of somebody's own: a context of the one Chromium, watched."""
from .watch import Watch
from .workbench import Workbench


class Browsing:
    """The tabs of one visitor or person, with the cookies they have."""

    def __init__(self, browser, who, scripts=True, **options):
        self.site = who.site
        self.context = browser.new_context(java_script_enabled=scripts, **options)
        self.context.set_default_timeout(30_000)
        self.watch = Watch(self.context, self.site)
        self.context.add_cookies([
            {
                "name": name, "value": value, "domain": self.site.host, "path": self.site.base or "/", "httpOnly": True,
                "sameSite": "Lax",
            }
            for name, value in who.cookies.items() if name.endswith("session")
        ])

    def page(self, path="/"):
        """A new tab at a path below the base path."""
        page = self.context.new_page()
        page.goto(self.site.url(path))
        return page

    def open(self, project, file="main.py"):
        """A new tab with a project's workbench, ready to type into."""
        bench = Workbench(self.page(project.path(file)))
        bench.wait_until_ready()
        return bench

    def without_scripts(self):
        """Shows pages as a browser does that has scripts switched off, while the test's own (axe) still run."""
        self.watch.allow("net::ERR_FAILED")
        self.context.route("**/*.js", lambda route: route.abort())
        self.context.route("**/*.css", _as_without_scripts)
        return self

    def close(self):
        self.context.close()


def _as_without_scripts(route):
    answer = route.fetch()
    css = answer.text().replace("(scripting: none)", "(min-width: 0)").replace("(scripting: enabled)", "(max-width: 0)")
    route.fulfill(response=answer, body=css)


def slow_uploads(page, bytes_per_second=100_000):
    """What the page sends takes its time from now on; what it gets does not."""
    session = page.context.new_cdp_session(page)
    session.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_per_second,
    })
