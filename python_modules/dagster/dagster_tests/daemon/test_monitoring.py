import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import pytest
from msgspec.structs import replace

from dagster.daemon.holdings import holder_of
from dagster.daemon.monitoring import MonitoringLoop
from dagster.errors import DagsterRunFencedError
from dagster.events.types import DagsterEventType
from dagster.instance.instance import DagsterInstance
from dagster.runs.heartbeats import Heartbeat
from dagster.runs.leases import Lease
from dagster.runs.processes import identity_of
from dagster.runs.retries import is_retried
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster_tests.daemon.launchers import KeptLauncher, begin, elsewhere_process, finish, gone_process, instance_in_memory
from dagster_tests.workspace.locations import until

S = DagsterRunStatus
LEASE = Lease(name="MONITORING", holder="d", epoch=1, renewed=0.0, seconds=9e9)


def launched(instance: DagsterInstance, **tags: str) -> tuple[str, KeptLauncher]:
    launcher = KeptLauncher()
    run = instance.submit_run(instance.create_run(job_name="j", tags=tags).run_id)
    instance.launch_run(run.run_id, launcher)
    return run.run_id, launcher


def elsewhere(instance: DagsterInstance, run_id: str, moment: float = 1.0) -> None:
    """The run's process is on another host, of which nothing is known."""
    run = found(instance, run_id)
    assert run.process is not None
    instance.storage.runs.replace_run(replace(run, process=replace(run.process, host="elsewhere")), moment)


def found(instance: DagsterInstance, run_id: str) -> DagsterRun:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run


def why(instance: DagsterInstance, run_id: str) -> tuple[DagsterRunStatus, str]:
    run = found(instance, run_id)
    return run.status, run.tags["dagster/failure_reason"]


def turn(instance: DagsterInstance, seconds_later: float) -> None:
    MonitoringLoop(instance).turn(LEASE, time.time() + seconds_later)


def test_a_run_that_does_not_begin_in_time_fails(tmp_path: Path) -> None:
    instance = instance_in_memory(str(tmp_path), run_monitoring={"enabled": True, "start_timeout_seconds": 60})
    run_id, launcher = launched(instance)
    turn(instance, 50)
    assert found(instance, run_id).status is S.STARTING
    turn(instance, 70)
    assert (found(instance, run_id).status, found(instance, run_id).tags["dagster/failure_reason"]) == (
        S.FAILURE,
        "START_TIMEOUT",
    )
    assert instance.all_logs(run_id)[-1].message == "Run timed out due to taking longer than 60 seconds to start."
    assert begin(instance, launcher.orders[run_id]) is None


def test_a_run_that_takes_too_long_fails(tmp_path: Path) -> None:
    instance = instance_in_memory(str(tmp_path))
    run_id, launcher = launched(instance, **{"dagster/max_runtime": "30"})
    assert begin(instance, launcher.orders[run_id]) is not None
    elsewhere(instance, run_id)
    MonitoringLoop(instance).turn(LEASE, 20.0)
    assert found(instance, run_id).status is S.STARTED
    MonitoringLoop(instance).turn(LEASE, 40.0)
    assert found(instance, run_id).status is S.FAILURE
    assert instance.all_logs(run_id)[-1].message == "Exceeded maximum runtime of 30 seconds."


def test_a_run_that_does_not_stop_elsewhere_is_canceled_in_the_end(tmp_path: Path) -> None:
    instance = instance_in_memory(str(tmp_path))
    run_id, launcher = launched(instance)
    assert begin(instance, launcher.orders[run_id]) is not None
    elsewhere(instance, run_id)
    instance.terminate_run(run_id)
    turn(instance, 100)
    assert found(instance, run_id).status is S.CANCELING
    turn(instance, 190)
    assert found(instance, run_id).status is S.CANCELED


def looks(instance: DagsterInstance, seconds: int) -> None:
    loop = MonitoringLoop(instance)
    for second in range(seconds + 1):
        loop.turn(LEASE, 1000.0 + second)


def held_elsewhere(instance: DagsterInstance) -> DagsterRun:
    """A run that goes on on another host, whose supervisor has renewed its lease for the last time."""
    run_id, launcher = launched(instance)
    assert begin(instance, launcher.orders[run_id]) is not None
    elsewhere(instance, run_id)
    run = found(instance, run_id)
    instance.hold_run(run, 20.0)
    return run


def test_a_run_elsewhere_whose_lease_is_not_renewed_fails_and_can_store_nothing_more(tmp_path: Path) -> None:
    instance = instance_in_memory(str(tmp_path))
    run = held_elsewhere(instance)
    looks(instance, 19)
    assert found(instance, run.run_id).status is S.STARTED
    looks(instance, 21)
    assert why(instance, run.run_id) == (S.FAILURE, "RUN_WORKER_CRASH")
    assert instance.storage.leases.leases() == []
    with pytest.raises(DagsterRunFencedError):
        finish(instance, run, DagsterEventType.RUN_SUCCESS)


def test_the_lease_of_a_run_that_ended_is_given_back_where_its_supervisor_was_killed_before(tmp_path: Path) -> None:
    instance = instance_in_memory(str(tmp_path))
    run = held_elsewhere(instance)
    finish(instance, run, DagsterEventType.RUN_SUCCESS)
    looks(instance, 0)
    assert instance.storage.leases.leases() == []


def test_a_run_elsewhere_that_was_to_stop_fails_with_its_lease_and_is_not_tried_again(tmp_path: Path) -> None:
    instance = instance_in_memory(str(tmp_path), run_retries={"max_retries": 3})
    run = held_elsewhere(instance)
    instance.terminate_run(run.run_id)
    looks(instance, 21)
    assert why(instance, run.run_id) == (S.FAILURE, "RUN_WORKER_CRASH")
    assert not is_retried(found(instance, run.run_id), 0, instance.retry_rules)


def test_a_run_elsewhere_that_was_taken_and_not_begun_is_put_back_with_its_lease(tmp_path: Path) -> None:
    instance = instance_in_memory(str(tmp_path))
    run_id, launcher = launched(instance)
    taken = instance.take_launched_run(run_id, launcher.orders[run_id].attempt, [S.STARTING])
    assert taken is not None
    instance.hold_run(taken, 20.0)
    elsewhere(instance, run_id, 1000.0)
    looks(instance, 21)
    assert found(instance, run_id).status is S.QUEUED


@pytest.mark.parametrize("led_by_others", [False, True], ids=["leads the queue", "led the queue"])
def test_a_run_that_a_daemon_elsewhere_launches_is_put_back_when_another_one_leads_the_queue(
    tmp_path: Path, led_by_others: bool
) -> None:
    instance = instance_in_memory(str(tmp_path))
    run_id, _ = launched(instance)
    elsewhere(instance, run_id, 1000.0)
    holder = holder_of(elsewhere_process())
    instance.storage.heartbeats.beat([Heartbeat(loop="QUEUE", holder=holder, timestamp=999.0, is_leader=True)])
    assert instance.storage.leases.take("QUEUE", holder, 20.0, 1000.0) is not None
    if led_by_others:
        assert instance.storage.leases.take("QUEUE", "another", 20.0, 1021.0) is not None
    MonitoringLoop(instance).turn(LEASE, 1021.5)
    assert found(instance, run_id).status is (S.QUEUED if led_by_others else S.STARTING)


@pytest.mark.skipif(sys.platform != "linux", reason="whether a process is stopped is read in /proc")
def test_a_run_whose_supervisor_was_stopped_before_it_had_its_lease_is_put_back(tmp_path: Path) -> None:
    instance = instance_in_memory(str(tmp_path))
    run_id, _ = launched(instance)
    supervisor = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True)
    process = identity_of(supervisor.pid)
    instance.storage.runs.replace_run(replace(found(instance, run_id), process=process), 1000.0)
    supervisor.send_signal(signal.SIGSTOP)
    until(process.is_stopped)
    loop = MonitoringLoop(instance)
    for second in range(10):
        loop.turn(LEASE, 1000.0 + second)
    until(lambda: not process.is_alive())
    loop.turn(LEASE, 1010.0)
    assert found(instance, run_id).status is S.QUEUED
    supervisor.communicate()


def test_what_was_not_begun_is_put_back_and_the_queue_is_told(tmp_path: Path) -> None:
    instance, queue = instance_in_memory(str(tmp_path)), Event()
    run_id, _ = launched(instance)
    instance.storage.runs.replace_run(replace(found(instance, run_id), process=gone_process()), 1.0)
    MonitoringLoop(instance, queue).turn(LEASE, time.time())
    assert (found(instance, run_id).status, queue.is_set()) == (S.QUEUED, True)


def test_a_run_whose_process_is_gone_fails(tmp_path: Path) -> None:
    instance = instance_in_memory(str(tmp_path), run_monitoring={"enabled": False})
    run_id, launcher = launched(instance)
    assert begin(instance, launcher.orders[run_id], gone_process()) is not None
    turn(instance, 0)
    assert (found(instance, run_id).status, found(instance, run_id).tags["dagster/failure_reason"]) == (
        S.FAILURE,
        "RUN_WORKER_CRASH",
    )


def test_where_it_is_turned_off_nothing_is_ended_for_its_time(tmp_path: Path) -> None:
    instance = instance_in_memory(str(tmp_path), run_monitoring={"enabled": False})
    run_id, _ = launched(instance)
    turn(instance, 10_000)
    assert found(instance, run_id).status is S.STARTING
