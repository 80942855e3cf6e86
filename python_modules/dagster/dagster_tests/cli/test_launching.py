"""Runs that are launched by one command and looked at by others. Real processes."""

import json
import sys
import time

import pytest

from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster_tests.cli.commands import call, start
from dagster_tests.workspace.projects import Folder

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]

CODE = """
from dagster import Config, Definitions, In, Nothing, asset, job, op

class Greeting(Config):
    name: str = "nobody"

@op
def greets(config: Greeting):
    print(f"hello {config.name}")

@job
def greeting():
    greets()

@op
def fails():
    raise ValueError("no rows")

@job
def failing():
    fails()

@op
def breaks():
    import os
    if os.path.exists("broken"):
        raise ValueError("broken")

@op(ins={"after": In(Nothing)})
def follows():
    pass

@job
def breaking():
    follows(breaks())

@op
def waits():
    import time
    print("waiting")
    time.sleep(600)

@job
def waiting():
    waits()

@asset
def orders():
    return [1, 2]

@asset
def report(orders):
    return len(orders)

defs = Definitions(assets=[orders, report], jobs=[greeting, failing, breaking, waiting])
"""

DEADLINE_SECONDS = 120.0


@pytest.fixture
def project(folder: Folder) -> Folder:
    """A folder with the code, whose instance is fresh."""
    folder.write("defs.py", CODE)
    return folder


def config_of(**greeting: str) -> str:
    """The run config of the job `greeting`."""
    return json.dumps({"ops": {"greets": {"config": greeting}}})


def launched(*arguments: str) -> str:
    """The id of the run that a command launches."""
    result = start(*arguments, "-f", "defs.py")
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_a_launched_run_goes_on_when_the_command_has_ended(project: Folder) -> None:
    run_id = launched(
        "job", "launch", "-j", "greeting", "--config-json", json.dumps({"ops": {"greets": {"config": {"name": "Ada"}}}})
    )
    watched = call("run", "watch", run_id)
    assert watched.exit_code == 0
    assert watched.stdout.splitlines()[-1] == f"Run {run_id}: SUCCESS"
    assert call("run", "logs", run_id, "--stdout").stdout == "greets: hello Ada\n"


def test_a_run_that_fails_is_watched_to_its_end(project: Folder) -> None:
    watched = call("run", "watch", launched("job", "launch", "-j", "failing"))
    assert watched.exit_code == 1
    assert "ValueError: no rows" in watched.stdout


def test_assets_are_launched(project: Folder) -> None:
    run_id = launched("asset", "materialize", "--select", "*report", "--launch")
    assert call("run", "watch", run_id).exit_code == 0
    known = json.loads(call("run", "list", "--json").stdout)
    assert (known[0]["assets"], known[0]["status"]) == (["orders", "report"], "SUCCESS")


CACHED = """
from dagster import CachePolicy, Definitions, asset, job, op

@asset(cache_policy=CachePolicy())
def orders():
    return [1, 2]

@asset
def report(orders):
    return len(orders)

@op(cache_policy=CachePolicy())
def counts(number: int = 2):
    print("counted")
    return number

@op
def shows(number):
    print(f"shown: {number}")

@job
def counting():
    shows(counts())

defs = Definitions(assets=[orders, report], jobs=[counting])
"""


def test_launched_runs_take_what_is_unchanged_and_refreshing_ones_do_not(project: Folder) -> None:
    project.write("defs.py", CACHED)
    told: list[tuple[bool, bool]] = []
    for command in (
        *[["asset", "materialize", "--select", "*", "--launch", *refresh] for refresh in ([], [], ["--refresh"])],
        *[["job", "launch", "-j", "counting"]] * 2,
    ):
        run_id = launched(*command)
        assert call("run", "watch", run_id).exit_code == 0
        log = call("run", "logs", run_id, "--stdout").stdout
        with DagsterInstance.get() as instance:
            entries = instance.all_logs(run_id)
        is_cached = any("is cached" in (entry.dagster_event.message or "") for entry in entries if entry.dagster_event)
        told.append((is_cached, "counted" in log))
        assert ("shown: 2" in log) is (command[0] == "job")
    assert told == [(False, False), (True, False), (False, False), (False, True), (True, False)]


def test_a_launched_run_of_a_renamed_asset_goes_on_with_its_history(project: Folder) -> None:
    assert call("run", "watch", launched("asset", "materialize", "--select", "orders", "--launch")).exit_code == 0
    renamed = CODE.replace("@asset\ndef orders", '@asset(aliases=["orders"])\ndef sales')
    for before, after in (
        ("report(orders)", "report(sales)"),
        ("len(orders)", "len(sales)"),
        ("[orders, report]", "[sales, report]"),
    ):
        renamed = renamed.replace(before, after)
    project.write("defs.py", renamed)
    assert call("run", "watch", launched("asset", "materialize", "--select", "sales", "--launch")).exit_code == 0
    with DagsterInstance.get() as instance:
        assert len(instance.fetch_materializations(AssetKey("sales"), limit=10).records) == 2
        assert instance.all_asset_keys() == [AssetKey("sales")]


def test_a_range_of_partitions_is_launched_in_as_many_runs_as_the_policy_says(folder: Folder) -> None:
    folder.write(
        "defs.py",
        """
        import dagster as dg

        @dg.asset(
            partitions_def=dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-02-01"),
            backfill_policy=dg.BackfillPolicy.multi_run(2),
        )
        def days(context) -> None:
            print(len(context.partition_keys))
        """,
    )
    run_ids = launched("asset", "materialize", "--select", "days", "--partition-range", "2024-01-05...2024-01-07", "--launch")
    assert [call("run", "watch", run_id).exit_code for run_id in run_ids.splitlines()] == [0, 0]
    printed = [call("run", "logs", run_id, "--stdout").stdout.strip() for run_id in run_ids.splitlines()]
    assert printed == ["days: 2", "days: 1"]
    made = call("asset", "partitions", "days", "-f", "defs.py", "--status", "materialized", "--keys").stdout
    assert made.split() == ["2024-01-05", "2024-01-06", "2024-01-07"]


def test_a_launched_run_is_stopped(project: Folder) -> None:
    run_id = launched("job", "launch", "-j", "waiting", "--tags", json.dumps({"team": "sales"}))
    deadline = time.monotonic() + DEADLINE_SECONDS
    while call("run", "logs", run_id, "--stdout", "--step", "waits").stdout != "waiting\n":
        assert time.monotonic() < deadline, "the step did not begin"
    assert call("run", "terminate", run_id, "--wait").stdout == f"Run {run_id}: CANCELED\n"
    refused = call("run", "terminate", run_id)
    assert refused.exit_code == 1
    assert refused.stderr.strip().endswith("has ended already: CANCELED.")
    assert json.loads(call("run", "list", "--json").stdout)[0]["tags"]["team"] == "sales"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-j", "greting"], "Could not find job 'greting'"),
        (
            ["-j", "greeting", "--config-json", config_of(nam="x")],
            'Received unexpected config entry "nam"',
        ),
        (["-j", "greeting", "--tags", "[1]"], "it is no JSON object of tags"),
    ],
)
def test_what_cannot_be_launched_is_refused_with_a_sentence(project: Folder, arguments: list[str], sentence: str) -> None:
    refused = start("job", "launch", *arguments, "-f", "defs.py")
    assert refused.returncode != 0
    assert sentence in refused.stderr
    assert json.loads(call("run", "list", "--json").stdout) == []


def test_code_that_cannot_be_loaded_is_told_with_the_place(project: Folder) -> None:
    project.write("defs.py", "1 / 0")
    refused = start("job", "launch", "-j", "greeting", "-f", "defs.py")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == "defs.py:1: ZeroDivisionError: division by zero"


def test_a_run_that_there_is_not_is_told(folder: Folder) -> None:
    for command in ("watch", "logs", "terminate"):
        refused = call("run", command, "nope")
        assert refused.exit_code == 1
        assert "Run nope was not found" in refused.stderr


def test_a_run_is_executed_again_from_where_it_failed_or_from_a_step(project: Folder) -> None:
    broken = project.path / "broken"
    broken.touch()
    first = launched("job", "launch", "-j", "breaking")
    assert call("run", "watch", first).exit_code == 1
    broken.unlink()
    second = launched("run", "reexecute", first, "--from-failure")
    assert call("run", "watch", second).exit_code == 0
    third = launched("run", "reexecute", second, "--steps", "follows", "--tags", '{"why": "test"}')
    watched = call("run", "watch", third)
    assert (watched.exit_code, "breaks" in watched.stdout) == (0, False)
    runs = {run["run_id"]: run["tags"] for run in json.loads(call("run", "list", "--json").stdout)}
    assert (runs[second]["dagster/parent_run_id"], runs[second]["dagster/is_resume_retry"]) == (first, "true")
    assert (runs[third]["dagster/root_run_id"], runs[third]["why"]) == (first, "test")
    assert runs[third]["dagster/code_location"] == "defs.py"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nope", "--all"], "Run nope was not found"),
        (["nope"], "Say what to execute again"),
        (["nope", "--all", "--steps", "a"], "Say what to execute again"),
    ],
)
def test_what_cannot_be_executed_again_is_refused_with_a_sentence(project: Folder, arguments: list[str], sentence: str) -> None:
    refused = call("run", "reexecute", *arguments, "-f", "defs.py")
    assert refused.exit_code != 0
    assert sentence in refused.stderr
