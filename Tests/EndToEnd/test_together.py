"""One text in several tabs: everybody has the same in the end, and nothing that was typed is lost."""
import pytest
from playwright.sync_api import expect

from .support.instance import eventually, everywhere

# Types a word so many times, once every few milliseconds, without waiting for anybody. `typing` ends when it is done.
TYPE_MUCH = """([word, count]) => {
    window.typing = new Promise(done => {
        let left = count
        const timer = setInterval(() => {
            document.querySelector(".cm-content").focus()
            document.execCommand("insertText", false, word)
            left -= 1
            if (left > 0) return
            clearInterval(timer)
            done()
        }, 7)
    })
    return null
}"""

# The last word of a page that goes away does not arrive.
LOSE_LAST_WORDS = """() => {
    const send = window.fetch
    window.fetch = (url, options) => options?.keepalive ? Promise.reject(new Error("lost")) : send(url, options)
}"""


def same_text(benches, project):
    """Waits until all have saved and show what the site has; gives that text."""
    for bench in benches:
        bench.expect_saved()
    eventually(lambda: {bench.text for bench in benches} == {project.text()})
    text = project.text()
    for bench in benches:
        assert bench.text == text
    return text


@everywhere
def test_what_is_typed_in_one_tab_appears_in_the_other(site, ada, browse):
    project = ada.new_project(program="middle\n")
    browsing = browse(ada)
    first, second = browsing.open(project), browsing.open(project)
    first.type_at_start("first ")
    expect(second.code).to_contain_text("first middle")
    second.type_at_end("last")
    expect(first.code).to_contain_text("last")
    assert same_text([first, second], project) == "first middle\nlast"


@pytest.mark.parametrize("devices", [1, 2], ids=["one browser", "two browsers"])
def test_two_who_type_at_the_same_time_end_with_the_same_text(ada, browse, devices):
    project = ada.new_project(program="\n")
    browsings = [browse(ada), browse(ada.elsewhere())][:devices]
    for browsing in browsings:
        browsing.watch.allow("status of 409")  # how the authority says that somebody was faster
    first, second = browsings[0].open(project), browsings[-1].open(project)
    first.code.focus()
    first.page.keyboard.press("Control+Home")
    second.code.focus()
    second.page.keyboard.press("Control+End")
    first.page.evaluate(TYPE_MUCH, ["a", 150])
    second.page.evaluate(TYPE_MUCH, ["b", 150])
    for bench in (first, second):
        bench.page.evaluate("() => window.typing")
    text = same_text([first, second], project)
    assert (text.count("a"), text.count("b"), text.count("\n")) == (150, 150, 1)


def test_each_tab_undoes_its_own_typing_only(ada, browse):
    project = ada.new_project(program="")
    browsing = browse(ada)
    first, second = browsing.open(project), browsing.open(project)
    first.type_at_start("mine ")
    expect(second.code).to_contain_text("mine")
    second.type_at_end("yours")
    expect(first.code).to_contain_text("mine yours")
    first.code.focus()
    first.page.keyboard.press("Control+Z")
    expect(second.code).to_have_text("yours")
    assert same_text([first, second], project) == "yours"


def test_ten_tabs_over_http_1_1_all_hear_every_edit(ada, browse):
    project = ada.new_project(program="")
    browsing = browse(ada)
    benches = [browsing.open(project) for _ in range(10)]
    benches[0].type_at_end("from the first ")
    for bench in benches:
        expect(bench.code).to_contain_text("from the first")
    benches[9].type_at_end("and from the last")
    for bench in benches:
        expect(bench.code).to_have_text("from the first and from the last")
    # Pages, too, are still answered: the live stream has not taken all connections.
    assert benches[5].page.reload(timeout=20_000).status == 200


def test_a_browser_without_shared_workers_hears_everything_too(ada, browse):
    project = ada.new_project(program="")
    browsing = browse(ada)
    browsing.context.add_init_script("delete window.SharedWorker")
    first, second = browsing.open(project), browsing.open(project)
    first.type_at_end("alone ")
    expect(second.code).to_contain_text("alone")
    second.type_at_end("together")
    expect(first.code).to_have_text("alone together")


def test_typing_goes_on_without_a_network_and_is_sent_when_it_is_back(ada, browse):
    project = ada.new_project(program="on the server\n")
    away, here = browse(ada), browse(ada.elsewhere())
    away.watch.allow_outage()
    away.watch.allow("status of 409")
    traveller, neighbour = away.open(project), here.open(project)

    away.context.set_offline(True)
    traveller.type_at_end("from the train")
    expect(traveller.save_state).to_contain_text("Offline –")
    expect(traveller.save_state).to_contain_text("wait")
    neighbour.type_at_start("from home ")
    neighbour.expect_saved()
    assert project.text() == "from home on the server\n"

    away.context.set_offline(False)
    assert same_text([traveller, neighbour], project) == "from home on the server\nfrom the train"


def test_a_program_is_not_started_while_its_last_words_can_not_be_saved(ada, browse):
    browsing = browse(ada)
    browsing.watch.allow_outage()
    bench = browsing.open(ada.new_project(program="print('as it was')\n"))
    browsing.context.set_offline(True)
    bench.replace("print('as it is')\n")
    bench.run()
    bench.expect_output("Not started: what you typed can’t be saved now.")
    browsing.context.set_offline(False)
    bench.expect_saved()
    bench.run()
    bench.expect_output("as it is")


def test_what_could_not_be_sent_survives_a_reload(ada, browse):
    project = ada.new_project(program="")
    browsing = browse(ada)
    browsing.watch.allow_outage()
    browsing.context.add_init_script(f"({LOSE_LAST_WORDS})()")
    bench = browsing.open(project)
    bench.page.on("dialog", lambda dialog: dialog.accept())
    updates = "**/documents/*/updates"  # posts; what is asked for has a query
    browsing.context.route(updates, lambda route: route.abort())
    bench.type_at_end("not yet sent")
    expect(bench.save_state).to_contain_text("Offline –")
    bench.page.reload()
    expect(bench.code).to_have_text("not yet sent")
    assert project.text() == ""
    browsing.context.unroute(updates)
    bench.expect_saved()
    assert project.text() == "not yet sent"


def test_what_could_not_be_sent_of_a_file_that_is_not_shown_is_sent_after_a_reload(ada, browse):
    project = ada.new_project(program="")
    project.add("lib/b.py")
    browsing = browse(ada)
    browsing.watch.allow_outage()
    browsing.context.add_init_script(f"({LOSE_LAST_WORDS})()")
    bench = browsing.open(project, "lib/b.py")
    bench.page.on("dialog", lambda dialog: dialog.accept())
    bench.row("main.py").click()
    expect(bench.code).to_have_accessible_name("Code of main.py")
    bench.page.keyboard.press("Alt+PageUp")
    expect(bench.code).to_have_accessible_name("Code of lib/b.py")
    updates = "**/documents/*/updates"
    browsing.context.route(updates, lambda route: route.abort())
    bench.type_at_end("kept")
    expect(bench.save_state).to_contain_text("Offline –")
    bench.page.keyboard.press("Alt+PageDown")
    expect(bench.code).to_have_accessible_name("Code of main.py")
    bench.page.reload()
    expect(bench.save_state).to_contain_text("Offline –")
    expect(bench.page.get_by_role("navigation", name="Open files")).to_contain_text("not saved yet")
    browsing.context.unroute(updates)
    bench.expect_saved()
    assert project.text("lib/b.py") == "kept"


def test_what_was_typed_just_before_the_page_was_left_arrives_once(ada, browse):
    project = ada.new_project(program="")
    bench = browse(ada).open(project)
    bench.type_at_end("at the last moment")
    bench.page.goto(ada.site.url("/projects"))
    assert eventually(lambda: project.text() == "at the last moment"), project.text()
    bench.page.go_back()
    bench.wait_until_ready()
    assert bench.text == project.text() == "at the last moment"


def test_an_answer_that_was_lost_on_the_way_does_not_double_the_edit(ada, browse):
    project = ada.new_project(program="")
    browsing = browse(ada)
    browsing.watch.allow_outage()
    bench = browsing.open(project)
    lost = []

    def lose_the_first_answer(route):
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    browsing.context.route("**/documents/*/updates*", lose_the_first_answer)
    bench.type_at_end("once")
    bench.expect_saved()
    assert lost == [200]
    assert project.text() == bench.text == "once"


def test_characters_of_all_kinds_arrive_as_they_were_typed(ada, browse):
    project = ada.new_project(program="")
    browsing = browse(ada)
    first, second = browsing.open(project), browsing.open(project)
    text = "grüße 🪴👩🏽‍🔬 例 é \t</script><!-- &amp; ${x} ' \" \\\n\n  end  "
    first.replace(text)
    assert same_text([first, second], project) == text
    first.page.reload()
    first.wait_until_ready()
    assert first.text == text
