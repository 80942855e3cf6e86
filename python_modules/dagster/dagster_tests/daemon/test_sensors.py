from pathlib import Path
from threading import Event
from typing import Any

import pytest

from dagster.automation.instigators import switched
from dagster.daemon.sensors import SensorsLoop
from dagster.events.failures import SerializableErrorInfo
from dagster.instance.instance import DagsterInstance
from dagster.partitions.dynamic import AddDynamicPartitionsRequest
from dagster.runs.evaluations import TickAnswer, TickQuestion, WantedRun
from dagster.runs.instigators import InstigatorStatus
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.ticks import Tick, TickLine, TickStatus
from dagster_tests.contracts.storage_facts import a_run
from dagster_tests.daemon.launchers import instance_in_memory
from dagster_tests.daemon.locations import KeptLocations, a_sensor, runs

S = TickStatus
ERROR = SerializableErrorInfo("ValueError: no", [], "ValueError")


class Sensors:
    """A loop of sensors with a clock; each turn comes a second later."""

    def __init__(self, instance: DagsterInstance, *specs: Any, now: float = 1000.0, epoch: int = 1, **options: Any) -> None:
        self.instance = instance
        self.locations = KeptLocations(*specs)
        self.queue = Event()
        self.loop = SensorsLoop(instance, self.locations, on_queued=self.queue, **options)
        self.now = now
        taken = instance.storage.leases.take("SENSORS", f"d{epoch}", 9e9, self.now)
        assert taken is not None
        self.lease = taken

    def turn(self, seconds: float = 1.0) -> None:
        self.now += seconds
        self.loop.turn(self.lease, self.now)

    def ticks(self, selector: str = "shop:files") -> list[Tick]:
        return [record.tick for record in self.instance.get_ticks(ascending=True) if record.tick.selector == selector]

    def state(self, selector: str = "shop:files") -> Any:
        return self.instance.get_instigator_states([selector])[selector]


@pytest.fixture
def instance(tmp_path: Path) -> DagsterInstance:
    return instance_in_memory(str(tmp_path))


def test_what_a_sensor_says_is_stored_with_its_cursor_and_its_runs(instance: DagsterInstance) -> None:
    sensors = Sensors(instance, a_sensor())
    sensors.locations.says = lambda question: TickAnswer(
        runs=runs("a", None).runs, cursor="8", partitions=(AddDynamicPartitionsRequest("f", ["x"]),)
    )
    sensors.turn()
    sensors.turn()
    [tick] = sensors.ticks()
    assert (tick.status, len(tick.run_ids), tick.cursor) == (S.SUCCESS, 2, "8")
    stored = instance.get_runs(ascending=True)
    assert [run.run_id for run in stored] == list(tick.run_ids)
    assert [run.status for run in stored] == [DagsterRunStatus.QUEUED] * 2
    tags = {"dagster/code_location": "shop", "dagster/sensor_name": "files", "dagster/tick": "1"}
    assert [run.tags for run in stored] == [{**tags, "dagster/run_key": "a"}, tags]
    assert instance.get_dynamic_partitions("f") == ["x"]
    assert (sensors.state().cursor, sensors.state().last_run_key, sensors.queue.is_set()) == ("8", "a", True)


def test_a_sensor_is_asked_when_its_interval_is_over_and_gets_its_cursor(instance: DagsterInstance) -> None:
    sensors = Sensors(instance, a_sensor(minimum_interval_seconds=10))
    sensors.locations.says = lambda question: TickAnswer(cursor=str(int(question.cursor or 0) + 1))
    for _ in range(24):
        sensors.turn()
    assert [question.cursor for question in sensors.locations.asked] == [None, "1", "2"]
    assert [question.last_tick_ended for question in sensors.locations.asked] == [None, 1002.0, 1012.0]


def test_the_loop_turns_when_the_next_sensor_is_due_and_once_a_second_at_least(instance: DagsterInstance) -> None:
    sensors = Sensors(instance, a_sensor(minimum_interval_seconds=10), a_sensor("other", minimum_interval_seconds=1))
    rests: list[float] = []
    for seconds in (0.0, 0.1, 0.3, 0.6, 0.1):
        sensors.turn(seconds)
        rests.append(round(sensors.loop.seconds, 3))
    assert rests == [1.0, 0.9, 0.6, 1.0, 0.9]
    assert [question.name for question in sensors.locations.asked] == ["files", "other", "other"]


def test_a_run_key_starts_one_run(instance: DagsterInstance) -> None:
    sensors = Sensors(instance, a_sensor(minimum_interval_seconds=1))
    sensors.locations.says = lambda question: runs("a")
    for _ in range(6):
        sensors.turn()
    assert instance.get_runs_count() == 1
    ticks = sensors.ticks()
    assert (ticks[0].status, ticks[0].run_keys) == (S.SUCCESS, ())
    assert {(tick.status, tick.run_keys) for tick in ticks[1:]} == {(S.SKIPPED, ("a",))}


def test_one_that_hangs_delays_no_other_and_its_tick_fails_at_the_deadline(instance: DagsterInstance) -> None:
    sensors = Sensors(instance, a_sensor(), a_sensor("quick", minimum_interval_seconds=1), deadline_seconds=20)

    def says(question: TickQuestion) -> TickAnswer | None:
        return None if question.name == "files" else TickAnswer(cursor=str(int(question.cursor or 0) + 1))

    sensors.locations.says = says
    for _ in range(10):
        sensors.turn()
    assert [tick.status for tick in sensors.ticks()] == [S.STARTED]
    assert len(sensors.ticks("shop:quick")) >= 4
    for _ in range(20):
        sensors.turn()
    [tick] = sensors.ticks()
    assert tick.status is S.FAILURE
    assert tick.error is not None
    assert "no answer" in tick.error.message
    # What it says after that counts for nothing.
    sensors.locations.waiting[0][1].set_result(runs("late"))
    sensors.turn()
    assert instance.get_runs_count() == 0


def test_one_that_raises_keeps_its_cursor_and_is_asked_again(instance: DagsterInstance) -> None:
    sensors = Sensors(instance, a_sensor(minimum_interval_seconds=1))
    answers = [TickAnswer(cursor="7"), TickAnswer(error=ERROR), TickAnswer(cursor="8"), None]
    sensors.locations.says = lambda question: answers[len(sensors.locations.asked) - 1]
    for _ in range(6):
        sensors.turn()
        if len(sensors.ticks()) == 3:
            break
    assert [(tick.status, tick.cursor) for tick in sensors.ticks()] == [(S.SKIPPED, "7"), (S.FAILURE, "7"), (S.SKIPPED, "8")]
    assert [question.cursor for question in sensors.locations.asked] == [None, "7", "7", "8"]


def test_one_that_says_again_and_again_that_there_is_nothing_takes_one_row(instance: DagsterInstance) -> None:
    sensors = Sensors(instance, a_sensor(minimum_interval_seconds=1))
    for _ in range(40):
        sensors.turn()
    [tick] = sensors.ticks()
    assert (tick.status, tick.skip_reason, tick.times) == (S.SKIPPED, "nothing", len(sensors.locations.asked) - 1)
    assert tick.since == 1001.0
    assert tick.timestamp > 1030.0


def test_one_that_is_switched_off_is_not_asked_and_what_it_was_saying_is_not_stored(instance: DagsterInstance) -> None:
    spec = a_sensor()
    sensors = Sensors(instance, spec)
    sensors.locations.says = lambda question: None
    sensors.turn()
    state = sensors.state()
    assert instance.change_instigator_state(switched(spec, state, InstigatorStatus.STOPPED, sensors.now)) is not None
    sensors.locations.waiting[0][1].set_result(runs("a"))
    for _ in range(40):
        sensors.turn()
    assert (instance.get_runs_count(), sensors.ticks(), len(sensors.locations.asked)) == (0, [], 1)


def test_a_tick_that_was_shown_as_going_on_ends_when_its_sensor_is_switched_off(instance: DagsterInstance) -> None:
    spec = a_sensor()
    sensors = Sensors(instance, spec)
    sensors.locations.says = lambda question: None
    for _ in range(5):
        sensors.turn()
    assert [tick.status for tick in sensors.ticks()] == [S.STARTED]
    state = sensors.state()
    instance.change_instigator_state(switched(spec, state, InstigatorStatus.STOPPED, sensors.now))
    sensors.locations.waiting[0][1].set_result(runs("a"))
    sensors.turn()
    sensors.turn()
    [tick] = sensors.ticks()
    assert (tick.status, tick.timestamp, sensors.state().tick_id) == (S.FAILURE, 1001.0, None)


def test_a_tick_of_a_daemon_that_is_gone_is_asked_again_by_the_next_one(instance: DagsterInstance) -> None:
    first = Sensors(instance, a_sensor())
    first.locations.says = lambda question: None
    for _ in range(5):
        first.turn()
    instance.storage.leases.release(first.lease.name, first.lease.epoch)
    second = Sensors(instance, a_sensor(), now=first.now, epoch=2)
    assert second.lease.epoch == 2
    second.locations.says = lambda question: runs("a")
    second.turn(10)
    second.turn()
    assert [tick.status for tick in second.ticks()] == [S.SUCCESS]
    # The one before comes back, and its sensor answers: nothing of it is stored.
    first.locations.waiting[0][1].set_result(runs("b"))
    first.turn(30)
    assert instance.get_runs_count() == 1


def test_secrets_of_a_run_are_kept_until_it_begins_and_not_for_a_run_that_there_is_already(
    instance: DagsterInstance, tmp_path: Path
) -> None:
    sensors = Sensors(instance, a_sensor(minimum_interval_seconds=1))
    covered, given = ({"ops": {"a": {"config": {"password": word}}}} for word in ("********", "hunter2"))

    def says(_: TickQuestion) -> TickAnswer:
        return TickAnswer(runs=(WantedRun(run=a_run(job_name="j", run_config=covered), run_key="k", given_config=given),))

    sensors.locations.says = says
    sensors.turn()
    sensors.turn()
    [run] = instance.get_runs()
    kept = tmp_path / "run_secrets"
    assert [path.name for path in kept.iterdir()] == [f"{run.run_id}.json"]
    assert "hunter2" not in str(run.run_config)
    sensors.turn(5)
    sensors.turn(5)
    assert len(sensors.ticks()) > 1
    assert [path.name for path in kept.iterdir()] == [f"{run.run_id}.json"]
    instance.report_run_canceled(run)
    instance.forget_idle_run_configs()
    assert list(kept.iterdir()) == []


def test_what_a_sensor_logs_is_kept_with_its_tick_and_one_that_says_it_again_takes_no_row(instance: DagsterInstance) -> None:
    sensors = Sensors(instance, a_sensor(minimum_interval_seconds=1))
    lines = iter(("looked", "looked", "found"))
    sensors.locations.says = lambda _: TickAnswer(skip_reason="no", lines=(TickLine(1.0, 20, next(lines, "found")),))
    for _ in range(6):
        sensors.turn(5)
    first, second = sensors.ticks()
    assert (first.times, [line.message for line in first.lines]) == (2, ["looked"])
    assert [line.message for line in second.lines] == ["found"]
