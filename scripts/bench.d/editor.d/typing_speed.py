"""How long the browser's page is busy with each key that is typed into the middle of a file of one megabyte, by the
browser's own trace: all that its main thread does until it has painted the key."""
import json

from carrel_bench.chromium import ProgramPage, chromium
from carrel_bench.report import median, percentile, say, seconds

LINE = "value = compute(value, 'a line of a program that is long enough to look like one')  # {:06}\n"
SIZE = 1 << 20
KEYS = 200
# Milliseconds between two keys: about as fast as anybody types.
PAUSE = 60
FRAME = 0.016


def typed(browser, instance):
    """Seconds that the page was busy with each key, as `busy_by_key` counts."""
    lines = [LINE.format(number) for number in range(SIZE // len(LINE.format(0)))]
    program = ProgramPage(instance, "".join(lines))
    page = program.new_context(browser).new_page()
    page.goto(program.address)
    page.wait_for_selector("html.enhanced .cm-content")
    page.click(".cm-content")
    for _ in range(20):
        page.keyboard.press("PageDown")
    page.wait_for_timeout(1000)
    browser.start_tracing(page=page, categories=["devtools.timeline", "disabled-by-default-devtools.timeline"])
    for number in range(KEYS):
        page.keyboard.type("abcdefghij "[number % 11])
        page.wait_for_timeout(PAUSE)
    return busy_by_key(json.loads(browser.stop_tracing())["traceEvents"])


def of_thread(trace, thread, name):
    """The trace's events of a name on a thread, in their order; the last may have no end, and is left out then."""
    events = [
        event for event in trace
        if event["name"] == name and (event["pid"], event["tid"]) == thread and "dur" in event
    ]
    return sorted(events, key=lambda event: event["ts"])


def busy_by_key(trace):
    """Per key press: how long the tasks of the thread that heard it took until its frame was handed to the compositor, and
    until the next key, which adds what is drawn and sent after that."""
    heard = [
        event for event in trace
        if event["name"] == "EventDispatch" and event["args"].get("data", {}).get("type") == "keydown"
    ]
    thread = (heard[0]["pid"], heard[0]["tid"])
    tasks, commits = (of_thread(trace, thread, name) for name in ("RunTask", "Commit"))
    starts = sorted({event["ts"] for event in heard if (event["pid"], event["tid"]) == thread})
    to_frame, to_next = [], []
    for start, end in zip(starts, starts[1:]):
        # The task in which a key is heard began a little before it, and so did the next one's.
        of_key = [task for task in tasks if start <= task["ts"] + task["dur"] < end]
        frame = next(commit["ts"] for commit in commits if commit["ts"] > start)
        to_next.append(sum(task["dur"] for task in of_key) / 1e6)
        to_frame.append(sum(task["dur"] for task in of_key if task["ts"] <= frame) / 1e6)
    return to_frame, to_next


def measure(instance, report):
    with chromium() as browser:
        to_frame, to_next = typed(browser, instance)
    say(f"{len(to_frame)} keys, the middle one {seconds(median(to_frame))}, the longest {seconds(max(to_frame))}")
    report.figure("page busy until a key is drawn, at 1 MB, p95", percentile(to_frame, 0.95), at_most=FRAME)
    report.figure("page busy until the next key, p95", percentile(to_next, 0.95))
