"""Whether schedules and sensors are on, which of them are asked next, and what follows from what they say. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

from msgspec.structs import replace

from dagster.events.entries import EventLogEntry
from dagster.runs.evaluations import TickAnswer, TickQuestion, WantedRun
from dagster.runs.instigators import CommittedTick, InstigatorState, InstigatorStatus, RequestedRun, TickCommit
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.tags import (
    CODE_LOCATION_TAG,
    RUN_KEY_TAG,
    SCHEDULE_NAME_TAG,
    SCHEDULED_EXECUTION_TIME_TAG,
    SENSOR_NAME_TAG,
)
from dagster.runs.ticks import InstigatorType, Tick, TickStatus
from dagster.specs.schedules import DefaultScheduleStatus, ScheduleSpec
from dagster.specs.sensors import DefaultSensorStatus, SensorSpec

Spec = ScheduleSpec | SensorSpec


def selector_of(location: str, name: str) -> str:
    """What says which schedule or sensor of all code locations is meant; names are unique within a location."""
    return f"{location}:{name}"


def kind_of(spec: Spec) -> InstigatorType:
    """Whether it is a schedule or a sensor."""
    return InstigatorType.SCHEDULE if isinstance(spec, ScheduleSpec) else InstigatorType.SENSOR


def first_state(spec: Spec, location: str) -> InstigatorState:
    """Where a schedule or sensor stands of which nothing is kept."""
    return InstigatorState(instigator_type=kind_of(spec), selector=selector_of(location, spec.name), name=spec.name)


def is_on(spec: Spec, state: InstigatorState | None) -> bool:
    """Whether it is asked at all: as somebody said, or else as it is declared."""
    if state is None or state.status is InstigatorStatus.DECLARED_IN_CODE:
        return spec.default_status in (DefaultScheduleStatus.RUNNING, DefaultSensorStatus.RUNNING)
    return state.status is InstigatorStatus.RUNNING


def switched(spec: Spec, state: InstigatorState, status: InstigatorStatus, now: float) -> InstigatorState:
    """Where it stands after somebody said that it is on or off, or as declared.

    A schedule that is switched on has nothing to make up for: what was due while it was off is not.
    """
    later = replace(state, status=status)
    if is_on(spec, later) == is_on(spec, state) and state.started_at is not None:
        return later
    return begun_to_be_on(later, now) if is_on(spec, later) else replace(later, started_at=None)


def begun_to_be_on(state: InstigatorState, now: float) -> InstigatorState:
    """Where it stands when it is first seen to be on."""
    is_schedule = state.instigator_type is InstigatorType.SCHEDULE
    return replace(state, started_at=now, due_until=now if is_schedule else None)


_LATE_AT_MOST, _LATE_SECONDS_AT_MOST = 0.25, 1.0


def sensor_due_at(spec: SensorSpec, state: InstigatorState, now: float) -> float:
    """From when on a sensor that is on and is not being asked is asked: its interval after the last tick was due.

    At once, which is 0, if there was none yet or the last one was broken off, or began later than now: the clock was set back,
    and nobody waits for it to come there again.
    """
    if state.tick_id is not None or state.tick_began is None or state.tick_began > now:
        return 0.0
    return state.tick_began + spec.minimum_interval_seconds


def due_now(spec: SensorSpec, state: InstigatorState, now: float) -> float:
    """From when the interval after a tick that begins now counts.

    A loop is a moment late each time; counted from when it came, a sensor of each second would be asked 55 times a minute. So it
    counts from when the tick was due, unless that is longer ago than a quarter of the interval, or a second.
    """
    due = sensor_due_at(spec, state, now)
    late_at_most = min(spec.minimum_interval_seconds * _LATE_AT_MOST, _LATE_SECONDS_AT_MOST)
    return due if 0.0 <= now - due <= late_at_most else now


def question_of(state: InstigatorState, location: str, scheduled: float | None = None) -> TickQuestion:
    """What a schedule or sensor is asked."""
    return TickQuestion(
        instigator_type=state.instigator_type,
        location=location,
        name=state.name,
        scheduled=scheduled,
        cursor=state.cursor,
        last_run_key=state.last_run_key,
        last_tick_ended=state.tick_ended,
        started_at=state.started_at,
    )


def beginning(state: InstigatorState, now: float, scheduled: float | None, lease: tuple[str, int] | None) -> TickCommit:
    """What begins a tick; a tick that goes on already, of a daemon that is gone, is begun again."""
    tick = Tick(
        instigator_type=state.instigator_type,
        selector=state.selector,
        name=state.name,
        status=TickStatus.STARTED,
        timestamp=scheduled if scheduled is not None else now,
        cursor=state.cursor,
    )
    began = now if scheduled is not None else state.tick_began
    return TickCommit(state=replace(state, tick_began=began), tick=tick, lease=lease)


def ending(
    state: InstigatorState,
    tick: Tick,
    answer: TickAnswer,
    now: float,
    *,
    location: str,
    enqueued: Callable[[DagsterRun], EventLogEntry],
    last: CommittedTick | None = None,
    lease: tuple[str, int] | None = None,
) -> TickCommit:
    """What ends a tick: everything that the schedule or sensor said, as one act.

    A sensor that raises keeps its cursor and is asked the same again, but for one on runs, which goes on with the next run; a
    schedule that raises has failed at that time.

    Args:
        state: as it was when the tick began; of a sensor with the moment from which its interval counts.
        tick: as it was begun.
        answer: what was said.
        now: seconds since the epoch.
        location: where its code is.
        enqueued: the event that a run is in the queue.
        last: the tick before, where it is known: a sensor that says again that there is nothing to do takes no new row.
        lease: under which it is done.
    """
    is_schedule = state.instigator_type is InstigatorType.SCHEDULE
    later = replace(
        state,
        tick_ended=now,
        due_until=tick.timestamp if is_schedule else None,
    )
    over = replace(tick, end_timestamp=now, lines=answer.lines)
    if answer.error is not None:
        cursor = answer.cursor if answer.reacted_to else state.cursor
        failed = replace(over, status=TickStatus.FAILURE, error=answer.error, cursor=cursor, failure_count=tick.failure_count + 1)
        return TickCommit(state=replace(later, cursor=cursor), tick=failed, tick_id=state.tick_id, lease=lease)
    keys = [wanted.run_key for wanted in answer.runs if wanted.run_key is not None]
    # A sensor that says no cursor leaves the one that there is.
    cursor = answer.cursor if answer.cursor is not None else state.cursor
    later = replace(later, cursor=cursor, last_run_key=keys[-1] if keys else state.last_run_key)
    status = TickStatus.SUCCESS if answer.runs or answer.reacted_to else TickStatus.SKIPPED
    reason = None if answer.runs else answer.skip_reason
    runs = tuple(_requested(wanted, state, tick, location, enqueued) for wanted in answer.runs)
    ended = TickCommit(
        state=later,
        tick=replace(over, status=status, skip_reason=reason, cursor=cursor),
        tick_id=state.tick_id,
        runs=runs,
        partitions=answer.partitions,
        events=answer.events,
        lease=lease,
    )
    return _said_again(ended, last) if last is not None and says_the_same(last, ended) else ended


def says_the_same(last: CommittedTick, ended: TickCommit) -> bool:
    """Whether a sensor said once more that there is nothing to do, in the same words, with nothing in between."""
    return (
        last.state.version == ended.state.version
        and ended.tick_id is None
        and ended.tick.instigator_type is InstigatorType.SENSOR
        and last.tick.status is ended.tick.status is TickStatus.SKIPPED
        and (last.tick.skip_reason, last.tick.cursor) == (ended.tick.skip_reason, ended.tick.cursor)
        and [line.message for line in last.tick.lines] == [line.message for line in ended.tick.lines]
        and not (last.tick.run_keys or ended.runs or ended.partitions or ended.events)
    )


def _said_again(ended: TickCommit, last: CommittedTick) -> TickCommit:
    since = last.tick.since if last.tick.since is not None else last.tick.timestamp
    return replace(ended, tick=replace(ended.tick, times=last.tick.times + 1, since=since), tick_id=last.tick_id)


def _requested(
    wanted: WantedRun, state: InstigatorState, tick: Tick, location: str, enqueued: Callable[[DagsterRun], EventLogEntry]
) -> RequestedRun:
    tags = {**wanted.run.tags, CODE_LOCATION_TAG: location}
    if state.instigator_type is InstigatorType.SCHEDULE:
        moment = datetime.fromtimestamp(tick.timestamp, timezone.utc)
        tags |= {SCHEDULE_NAME_TAG: state.name, SCHEDULED_EXECUTION_TIME_TAG: moment.isoformat()}
    else:
        tags[SENSOR_NAME_TAG] = state.name
    if wanted.run_key is not None:
        tags[RUN_KEY_TAG] = wanted.run_key
    run = replace(wanted.run, tags=tags, status=DagsterRunStatus.QUEUED)
    return RequestedRun(run=run, run_key=_key_of(wanted.run_key, state, tick), events=(enqueued(run), *wanted.events))


def _key_of(run_key: str | None, state: InstigatorState, tick: Tick) -> str | None:
    """The key under which there is one run ever: of a schedule one for each of its times."""
    if run_key is None or state.instigator_type is InstigatorType.SENSOR:
        return run_key
    return f"{tick.timestamp:.0f} {run_key}"
