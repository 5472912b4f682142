"""Each static check finds what it is for."""
import shutil
import subprocess

import pytest
from conftest import REPOSITORY


@pytest.fixture
def copy(tmp_path):
    """A small repository with our scripts and nothing else."""
    shutil.copytree(REPOSITORY / "scripts", tmp_path / "scripts")
    shutil.copytree(REPOSITORY / ".ci", tmp_path / ".ci")
    for name in (".swift-format", ".shellcheckrc"):
        shutil.copy(REPOSITORY / name, tmp_path)
    for name in ("Sources", "Tests", "Templates", "nginx"):
        (tmp_path / name).mkdir()
    (tmp_path / "Package.swift").write_text("// swift-tools-version: 6.1\n")
    (tmp_path / "Templates/a.js").write_text("export const one = 1\n")
    return tmp_path


def lint(copy, name):
    return subprocess.run(
        ["bash", "-c", f"set -eu; source scripts/lib/carrel.bash; source scripts/lib/lint.bash; lint_{name}"],
        cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )


@pytest.mark.parametrize("name, path, text", [
    ("swift", "Sources/Bad.swift", "let  a=1\n"),
    ("shell", "scripts/bad", "#!/bin/bash\nrm -rf $1/*\n"),
    ("javascript", "Templates/bad.js", "let a = 1;\n"),
    ("javascript", "Templates/bad.js", f"let a = \"{'x' * 120}\"\n"),
    ("lengths", "Sources/Bad.swift", "// a line\n" * 401),
    ("units", "scripts/systemd/carrel-bad.service", "[Service]\nExecStart=/bin/false\nNoSuchSetting=1\n"),
    ("units", "scripts/systemd/carrel-open.service", "[Service]\nExecStart=/bin/false\n"),
])
def test_a_fault_is_found(copy, name, path, text):
    assert lint(copy, name).returncode == 0, "the copy is clean before"
    (copy / path).write_text(text)
    result = lint(copy, name)
    assert result.returncode != 0
    assert path.split("/")[-1] in result.stdout


def tally(commands):
    return subprocess.run(
        ["bash", "-c", f"set -eu; cd {REPOSITORY}; source scripts/lib/say.bash; source scripts/lib/tally.bash; {commands}"],
        stdout=subprocess.PIPE, text=True,
    )


def test_the_last_line_adds_up_all_suites():
    result = tally("count one 3 0; check two true; finish")
    assert (result.returncode, result.stdout.splitlines()[-1]) == (0, "4 passed, 0 failed")


@pytest.mark.parametrize("commands, last", [
    ("count one 3 1; finish", "3 passed, 1 failed"),
    ("count one 3 0; check two false || true; finish", "3 passed, 1 failed"),
    ("count one 3 0; count empty 0 0; finish", "3 passed, 1 failed"),
    ("finish", "0 passed, 0 failed"),
])
def test_a_failure_or_a_suite_without_tests_fails_the_whole(commands, last):
    result = tally(commands)
    assert result.returncode != 0
    assert result.stdout.splitlines()[-1] == last


def test_the_benchmarks_fail_when_a_figure_does(tmp_path):
    shutil.copytree(REPOSITORY / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("bench.d"))
    groups = tmp_path / "scripts/bench.d"
    groups.mkdir()
    for name, result in (("good", "pass"), ("bad", "FAIL")):
        (groups / name).write_text(f"#!/bin/sh\necho '{name} figure | 1 ms | 2 ms | 0.5 | <= 1 | {result}'\n")
        (groups / name).chmod(0o755)
    bench = lambda *arguments: subprocess.run([tmp_path / "scripts/bench", *arguments], capture_output=True, text=True)
    assert bench("good").returncode == 0
    assert bench("bad").returncode == 1
    assert bench().returncode == 1
    assert bench("unknown").returncode == 1
    assert '"name": "good figure"' in bench("--json", "good").stdout
