"""Whether a run or an event meets the conditions of a filter. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dagster.events.records import EventRecordsFilter
from dagster.runs.runs import DagsterRun, RunsFilter
from dagster.runs.tags import BACKFILL_ID_TAG
from dagster.storage.memory.tables import StoredEvent, StoredRun


def run_meets(stored: StoredRun, asked: RunsFilter) -> bool:
    """Whether a run meets every condition."""
    run = stored.run
    return (
        (asked.run_ids is None or run.run_id in asked.run_ids)
        and (asked.job_name is None or run.job_name == asked.job_name)
        and (not asked.statuses or run.status in asked.statuses)
        and (asked.snapshot_id is None or run.job_snapshot_id == asked.snapshot_id)
        and (not asked.exclude_subruns or BACKFILL_ID_TAG not in run.tags)
        and _has_tags(run, asked)
        and _between(stored.updated, asked.updated_after, asked.updated_before)
        and _between(stored.created, asked.created_after, asked.created_before)
    )


def _has_tags(run: DagsterRun, asked: RunsFilter) -> bool:
    for key, wanted in asked.tags.items():
        value = run.tags.get(key)
        if value is None or (value != wanted if isinstance(wanted, str) else value not in wanted):
            return False
    return True


def _between(moment: float, after: datetime | None, before: datetime | None) -> bool:
    return (after is None or moment > after.timestamp()) and (before is None or moment < before.timestamp())


def event_condition(asked: EventRecordsFilter) -> Callable[[StoredEvent], bool]:
    """A function that says whether an event of the right type and asset meets the other conditions."""
    partitions = frozenset(asked.asset_partitions) if asked.asset_partitions else None
    ids = frozenset(asked.storage_ids) if asked.storage_ids is not None else None

    def meets(stored: StoredEvent) -> bool:
        place, moment = stored.record.storage_id, stored.record.timestamp
        return (
            stored.columns.event_type == asked.event_type.value
            and (partitions is None or stored.columns.partition in partitions)
            and (ids is None or place in ids)
            and (asked.after_cursor is None or place > asked.after_cursor)
            and (asked.before_cursor is None or place < asked.before_cursor)
            and (asked.after_timestamp is None or moment > asked.after_timestamp)
            and (asked.before_timestamp is None or moment < asked.before_timestamp)
        )

    return meets
