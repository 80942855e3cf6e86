"""A script with decorators only, on the command line."""

import pytest

from dagster_tests.cli.commands import call
from dagster_tests.workspace.projects import Folder

SCRIPT = """
from dagster import job, op, schedule

@op
def load(path: str, limit: int = 3) -> list:
    return [path] * limit

@op
def count(rows: list) -> int:
    print(f"counted {len(rows)} of {rows[0]}")
    return len(rows)

@job
def main(path: str = "orders.csv", limit: int = 10):
    return count(load(path, limit))

@schedule(cron_schedule="0 6 * * *", job=main)
def mornings():
    return {"inputs": {"limit": 1}}

if __name__ == "__main__":
    print(main())
"""


@pytest.fixture(autouse=True)
def script(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("script.py", SCRIPT)
    monkeypatch.chdir(folder.path)


def test_its_jobs_and_schedules_are_found() -> None:
    assert "main" in call("job", "list", "-f", "script.py").stdout
    assert "mornings" in call("schedule", "list", "-f", "script.py").stdout


def test_inputs_are_given_one_by_one(capfd: pytest.CaptureFixture[str]) -> None:
    result = call("job", "execute", "-f", "script.py", "-i", "limit=2", "-i", "path=a b.csv")
    assert result.exit_code == 0
    assert "counted 2 of a b.csv" in result.output + capfd.readouterr().out


def test_inputs_go_over_config(capfd: pytest.CaptureFixture[str]) -> None:
    config = ('{"inputs": {"limit": 5, "path": "z"}}', "--input", "limit=1")
    result = call("job", "execute", "-f", "script.py", "--config-json", *config)
    assert result.exit_code == 0
    assert "counted 1 of z" in result.output + capfd.readouterr().out


def test_an_input_that_does_not_fit_is_refused_with_its_path() -> None:
    result = call("job", "execute", "-f", "script.py", "-i", "limit=many")
    assert result.exit_code == 1
    assert "root:inputs:limit" in result.stderr


def test_an_input_has_a_name() -> None:
    result = call("job", "execute", "-f", "script.py", "-i", "limit")
    assert result.exit_code == 2
    assert "NAME=VALUE" in result.stderr


def test_the_scaffold_shows_defaults() -> None:
    printed = call("job", "scaffold_config", "-f", "script.py").stdout
    assert "inputs:\n  limit: 10\n  path: orders.csv\n" in printed
    assert "&id" not in printed
