"""What a browser with nothing in its cache fetches until a file of 2,000 lines can be edited, and how long that takes
beside the same page without its scripts."""
from carrel_bench.chromium import ProgramPage, chromium
from carrel_bench.report import in_turn, median

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


def open_once(browser, program, scripts):
    """Bytes over the wire and seconds until the editor can be used, or until the page is there without one."""
    context = program.new_context(browser, java_script_enabled=scripts)
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
    page.goto(program.address, wait_until="commit" if scripts else "load")
    if scripts:
        page.wait_for_selector("html.enhanced")
        took = page.evaluate("usable") / 1000
        fetched = {program.address, *page.evaluate(FETCHED)}
    else:
        took = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd") / 1000
        fetched = set(sizes)
    context.close()
    return sum(size for address, size in sizes.items() if address in fetched), took


def kilobytes(value):
    return f"{value / 1000:.0f} KB"


def measure(instance, report):
    with chromium() as browser:
        program = ProgramPage(instance, LINES)
        open_once(browser, program, True)
        rounds = in_turn({
            "editor": lambda: open_once(browser, program, True), "plain": lambda: open_once(browser, program, False)
        })
    fetched, took = (median(values) for values in zip(*rounds["editor"]))
    _, plain = (median(values) for values in zip(*rounds["plain"]))
    report.figure("bytes until the editor can be used", fetched, at_most=MOST, show=kilobytes)
    report.figure("seconds until then, the page without scripts", took, plain)
