"""Checks of assets, as they are declared, and what they found."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dagster.events.data import AssetCheckEvaluationPlanned
from dagster.events.entries import EventLogEntry
from dagster.events.records import EventLogRecord, EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.keys import AssetCheckKey
from dagster.runs.runs import RunRecord
from dagster.runs.statuses import FINISHED_STATUSES
from dagster.specs.checks import AssetCheckSpec
from dagster.storage.projections import CheckMarks
from dagster.workspace.descriptions import AssetNode
from dagster_graphql.catalogs import Placed
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import AssetCheckNotFoundError
from dagster_graphql.selectors import Input, asset_key, job_selected

DOMAIN = Domain.beside(__file__)

MOST_EXECUTIONS = 1000

Check = Placed[AssetCheckSpec]
_PLANNED, _EVALUATED = DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED, DagsterEventType.ASSET_CHECK_EVALUATION


class AssetChecks(msgspec.Struct, frozen=True):
    """Checks of an asset."""

    checks: list[Check]


class Execution(msgspec.Struct, frozen=True):
    """One execution of a check: the event of what it found, or of its plan where it found nothing yet.

    Attributes:
        record: that event.
        is_evaluated: whether it found something.
    """

    record: EventLogRecord
    is_evaluated: bool

    @property
    def entry(self) -> EventLogEntry:
        """The entry of its event."""
        return self.record.event_log_entry


def latest_of(marks: CheckMarks) -> tuple[int, bool] | None:
    """The place of a check's latest execution, and whether it found something."""
    is_planned = (marks.planned_id or 0) > (marks.evaluation_id or 0) and marks.planned_run_id != marks.evaluation_run_id
    place = marks.planned_id if is_planned else marks.evaluation_id
    return None if place is None else (place, not is_planned)


def _latest(check: Check, context: RequestContext) -> Execution | None:
    marks = context.loaders.check_marks.load(check.value.key)
    latest = latest_of(marks) if marks is not None else None
    if latest is None:
        return None
    place, is_evaluated = latest
    kind = _EVALUATED if is_evaluated else _PLANNED
    wanted = EventRecordsFilter(kind, check.value.asset_key, storage_ids=[place])
    found = context.instance.get_event_records(wanted, limit=1)
    return Execution(found[0], is_evaluated) if found else None


def _status(execution: Execution, context: RequestContext) -> str:
    found = execution.entry.asset_check_evaluation
    if found is not None:
        return "SUCCEEDED" if found.passed else "FAILED"
    record = context.loaders.runs.load(execution.entry.run_id)
    if record is None or record.dagster_run.status not in FINISHED_STATUSES:
        return "IN_PROGRESS"
    return "EXECUTION_FAILED" if record.dagster_run.is_failure else "SKIPPED"


def _run(execution: Execution, context: RequestContext) -> RunRecord | None:
    run_id = execution.entry.run_id
    return context.loaders.runs.load(run_id) if run_id else None


def _job_names(check: Check, context: RequestContext) -> list[str]:
    jobs = context.catalog.jobs_of_asset.get(check.value.asset_key, ())
    return sorted(job.value.name for job in jobs)


DOMAIN.placed_type(
    "AssetCheck",
    AssetCheckSpec,
    {
        "name": lambda check: check.value.name,
        "assetKey": lambda check: check.value.asset_key,
        "description": lambda check: check.value.description,
        "canExecuteIndividually": lambda _check: "CAN_EXECUTE",
        "blocking": lambda check: check.value.blocking,
        "additionalAssetKeys": lambda check: [dep.asset_key for dep in check.value.additional_deps],
        "automationCondition": lambda check: check.value.automation_condition,
    },
    {"jobNames": _job_names, "executionForLatestMaterialization": _latest},
)
DOMAIN.type("AssetChecks", AssetChecks)
DOMAIN.type(
    "AssetCheckExecution",
    Execution,
    {
        "id": lambda execution: str(execution.record.storage_id),
        "runId": lambda execution: execution.entry.run_id,
        "evaluation": lambda execution: execution.entry if execution.is_evaluated else None,
        "timestamp": lambda execution: execution.entry.timestamp,
        "partition": lambda execution: execution.record.partition_key,
        "stepKey": lambda execution: execution.entry.step_key,
    },
    {"status": _status, "run": _run},
)


@DOMAIN.field("AssetNode", "assetCheckOrError")
def _check(node: Placed[AssetNode], context: RequestContext, *, check_name: str) -> object:
    key = AssetCheckKey(node.value.spec.key, check_name)
    missing = AssetCheckNotFoundError(message=f"Asset check {check_name} could not be found.")
    return context.catalog.checks.get(key) or missing


@DOMAIN.field("AssetNode", "assetChecksOrError")
def _checks(
    node: Placed[AssetNode], context: RequestContext, *, limit: int | None = None, pipeline: Input | None = None
) -> AssetChecks:
    found = context.catalog.checks_of_asset.get(node.value.spec.key, ())
    if pipeline is not None:
        job = job_selected(context, pipeline)
        found = [each for each in found if isinstance(job, Placed) and each.value.asset_key in job.value.asset_keys]
    kept = list(found)[:limit]
    context.loaders.check_marks.expect([each.value.key for each in kept])
    return AssetChecks(kept)


@DOMAIN.query("assetCheckExecutions")
def executions(
    context: RequestContext,
    *,
    asset_key: Input,
    check_name: str,
    limit: int,
    partition: str | None = None,
    cursor: str | None = None,
) -> Sequence[Execution]:
    """The executions of a check, latest first: what each found, or that it was planned where it found nothing."""
    wanted = AssetCheckKey(_key(asset_key), check_name)
    before = int(cursor) if cursor else None
    found: list[Execution] = []
    for kind in (_EVALUATED, _PLANNED):
        conditions = EventRecordsFilter(
            kind, wanted.asset_key, [partition] if partition is not None else None, before_cursor=before
        )
        records = context.instance.get_event_records(conditions, limit=MOST_EXECUTIONS)
        found.extend(Execution(record, kind is _EVALUATED) for record in records if _check_of(record) == check_name)
    return _without_plans_that_came_true(found)[: max(0, min(limit, MOST_EXECUTIONS))]


_key = asset_key


def _check_of(record: EventLogRecord) -> str | None:
    entry = record.event_log_entry
    data = entry.dagster_event.event_specific_data if entry.dagster_event is not None else None
    if isinstance(data, AssetCheckEvaluationPlanned):
        return data.check_name
    found = entry.asset_check_evaluation
    return found.check_name if found is not None else None


def _without_plans_that_came_true(found: Sequence[Execution]) -> list[Execution]:
    evaluated = {(each.entry.run_id, each.record.partition_key) for each in found if each.is_evaluated and each.entry.run_id}
    runs = {run_id for run_id, _ in evaluated}
    kept = [each for each in found if each.is_evaluated or each.entry.run_id not in runs]
    return sorted(kept, key=lambda each: each.record.storage_id, reverse=True)
