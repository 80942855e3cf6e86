from typing import Any

import pytest
from msgspec.structs import replace

from dagster.automation.instigators import (
    beginning,
    begun_to_be_on,
    due_now,
    ending,
    first_state,
    is_on,
    question_of,
    says_the_same,
    sensor_due_at,
    switched,
)
from dagster.events.entries import EventLogEntry
from dagster.events.failures import SerializableErrorInfo
from dagster.events.types import DagsterEventType
from dagster.partitions.dynamic import AddDynamicPartitionsRequest
from dagster.runs.evaluations import TickAnswer, WantedRun
from dagster.runs.instigators import CommittedTick, InstigatorState, InstigatorStatus, TickCommit
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.ticks import InstigatorType, TickStatus
from dagster.specs.schedules import DefaultScheduleStatus, ScheduleSpec
from dagster.specs.sensors import DefaultSensorStatus, SensorSpec
from dagster_tests.contracts.storage_facts import a_run, entry

Status, S = InstigatorStatus, TickStatus
SENSOR = SensorSpec(name="files", default_status=DefaultSensorStatus.RUNNING)
SCHEDULE = ScheduleSpec(name="daily", cron_schedule="@daily", job_name="j", default_status=DefaultScheduleStatus.STOPPED)
OF_SENSOR = {"dagster/code_location": "shop", "dagster/sensor_name": "files"}
ERROR = SerializableErrorInfo("ValueError: no", [], "ValueError")


def enqueued(run: DagsterRun) -> EventLogEntry:
    return entry(run.run_id, DagsterEventType.RUN_ENQUEUED)


def over(answer: TickAnswer, spec: Any = SENSOR, scheduled: float | None = None, **fields: Any) -> TickCommit:
    state = replace(first_state(spec, "shop"), **{key: value for key, value in fields.items() if key != "last"})
    tick = beginning(state, 100.0, scheduled, None).tick
    return ending(state, tick, answer, 101.0, location="shop", enqueued=enqueued, last=fields.get("last"), lease=("sensors", 3))


@pytest.mark.parametrize(
    ("status", "sensor_on", "schedule_on"),
    [(None, True, False), (Status.DECLARED_IN_CODE, True, False), (Status.RUNNING, True, True), (Status.STOPPED, False, False)],
)
def test_what_somebody_said_counts_before_what_is_declared(
    status: InstigatorStatus | None, sensor_on: bool, schedule_on: bool
) -> None:
    for spec, expected in ((SENSOR, sensor_on), (SCHEDULE, schedule_on)):
        state = None if status is None else replace(first_state(spec, "shop"), status=status)
        assert is_on(spec, state) is expected


def test_a_schedule_that_is_switched_on_has_nothing_to_make_up_for() -> None:
    on = switched(SCHEDULE, first_state(SCHEDULE, "shop"), Status.RUNNING, 50.0)
    assert (on.status, on.started_at, on.due_until) == (Status.RUNNING, 50.0, 50.0)
    later = replace(on, due_until=60.0)
    assert switched(SCHEDULE, later, Status.RUNNING, 70.0) == later
    off = switched(SCHEDULE, later, Status.STOPPED, 80.0)
    assert (off.status, off.started_at) == (Status.STOPPED, None)
    assert switched(SCHEDULE, off, Status.RUNNING, 90.0).due_until == 90.0


def test_a_sensor_is_asked_again_when_its_interval_is_over() -> None:
    state = begun_to_be_on(first_state(SENSOR, "shop"), 10.0)
    assert (state.started_at, state.due_until) == (10.0, None)
    assert sensor_due_at(SENSOR, state, 12.0) == 0.0
    assert sensor_due_at(SENSOR, replace(state, tick_began=20.0, tick_ended=45.0), 46.0) == 50.0
    assert sensor_due_at(SENSOR, replace(state, tick_began=20.0, tick_id=1), 46.0) == 0.0


def test_what_is_asked_a_moment_late_again_and_again_is_not_asked_less_often() -> None:
    state = replace(begun_to_be_on(first_state(SENSOR, "shop"), 10.0), tick_began=20.0)
    for now in (50.9, 80.1, 110.7):
        state = replace(state, tick_began=due_now(SENSOR, state, now))
    assert sensor_due_at(SENSOR, state, 111.0) == 140.0


def test_an_interval_counts_from_the_tick_where_that_comes_much_too_late_or_is_the_first() -> None:
    state = begun_to_be_on(first_state(SENSOR, "shop"), 10.0)
    assert due_now(SENSOR, state, 12.0) == 12.0
    late = replace(state, tick_began=20.0)
    assert (due_now(SENSOR, late, 51.0), due_now(SENSOR, late, 51.1)) == (50.0, 51.1)
    each_second = replace(SENSOR, minimum_interval_seconds=1)
    assert (due_now(each_second, late, 21.25), due_now(each_second, late, 21.5)) == (21.0, 21.5)
    assert due_now(SENSOR, replace(late, tick_id=1), 50.1) == 50.1


def test_a_sensor_is_asked_at_once_where_the_clock_was_set_back() -> None:
    asked = replace(begun_to_be_on(first_state(SENSOR, "shop"), 10.0), tick_began=7190.0, tick_ended=7200.0)
    assert sensor_due_at(SENSOR, asked, 100.0) == 0.0


def test_a_question_carries_what_the_last_tick_left() -> None:
    state = replace(first_state(SENSOR, "shop"), cursor="7", last_run_key="k", tick_ended=9.0, started_at=1.0)
    asked = question_of(state, "shop")
    assert (asked.location, asked.name, asked.cursor, asked.last_run_key) == ("shop", "files", "7", "k")
    assert (asked.last_tick_ended, asked.started_at, asked.scheduled) == (9.0, 1.0, None)


def test_runs_are_asked_for_in_the_queue_with_their_keys_and_the_cursor_moves() -> None:
    wanted = (WantedRun(run=a_run(tags={"a": "b"}), run_key="k"), WantedRun(run=a_run()))
    commit = over(
        TickAnswer(runs=wanted, cursor="8", partitions=(AddDynamicPartitionsRequest("f", ["x"]),)), cursor="7", tick_began=99.9
    )
    assert (commit.tick.status, commit.state.cursor, commit.state.last_run_key, commit.lease) == (
        S.SUCCESS,
        "8",
        "k",
        ("sensors", 3),
    )
    assert [(each.run_key, each.run.status, each.run.tags) for each in commit.runs] == [
        ("k", DagsterRunStatus.QUEUED, {"a": "b", **OF_SENSOR, "dagster/run_key": "k"}),
        (None, DagsterRunStatus.QUEUED, OF_SENSOR),
    ]
    assert all(len(each.events) == 1 for each in commit.runs)
    assert commit.partitions == (AddDynamicPartitionsRequest("f", ["x"]),)
    assert (commit.tick.timestamp, commit.tick.end_timestamp) == (100.0, 101.0)
    assert (commit.state.tick_began, commit.state.tick_ended) == (99.9, 101.0)


def test_a_tick_without_runs_is_skipped_and_a_cursor_that_is_not_told_stays() -> None:
    commit = over(TickAnswer(skip_reason="nothing new"), cursor="7")
    assert (commit.tick.status, commit.tick.skip_reason, commit.state.cursor) == (S.SKIPPED, "nothing new", "7")


def test_who_raises_keeps_the_cursor_and_asks_for_nothing() -> None:
    commit = over(TickAnswer(error=ERROR, cursor="8", runs=(WantedRun(run=a_run()),)), cursor="7")
    assert (commit.tick.status, commit.tick.error, commit.tick.failure_count) == (S.FAILURE, ERROR, 1)
    assert (commit.state.cursor, commit.state.tick_ended, commit.runs) == ("7", 101.0, ())


def test_a_time_of_a_schedule_is_done_when_its_tick_is_over_however_it_ended() -> None:
    for answer in (TickAnswer(), TickAnswer(error=ERROR), TickAnswer(runs=(WantedRun(run=a_run()),))):
        commit = over(answer, SCHEDULE, scheduled=90.0, due_until=80.0)
        assert (commit.tick.timestamp, commit.state.due_until) == (90.0, 90.0)


def test_a_run_key_of_a_schedule_is_one_for_each_of_its_times() -> None:
    commits = [over(TickAnswer(runs=(WantedRun(run=a_run(), run_key="k"),)), SCHEDULE, scheduled=each) for each in (90.0, 95.0)]
    assert [commit.runs[0].run_key for commit in commits] == ["90 k", "95 k"]
    assert commits[0].runs[0].run.tags == {
        "dagster/code_location": "shop",
        "dagster/schedule_name": "daily",
        ".dagster/scheduled_execution_time": "1970-01-01T00:01:30+00:00",
        "dagster/run_key": "k",
    }


def committed(commit: TickCommit, tick_id: int) -> CommittedTick:
    state: InstigatorState = replace(commit.state, version=commit.state.version + 1)
    return CommittedTick(state=state, tick_id=tick_id, tick=commit.tick)


def test_a_sensor_that_says_the_same_again_takes_no_new_row() -> None:
    first = committed(over(TickAnswer(skip_reason="nothing")), 5)
    again = over(TickAnswer(skip_reason="nothing"), last=first, version=1)
    assert (again.tick_id, again.tick.times, again.tick.since) == (5, 2, 100.0)
    third = over(TickAnswer(skip_reason="nothing"), last=committed(again, 5), version=2)
    assert (third.tick.times, third.tick.since) == (3, 100.0)


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        (TickAnswer(skip_reason="something else"), {"version": 1}),
        (TickAnswer(skip_reason="nothing", cursor="9"), {"version": 1}),
        (TickAnswer(skip_reason="nothing"), {"version": 2}),
        (TickAnswer(error=ERROR), {"version": 1}),
        (TickAnswer(skip_reason="nothing", partitions=(AddDynamicPartitionsRequest("f", ["x"]),)), {"version": 1}),
        (TickAnswer(skip_reason="nothing"), {"version": 1, "tick_id": 8}),
    ],
)
def test_any_other_word_takes_a_row_of_its_own(answer: TickAnswer, fields: dict[str, Any]) -> None:
    first = committed(over(TickAnswer(skip_reason="nothing")), 5)
    ended = over(answer, last=first, **fields)
    assert not says_the_same(first, ended)
    assert (ended.tick_id, ended.tick.times) == (fields.get("tick_id"), 1)


def test_what_a_schedule_skips_is_told_for_each_time() -> None:
    first = committed(over(TickAnswer(skip_reason="no"), SCHEDULE, scheduled=90.0), 5)
    assert first.tick.instigator_type is InstigatorType.SCHEDULE
    assert over(TickAnswer(skip_reason="no"), SCHEDULE, scheduled=95.0, version=1, last=first).tick_id is None
