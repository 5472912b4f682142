"""scripts/stop and the keepers: what dies comes back, and what is stopped is gone, with nothing else."""
import os
import shutil
import signal
import subprocess
import threading
import time

import pytest
from conftest import REPOSITORY, SERVICES, Instance, eventually, script


def start_container(running):
    return running.engine(
        "run", "--detach", "--network", "none", "--stop-signal", "KILL", "--entrypoint", "sleep", "carrel/bash:current",
        "1000",
    )


def test_stop_leaves_no_trace_and_its_neighbour_alone(running):
    neighbour = Instance(base="/next/door")
    try:
        assert neighbour.start().returncode == 0
        assert neighbour.is_healthy() and running.is_healthy()
        start_container(running)
        assert running.traces()
        assert running.stop().returncode == 0
        assert running.traces() == []
        assert neighbour.is_healthy()
    finally:
        neighbour.end()


def test_stopping_what_does_not_run_is_no_error(running):
    running.stop()
    result = running.stop()
    assert result.returncode == 0
    assert "is not running" in result.stdout


@pytest.mark.parametrize("service", SERVICES)
def test_a_part_that_dies_comes_back(running, service):
    before = running.pid(service)
    running.kill(service)
    assert eventually(lambda: running.pid(service) != before and running.is_whole())


def test_no_page_fails_while_the_site_is_killed(running):
    answers = []

    def read():
        end = time.monotonic() + 4
        while time.monotonic() < end:
            answers.append(running.get("/healthz")[0])

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for _ in range(2):
        time.sleep(1)
        running.kill("site")
    for reader in readers:
        reader.join()
    assert len(answers) > 8
    assert set(answers) == {200}


def test_after_a_crash_of_everything_stop_still_ends_all(running):
    start_container(running)
    running.kill(*[f"{service}.keeper" for service in SERVICES], *SERVICES)
    assert running.traces(), "a container is still there"
    assert running.stop().returncode == 0
    assert running.traces() == []


def test_a_container_that_a_crashed_engine_had_not_noted_yet_is_ended_too(running):
    container = start_container(running)
    notes = running.state / "run/dockerd/containerd/daemon/io.containerd.runtime.v2.task/moby" / container
    running.kill(*[f"{service}.keeper" for service in SERVICES], *SERVICES)
    shutil.rmtree(notes)
    assert any(container in trace for trace in running.traces())
    assert running.stop().returncode == 0
    assert running.traces() == []


def test_after_a_crash_of_everything_it_starts_again(running):
    running.kill(*[f"{service}.keeper" for service in SERVICES], *SERVICES)
    result = running.start()
    assert result.returncode == 0, result.stdout
    assert running.is_healthy()


def test_a_number_that_is_somebody_elses_process_by_now_is_left_alone(running):
    running.stop()
    bystander = subprocess.Popen(["sleep", "100"])
    try:
        boot = open("/proc/sys/kernel/random/boot_id").read().strip()
        for name in ("site", "site.keeper"):
            (running.state / "run" / f"{name}.pid").write_text(f"{bystander.pid} 1 {boot}\n")
        assert running.stop().returncode == 0
        assert bystander.poll() is None
    finally:
        bystander.kill()


def test_ctrl_c_ends_a_start_in_the_foreground(running):
    running.stop()
    start = subprocess.Popen(
        [REPOSITORY / "scripts/start", "--port", str(running.port), "--state", running.state],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        env=os.environ | {"CARREL_ENGINE": "own"},
    )
    assert any("Carrel is ready" in line for line in start.stdout)
    os.killpg(start.pid, signal.SIGINT)
    output, _ = start.communicate(timeout=60)
    assert "Carrel has stopped." in output
    assert running.traces() == []


def test_a_foreground_start_that_is_killed_takes_its_programs_along(running):
    running.stop()
    start = subprocess.Popen(
        [REPOSITORY / "scripts/start", "--port", str(running.port), "--state", running.state],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ | {"CARREL_ENGINE": "own"},
    )
    assert any("Carrel is ready" in line for line in start.stdout)
    start.kill()
    start.communicate()
    assert eventually(lambda: not any("/keep " in trace for trace in running.traces()), seconds=40)
    running.stop()
    assert running.traces() == []


def test_the_operators_commands_need_an_instance():
    result = script("carrel", "--state", "/tmp/no-such-state", "routes")
    assert result.returncode == 1
    assert "There is no instance in /tmp/no-such-state" in result.stdout
