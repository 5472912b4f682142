"""What programs did is kept: a list of runs, and their output as a file."""
import re

from playwright.sync_api import expect

from .support.instance import everywhere


@everywhere
def test_the_history_tells_of_every_run_the_newest_first(person, browse):
    ada = person("ada")
    project = ada.new_project(program="print('first')\n")
    project.finished(project.run())
    project.save("main.py", "import sys\nsys.exit(7)\n")
    project.finished(project.run())
    page = browse(ada, scripts=False).page(project.path("main.py"))
    page.get_by_role("link", name="Runs", exact=True).click()
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Ended with code 7")
    expect(rows.nth(1)).to_contain_text("Finished normally")
    rows.nth(1).get_by_role("link").first.click()
    expect(page.get_by_label("Output")).to_have_text("first\n")
    page.get_by_role("link", name="All runs").click()
    expect(rows).to_have_count(2)


def test_a_long_history_comes_in_pages(ada):
    project = ada.new_project(program="print()\n")
    for _ in range(52):
        run = project.run()
        project.finished(run)
    first = ada.get(f"/projects/{project.id}/runs").text
    following = re.search(r"/runs\?before=(\d+)", first)[1]
    second = ada.get(f"/projects/{project.id}/runs?before={following}").text
    numbers = [int(number) for page in (first, second) for number in re.findall(r'/runs/(\d+)"', page)]
    assert len(numbers) == 52 and numbers == sorted(numbers, reverse=True)
    assert "?before=" not in second
    # What is no number asks for the newest, like none.
    assert re.findall(r'/runs/(\d+)"', ada.get(f"/projects/{project.id}/runs?before=x").text)[0] == str(numbers[0])


def test_terminals_are_no_part_of_the_history(ada):
    project = ada.new_project()
    run = ada.post_json(f"/projects/{project.id}/terminals", {}).json["run"]
    assert "No runs yet" in ada.get(f"/projects/{project.id}/runs").text
    ada.post_json(f"/runs/{run['id']}/cancellation", {})


def test_output_is_a_file_as_it_was_printed(ada):
    project = ada.new_project(program="print('<b>bold</b>', '\\x1b[31mred\\x1b[0m')\n")
    run, _ = project.finished(project.run())
    answer = ada.get(f"/runs/{run['id']}/output.txt")
    assert answer.body == b"<b>bold</b> \x1b[31mred\x1b[0m\r\n"
    assert answer.header("Content-Type") == "text/plain; charset=utf-8"
    assert answer.header("Content-Disposition") == f'attachment; filename="run-{run["id"]}.txt"'
    assert answer.header("X-Content-Type-Options") == "nosniff"


def test_a_file_of_long_output_says_what_is_missing_where(ada):
    project = ada.new_project(program="print('begin')\nfor n in range(300_000): print(n)\nprint('end')\n")
    run, _ = project.finished(project.run(), seconds=60)
    text = ada.get(f"/runs/{run['id']}/output.txt").text
    assert text.startswith("begin") and text.rstrip().endswith("end")
    assert re.search(r"\n\[… \d+ bytes were not kept …\]\n", text)
