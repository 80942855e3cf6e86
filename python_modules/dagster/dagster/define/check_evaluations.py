"""Ready-made checks at work: they ask the instance of the run what is known of an asset, and say what they find."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from dagster.define.check_verdicts import (
    FRESH_UNTIL,
    LAST_UPDATED,
    Bounds,
    Freshness,
    Verdict,
    bounds_verdict,
    last_update_verdict,
    partition_verdict,
    schema_verdict,
)
from dagster.define.sensor_contexts import SensorEvaluationContext
from dagster.errors import DagsterInvalidDefinitionError
from dagster.events.asset_events import AssetCheckSeverity
from dagster.events.check_records import AssetCheckExecutionRecordStatus
from dagster.events.results import AssetCheckResult
from dagster.keys import AssetCheckKey, AssetKey
from dagster.partitions.loading import partition_loading_context
from dagster.runs.requests import RunRequest, SkipReason

Finds = Callable[[Any, AssetKey], Verdict]


def evaluating(finds: Finds, severity: AssetCheckSeverity) -> Callable[[Any], Iterator[AssetCheckResult]]:
    """The function of ready-made checks: for each check that the run wants, what it finds of the check's asset."""

    def ready_made_check(context: Any) -> Iterator[AssetCheckResult]:
        for key in sorted(context.selected_asset_check_keys):
            found = finds(context, key.asset_key)
            yield AssetCheckResult(
                passed=found.passed,
                asset_key=key.asset_key,
                check_name=key.name,
                severity=severity,
                description=found.description,
                metadata=dict(found.metadata),
            )

    return ready_made_check


def finds_bounds(metadata_key: str, bounds: Bounds) -> Finds:
    """Looks at a number of the latest materialization. One query."""

    def finds(context: Any, key: AssetKey) -> Verdict:
        latest = _metadata_of_latest(context.instance, key, 1)
        return bounds_verdict(metadata_key, bounds, latest[0] if latest else None)

    return finds


def finds_schema(context: Any, key: AssetKey) -> Verdict:
    """Looks at the columns of the two latest materializations. One query."""
    return schema_verdict(_metadata_of_latest(context.instance, key, 2))


def finds_last_update(wanted: Freshness) -> Finds:
    """Looks at the latest materialization, and at observations that tell when the asset was updated. Two queries."""

    def finds(context: Any, key: AssetKey) -> Verdict:
        return last_update_verdict(wanted, time.time(), _last_updated(context.instance, key))

    return finds


def finds_partition(wanted: Freshness) -> Finds:
    """Looks whether the newest partition was made. Two queries."""

    def finds(context: Any, key: AssetKey) -> Verdict:
        now = time.time()
        expected = _expected(context.asset_partitions_def_for_input("_".join(key.parts)), key, wanted.deadline_before(now))
        is_made = expected is not None and expected in context.instance.get_materialized_partitions(key)
        return partition_verdict(wanted, now, expected, is_made=is_made, last_updated=_last_updated(context.instance, key))

    return finds


def _expected(partitions: Any, key: AssetKey, deadline: int | None) -> str | None:
    last_partition_key = getattr(partitions, "get_last_partition_key", None)
    if not hasattr(partitions, "get_cron_schedule") or last_partition_key is None:
        raise DagsterInvalidDefinitionError(
            f"A freshness check of time partitions looks at {key.to_user_string()}, whose partitions are no windows of time: "
            f"{partitions}. Use build_last_update_freshness_checks."
        )
    if deadline is None:
        return None
    with partition_loading_context(datetime.fromtimestamp(deadline, timezone.utc)):
        return last_partition_key()


def _metadata_of_latest(instance: Any, key: AssetKey, limit: int) -> Sequence[Mapping[str, Any]]:
    records = instance.fetch_materializations(key, limit=limit).records
    return [record.asset_materialization.metadata for record in records]


def _last_updated(instance: Any, key: AssetKey) -> float | None:
    """When the asset was made last, or when an observation says that it was updated."""
    latest = instance.fetch_materializations(key, limit=1).records
    if latest:
        return latest[0].timestamp
    observed = instance.fetch_observations(key, limit=1).records
    said = observed[0].asset_observation.metadata.get(LAST_UPDATED) if observed else None
    return None if said is None else float(said.value)


def looking_at(keys: Sequence[AssetCheckKey]) -> Callable[[SensorEvaluationContext], RunRequest | SkipReason]:
    """The function of a sensor for freshness checks: it asks for those that may have come out differently since."""

    def due_freshness_checks(context: SensorEvaluationContext) -> RunRequest | SkipReason:
        due = [key for key in keys if _is_due(context.instance, key, time.time())]
        if due:
            return RunRequest(asset_selection=[], asset_check_keys=due)
        return SkipReason(
            "No freshness checks need to be evaluated at this time, since all checks are either currently evaluating, have "
            "failed, or are not yet overdue."
        )

    return due_freshness_checks


def _is_due(instance: Any, key: AssetCheckKey, now: float) -> bool:
    """A check that passed is due when the asset is not fresh any more, one that failed when the asset was made since."""
    record = instance.get_latest_asset_check_evaluation_record(key)
    if record is None:
        return True
    if record.status is AssetCheckExecutionRecordStatus.PLANNED or record.evaluation is None:
        return False
    until = record.evaluation.metadata.get(FRESH_UNTIL)
    if record.evaluation.passed:
        return until is not None and now > until.value
    latest = instance.fetch_materializations(key.asset_key, limit=1).records
    return bool(latest) and latest[0].storage_id > record.id
