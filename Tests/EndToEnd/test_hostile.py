"""While programs that mean harm run, everybody else is served."""
import json
import threading
import time

import pytest

from .support.caller import Caller
from .support.instance import REPOSITORY

ENDINGS = {".py": "python", ".sh": "bash", ".c": "c"}
ATTACKS = sorted(file for file in (REPOSITORY / "Tests/Hostile").iterdir() if file.suffix in ENDINGS)


@pytest.fixture
def attack(person):
    """Sends mallory's programs, two at a time, and gives how each request was answered."""
    callers = [Caller(person("mallory")) for _ in range(2)]
    waiting = list(ATTACKS)
    answers = []

    def send(caller):
        while waiting:
            program = waiting.pop()
            request = {"language": ENDINGS[program.suffix], "version": "*", "files": [{"content": program.read_text()}]}
            answer = caller.ask(request)
            if answer.status == 429:
                waiting.append(program)
                time.sleep(int(answer.header("Retry-After")))
                continue
            answers.append((program.name, answer.status, answer.text[:200]))

    threads = [threading.Thread(target=send, args=(caller,)) for caller in callers]
    for thread in threads:
        thread.start()
    yield threads, answers
    waiting.clear()
    for thread in threads:
        thread.join()


def test_every_page_is_answered_and_other_peoples_programs_run_while_programs_attack(ada, attack):
    threads, answers = attack
    project = ada.new_project(program="print('still here')")
    pages = 0
    runs = 0
    while any(thread.is_alive() for thread in threads):
        for path in ("/healthz", "/projects", f"/projects/{project.id}", "/sign-in"):
            # Somebody who is signed in is sent on from the sign-in page.
            status = ada.get(path).status
            assert status in (200, 303), f"{path} was answered {status}"
            pages += 1
        if pages % 40 == 0:
            run, output = project.finished(project.run())
            assert (run["outcome"]["kind"], output.strip()) == ("exited", "still here"), run
            runs += 1
        time.sleep(0.05)
    refused = [answer for answer in answers if answer[1] != 200]
    assert not refused, refused
    assert len(answers) == len(ATTACKS) >= 60 and pages > 100 and runs > 2, (len(answers), pages, runs)
    # Nothing of all that is in the way of the next.
    assert json.loads(Caller(ada).ask({
        "language": "python", "version": "*", "files": [{"content": "print(sum(range(9)))"}],
    }).text)["run"]["stdout"] == "36\n"
