"""How long the browser's page is busy with each key that is typed into a file of one megabyte, by the browser's own
trace: all that its main thread does until it has drawn the letter. New lines of a program are typed between its lines,
and then letters at the end of one of its longest, where each makes the editor scroll. Beside it, the same typed at the
same place into a CodeMirror of the same size on a page of its own, with nothing around it."""
import json

from carrel_bench.chromium import ProgramPage, chromium
from carrel_bench.report import median, percentile, say, seconds

LINE = "value = compute(value, 'a line of a program that is long enough to look like one')  # {:06}\n"
SIZE = 1 << 20
WORD = [*"abcdefghij", "Space"]
NEW_LINES = (WORD * 4 + ["Enter"]) * 2 + WORD
AT_AN_END = WORD * 6
LARGE = 4_900_000
ROUNDS = 3
# Milliseconds between two keys: about as fast as anybody types.
PAUSE = 60
FRAME = 0.016
# What a trace has more slows down what is traced.
TRACED = ["devtools.timeline", "toplevel"]
BARE = """<!doctype html><title>Bare</title><body style="margin: 0"><script type="module">
import { EditorView, basicSetup, languages } from "%(editor)s"
const python = await languages.find(language => language.name === "Python").load()
const text = await (await fetch("/bare.py")).text()
const view = new EditorView({ doc: text, extensions: [basicSetup, python], parent: document.body })
view.dom.style.width = "%(width)dpx"
view.dom.style.height = "%(height)dpx"
document.documentElement.className = "enhanced"
</script>"""


def busy_with(browser, page):
    """Seconds that the page was busy with each key, as `busy_by_key` counts: of new lines, and of a long one."""
    page.wait_for_selector("html.enhanced .cm-content")
    page.click(".cm-line >> nth=2")
    page.keyboard.press("Control+Home")
    for _ in range(20):
        page.keyboard.press("PageDown")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    of_lines = busy_typing(browser, page, NEW_LINES)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    return of_lines, busy_typing(browser, page, AT_AN_END)


def busy_typing(browser, page, keys):
    page.wait_for_timeout(1000)
    browser.start_tracing(page=page, categories=TRACED)
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(PAUSE)
    return busy_by_key(json.loads(browser.stop_tracing())["traceEvents"])


def typed_here(browser, instance, text):
    """As `busy_with` on the workbench's page, the address of the editor's modules, and the editor's size."""
    program = ProgramPage(instance, text)
    context = program.new_context(browser)
    page = context.new_page()
    page.goto(program.address)
    busy = busy_with(browser, page)
    editor = page.locator("link[rel=modulepreload]").get_attribute("href")
    size = page.locator(".cm-editor").bounding_box()
    context.close()
    return busy, editor, size


def typed_bare(browser, instance, text, editor, size):
    """As `busy_with` on a page with nothing but the editor."""
    html = BARE % {"editor": editor, "width": size["width"], "height": size["height"]}
    context = browser.new_context()
    page = context.new_page()
    page.route("**/bare", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.route("**/bare.py", lambda route: route.fulfill(body=text, content_type="text/plain"))
    page.goto(f"{instance.origin}/bare")
    busy = busy_with(browser, page)
    context.close()
    return busy


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
    tasks, frames = (of_thread(trace, thread, name) for name in ("ThreadControllerImpl::RunTask", "Layerize"))
    starts = sorted({event["ts"] for event in heard if (event["pid"], event["tid"]) == thread})
    to_frame, to_next = [], []
    for start, end in zip(starts, starts[1:]):
        # The task in which a key is heard began a little before it, and so did the next one's.
        of_key = [task for task in tasks if start <= task["ts"] + task["dur"] < end]
        frame = next(frame["ts"] for frame in frames if frame["ts"] > start)
        to_next.append(sum(task["dur"] for task in of_key) / 1e6)
        to_frame.append(sum(task["dur"] for task in of_key if task["ts"] <= frame) / 1e6)
    return to_frame, to_next


def measure(instance, report):
    text = program_of(SIZE)
    ours, bare = [], []
    with chromium() as browser:
        for number in range(ROUNDS):
            say(f"round {number + 1} of {ROUNDS}")
            busy, editor, size = typed_here(browser, instance, text)
            ours.append(busy)
            bare.append(typed_bare(browser, instance, text, editor, size))
        say("the same in the largest file that can be edited")
        (large, _), _, _ = typed_here(browser, instance, program_of(LARGE))
    (new_lines, at_an_end), (bare_new_lines, bare_at_an_end) = of_rounds(ours), of_rounds(bare)
    to_frame, to_next = new_lines
    say(f"{len(to_frame)} keys, the longest {seconds(max(to_frame))}, in the bare editor {seconds(max(bare_new_lines[0]))}")
    report.figure("page busy until a key is drawn, at 1 MB, p95", percentile(to_frame, 0.95), at_most=FRAME)
    report.figure("the same, median, a bare editor", median(to_frame), median(bare_new_lines[0]))
    report.figure("until it is drawn, at 4.9 MB, p95", percentile(large[0], 0.95), percentile(to_frame, 0.95))
    report.figure("page busy until the next key, p95", percentile(to_next, 0.95), percentile(bare_new_lines[1], 0.95))
    report.figure(
        "until it is drawn, at the longest line's end, p95", percentile(at_an_end[0], 0.95),
        percentile(bare_at_an_end[0], 0.95)
    )


def program_of(size):
    return "".join(LINE.format(number) for number in range(size // len(LINE.format(0))))


def of_rounds(rounds):
    """The seconds of all rounds: of new lines and of a long line, each until drawn and until the next key."""
    return [
        [[second for busy in rounds for second in busy[kind][until]] for until in range(2)] for kind in range(2)
    ]
