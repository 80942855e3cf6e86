"""Where schedules and sensors stand between ticks, and what a tick changes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import msgspec

from dagster.events.entries import EventLogEntry
from dagster.partitions.dynamic import AddDynamicPartitionsRequest, DeleteDynamicPartitionsRequest
from dagster.runs.runs import DagsterRun
from dagster.runs.tags import TICK_ID_TAG
from dagster.runs.ticks import InstigatorType, Tick, TickStatus


class InstigatorStatus(Enum):
    """Whether a schedule or sensor is on, as somebody said; DECLARED_IN_CODE where nobody did."""

    RUNNING = "RUNNING"
    DECLARED_IN_CODE = "DECLARED_IN_CODE"
    STOPPED = "STOPPED"


class InstigatorState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a schedule or sensor stands.

    Attributes:
        instigator_type: what it is.
        selector: says which one, among all of its type in all code locations.
        name: its name, for people.
        status: whether it is on, as somebody said.
        started_at: when it was first seen to be on since it was last off; None while it is off.
        cursor: what the last tick of a sensor left.
        due_until: the time of the last tick of a schedule; what was due until then is done.
        tick_id: the tick that goes on; None between ticks.
        tick_began, tick_ended: when the last tick began and was over; None before the first. A sensor that was asked only a
            moment late has begun when it was due.
        last_run_key: of the last run that it asked for.
        version: grows by one with every change; a change names the version that it was made from.
    """

    instigator_type: InstigatorType
    selector: str
    name: str
    status: InstigatorStatus = InstigatorStatus.DECLARED_IN_CODE
    started_at: float | None = None
    cursor: str | None = None
    due_until: float | None = None
    tick_id: int | None = None
    tick_began: float | None = None
    tick_ended: float | None = None
    last_run_key: str | None = None
    version: int = 0


class RequestedRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run that a tick asks for.

    Attributes:
        run: as it is to be stored.
        run_key: for one key of a schedule or sensor there is one run, ever; None for a run each time.
        events: the first events of the run.
    """

    run: DagsterRun
    run_key: str | None = None
    events: tuple[EventLogEntry, ...] = ()


class TickCommit(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that begins or ends a tick; it is stored as a whole or not at all.

    Attributes:
        state: where the schedule or sensor stands afterwards; its `version` is the one that it was made from.
        tick: the tick as it is to be stored; ids of runs are added to it. One with the status STARTED goes on.
        tick_id: of the tick in whose place it is stored; None for a new one.
        runs: to be stored with the tick's number, those for whose key there is no run yet.
        partitions: changes of dynamic partitions, in order.
        events: of assets, outside of runs.
        lease: name and epoch of the lease under which it is done; nothing is stored if another epoch holds by now.
    """

    state: InstigatorState
    tick: Tick
    tick_id: int | None = None
    runs: tuple[RequestedRun, ...] = ()
    partitions: tuple[AddDynamicPartitionsRequest | DeleteDynamicPartitionsRequest, ...] = ()
    events: tuple[EventLogEntry, ...] = ()
    lease: tuple[str, int] | None = None


class CommittedTick(msgspec.Struct, frozen=True, kw_only=True):
    """A tick that was begun or ended, as it is stored now."""

    state: InstigatorState
    tick_id: int
    tick: Tick


def run_of_tick(run: DagsterRun, tick_id: int) -> DagsterRun:
    """The run with the tag that says which tick asked for it. Pure."""
    return run.with_tags({**run.tags, TICK_ID_TAG: str(tick_id)})


def ended_tick(tick: Tick, started: Sequence[str], known_keys: Sequence[str]) -> Tick:
    """The tick with the runs that were started and the keys for which there was one. Pure.

    A tick that started nothing, since there was a run for each key, is a skipped one.
    """
    nothing = tick.status is TickStatus.SUCCESS and known_keys and not started
    return msgspec.structs.replace(
        tick,
        status=TickStatus.SKIPPED if nothing else tick.status,
        run_ids=(*tick.run_ids, *started),
        run_keys=(*tick.run_keys, *known_keys),
    )
