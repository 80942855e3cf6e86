import os
import signal
from pathlib import Path

import pytest
from msgspec.structs import replace

from dagster.errors import DagsterRunFencedError
from dagster.events.data import JobFailureData, RunFailureReason
from dagster.events.entries import EventLogEntry
from dagster.events.types import DagsterEventType
from dagster.instance import DagsterInstance
from dagster.instance.settlement import broke_off, is_abandoned, last_words, settle_abandoned_runs
from dagster.keys import AssetKey
from dagster.runs.processes import ProcessIdentity, current_process
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.memory.storage import MemoryStorage
from dagster.storage.projections import StepMarks
from dagster_tests.contracts.storage_facts import a_run, entry, planned, written
from dagster_tests.instance.processes import finish, start

T, S = DagsterEventType, DagsterRunStatus
A = AssetKey("a")

RUNS_FOR_EVER = """
import sys
from dagster.instance import DagsterInstance
from dagster.runs.processes import current_process
from dagster_tests.contracts.storage_facts import T, a_run, entry, planned, written
instance = DagsterInstance.from_config(sys.argv[1])
run = a_run(run_id="r1", process=current_process())
instance.add_run(run, [planned("r1", "a", step_key="a"), planned("r1", "b", step_key="b"), planned("r1", "c", step_key="c")])
instance.append([entry("r1", T.RUN_START)])
instance.append([entry("r1", T.STEP_START, step_key="a"), written("r1", "a"), entry("r1", T.STEP_SUCCESS, step_key="a")])
instance.append([entry("r1", T.STEP_START, step_key="b")])
print("started", flush=True)
sys.stdin.read()
"""
SETTLES = """
import sys
from dagster.instance.settlement import settle_abandoned_runs
from dagster.storage.sqlite.storage import SqliteStorage
print(*settle_abandoned_runs(SqliteStorage(sys.argv[1])))
"""


def dead_process() -> ProcessIdentity:
    return replace(current_process(), start_ticks=1)


def killed_run(folder: Path) -> None:
    process = start(RUNS_FOR_EVER, folder)
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)


def kinds(log: list[EventLogEntry]) -> list[tuple[str, str | None]]:
    return [(found.get_dagster_event().event_type_value, found.step_key) for found in log]


@pytest.mark.processes
def test_a_killed_run_is_settled_at_the_next_opening(tmp_path: Path) -> None:
    killed_run(tmp_path)
    with DagsterInstance.from_config(str(tmp_path)) as instance:
        run = instance.get_run_by_id("r1")
        assert run is not None
        assert run.status is S.FAILURE
        log = list(instance.all_logs("r1"))
        assert kinds(log[-3:]) == [("ENGINE_EVENT", None), ("STEP_FAILURE", "b"), ("PIPELINE_FAILURE", None)]
        assert "ended without a word (pid " in log[-3].message
        data = log[-1].get_dagster_event().event_specific_data
        assert data == JobFailureData(failure_reason=RunFailureReason.RUN_WORKER_CRASH, failed_step_keys=["b"])
        interrupted = [instance.interrupted_materialization(AssetKey(name)) for name in "abc"]
        assert interrupted == [None, "r1", None]


@pytest.mark.processes
def test_of_several_processes_one_settles(tmp_path: Path) -> None:
    killed_run(tmp_path)
    told = [finish(process).split() for process in [start(SETTLES, tmp_path) for _ in range(4)]]
    assert sorted(told) == [[], [], [], ["r1"]]


def test_a_living_process_keeps_its_run() -> None:
    storage = MemoryStorage()
    storage.runs.add_run(a_run(status=S.STARTED, process=current_process()), [], 1.0)
    assert settle_abandoned_runs(storage) == []


def test_a_run_without_a_process_is_left_alone() -> None:
    storage = MemoryStorage()
    storage.runs.add_run(a_run(status=S.STARTED), [], 1.0)
    storage.runs.add_run(a_run(status=S.QUEUED, process=dead_process()), [], 1.0)
    assert settle_abandoned_runs(storage) == []


def test_a_process_of_another_host_cannot_be_told() -> None:
    elsewhere = replace(current_process(), host="elsewhere", start_ticks=1)
    assert not is_abandoned(a_run(status=S.STARTED, process=elsewhere))
    assert is_abandoned(a_run(status=S.STARTED, process=replace(current_process(), boot_id="before")))


def test_what_held_a_settled_run_can_store_nothing_more() -> None:
    storage = MemoryStorage()
    storage.runs.add_run(a_run(run_id="r1", status=S.STARTED, process=dead_process()), [], 1.0)
    assert settle_abandoned_runs(storage) == ["r1"]
    with pytest.raises(DagsterRunFencedError):
        storage.events.append([entry("r1", T.RUN_SUCCESS)])


def test_a_run_that_was_asked_to_stop_ends_canceled() -> None:
    run = a_run(status=S.CANCELING, process=dead_process())
    assert kinds(last_words(run, {}, 1.0)) == [("ENGINE_EVENT", None), ("PIPELINE_CANCELED", None)]


CRASHED = a_run(status=S.FAILURE, tags={"dagster/failure_reason": "RUN_WORKER_CRASH"})


@pytest.mark.parametrize(
    ("run", "step", "expected"),
    [
        (a_run(status=S.FAILURE), StepMarks("FAILURE"), False),
        (CRASHED, StepMarks("FAILURE"), True),
        (CRASHED, StepMarks("SUCCESS"), False),
        (CRASHED, StepMarks("SKIPPED"), False),
        (CRASHED, None, False),
        (a_run(status=S.CANCELED), StepMarks("FAILURE"), True),
        (a_run(status=S.STARTED, process=current_process()), StepMarks("IN_PROGRESS"), False),
        (a_run(status=S.STARTED, process=dead_process()), StepMarks("IN_PROGRESS"), True),
        (a_run(status=S.STARTED, process=dead_process()), None, False),
    ],
)
def test_which_steps_broke_off(run: DagsterRun, step: StepMarks | None, expected: bool) -> None:
    assert broke_off(run, step) is expected


def test_a_later_materialization_makes_an_interrupted_asset_whole() -> None:
    instance = DagsterInstance.ephemeral()
    instance.add_run(a_run(run_id="r1", status=S.CANCELED), [planned("r1", "a"), planned("r1", "a", "x")])
    assert instance.interrupted_materialization(A) is None
    instance.append([entry("r1", T.STEP_START, step_key="step")])
    assert instance.interrupted_materialization(A) == "r1"
    assert instance.interrupted_materialization(A, "x") == "r1"
    assert instance.interrupted_materialization(A, "y") is None
    instance.append([written("r2", "a", "x")])
    assert instance.interrupted_materialization(A) is None
    assert instance.interrupted_materialization(A, "x") is None
