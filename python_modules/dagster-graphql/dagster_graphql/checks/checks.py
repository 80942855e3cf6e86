"""Checks of assets, as they are declared, and what they found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dagster.events.entries import EventLogEntry
from dagster.events.records import EventLogRecord
from dagster.events.types import DagsterEventType
from dagster.keys import AssetCheckKey
from dagster.runs.runs import RunRecord
from dagster.runs.statuses import FINISHED_STATUSES
from dagster.specs.checks import AssetCheckSpec
from dagster.workspace.descriptions import AssetNode
from dagster_graphql.catalogs import Placed
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import AssetCheckNotFoundError
from dagster_graphql.selectors import Input, asset_key, job_selected

DOMAIN = Domain.beside(__file__)

MOST_EXECUTIONS = 1000

Check = Placed[AssetCheckSpec]


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


def _latest(check: Check, context: RequestContext) -> Execution | None:
    record = context.loaders.latest_check_records.load(check.value.key)
    return Execution(record, record.event_log_entry.asset_check_evaluation is not None) if record is not None else None


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
    return list(context.catalog.job_names_of_check.get(check.value.key, ()))


def _can_execute(check: Check) -> str:
    description = check.location.description
    is_made_with_assets = description is not None and check.value.key in description.checks_made_with_assets
    return "REQUIRES_MATERIALIZATION" if is_made_with_assets else "CAN_EXECUTE"


DOMAIN.placed_type(
    "AssetCheck",
    AssetCheckSpec,
    {
        "name": lambda check: check.value.name,
        "assetKey": lambda check: check.value.asset_key,
        "description": lambda check: check.value.description,
        "canExecuteIndividually": _can_execute,
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
    context.loaders.latest_check_records.expect([each.value.key for each in kept])
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
    most = max(0, min(limit, MOST_EXECUTIONS))
    wanted = AssetCheckKey(_key(asset_key), check_name)
    before = int(cursor) if cursor else None
    # Of each execution there are two events at most.
    records = context.instance.check_records(wanted, partition=partition, before=before, limit=2 * most + 1)
    found = [Execution(record, record.event_log_entry.asset_check_evaluation is not None) for record in records]
    evaluated = {_place(each) for each in found if each.is_evaluated}
    if before is not None:  # what a plan came to may stand on the page before
        runs = {each.entry.run_id for each in found if not each.is_evaluated and _place(each) not in evaluated}
        evaluated.update(place for run_id in runs for place in _evaluated_by(context, wanted, run_id))
    # What a run of several partitions finds is of all of them.
    executions = [each for each in found if each.is_evaluated or not {_place(each), (each.entry.run_id, None)} & evaluated][:most]
    context.loaders.runs.expect([each.entry.run_id for each in executions if each.entry.run_id])
    return executions


_key = asset_key


def _place(execution: Execution) -> tuple[str, str | None]:
    return (execution.entry.run_id, execution.record.partition_key)


def _evaluated_by(context: RequestContext, wanted: AssetCheckKey, run_id: str) -> Iterator[tuple[str, str | None]]:
    """The partitions for which a run found something of a check."""
    for entry in context.instance.all_logs(run_id, DagsterEventType.ASSET_CHECK_EVALUATION):
        evaluation = entry.asset_check_evaluation
        if evaluation is not None and evaluation.asset_check_key == wanted:
            yield run_id, evaluation.partition
