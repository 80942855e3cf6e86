"""What is known of the executions of a check: the latest one, and those before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from dagster.events.check_records import AssetCheckExecutionRecord, AssetCheckExecutionRecordStatus
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
        # What is later than the cursor is read as well: it may have come of a plan that is earlier.
        found: list[AssetCheckExecutionRecord] = []
        evaluated: set[tuple[str, str | None]] = set()
        for each in self._executions(check_key):
            # In a run the plan comes before what came of it, so here it comes after.
            # What a run of several partitions finds is of all of them.
            places = {(each.run_id, each.partition), (each.run_id, None)}
            if each.status is AssetCheckExecutionRecordStatus.PLANNED and places & evaluated:
                continue
            evaluated.add((each.run_id, each.partition))
            if (cursor is None or each.id < cursor) and (status is None or each.status in status):
                if len(found) >= limit:
                    break
                found.append(each)
        return found

    def check_records(
        self, check_key: AssetCheckKey, *, partition: str | None = None, before: int | None = None, limit: int
    ) -> Sequence[EventLogRecord]:
        """What was planned and found of a check, latest first, by its own index.

        Args:
            check_key: the check.
            partition: one of its partitions; None for all.
            before: only records with lower storage ids.
            limit: how many at most.
        """
        return self._storage.events.check_records(check_key, partition=partition, before=before, limit=limit)

    def _executions(self, key: AssetCheckKey) -> Iterator[AssetCheckExecutionRecord]:
        before: int | None = None
        while True:
            records = self.check_records(key, before=before, limit=_PAGE)
            yield from (_execution(key, record) for record in records)
            if len(records) < _PAGE:
                return
            before = records[-1].storage_id


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
