"""`dagster instance concurrency`."""

import json

import pytest

from dagster import DagsterInstance
from dagster.runs.pools import SlotClaim
from dagster_tests.cli.commands import call
from dagster_tests.workspace.projects import Folder


def concurrency(*arguments: str) -> str:
    result = call("instance", "concurrency", *arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def refusal(*arguments: str) -> str:
    result = call("instance", "concurrency", *arguments)
    assert result.exit_code != 0
    return result.stderr


def claim(pool: str, run_id: str) -> None:
    with DagsterInstance.get() as instance:
        instance.storage.pools.claim(SlotClaim(pool=pool, run_id=run_id, step_key="load"), 1.0)


def test_limits_are_set_shown_and_forgotten(folder: Folder) -> None:
    assert concurrency("get", "--all").startswith("No concurrency limits set.")
    assert concurrency("set", "db", "3") == "Set concurrency limit for db to 3.\n"
    concurrency("set", "api", "0")
    assert concurrency("get", "db") == '"db": 0 / 3 slots occupied\n'
    shown = ["Concurrency limits:", '"api": 0 / 0 slots occupied', '"db": 0 / 3 slots occupied']
    assert concurrency("get", "--all").splitlines() == shown
    concurrency("delete", "api")
    assert concurrency("get", "--all").splitlines() == [shown[0], shown[2]]
    assert concurrency("get", "nope") == '"nope": 0 steps, no limit\n'


def test_who_has_a_place_and_who_waits_is_shown_and_places_are_taken_away(folder: Folder) -> None:
    concurrency("set", "db", "1")
    for run_id in ("r1", "r2"):
        claim("db", run_id)
    claim("unlimited", "r1")
    assert concurrency("get", "db").splitlines() == ['"db": 1 / 1 slots occupied', "  r1 load", "  r2 load (waits)"]
    [db, unlimited] = json.loads(concurrency("get", "--all", "--json"))
    assert (db["held"], unlimited["limit"]) == ([{"run_id": "r1", "step_key": "load"}], None)
    assert concurrency("free", "r1") == "2 places freed.\n"
    assert concurrency("free", "r2", "--step", "load") == "1 place freed.\n"
    assert concurrency("get", "db") == '"db": 0 / 1 slots occupied\n'


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["get"], "Name a pool, or ask for --all"),
        (["set", "db", "1001"], "1001 is not in the range 0<=x<=1000"),
        (["set", "db", "many"], "is not a valid integer"),
        (["delete", "db"], 'The pool "db" has no limit'),
    ],
)
def test_what_makes_no_sense_is_refused(folder: Folder, arguments: list[str], sentence: str) -> None:
    assert sentence in refusal(*arguments)
