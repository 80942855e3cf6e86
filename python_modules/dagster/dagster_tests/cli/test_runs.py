import json

import pytest

from dagster_tests.cli.commands import call
from dagster_tests.workspace.projects import Folder

SHOP = """
from dagster import asset

@asset
def orders():
    return 1

@asset
def broken():
    raise ValueError
"""


@pytest.fixture
def history(folder: Folder) -> Folder:
    """A run that ended well, and after it one that failed."""
    folder.write("shop.py", SHOP)
    call("asset", "materialize", "-f", "shop.py", "--select", "orders")
    call("asset", "materialize", "-f", "shop.py", "--select", "*")
    return folder


def listed(*arguments: str) -> list[dict[str, object]]:
    return json.loads(call("run", "list", "--json", *arguments).stdout)


def test_runs_come_newest_first(history: Folder) -> None:
    assert [(run["status"], run["assets"]) for run in listed()] == [
        ("FAILURE", ["broken", "orders"]),
        ("SUCCESS", ["orders"]),
    ]


def test_a_line_holds_what_one_looks_for_with_the_whole_id(history: Folder) -> None:
    newest = listed()[0]
    heading, line, _ = call("run", "list").stdout.splitlines()
    assert heading.split() == ["RUN", "JOB", "STATUS", "STARTED", "DURATION", "ASSETS"]
    assert line.split()[:3] == [newest["run_id"], "__ASSET_JOB", "FAILURE"]
    assert line.endswith("broken, orders")


def test_runs_are_chosen_by_status_and_job(history: Folder) -> None:
    assert [run["status"] for run in listed("--status", "failure")] == ["FAILURE"]
    assert listed("--job", "nightly") == []


def test_a_limit_says_that_there_are_more(history: Folder) -> None:
    result = call("run", "list", "--limit", "1")
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr == "1 of 2 runs. More: --limit 2\n"


def test_an_empty_history_says_what_to_do(folder: Folder) -> None:
    result = call("run", "list")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "dagster asset materialize" in result.stderr


def test_without_a_home_it_says_what_to_do(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAGSTER_HOME")
    result = call("run", "list")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "export DAGSTER_HOME=" in result.stderr
