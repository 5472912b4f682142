"""scripts/start: what it refuses, in one sentence each, and what it does when all is there."""
import os
import pathlib
import re
import socket
import tempfile
import time

import pytest
from conftest import Instance, free_port, script


def one_sentence(result):
    """The only line of a start that was refused."""
    assert result.returncode == 1
    [line] = result.stdout.splitlines()
    return line


def test_only_root_may_start_it():
    assert "must be started by root" in one_sentence(script("start", user="nobody"))


def test_a_taken_port_is_refused():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with tempfile.TemporaryDirectory(dir="/tmp") as state:
            assert f"Port {port} is taken" in one_sentence(script("start", "--port", port, "--state", state))


@pytest.mark.parametrize("arguments, words", [
    (("--port", "0"), "must be a number from 1 to 65535"),
    (("--port", "70000"), "must be a number from 1 to 65535"),
    (("--port",), "--port needs a value"),
    (("--base-path", "carrel"), "must look like /carrel"),
    (("--base-path", "/a b"), "must look like /carrel"),
    (("--base-path", "/a//b"), "must look like /carrel"),
    (("--quickly",), "--quickly is not an option"),
])
def test_a_wrong_option_is_refused(arguments, words):
    assert words in one_sentence(script("start", *arguments))


def test_a_runtime_whose_name_is_none_is_refused():
    assert "must be a runtime's name" in one_sentence(script("start", CARREL_RUNTIME='runsc", "x": "y'))


def test_a_machine_without_swift_is_refused():
    result = script("start", "--port", free_port(), PATH="/usr/sbin:/usr/bin:/sbin:/bin")
    assert "no Swift compiler in PATH" in one_sentence(result)


def test_a_state_directory_that_the_site_cannot_reach_is_refused():
    with tempfile.TemporaryDirectory(dir="/tmp") as closed:
        os.chmod(closed, 0o700)
        result = script("start", "--port", free_port(), "--state", f"{closed}/state")
        assert result.returncode == 1
        assert f"because {closed} is closed to it" in result.stdout


def test_a_state_directory_too_deep_for_sockets_is_refused():
    result = script("start", "--port", free_port(), "--state", "/tmp/" + "deep/" * 20)
    assert "too long for Unix sockets" in one_sentence(result)


def test_an_instance_that_runs_is_not_started_twice(running):
    assert "is running already" in one_sentence(running.start())
    assert running.is_healthy()


def test_the_second_start_builds_nothing_and_takes_less_than_15_seconds(running):
    running.stop()
    began = time.monotonic()
    result = running.start()
    assert result.returncode == 0, result.stdout
    assert time.monotonic() - began < 15
    assert "nothing has changed" in result.stdout
    assert "building" not in result.stdout.lower().replace("building carrel", "").replace("building language", "")


def test_it_says_what_it_does_and_where_the_site_is(running):
    running.stop()
    lines = running.start().stdout.splitlines()
    steps = [line for line in lines if re.match(r"\[\d+/\d+\] .*…$", line)]
    assert [line.split("]")[0] for line in steps] == [f"[{n}/{len(steps)}" for n in range(1, len(steps) + 1)]
    ready = f"Carrel is ready at http://127.0.0.1:{running.port}/"
    assert ready in lines
    offer = lines[lines.index(ready) + 1]
    assert re.fullmatch(rf"Make the first administrator account at http://127\.0\.0\.1:{running.port}/setup/\S+", offer)
    assert running.get(offer.removeprefix(f"Make the first administrator account at http://127.0.0.1:{running.port}"))[0] == 200


def test_each_part_runs_as_its_own_user(running):
    def user(service):
        status = pathlib.Path(f"/proc/{running.pid(service)}/status").read_text()
        return int(re.search(r"^Uid:\s+(\d+)", status, re.M)[1])

    import pwd
    assert user("site") == pwd.getpwnam("carrel").pw_uid
    assert user("mariadb") == pwd.getpwnam("mysql").pw_uid
    assert user("runner") == user("dockerd") == user("nginx") == 0


def test_nobody_else_may_reach_its_sockets(running):
    import subprocess
    for path in ("run/runner/runner.sock", "run/site/site.sock", "run/site/hub.sock", "run/mariadb/mysql.sock",
                 "run/dockerd/docker.sock", "etc/secret", "etc/runner.json", "log/access.log"):
        assert (running.state / path).exists(), path
        for right in ("-r", "-w"):
            refused = subprocess.run(["setpriv", "--reuid", "nobody", "--clear-groups", "test", right, running.state / path])
            assert refused.returncode == 1, (path, right)


def test_the_self_check_finds_nothing_wrong(running):
    result = script("carrel", "--state", running.state, "check")
    assert result.returncode == 0, result.stdout
    assert "FAIL" not in result.stdout
