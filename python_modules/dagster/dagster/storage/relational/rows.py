"""Rows from values and values from rows; no row leaves this package."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from msgspec.structs import asdict, replace

from dagster import serdes
from dagster.events.entries import EventLogEntry
from dagster.events.records import EventLogRecord
from dagster.keys import AssetCheckKey, AssetKey
from dagster.partitions.joined_keys import JoinedKeys
from dagster.runs.runs import DagsterRun, RunRecord
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.projections import AssetMarks, CheckMarks, CheckPartitionGroup, StepMarks, columns_of

_BETWEEN_PARTITIONS, _BETWEEN_PARTS = "\x1f", "\x1e"
"""What stands between keys, and between a run and a key, in the texts of `PARTITION_GROUPS`."""


def asset_key(text: str) -> AssetKey:
    """The inverse of `AssetKey.to_string`."""
    return AssetKey(json.loads(text))


def body_of(value: Any) -> str:
    """The wire form as text."""
    return serdes.encode(value).decode()


def event_row(storage_id: int, entry: EventLogEntry, attempt: int, sequence: int | None) -> Mapping[str, Any]:
    """The parameters of `ADD_EVENT`."""
    columns = columns_of(entry)
    return {
        "id": storage_id,
        "run_id": entry.run_id,
        "attempt": attempt,
        "sequence": sequence,
        "timestamp": entry.timestamp,
        "event_type": columns.event_type,
        "asset_key": columns.asset_key.to_string() if columns.asset_key is not None else None,
        "partition": columns.partition,
        "check_name": columns.check_name,
        "step_key": entry.step_key,
        "body": body_of(entry),
    }


def event_record(row: tuple[Any, ...]) -> EventLogRecord:
    """The record of a row of `EVENT`."""
    return EventLogRecord(row[0], serdes.reader(EventLogEntry)(row[1]))


def run_row(run: DagsterRun, now: float) -> Mapping[str, Any]:
    """The parameters of `ADD_RUN`."""
    return {
        "run_id": run.run_id,
        "job_name": run.job_name,
        "status": run.status.value,
        "snapshot_id": run.job_snapshot_id,
        "attempt": run.attempt,
        "create_timestamp": now,
        "update_timestamp": now,
        "start_time": None,
        "end_time": None,
        "body": body_of(run),
    }


def run_record(row: tuple[Any, ...]) -> RunRecord:
    """The record of a row of `RUN`; status and attempt are those of the columns."""
    storage_id, status, attempt, created, updated, started, ended, body = row
    run = serdes.decode(body, DagsterRun)
    if run.status.value != status or run.attempt != attempt:
        run = replace(run, status=DagsterRunStatus(status), attempt=attempt)
    return RunRecord(
        storage_id=storage_id,
        dagster_run=run,
        create_timestamp=datetime.fromtimestamp(created, timezone.utc),
        update_timestamp=datetime.fromtimestamp(updated, timezone.utc),
        start_time=started,
        end_time=ended,
    )


def marks_row(marks: AssetMarks, key: AssetKey, partition: str | None = None) -> Mapping[str, Any]:
    """The parameters of `MARK_ASSET` and `MARK_PARTITION`."""
    return {
        "asset_key": key.to_string(),
        "partition": partition,
        "materialization_id": marks.materialization_id,
        "materialization_run_id": marks.materialization_run_id,
        "data_version": marks.data_version,
        "observation_id": marks.observation_id,
        "planned_id": marks.planned_id,
        "planned_run_id": marks.planned_run_id,
        "planned_step_key": marks.planned_step_key,
    }


def step_rows(steps: Mapping[tuple[str, str], StepMarks]) -> list[Mapping[str, Any]]:
    """The parameters of `MARK_STEP`, for steps keyed by run and step."""
    return [
        {
            "run_id": run_id,
            "step_key": step_key,
            "status": marks.status,
            "start_time": marks.start_time,
            "end_time": marks.end_time,
            "attempts": marks.attempts,
        }
        for (run_id, step_key), marks in steps.items()
    ]


def partition_groups_of(key: AssetKey) -> Mapping[str, Any]:
    """The parameters of `PARTITION_GROUPS`."""
    return {
        "asset_key": key.to_string(),
        "between_partitions": _BETWEEN_PARTITIONS,
        "between_parts": _BETWEEN_PARTS,
    }


def materialized_partitions(text: str | None, count: int) -> Sequence[str] | None:
    """The text of `PARTITION_GROUPS` that is counted; None where keys contain commas, so that nobody can tell where they end."""
    found = JoinedKeys(text) if text is not None else ()
    return found if len(found) == count else None


def planned_partitions(text: str | None) -> dict[tuple[str, bool], list[str]]:
    """The other text of `PARTITION_GROUPS`: partitions keyed by the run that is to write them and whether they were written."""
    found: dict[tuple[str, bool], list[str]] = {}
    for each in text.split(_BETWEEN_PARTITIONS) if text is not None else ():
        run_id, is_materialized, partition = each.split(_BETWEEN_PARTS, 2)
        found.setdefault((run_id, is_materialized == "1"), []).append(partition)
    return found


def check_partition_group(row: Sequence[Any]) -> CheckPartitionGroup:
    """What a row of `CHECK_PARTITION_GROUPS` says; SQLite has no booleans."""
    status, passed, partitions = row
    run_status = None if status is None else DagsterRunStatus(status)
    return CheckPartitionGroup(
        run_status, None if passed is None else bool(passed), sorted(partitions.split(_BETWEEN_PARTITIONS))
    )


def check_row(marks: CheckMarks, key: AssetCheckKey, partition: str | None = None) -> Mapping[str, Any]:
    """The parameters of `MARK_CHECK`, or of `MARK_CHECK_PARTITION` where a partition is given."""
    row = {"asset_key": key.asset_key.to_string(), "check_name": key.name, **asdict(marks)}
    return row if partition is None else {**row, "partition": partition}


def check_marks(row: Sequence[Any]) -> CheckMarks:
    """What a row says of a check; SQLite has no booleans."""
    planned_id, planned_run_id, evaluation_id, evaluation_run_id, passed = row
    return CheckMarks(planned_id, planned_run_id, evaluation_id, evaluation_run_id, None if passed is None else bool(passed))
