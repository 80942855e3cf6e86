"""What is removed by itself, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from dagster.runs.ticks import InstigatorType, TickFilter, TickStatus

if TYPE_CHECKING:
    from dagster.instance.setting_models import RetentionEntry, TickRetention
    from dagster.storage.ports import Storage

PRUNED_NOTE = "history pruned at"
DAY_SECONDS = 86400.0
FOR_EVER = -1
# Sensors and conditions are asked every few seconds, and mostly there is nothing to do.
SKIPPED_DAYS = {InstigatorType.SENSOR: 7, InstigatorType.AUTO_MATERIALIZE: 7}


class Cutoffs(msgspec.Struct, frozen=True):
    """What happened before these times may go; seconds since the epoch, None keeps everything."""

    runs: float | None = None
    events: float | None = None
    ticks: tuple[TickFilter, ...] = ()


class Pruned(msgspec.Struct, frozen=True):
    """How much was removed."""

    runs: int = 0
    events: int = 0
    ticks: int = 0


def cutoffs(policy: RetentionEntry, now: float) -> Cutoffs:
    """What may go at a time. Pure."""

    def before(days: float | None) -> float | None:
        return None if days is None else now - days * DAY_SECONDS

    return Cutoffs(
        runs=before(policy.runs.purge_after_days if policy.runs is not None else None),
        events=before(policy.events.purge_after_days if policy.events is not None else None),
        ticks=tuple(
            TickFilter(instigator_type=kind, statuses=(status,), before=before(days))
            for kind, written in _tick_policies(policy)
            for status, days in tick_days(kind, written).items()
            if days != FOR_EVER
        ),
    )


def _tick_policies(policy: RetentionEntry) -> list[tuple[InstigatorType, TickRetention | None]]:
    return [
        (InstigatorType.SCHEDULE, policy.schedule),
        (InstigatorType.SENSOR, policy.sensor),
        (InstigatorType.AUTO_MATERIALIZE, policy.auto_materialize),
    ]


def tick_days(kind: InstigatorType, written: TickRetention | None) -> dict[TickStatus, int]:
    """How many days ticks are kept, keyed by how they ended; -1 for ever. Pure."""
    ages = written.purge_after_days if written is not None else None
    if isinstance(ages, int):
        return dict.fromkeys(TickStatus, ages)
    days = dict.fromkeys(TickStatus, FOR_EVER) | {TickStatus.SKIPPED: SKIPPED_DAYS.get(kind, FOR_EVER)}
    if ages is not None:
        named: Mapping[str, int] = ages.model_dump(exclude_none=True)
        days |= {TickStatus(name.upper()): age for name, age in named.items()}
    return days


def is_due(note: str | None, now: float) -> bool:
    """Whether it is a day since history was pruned. Pure; a note from the future counts for nothing."""
    return note is None or not 0 <= now - float(note) < DAY_SECONDS


def prune(storage: Storage, allowed: Cutoffs, now: float) -> Pruned:
    """Removes what may go. The events stay by which assets, partitions and checks are known."""
    storage.notes.set_note(PRUNED_NOTE, repr(now))
    return Pruned(
        runs=storage.maintenance.prune_runs(allowed.runs) if allowed.runs is not None else 0,
        events=storage.maintenance.prune_events(allowed.events) if allowed.events is not None else 0,
        ticks=sum(storage.ticks.prune(old) for old in allowed.ticks),
    )
