from pathlib import Path
from threading import Event

import pytest

from dagster.daemon.retries import CURSOR_NOTE, RetriesLoop
from dagster.events.data import JobFailureData, RunFailureReason
from dagster.instance.instance import DagsterInstance
from dagster.runs.leases import Lease
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster_tests.daemon.launchers import instance_in_memory

S = DagsterRunStatus
LEASE = Lease(name="RETRIES", holder="d", epoch=1, renewed=0.0, seconds=9e9)


@pytest.fixture
def instance(tmp_path: Path) -> DagsterInstance:
    instance = instance_in_memory(str(tmp_path), run_retries={"max_retries": 2})
    turn(instance)
    return instance


def turn(instance: DagsterInstance) -> None:
    RetriesLoop(instance).turn(LEASE, 1.0)


def failed(instance: DagsterInstance, run: DagsterRun | None = None, **tags: str) -> DagsterRun:
    run = run or instance.create_run(job_name="j", tags=tags)
    data = JobFailureData(failure_reason=RunFailureReason.RUN_WORKER_CRASH)
    instance.report_run_failed(run, job_failure_data=data)
    return run


def queue(instance: DagsterInstance) -> list[DagsterRun]:
    return [run for run in instance.get_runs(ascending=True) if run.status is S.QUEUED]


def test_a_run_that_failed_is_tried_again_as_often_as_the_settings_say(instance: DagsterInstance) -> None:
    run = failed(instance, team="sales")
    for number in (1, 2):
        turn(instance)
        [retry] = queue(instance)
        assert (retry.root_run_id, retry.tags["dagster/retry_number"], retry.tags["team"]) == (run.run_id, str(number), "sales")
        failed(instance, retry)
    turn(instance)
    assert (queue(instance), instance.get_runs_count()) == ([], 3)


def test_the_run_that_failed_tells_of_the_one_that_tries_again(instance: DagsterInstance) -> None:
    run = failed(instance)
    woken = Event()
    RetriesLoop(instance, woken).turn(LEASE, 1.0)
    [retry] = queue(instance)
    told = instance.get_run_by_id(run.run_id)
    assert told is not None
    assert (told.tags["dagster/will_retry"], told.tags["dagster/auto_retry_run_id"]) == ("true", retry.run_id)
    assert (told.status, woken.is_set()) == (S.FAILURE, True)


def test_a_daemon_that_was_killed_anywhere_does_not_retry_twice(instance: DagsterInstance) -> None:
    failed(instance)
    note = instance.storage.notes.note(CURSOR_NOTE)
    assert note is not None
    turn(instance)
    # The next daemon begins where the one before stood when it was killed.
    instance.storage.notes.set_note(CURSOR_NOTE, note)
    turn(instance)
    assert len(queue(instance)) == 1


def test_what_failed_before_retries_were_turned_on_is_left_alone(tmp_path: Path) -> None:
    instance = instance_in_memory(str(tmp_path))
    turn(instance)
    failed(instance)
    turn(instance)
    instance._settings = {"run_retries": {"max_retries": 2}}  # pyright: ignore[reportPrivateUsage] - as another daemon has them
    instance._checked = None  # pyright: ignore[reportPrivateUsage]
    turn(instance)
    assert queue(instance) == []
    failed(instance)
    turn(instance)
    assert len(queue(instance)) == 1


def test_a_deleted_run_is_passed_over(instance: DagsterInstance) -> None:
    gone = failed(instance)
    instance.delete_run(gone.run_id)
    failed(instance)
    turn(instance)
    assert len(queue(instance)) == 1
