"""How long the browser's page is busy with each key that is typed into the middle of a file of one megabyte, by the browser's
own trace: all that its main thread does from one key to the next, painting included."""
import json

from carrel_bench.desk import new_program
from carrel_bench.instance import Browser
from carrel_bench.report import median, percentile, say, seconds
from playwright.sync_api import sync_playwright

LINE = "value = compute(value, 'a line of a program that is long enough to look like one')  # {:06}\n"
SIZE = 1 << 20
KEYS = 200
# Milliseconds between two keys: about as fast as anybody types.
PAUSE = 60
FRAME = 0.016


def typed(chromium, instance):
    """Seconds that the page was busy with each key."""
    browser = Browser(instance).sign_in(*instance.new_person())
    lines = [LINE.format(number) for number in range(SIZE // len(LINE.format(0)))]
    project, path, _ = new_program(browser, "".join(lines))
    context = chromium.new_context()
    context.add_cookies(
        [{"name": name, "value": value, "url": instance.origin} for name, value in browser.cookies.items()]
    )
    page = context.new_page()
    page.goto(f"{instance.origin}{instance.base}/projects/{project}/files/{path}")
    page.wait_for_selector("html.enhanced .cm-content")
    page.click(".cm-content")
    for _ in range(20):
        page.keyboard.press("PageDown")
    page.wait_for_timeout(1000)
    chromium.start_tracing(page=page, categories=["devtools.timeline", "disabled-by-default-devtools.timeline"])
    for number in range(KEYS):
        page.keyboard.type("abcdefghij "[number % 11])
        page.wait_for_timeout(PAUSE)
    trace = json.loads(chromium.stop_tracing())["traceEvents"]
    context.close()
    return busy_by_key(trace)


def busy_by_key(trace):
    """Per key press, how long the tasks of the thread that heard it took until the next."""
    heard = [
        event for event in trace
        if event["name"] == "EventDispatch" and event["args"].get("data", {}).get("type") == "keydown"
    ]
    thread = (heard[0]["pid"], heard[0]["tid"])
    tasks = [
        event for event in trace
        # What the browser's own scheduler notes besides is the same time once more.
        if event["name"] == "RunTask" and (event["pid"], event["tid"]) == thread
    ]
    starts = sorted({event["ts"] for event in heard if (event["pid"], event["tid"]) == thread})
    busy = [0] * len(starts)
    for task in tasks:
        # The task in which a key is heard began a little before it.
        key = sum(start <= task["ts"] + task["dur"] for start in starts) - 1
        if key >= 0:
            busy[key] += task["dur"] / 1e6
    return busy


def measure(instance, report):
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        busy = typed(chromium, instance)
        chromium.close()
    say(f"{len(busy)} keys, the middle one {seconds(median(busy))}, the longest {seconds(max(busy))}")
    report.figure("page busy with a key at 1 MB, p95", percentile(busy, 0.95), at_most=FRAME)
