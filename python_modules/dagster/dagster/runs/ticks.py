"""Ticks: that a schedule, a sensor or the conditions of assets were asked whether something is to run, and what came of it."""

from __future__ import annotations

from enum import Enum

import msgspec

from dagster.events.failures import SerializableErrorInfo


class InstigatorType(Enum):
    """What starts runs by itself."""

    SCHEDULE = "SCHEDULE"
    SENSOR = "SENSOR"
    AUTO_MATERIALIZE = "AUTO_MATERIALIZE"


class TickStatus(Enum):
    """Where a tick stands."""

    STARTED = "STARTED"
    SKIPPED = "SKIPPED"
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"


class TickLine(msgspec.Struct, frozen=True):
    """A line that the function of a schedule or sensor logged.

    Attributes:
        timestamp: when; seconds since the epoch, UTC.
        level: as in `logging`.
        message: what.
        error: the traceback of an exception that was logged with it.
    """

    timestamp: float
    level: int
    message: str
    error: str | None = None


class Tick(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One time that a schedule, a sensor or conditions were asked.

    Attributes:
        instigator_type: what was asked.
        selector: says which one, among all of its type in all code locations.
        name: its name, for people.
        status: where the tick stands.
        timestamp: for when a schedule was due, or when the others were asked; seconds since the epoch, UTC.
        end_timestamp: when it was over, None before that.
        cursor: how far a sensor had come afterwards.
        run_ids: the runs that it started, in the order in which they were asked for.
        run_keys: the keys for which no run was started, since there is one.
        skip_reason: why there is nothing to run.
        error: why it failed.
        failure_count: how many times in a row it has failed.
        log_key: the place of the lines that were logged.
        times: how many ticks in a row said the same, where this row stands for all of them; the last one is told of here.
        since: when the first of them was; None for one.
        lines: that the function logged, in order.
    """

    instigator_type: InstigatorType
    selector: str
    name: str
    status: TickStatus
    timestamp: float
    end_timestamp: float | None = None
    cursor: str | None = None
    run_ids: tuple[str, ...] = ()
    run_keys: tuple[str, ...] = ()
    skip_reason: str | None = None
    error: SerializableErrorInfo | None = None
    failure_count: int = 0
    log_key: tuple[str, ...] | None = None
    times: int = 1
    since: float | None = None
    lines: tuple[TickLine, ...] = ()


class TickRecord(msgspec.Struct, frozen=True):
    """A tick as it is stored: the number that it was given, and the tick."""

    tick_id: int
    tick: Tick


class TickFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Conditions that ticks meet, all of them.

    Attributes:
        instigator_type: of this type.
        selector: of the one that this names.
        statuses: in one of these; empty for all.
        before: for a time earlier than this, seconds since the epoch.
        after: for a time later than this.
    """

    instigator_type: InstigatorType | None = None
    selector: str | None = None
    statuses: tuple[TickStatus, ...] = ()
    before: float | None = None
    after: float | None = None
