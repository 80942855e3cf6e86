"""What a schedule or sensor is asked at a tick, and what it says: values that travel to where its code is, and back."""

from __future__ import annotations

from typing import Any

import msgspec

from dagster.events.entries import EventLogEntry
from dagster.events.failures import SerializableErrorInfo
from dagster.partitions.dynamic import AddDynamicPartitionsRequest, DeleteDynamicPartitionsRequest
from dagster.runs.runs import DagsterRun
from dagster.runs.ticks import InstigatorType, TickLine


class TickQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Asks a schedule or sensor whether something is to run.

    Attributes:
        instigator_type: which of the two it is.
        location: the code location.
        name: its name there.
        scheduled: when a schedule was due, None for a sensor; seconds since the epoch, UTC.
        cursor: what the last tick of a sensor left.
        last_run_key: of the last run that a sensor asked for.
        last_tick_ended: when the last tick of a sensor ended.
        started_at: when it was switched on.
        log_key: the place of the lines that it logs.
    """

    instigator_type: InstigatorType
    location: str
    name: str
    scheduled: float | None = None
    cursor: str | None = None
    last_run_key: str | None = None
    last_tick_ended: float | None = None
    started_at: float | None = None
    log_key: tuple[str, ...] | None = None


class WantedRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run that a schedule or sensor wants.

    Attributes:
        run: as it is to be stored, but for what only the daemon knows: its status and the tags that tell where it comes from.
        run_key: for one key there is one run, ever; None for a run each time.
        events: what it plans to write.
        given_config: its config as it was given, where what is to be stored has secrets covered.
    """

    run: DagsterRun
    run_key: str | None = None
    events: tuple[EventLogEntry, ...] = ()
    given_config: dict[str, Any] | None = None


class TickAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a schedule or sensor said.

    Attributes:
        runs: that it wants, in order.
        skip_reason: why it wants none.
        cursor: what the next tick of a sensor finds.
        partitions: changes of dynamic partitions, in order.
        events: of assets, outside of runs.
        reacted_to: the runs for which a sensor on runs was called and asked for nothing.
        lines: that it logged, in order.
        error: what it raised. Then the rest is empty, but for a sensor on runs, which has come further nevertheless.
    """

    runs: tuple[WantedRun, ...] = ()
    skip_reason: str | None = None
    cursor: str | None = None
    partitions: tuple[AddDynamicPartitionsRequest | DeleteDynamicPartitionsRequest, ...] = ()
    events: tuple[EventLogEntry, ...] = ()
    reacted_to: tuple[str, ...] = ()
    lines: tuple[TickLine, ...] = ()
    error: SerializableErrorInfo | None = None
