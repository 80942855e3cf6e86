"""What is known of the executions of a check: the latest one, and those before."""

from __future__ import annotations

from collections.abc import Iterator, Set

from dagster.events.check_records import AssetCheckExecutionRecord, AssetCheckExecutionRecordStatus
from dagster.events.data import AssetCheckEvaluationPlanned
from dagster.events.records import EventLogRecord, EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.instance.kept import Kept
from dagster.keys import AssetCheckKey

_PLANNED, _EVALUATED = DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED, DagsterEventType.ASSET_CHECK_EVALUATION
_PAGE = 500


class CheckHistoryMethods(Kept):
    """Executions of checks."""

    def get_latest_asset_check_evaluation_record(self, asset_check_key: AssetCheckKey) -> AssetCheckExecutionRecord | None:
        """The latest execution of a check, None if it was never planned nor executed. Two indexed rows."""
        marks = self._storage.assets.check_marks([asset_check_key]).get(asset_check_key)
        if marks is None:
            return None
        is_planned = (marks.planned_id or 0) > (marks.evaluation_id or 0) and marks.planned_run_id != marks.evaluation_run_id
        place = marks.planned_id if is_planned else marks.evaluation_id
        assert place is not None, "a check that is known was planned or evaluated"
        kind = _PLANNED if is_planned else _EVALUATED
        [record] = self._storage.events.records(EventRecordsFilter(kind, asset_check_key.asset_key, storage_ids=[place]))
        return _execution(asset_check_key, record)

    def get_asset_check_execution_history(
        self,
        check_key: AssetCheckKey,
        limit: int,
        cursor: int | None = None,
        status: Set[AssetCheckExecutionRecordStatus] | None = None,
    ) -> list[AssetCheckExecutionRecord]:
        """The executions of a check, newest first: what each found; of one that found nothing, that it was planned.

        Args:
            check_key: the check.
            limit: how many at most.
            cursor: the id of the execution after which to go on.
            status: only executions that ended like that.
        """
        # Also evaluations after the cursor are read: a run before it may have planned what they found.
        evaluated, planned = self._executions(_EVALUATED, check_key, None), self._executions(_PLANNED, check_key, cursor)
        found: list[AssetCheckExecutionRecord] = []
        runs: set[str] = set()
        for each in _newest_first(evaluated, planned):
            # In a run the plan comes before what came of it, so here it comes after.
            if each.status is AssetCheckExecutionRecordStatus.PLANNED and each.run_id in runs:
                continue
            runs.add(each.run_id)
            if (cursor is None or each.id < cursor) and (status is None or each.status in status):
                if len(found) >= limit:
                    break
                found.append(each)
        return found

    def _executions(self, kind: DagsterEventType, key: AssetCheckKey, before: int | None) -> Iterator[AssetCheckExecutionRecord]:
        while True:
            conditions = EventRecordsFilter(kind, key.asset_key, before_cursor=before)
            records = self._storage.events.records(conditions, limit=_PAGE)
            yield from (_execution(key, record) for record in records if _check_name(record) == key.name)
            if len(records) < _PAGE:
                return
            before = records[-1].storage_id


def _newest_first(*histories: Iterator[AssetCheckExecutionRecord]) -> Iterator[AssetCheckExecutionRecord]:
    from heapq import merge

    return merge(*histories, key=lambda each: each.id, reverse=True)


def _check_name(record: EventLogRecord) -> str | None:
    event = record.event_log_entry.dagster_event
    data = event.event_specific_data if event is not None else None
    if isinstance(data, AssetCheckEvaluationPlanned):
        return data.check_name
    found = record.event_log_entry.asset_check_evaluation
    return found.check_name if found is not None else None


def _execution(key: AssetCheckKey, record: EventLogRecord) -> AssetCheckExecutionRecord:
    found = record.event_log_entry.asset_check_evaluation
    if found is None:
        status = AssetCheckExecutionRecordStatus.PLANNED
    else:
        status = AssetCheckExecutionRecordStatus.SUCCEEDED if found.passed else AssetCheckExecutionRecordStatus.FAILED
    return AssetCheckExecutionRecord(
        key=key,
        id=record.storage_id,
        run_id=record.run_id,
        status=status,
        event=record.event_log_entry,
        create_timestamp=record.timestamp,
        partition=record.partition_key,
    )
