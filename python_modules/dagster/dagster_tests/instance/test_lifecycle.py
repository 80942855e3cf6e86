from pathlib import Path

import pytest
from msgspec.structs import replace

from dagster.errors import (
    DagsterInvalidInvocationError,
    DagsterInvariantViolationError,
    DagsterRunFencedError,
    DagsterRunNotFoundError,
)
from dagster.events.data import RunFailureReason
from dagster.events.types import DagsterEventType
from dagster.instance.coordinators import DefaultRunCoordinator, QueuedRunCoordinator
from dagster.instance.instance import DagsterInstance
from dagster.instance.settlement import settle_abandoned_runs
from dagster.runs.monitoring import MonitoringRules
from dagster.runs.pools import PoolLimit
from dagster.runs.queue import PoolRules, QueueRules, TagLimit
from dagster.runs.retries import RetryRules
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster_tests.contracts.storage_facts import a_claim, entry
from dagster_tests.daemon.launchers import KeptLauncher, begin, finish, gone_process, instance_in_memory

S, T = DagsterRunStatus, DagsterEventType


@pytest.fixture
def instance(tmp_path: Path) -> DagsterInstance:
    return instance_in_memory(str(tmp_path))


def status(instance: DagsterInstance, run_id: str) -> DagsterRunStatus:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status


def kinds(instance: DagsterInstance, run_id: str) -> list[str]:
    return [str(event.dagster_event_type.name) for event in instance.all_logs(run_id) if event.dagster_event_type is not None]


def started(instance: DagsterInstance) -> DagsterRun:
    launcher = KeptLauncher()
    run = instance.create_run(job_name="j")
    instance.launch_run(run.run_id, launcher)
    taken = begin(instance, launcher.orders[run.run_id])
    assert taken is not None
    return taken


def test_a_submitted_run_waits_in_the_queue_once(instance: DagsterInstance) -> None:
    run = instance.create_run(job_name="j")
    queued = instance.submit_run(run.run_id)
    assert (queued.status, instance.get_run_by_id(run.run_id)) == (S.QUEUED, queued)
    assert kinds(instance, run.run_id) == ["RUN_ENQUEUED"]
    with pytest.raises(DagsterInvariantViolationError, match="QUEUED"):
        instance.submit_run(run.run_id)
    with pytest.raises(DagsterRunNotFoundError):
        instance.submit_run("nope")


def test_without_a_queue_a_submitted_run_is_launched_at_once(tmp_path: Path) -> None:
    immediate = {"run_coordinator": {"module": "dagster", "class": "DefaultRunCoordinator"}}
    instance = instance_in_memory(str(tmp_path), **immediate)
    run = instance.create_run(job_name="j")
    with pytest.raises(DagsterInvariantViolationError, match="launches no runs"):
        instance.submit_run(run.run_id)
    launcher = KeptLauncher()
    assert instance.submit_run(run.run_id, launcher=launcher).status is S.STARTING
    assert list(launcher.orders) == [run.run_id]


def test_who_executed_a_run_that_was_ended_stores_nothing_any_more(instance: DagsterInstance) -> None:
    taken = started(instance)
    assert instance.end_run(taken, "It took too long.", RunFailureReason.UNKNOWN)
    assert not instance.end_run(taken, "Once more.", RunFailureReason.UNKNOWN)
    with pytest.raises(DagsterRunFencedError):
        finish(instance, taken, T.RUN_SUCCESS)
    assert status(instance, taken.run_id) is S.FAILURE


def test_steps_under_way_fail_with_a_run_that_is_ended(instance: DagsterInstance) -> None:
    taken = started(instance)
    instance.append([entry(taken.run_id, T.STEP_START, step_key="a")], attempt=taken.attempt)
    instance.end_run(taken, "It took too long.", RunFailureReason.START_TIMEOUT)
    assert kinds(instance, taken.run_id)[-2:] == ["STEP_FAILURE", "RUN_FAILURE"]
    ended = instance.get_run_by_id(taken.run_id)
    assert ended is not None
    assert ended.tags["dagster/failure_reason"] == "START_TIMEOUT"


def lost(instance: DagsterInstance, launcher: KeptLauncher, run_id: str) -> None:
    """The run is launched by a process that is gone before the run's own has come."""
    instance.launch_run(run_id, launcher)
    run = instance.get_run_by_id(run_id)
    assert run is not None
    instance.storage.runs.replace_run(replace(run, process=gone_process()), 1.0)
    settle_abandoned_runs(instance.storage)


def test_a_run_whose_launch_was_lost_goes_back_into_the_queue_some_times(instance: DagsterInstance) -> None:
    launcher = KeptLauncher()
    run_id = instance.submit_run(instance.create_run(job_name="j").run_id).run_id
    found = list[DagsterRunStatus]()
    for _ in range(3):
        lost(instance, launcher, run_id)
        found.append(status(instance, run_id))
        assert begin(instance, launcher.orders[run_id]) is None
    assert found == [S.QUEUED, S.QUEUED, S.FAILURE]
    assert kinds(instance, run_id)[:5] == ["RUN_ENQUEUED", "RUN_STARTING", "ENGINE_EVENT", "RUN_ENQUEUED", "RUN_STARTING"]


def test_a_lost_launch_of_a_run_that_never_was_in_the_queue_is_a_failure(instance: DagsterInstance) -> None:
    run = instance.create_run(job_name="j")
    lost(instance, KeptLauncher(), run.run_id)
    assert status(instance, run.run_id) is S.FAILURE


def test_a_run_that_was_to_stop_is_canceled_when_nothing_is_left(instance: DagsterInstance) -> None:
    taken = started(instance)
    assert not instance.end_canceled_run(taken, "Nothing is left.")
    instance.report_run_canceling(taken)
    assert instance.end_canceled_run(taken, "Nothing is left.")
    assert status(instance, taken.run_id) is S.CANCELED


def test_the_settings_say_how_runs_leave_the_queue() -> None:
    limits = [{"key": "a", "limit": 2, "value": {"applyLimitPerUniqueValue": True}}, {"key": "b", "value": "x", "limit": 1}]
    config = {"max_concurrent_runs": 3, "tag_concurrency_limits": limits}
    settings = {
        "run_coordinator": {"module": "dagster.core.run_coordinator", "class": "QueuedRunCoordinator", "config": config},
        "concurrency": {"pools": {"granularity": "run"}},
    }
    with DagsterInstance.ephemeral(settings=settings) as instance:
        instance.set_concurrency_slots("db", 2)
        assert instance.queue_rules == QueueRules(
            most=3,
            tag_limits=(TagLimit(key="a", limit=2, per_value=True), TagLimit(key="b", limit=1, value="x")),
            pools=PoolRules(limits={"db": 2}, counts_runs=True),
        )
    pools = {"default_limit": 4, "op_granularity_run_buffer": 1}
    with DagsterInstance.ephemeral(settings={"concurrency": {"pools": pools}}) as instance:
        assert instance.queue_rules.pools == PoolRules(default_limit=4, buffer=1)
        assert (instance.global_op_concurrency_default_limit, instance.pools_count_runs) == (4, False)
    older = {"concurrency": {"default_op_concurrency_limit": 2}}
    blocked = {"run_queue": {"block_op_concurrency_limited_runs": {"enabled": False}}}
    with DagsterInstance.ephemeral(settings={**older, **blocked}) as instance:
        assert instance.queue_rules.pools == PoolRules(default_limit=2, waits_for_steps=False)
    with DagsterInstance.ephemeral(settings={"concurrency": {"runs": {"max_concurrent_runs": -1}}}) as instance:
        assert instance.queue_rules.most is None


def test_who_launches_follows_from_the_settings() -> None:
    with DagsterInstance.ephemeral() as ephemeral, DagsterInstance.local_temp() as kept:
        assert isinstance(ephemeral.run_coordinator, DefaultRunCoordinator)
        assert isinstance(kept.run_coordinator, QueuedRunCoordinator)
        assert kept.queue_rules == QueueRules(most=10)
    immediate = {"run_coordinator": {"module": "dagster", "class": "DefaultRunCoordinator"}}
    with DagsterInstance.local_temp(overrides=immediate) as instance:
        assert isinstance(instance.run_coordinator, DefaultRunCoordinator)


def test_the_settings_say_what_is_watched_and_tried_again() -> None:
    written = {"run_monitoring": {"enabled": True, "start_timeout_seconds": 9, "max_runtime_seconds": 7}}
    with DagsterInstance.ephemeral(settings={**written, "run_retries": {"max_retries": 2}}) as instance:
        assert instance.monitoring_rules == MonitoringRules(start_seconds=9, runtime_seconds=7)
        assert instance.retry_rules == RetryRules(enabled=True, most=2)
    with DagsterInstance.ephemeral() as instance:
        assert (instance.monitoring_rules, instance.retry_rules) == (MonitoringRules(), RetryRules())
    with DagsterInstance.ephemeral(settings={"run_monitoring": {"enabled": False}}) as instance:
        assert instance.monitoring_rules.start_seconds == float("inf")


def test_pools_are_set_asked_and_freed(instance: DagsterInstance) -> None:
    instance.set_concurrency_slots("db", 1)
    for number, run_id in enumerate(("r1", "r2")):
        instance.storage.pools.claim(a_claim(run_id), float(number))
    assert (instance.get_concurrency_keys(), list(instance.get_pool_limits())) == ({"db"}, [PoolLimit("db", 1)])
    info = instance.get_concurrency_info("db")
    assert ([claim.run_id for claim in info.held], [claim.run_id for claim in info.waiting]) == (["r1"], ["r2"])
    instance.free_concurrency_slots_for_run("r1")
    instance.free_concurrency_slot_for_step("r2", "step")
    assert instance.get_concurrency_info("db").held == ()
    instance.delete_concurrency_limit("db")
    assert instance.get_concurrency_info("db").limit is None


@pytest.mark.parametrize(("number", "sentence"), [(-1, "negative number"), (1001, "more than 1000")])
def test_a_number_that_is_no_limit_is_refused(instance: DagsterInstance, number: int, sentence: str) -> None:
    with pytest.raises(DagsterInvalidInvocationError, match=sentence):
        instance.set_concurrency_slots("db", number)
