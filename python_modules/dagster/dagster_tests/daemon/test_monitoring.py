import time
from pathlib import Path
from threading import Event

from msgspec.structs import replace

from dagster.daemon.monitoring import MonitoringLoop
from dagster.instance.instance import DagsterInstance
from dagster.runs.leases import Lease
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster_tests.daemon.launchers import KeptLauncher, begin, gone_process, instance_in_memory

S = DagsterRunStatus
LEASE = Lease(name="MONITORING", holder="d", epoch=1, renewed=0.0, seconds=9e9)


def launched(instance: DagsterInstance, **tags: str) -> tuple[str, KeptLauncher]:
    launcher = KeptLauncher()
    run = instance.submit_run(instance.create_run(job_name="j", tags=tags).run_id)
    instance.launch_run(run.run_id, launcher)
    return run.run_id, launcher


def elsewhere(instance: DagsterInstance, run_id: str) -> None:
    """The run's process is on another host, of which nothing is known."""
    run = found(instance, run_id)
    assert run.process is not None
    instance.storage.runs.replace_run(replace(run, process=replace(run.process, host="elsewhere")), 1.0)


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
