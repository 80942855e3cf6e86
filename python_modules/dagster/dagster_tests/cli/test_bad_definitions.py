"""Of each bad file the last line says what is wrong, in which file and line; at most 15 lines; the exit code is 1 (G30)."""

import pytest

from dagster_tests.cli.bad_definitions import BAD
from dagster_tests.cli.commands import call, start
from dagster_tests.workspace.projects import Folder


def write(folder: Folder, name: str) -> None:
    folder.write("code/tables_here.py", "import tables_there\n")
    folder.write("shop.py", BAD[name].text)


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", [("definitions", "validate"), ("asset", "list"), ("asset", "materialize", "--select", "*")])
def test_the_last_line_says_it(folder: Folder, name: str, command: tuple[str, ...]) -> None:
    write(folder, name)
    result = call(*command, "-f", "shop.py")
    lines = result.stderr.splitlines()
    assert result.exit_code == 1
    assert len(result.output.splitlines()) <= 15
    assert lines[-1].startswith(f"{BAD[name].place}: ")
    assert [word for word in BAD[name].words if word not in lines[-1]] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD)
def test_the_last_line_of_the_process_says_it(folder: Folder, name: str) -> None:
    write(folder, name)
    done = start("definitions", "validate", "-f", "shop.py")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) <= 15
    assert done.stderr.splitlines()[-1].startswith(f"{BAD[name].place}: ")


def test_frames_of_the_user_lead_to_the_line(folder: Folder) -> None:
    write(folder, "exception")
    result = call("definitions", "validate", "-f", "shop.py")
    assert result.stderr.splitlines() == [
        "  shop.py:4: rows()",
        "  shop.py:2 in rows: raise ValueError('no rows')",
        "shop.py:2: ValueError: no rows",
    ]


def test_causes_stand_before_the_sentence(folder: Folder) -> None:
    write(folder, "exception with a cause")
    result = call("definitions", "validate", "-f", "shop.py")
    assert "  caused by shop.py:2: KeyError: 'day'" in result.stderr.splitlines()


def test_the_whole_traceback_is_there_for_those_who_ask(folder: Folder) -> None:
    write(folder, "exception")
    result = call("definitions", "validate", "-f", "shop.py", "--verbose")
    assert "Traceback (most recent call last)" in result.stderr
    assert result.stderr.splitlines()[-1] == "shop.py:2: ValueError: no rows"


def test_of_several_bad_locations_each_has_its_sentence(folder: Folder) -> None:
    folder.write("a.py", BAD["exception"].text)
    folder.write("b.py", BAD["syntax error"].text)
    folder.write("c.py", BAD["cycle"].text)
    result = call("definitions", "validate", "-f", "a.py", "-f", "b.py", "-f", "c.py")
    places = [line.partition(": ")[0] for line in result.stderr.splitlines() if not line.startswith(" ")]
    assert places == ["a.py:2", "b.py:1", "c.py:3"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("-f", "shp.py"), "There is no file \"shp.py\". Close: 'shop.py'."),
        (("-m", "nowhere.at_all"), 'There is no module "nowhere.at_all"'),
        (("-f", "shop.py", "-a", "defz"), 'shop.py:1: There is no "defz" in "shop.py". Close: \'defs\'.'),
        (("-w", "nowhere.yaml"), 'There is no workspace file "nowhere.yaml".'),
    ],
)
def test_code_that_is_not_there_gets_one_sentence(folder: Folder, arguments: tuple[str, ...], sentence: str) -> None:
    folder.write("shop.py", "from dagster import *\ndefs = Definitions()\n")
    result = call("definitions", "validate", *arguments)
    assert result.exit_code in (1, 2)
    assert result.stderr.splitlines()[-1].removeprefix("Error: ").startswith(sentence)


def test_a_bad_workspace_file_gets_one_sentence_with_its_line(folder: Folder) -> None:
    folder.write("workspace.yaml", "load_from:\n  - python_fil: shop.py\n")
    result = call("definitions", "validate")
    assert result.exit_code == 1
    assert result.stderr.startswith('workspace.yaml:2: Unknown entry "python_fil"')


def test_a_bad_pyproject_gets_one_sentence_with_its_line(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.dagster\n")
    result = call("asset", "list")
    assert result.exit_code == 1
    assert result.stderr.startswith('pyproject.toml:1: "pyproject.toml" is no TOML')
