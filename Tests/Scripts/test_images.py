"""Languages of the operator's own beside those of the catalogue, and what is told while images are built."""
import json
import subprocess

import pytest

from conftest import REPOSITORY

CATALOGUE = REPOSITORY / "Sources/Languages/Catalogue"


@pytest.fixture
def state(tmp_path):
    """A state directory with a language of its own."""
    folder = tmp_path / "languages/wordy"
    folder.mkdir(parents=True)
    (folder / "language.json").write_text(json.dumps({"id": "wordy", "version": ["wordy", "--version"]}))
    (folder / "Dockerfile").write_text("FROM carrel/base\n")
    return tmp_path


def shell(state, commands, **options):
    """Runs commands as the scripts do, with their libraries, for a state directory; gives what they print."""
    text = f"set -euo pipefail\nsource scripts/lib/carrel.bash\nuse_instance {state}\n{commands}\n"
    command = ["bash", "-c", text]
    return subprocess.run(command, cwd=REPOSITORY, text=True, capture_output=True, timeout=60, **options)


def lines(state, commands):
    result = shell(state, commands)
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


def told(state):
    return {file.name: file.read_text().splitlines() for file in (state / "run/images").iterdir()}


def test_a_folder_in_the_state_directory_is_a_language(state):
    shipped = {folder.parent.name for folder in CATALOGUE.glob("*/language.json")}
    assert set(lines(state, "languages")) == shipped | {"wordy"}
    assert lines(state, "language_folder wordy; language_folder python") == [
        str(state / "languages/wordy"), str(CATALOGUE / "python")
    ]
    assert "wordy" in lines(state, "CARREL_IMAGES=python later_languages")
    assert lines(state, "CARREL_IMAGES=wordy first_languages") == ["wordy"]
    assert shell(state, "CARREL_IMAGES=worded first_languages").returncode == 1


def test_programs_are_given_one_catalogue_of_both(state):
    lines(state, f"copy_languages {state}/all")
    assert (state / "all/wordy/language.json").is_file() and (state / "all/python/samples").is_dir()


def test_a_language_of_the_operator_comes_instead_of_one_of_the_same_name(state):
    folder = state / "languages/python"
    folder.mkdir()
    (folder / "language.json").write_text("{}")
    before = lines(state, "language_hash c")
    lines(state, f"copy_languages {state}/all")
    assert [path.name for path in (state / "all/python").iterdir()] == ["language.json"]
    assert lines(state, "languages").count("python") == 1
    assert lines(state, "language_hash c") == before, "the others need no new image"


def test_a_language_that_is_made_of_a_part_of_the_host_is_one_only_where_the_host_has_it(state, tmp_path):
    program = state / "languages/wordy/host"
    part = tmp_path / "part"
    program.write_text(f'#!/bin/sh\nset -eu\ncat {part} 2>/dev/null\n[ $# -eq 0 ] || cp {part} "$1"\n')
    program.chmod(0o755)
    assert "wordy" not in lines(state, "languages")
    part.write_text("first")
    before = lines(state, "language_hash wordy; language_hash python")
    assert "wordy" in lines(state, "languages")
    assert lines(state, f"host_part wordy {tmp_path}/copy; host_part python {tmp_path}/none") == ["first"]
    assert (tmp_path / "copy").read_text() == "first" and not (tmp_path / "none").exists()
    part.write_text("second")
    after = lines(state, "language_hash wordy; language_hash python")
    assert before[0] != after[0] and before[1] == after[1]


@pytest.mark.parametrize("name", ["base", "agent"])
def test_the_names_of_the_layers_are_taken(state, name):
    (state / "languages" / name).mkdir()
    (state / "languages" / name / "language.json").write_text("{}")
    assert name not in lines(state, "languages")


def test_a_change_of_a_language_means_a_new_image_and_a_new_release(state):
    hashes = "language_hash wordy; hash_of_tree $own_languages_directory"
    before = lines(state, hashes)
    (state / "languages/wordy/Dockerfile").write_text("FROM carrel/base\nRUN true\n")
    after = lines(state, hashes)
    assert before[0] != after[0] and before[1] != after[1]


def test_what_a_build_prints_tells_at_which_step_it_is(state):
    output = "Sending build context\nStep 1/2 : FROM carrel/base\n ---> 12\nStep 2/2 : RUN true\nStep by step\n"
    copied = shell(state, "build_began=7 follow_build wordy", input=output)
    assert copied.stdout == output
    assert told(state) == {"wordy": ["building", "7", "step 2 of 2"]}


def test_what_is_told_ends_with_the_script_but_for_failures(state):
    lines(state, "tell_waiting a b c; forget_build a; tell_build b failed 'No space left'; end_builds")
    assert [told(state)["b"][0], told(state)["b"][2]] == ["failed", "No space left"]
    assert set(told(state)) == {"b"}


def test_others_may_read_what_is_told_and_nobody_may_change_it(state):
    lines(state, "umask 077; install -d -m 0755 $image_builds_directory; tell_build a waiting")
    assert (state / "run/images/a").stat().st_mode & 0o777 == 0o644
    assert (state / "run/images").stat().st_mode & 0o777 == 0o755


def test_an_image_that_cannot_be_made_keeps_nobody_from_the_others(state):
    stand_ins = """
        cache=$state/cache
        image_exists() { return 1; }
        need_build_engine() { build_engine_socket=there; }
        end_build_engine() { :; }
        make_language() { [[ $1 != python ]] || fail "No space left for python"; touch "$(language_file "$1")"; }
        load_language() { echo "loaded $1"; }
    """
    result = shell(state, f"{stand_ins}\nmake_images /bin/true bash python wordy")
    assert result.returncode == 1
    assert "loaded bash" in result.stdout and "loaded wordy" in result.stdout and "loaded python" not in result.stdout
    assert result.stderr.splitlines() == ["No space left for python", "These images could not be made: python."]
    assert set(told(state)) == {"python"}
    assert [told(state)["python"][0], told(state)["python"][2]] == ["failed", "No space left for python"]
