"""The execute API: programs of other programs, in Piston's words."""
import asyncio
import http.client
import json
import re
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import piston_rspy
import pytest

from .support.caller import Caller
from .support.instance import eventually, everywhere


@pytest.fixture
def caller(ada):
    return Caller(ada)


def job(program, language="python", **more):
    return {"language": language, "version": "*", "files": [{"content": program}], **more}


@everywhere
@pytest.mark.parametrize("root", ["/api/v2", "/api/v2/piston"])
def test_a_client_made_for_piston_needs_an_address_and_a_token(site, person, root):
    token = Caller(person("ada")).token

    async def story():
        client = piston_rspy.Client.with_url_and_key(f"{site.address}{root}", token)
        runtimes = {runtime.language: runtime for runtime in await client.fetch_runtimes()}
        assert {"python", "javascript", "c", "bash"} <= runtimes.keys()
        assert re.fullmatch(r"3\.\d+\.\d+", runtimes["python"].version) and "py" in runtimes["python"].aliases
        program = piston_rspy.File(name="main.py", content="import sys\nprint(input(), sys.argv[1:])\n")
        order = piston_rspy.Executor(language="py", version="3.x", files=[program], stdin="hello", args=["a", "b c"])
        return await client.execute(order)

    # On a thread of its own: the browser's library keeps this one's loop.
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(lambda: asyncio.run(story())).result()
    assert (answer.language, answer.run.stdout, answer.run.code) == ("python", "hello ['a', 'b c']\n", 0)


def test_all_members_of_an_answer_are_there(caller):
    answer = caller.execute("import sys\nprint('out', flush=True)\nprint('err', file=sys.stderr)\nsys.exit(3)")
    run = answer["run"]
    assert set(answer) == {"language", "version", "run"}
    assert set(run) == {
        "stdout", "stderr", "output", "code", "signal", "message", "status", "cpu_time", "wall_time", "memory",
    }
    assert (run["stdout"], run["stderr"], run["output"]) == ("out\n", "err\n", "out\nerr\n")
    assert (run["code"], run["signal"], run["status"]) == (3, None, "RE")
    assert run["wall_time"] > 0 and run["memory"] > 1_000_000
    fine = caller.execute("print()")["run"]
    assert (fine["code"], fine["signal"], fine["status"], fine["message"]) == (0, None, None, None)


def test_compiling_and_running_are_told_apart(caller):
    answer = caller.execute('#include <stdio.h>\nint main(void) { puts("compiled"); }', "c")
    assert answer["compile"]["code"] == 0 and answer["run"]["stdout"] == "compiled\n"
    answer = caller.execute("int main(void) { return x; }", "gcc")
    assert answer["compile"]["status"] == "RE" and "undeclared" in answer["compile"]["stderr"]
    assert answer["run"] == answer["compile"]


def test_files_in_directories_and_in_other_encodings_are_there(caller):
    files = [
        {"name": "start.py", "content": "from lib.words import word\nprint(word, open('data/bytes', 'rb').read())"},
        {"name": "lib/words.py", "content": "d29yZCA9ICdiYXNlNjQn", "encoding": "base64"},
        {"name": "data/bytes", "content": "00ff0a", "encoding": "hex"},
    ]
    answer = caller.ask({"language": "python", "version": "*", "files": files})
    assert answer.json["run"]["stdout"] == "base64 b'\\x00\\xff\\n'\n", answer.text


def test_what_is_read_ends_with_a_line(caller):
    program = "import sys\nprint(repr(sys.stdin.read()))"
    assert caller.execute(program, stdin="one\ntwo")["run"]["stdout"] == "'one\\ntwo\\n'\n"
    assert caller.execute(program, stdin="one\n")["run"]["stdout"] == "'one\\n'\n"
    assert caller.execute(program)["run"]["stdout"] == "''\n"


def test_an_argument_is_one_argument_whatever_is_in_it(caller):
    arguments = ["a b", "line\nbreak; id", "$(id)", "--", "", "-c", "'\"\\"]
    program = "import sys, json\nprint(json.dumps(sys.argv[1:]))"
    assert json.loads(caller.execute(program, args=arguments)["run"]["stdout"]) == arguments


@pytest.mark.parametrize(
    "program, more, status, signal",
    [
        ("while True: pass", {"run_cpu_time": 300}, "TO", "SIGKILL"),
        ("import time\ntime.sleep(9)", {"run_timeout": 400}, "TO", "SIGKILL"),
        ("import os\nos.kill(os.getpid(), 11)", {}, "SG", "SIGSEGV"),
        ("bytearray(80_000_000)", {"run_memory_limit": 40_000_000}, "SG", "SIGKILL"),
        ("while True: print('x' * 60)", {}, "OL", "SIGKILL"),
        ("import sys\nwhile True: sys.stderr.write('x' * 60)", {}, "EL", "SIGKILL"),
    ],
)
def test_what_goes_too_far_is_ended_and_told(caller, program, more, status, signal):
    begin = time.monotonic()
    run = caller.execute(program, **more)["run"]
    assert (run["status"], run["signal"], run["code"]) == (status, signal, None), run
    assert run["message"]
    assert time.monotonic() - begin < 10
    # The same within its limits.
    assert caller.execute("print('fine')", **more)["run"]["status"] is None


@pytest.mark.parametrize("stream, other", [("stdout", "stderr"), ("stderr", "stdout")])
def test_the_beginning_of_a_flood_is_kept(caller, stream, other):
    program = f"import sys\nprint('head', file=sys.{stream})\nwhile True: print('x' * 99, file=sys.{stream})"
    run = caller.execute(program)["run"]
    assert run[stream].startswith("head\nxxx") and len(run[stream]) == 1024 and run[other] == ""


@pytest.mark.parametrize(
    "change, message",
    [
        ({"language": "html", "version": "5.0.0"}, "html-5.0.0 runtime is unknown"),
        ({"version": "2.x"}, "python-2.x runtime is unknown"),
        ({"version": "latest"}, "python-latest runtime is unknown"),
        ({"files": [{"content": "", "encoding": "hex"}]}, "files must include at least one utf8 encoded file"),
        ({"files": []}, "files must include at least one utf8 encoded file"),
        ({"run_timeout": 3001}, "run_timeout cannot exceed the configured limit of 3000"),
        ({"compile_timeout": 10_001}, "compile_timeout cannot exceed the configured limit of 10000"),
        ({"run_timeout": "9"}, "If specified, run_timeout must be a number"),
        ({"run_cpu_time": -1}, "run_cpu_time must be non-negative"),
        ({"files": [{"name": "../up.py", "content": ""}]}, "files[0].name is not a path inside the job"),
        ({"files": [{"name": "/etc/passwd", "content": ""}]}, "files[0].name is not a path inside the job"),
        ({"files": [{"name": "a\nb", "content": ""}]}, "files[0].name is not a path inside the job"),
        ({"files": [{"name": "a", "content": ""}, {"name": "a/b", "content": ""}]}, "a file's name is another file's directory"),
        ({"args": "a"}, "args must be an array of strings"),
        ({"stdin": 1}, "stdin must be a string"),
    ],
)
def test_a_request_that_can_not_be_is_refused_with_the_reason(caller, change, message):
    answer = caller.ask({**job("print()"), **change})
    assert (answer.status, answer.json) == (400, {"message": message})


def test_nobody_gets_in_without_a_token(ada, visitor, caller):
    for somebody in (visitor, ada):
        answer = somebody.send(
            "POST", "/api/v2/execute", json.dumps(job("print()")).encode(), {"Content-Type": "application/json"}
        )
        assert answer.status == 401 and answer.header("WWW-Authenticate") == "Bearer"
        assert somebody.get("/api/v2/runtimes").status == 401
    # Nor does the token open what is for people.
    assert caller.send("GET", "/projects", headers=caller.headers).status == 303


def test_a_job_leaves_nothing_to_the_next(caller):
    spoor = "import os\nprint(os.listdir('.'), os.listdir('/tmp'))\nopen('here', 'w'); open('/tmp/there', 'w')"
    for _ in range(3):
        assert caller.execute(spoor)["run"]["stdout"] == "['file0.code'] []\n"



def test_jobs_that_nobody_waits_for_make_room(caller):
    # A job holds its slot until its container is removed: the last test's must be over for all places to be free.
    time.sleep(2)
    sleeper = job("import time\ntime.sleep(3)")
    left = [caller.leave_behind(sleeper) for _ in range(16)]
    # All of them are known by then, and none is over.
    time.sleep(1.5)
    refused = caller.ask(job("print()"))
    assert refused.status == 429 and int(refused.header("Retry-After")) >= 1, refused.text
    assert "You have 16 jobs running" in refused.json["message"]
    begin = time.monotonic()
    for connection in left:
        connection.close()
    assert eventually(lambda: caller.ask(job("print('room')")).status == 200, seconds=10)
    # Waiting for all of them would take two rounds of three seconds and more.
    assert time.monotonic() - begin < 4


def test_what_was_used_is_written_down_for_whom(site, caller, ada):
    caller.execute("print(sum(range(3_000_000)))")
    command = ["mariadb", "--no-defaults", "--batch", f"--socket={site.settings['CARREL_DATABASE_SOCKET']}", "--user=root"]
    sql = (
        f"SELECT language, cpu_ms > 0, memory_bytes > 0 FROM `{site.settings['CARREL_DATABASE']}`.executions e "
        f"JOIN `{site.settings['CARREL_DATABASE']}`.users u ON u.id = e.user WHERE u.username = '{ada.name}'"
    )
    rows = subprocess.run([*command, "--skip-column-names", "--execute", sql], check=True, text=True, capture_output=True)
    assert rows.stdout.split() == ["python", "1", "1"]


def test_the_operator_makes_a_token_too(site, ada):
    token = site.carrel("token", "add", "--username", ada.name).strip()
    caller = Caller(ada)
    caller.headers["Authorization"] = f"Bearer {token}"
    assert caller.execute("print('operator')")["run"]["stdout"] == "operator\n"
    assert token not in "".join(path.read_text(errors="replace") for path in (site.state / "log").glob("*.log"))


@pytest.mark.kills
@pytest.mark.parametrize("victim", ["runner", "dockerd"])
def test_a_job_that_is_lost_is_told_and_the_next_one_runs(site, caller, victim):
    answers = []
    sleeper = threading.Thread(target=lambda: answers.append(caller.ask(job("import time\ntime.sleep(2.5)"))))
    sleeper.start()
    time.sleep(1)
    site.kill(victim)
    sleeper.join()
    assert answers[0].status == 503 and int(answers[0].header("Retry-After")) > 0, answers[0].text
    assert eventually(lambda: caller.ask(job("print('again')")).status == 200, seconds=60)


def test_the_openapi_document_is_one(visitor):
    document = visitor.get("/api/openapi.json").json
    assert document["openapi"].startswith("3.1")
    operation = document["paths"]["/api/v2/execute"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert schema["required"] == ["language", "version", "files"]
    assert operation["security"] == [{"token": []}] and "token" in document["components"]["securitySchemes"]
