from pathlib import Path

import pytest

from dagster.daemon.queue import QueueLoop
from dagster.instance.instance import DagsterInstance
from dagster.runs.leases import Lease
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster_tests.daemon.launchers import begin, instance_in_memory
from dagster_tests.daemon.locations import KeptLocations

S = DagsterRunStatus
LEASE = Lease(name="QUEUE", holder="d", epoch=1, renewed=0.0, seconds=9e9)


@pytest.fixture
def instance(tmp_path: Path) -> DagsterInstance:
    return instance_in_memory(str(tmp_path), run_queue={"max_concurrent_runs": 2})


@pytest.fixture
def locations() -> KeptLocations:
    return KeptLocations()


def queued(instance: DagsterInstance, **tags: str) -> DagsterRun:
    return instance.submit_run(instance.create_run(job_name="j", tags=tags).run_id)


def statuses(instance: DagsterInstance) -> list[DagsterRunStatus]:
    return [run.status for run in instance.get_runs(ascending=True)]


def test_no_more_runs_are_launched_than_the_limit_says(instance: DagsterInstance, locations: KeptLocations) -> None:
    first, second, third = (queued(instance) for _ in range(3))
    loop = QueueLoop(instance, locations)
    loop.turn(LEASE, 1.0)
    assert list(locations.kept_launcher.orders) == [first.run_id, second.run_id]
    loop.turn(LEASE, 2.0)
    assert statuses(instance) == [S.STARTING, S.STARTING, S.QUEUED]
    taken = begin(instance, locations.kept_launcher.orders[first.run_id])
    assert taken is not None
    instance.report_run_failed(taken)
    loop.turn(LEASE, 3.0)
    assert third.run_id in locations.kept_launcher.orders


def test_two_daemons_launch_a_run_once(instance: DagsterInstance, locations: KeptLocations) -> None:
    run = queued(instance)
    for _ in range(2):
        QueueLoop(instance, locations).turn(LEASE, 1.0)
    assert locations.kept_launcher.orders[run.run_id].attempt == run.attempt + 1
    assert statuses(instance) == [S.STARTING]


def test_a_run_of_a_location_that_there_is_not_fails_with_the_reason(instance: DagsterInstance, locations: KeptLocations) -> None:
    run, other = queued(instance, **{"dagster/code_location": "nowhere"}), queued(instance)
    QueueLoop(instance, locations).turn(LEASE, 1.0)
    assert statuses(instance) == [S.FAILURE, S.STARTING]
    assert "nowhere" in instance.all_logs(run.run_id)[-1].message
    assert other.run_id in locations.kept_launcher.orders


def test_a_run_that_cannot_be_started_fails_and_others_are_launched(instance: DagsterInstance, locations: KeptLocations) -> None:
    queued(instance)
    locations.kept_launcher.refuses = "no memory"
    loop = QueueLoop(instance, locations)
    loop.turn(LEASE, 1.0)
    locations.kept_launcher.refuses = None
    queued(instance)
    loop.turn(LEASE, 2.0)
    assert statuses(instance) == [S.FAILURE, S.STARTING]


def test_a_higher_priority_comes_first(instance: DagsterInstance, locations: KeptLocations) -> None:
    plain, urgent = queued(instance), queued(instance, **{"dagster/priority": "5"})
    QueueLoop(instance, locations).turn(LEASE, 1.0)
    assert list(locations.kept_launcher.orders) == [urgent.run_id, plain.run_id]
