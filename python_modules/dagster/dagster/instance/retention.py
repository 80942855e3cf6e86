"""What is removed by itself, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from dagster.instance.setting_models import RetentionEntry
    from dagster.storage.ports import Storage

PRUNED_NOTE = "history pruned at"
DAY_SECONDS = 86400.0


class Cutoffs(msgspec.Struct, frozen=True):
    """What happened before these times may go; seconds since the epoch, None keeps everything."""

    runs: float | None = None
    events: float | None = None


class Pruned(msgspec.Struct, frozen=True):
    """How much was removed."""

    runs: int = 0
    events: int = 0


def cutoffs(policy: RetentionEntry, now: float) -> Cutoffs:
    """What may go at a time. Pure."""

    def before(days: float | None) -> float | None:
        return None if days is None else now - days * DAY_SECONDS

    return Cutoffs(
        runs=before(policy.runs.purge_after_days if policy.runs is not None else None),
        events=before(policy.events.purge_after_days if policy.events is not None else None),
    )


def is_due(note: str | None, now: float) -> bool:
    """Whether it is a day since history was pruned. Pure; a note from the future counts for nothing."""
    return note is None or not 0 <= now - float(note) < DAY_SECONDS


def prune(storage: Storage, allowed: Cutoffs, now: float) -> Pruned:
    """Removes what may go. The events stay by which assets, partitions and checks are known."""
    storage.notes.set_note(PRUNED_NOTE, repr(now))
    return Pruned(
        runs=storage.maintenance.prune_runs(allowed.runs) if allowed.runs is not None else 0,
        events=storage.maintenance.prune_events(allowed.events) if allowed.events is not None else 0,
    )
