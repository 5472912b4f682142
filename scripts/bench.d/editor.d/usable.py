"""What a browser with nothing in its cache fetches until a file of 2,000 lines can be edited, and how long that takes beside
the same page without its scripts."""
from carrel_bench.desk import new_program
from carrel_bench.instance import Browser
from carrel_bench.report import in_turn, median
from playwright.sync_api import sync_playwright

LINES = "".join(f"def number_{line}(value):\n    return value * {line} + len('{line:08}')\n" for line in range(1000))
MOST = 300_000

# Says when the editor can be used, by the page's own clock, which no waiting from outside is exact enough for.
WATCH = """
new MutationObserver((_, observer) => {
  if (!document.documentElement.classList.contains("enhanced")) return
  window.usable = performance.now()
  observer.disconnect()
}).observe(document, { attributes: true, subtree: true, attributeFilter: ["class"] })
"""
# What had arrived by then, by address.
FETCHED = """performance.getEntriesByType("resource").filter(entry => entry.responseEnd <= usable).map(entry => entry.name)"""


class Reader:
    """Somebody whose browser knows nothing of the site yet, each time."""

    def __init__(self, chromium, instance):
        self.chromium = chromium
        self.instance = instance
        browser = Browser(instance).sign_in(*instance.new_person())
        project, path, _ = new_program(browser, LINES)
        self.address = f"{instance.origin}{instance.base}/projects/{project}/files/{path}"
        self.cookies = [{"name": name, "value": value, "url": instance.origin} for name, value in browser.cookies.items()]

    def open(self, scripts):
        """Bytes over the wire and seconds until the editor can be used, or until the page is there without one."""
        context = self.chromium.new_context(java_script_enabled=scripts)
        context.add_cookies(self.cookies)
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        addresses, sizes = {}, {}
        devtools.on("Network.requestWillBeSent", lambda event: addresses.update(
            {event["requestId"]: event["request"]["url"]}
        ))
        devtools.on("Network.loadingFinished", lambda event: sizes.update(
            {addresses[event["requestId"]]: event["encodedDataLength"]}
        ))
        if scripts:
            page.add_init_script(WATCH)
        page.goto(self.address, wait_until="commit" if scripts else "load")
        if scripts:
            page.wait_for_function("window.usable")
            took = page.evaluate("usable") / 1000
            fetched = {self.address, *page.evaluate(FETCHED)}
        else:
            took = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd") / 1000
            fetched = set(sizes)
        context.close()
        return sum(size for address, size in sizes.items() if address in fetched), took


def kilobytes(value):
    return f"{value / 1000:.0f} KB"


def measure(instance, report):
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        reader = Reader(chromium, instance)
        reader.open(True)
        rounds = in_turn({"editor": lambda: reader.open(True), "plain": lambda: reader.open(False)})
        chromium.close()
    fetched, took = (median(values) for values in zip(*rounds["editor"]))
    _, plain = (median(values) for values in zip(*rounds["plain"]))
    report.figure("bytes until the editor can be used", fetched, at_most=MOST, show=kilobytes)
    report.figure("seconds until then, the page without scripts", took, plain)
