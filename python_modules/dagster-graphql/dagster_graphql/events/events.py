"""The log of a run: a type per kind of entry. The value of each is the entry itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any

import msgspec

from dagster.events.asset_events import (
    AssetCheckEvaluation,
    AssetCheckEvaluationTargetMaterializationData,
    AssetMaterialization,
    AssetObservation,
)
from dagster.events.data import ErrorSource, StepFailureData, TypeCheckData, UserFailureData
from dagster.events.entries import EventLogEntry
from dagster.events.events import event_asset_key
from dagster.events.expectations import ExpectationResult
from dagster.events.failures import SerializableErrorInfo
from dagster.events.types import DagsterEventType
from dagster.keys import AssetKey
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import RunNotFoundError
from dagster_graphql.metadata.metadata import DefinitionTag, MetadataEntry, entries_of, tags_of
from dagster_graphql.signals import changes

DOMAIN = Domain.beside(__file__)

MOST_EVENTS = 1000
"""How many entries of a log are answered at a time."""

RUN_EVENTS: Mapping[str, str] = {
    "PIPELINE_ENQUEUED": "RunEnqueuedEvent",
    "PIPELINE_DEQUEUED": "RunDequeuedEvent",
    "PIPELINE_STARTING": "RunStartingEvent",
    "PIPELINE_START": "RunStartEvent",
    "PIPELINE_SUCCESS": "RunSuccessEvent",
    "PIPELINE_FAILURE": "RunFailureEvent",
    "PIPELINE_CANCELING": "RunCancelingEvent",
    "PIPELINE_CANCELED": "RunCanceledEvent",
    "RUN_SUSPENDED": "RunSuspendedEvent",
    "RUN_RESUMED": "RunResumedEvent",
    "ALERT_START": "AlertStartEvent",
    "ALERT_SUCCESS": "AlertSuccessEvent",
    "ALERT_FAILURE": "AlertFailureEvent",
}
ASSET_EVENTS: Mapping[str, str] = {
    "ASSET_MATERIALIZATION": "MaterializationEvent",
    "ASSET_OBSERVATION": "ObservationEvent",
    "ASSET_FAILED_TO_MATERIALIZE": "FailedToMaterializeEvent",
    "ASSET_MATERIALIZATION_PLANNED": "AssetMaterializationPlannedEvent",
    "ASSET_HEALTH_CHANGED": "HealthChangedEvent",
}
SPANS: Mapping[str, str] = {
    "ENGINE_EVENT": "EngineEvent",
    "RESOURCE_INIT_STARTED": "ResourceInitStartedEvent",
    "RESOURCE_INIT_SUCCESS": "ResourceInitSuccessEvent",
    "RESOURCE_INIT_FAILURE": "ResourceInitFailureEvent",
    "STEP_WORKER_STARTING": "StepWorkerStartingEvent",
    "STEP_WORKER_STARTED": "StepWorkerStartedEvent",
}
STEP_EVENTS: Mapping[str, str] = {
    "STEP_FAILURE": "ExecutionStepFailureEvent",
    "STEP_INPUT": "ExecutionStepInputEvent",
    "STEP_OUTPUT": "ExecutionStepOutputEvent",
    "STEP_SKIPPED": "ExecutionStepSkippedEvent",
    "STEP_START": "ExecutionStepStartEvent",
    "STEP_SUCCESS": "ExecutionStepSuccessEvent",
    "STEP_UP_FOR_RETRY": "ExecutionStepUpForRetryEvent",
    "STEP_RESTARTED": "ExecutionStepRestartEvent",
    "STEP_EXPECTATION_RESULT": "StepExpectationResultEvent",
    "HANDLED_OUTPUT": "HandledOutputEvent",
    "LOADED_INPUT": "LoadedInputEvent",
    "LOGS_CAPTURED": "LogsCapturedEvent",
    "HOOK_COMPLETED": "HookCompletedEvent",
    "HOOK_ERRORED": "HookErroredEvent",
    "HOOK_SKIPPED": "HookSkippedEvent",
    "ASSET_CHECK_EVALUATION": "AssetCheckEvaluationEvent",
    "ASSET_CHECK_EVALUATION_PLANNED": "AssetCheckEvaluationPlannedEvent",
}
TYPES: Mapping[str, str] = {**RUN_EVENTS, **ASSET_EVENTS, **SPANS, **STEP_EVENTS}
"""The type of an entry, keyed by the value of its event's type. Entries of other types and logged lines are messages."""

_KINDS = {kind.value: kind for kind in DagsterEventType}
_WITHOUT_HANDLE = frozenset(
    {
        "ASSET_MATERIALIZATION_PLANNED",
        "ASSET_CHECK_EVALUATION_PLANNED",
        "STEP_WORKER_STARTED",
        "RESOURCE_INIT_STARTED",
        "RESOURCE_INIT_SUCCESS",
        "RESOURCE_INIT_FAILURE",
        "LOGS_CAPTURED",
    }
)


def type_of(entry: EventLogEntry) -> str:
    """The name of an entry's type."""
    event = entry.dagster_event
    return TYPES.get(event.event_type_value, "LogMessageEvent") if event is not None else "LogMessageEvent"


def data_of(entry: EventLogEntry) -> Any:
    """What the event carries."""
    event = entry.dagster_event
    return event.event_specific_data if event is not None else None


def _level(entry: EventLogEntry) -> str:
    name = logging.getLevelName(entry.level)
    return name if name in ("CRITICAL", "ERROR", "INFO", "WARNING", "DEBUG") else "INFO"


def _event_type(entry: EventLogEntry) -> DagsterEventType | None:
    event = entry.dagster_event
    return _KINDS.get(event.event_type_value) if event is not None else None


def _step_key(entry: EventLogEntry) -> str | None:
    return entry.step_key or (entry.dagster_event.step_key if entry.dagster_event is not None else None)


def _handle(entry: EventLogEntry) -> str | None:
    event = entry.dagster_event
    if event is None or event.step_key is None or event.event_type_value in _WITHOUT_HANDLE:
        return None
    return event.step_key.partition("[")[0]


def _metadata(entry: EventLogEntry) -> list[MetadataEntry]:
    return entries_of(getattr(data_of(entry), "metadata", None))


def _error(entry: EventLogEntry) -> SerializableErrorInfo | None:
    return getattr(data_of(entry), "error", None)


def _error_of_run(entry: EventLogEntry, context: RequestContext) -> SerializableErrorInfo | None:
    """What a run failed of: what broke it off, or else what the step raised that failed first. One query by the run's index."""
    error = _error(entry)
    if error is not None:
        return error
    failed = context.instance.storage.events.run_log(entry.run_id, types=[DagsterEventType.STEP_FAILURE], limit=1)
    return _error(failed[0].event_log_entry) if failed else None


def about(entry: EventLogEntry) -> AssetMaterialization | AssetObservation | None:
    """What was written or seen."""
    return entry.asset_materialization or entry.asset_observation


Fields = Mapping[str, Callable[[EventLogEntry], object]]

MESSAGE: Fields = {
    "message": lambda entry: entry.message,
    "timestamp": lambda entry: str(int(entry.timestamp * 1000)),
    "level": _level,
    "stepKey": _step_key,
    "solidHandleID": _handle,
    "eventType": _event_type,
}
RUN: Fields = {"pipelineName": lambda entry: entry.job_name or (entry.dagster_event.job_name if entry.dagster_event else "")}
DISPLAYED: Fields = {"label": lambda _entry: None, "description": lambda _entry: None, "metadataEntries": _metadata}


def _text(key: str | None) -> str | None:
    """A key of a partition as mere text: one of several dimensions is more, and cannot be written into an answer."""
    return None if key is None else str(key)


FAILED: Fields = {"error": _error}
SPAN: Fields = {
    **DISPLAYED,
    "markerStart": lambda entry: getattr(data_of(entry), "marker_start", None),
    "markerEnd": lambda entry: getattr(data_of(entry), "marker_end", None),
}
OF_ASSET: Fields = {
    "label": lambda entry: getattr(about(entry), "label", None),
    "description": lambda entry: getattr(about(entry), "description", None),
    "metadataEntries": lambda entry: entries_of(getattr(about(entry), "metadata", None)),
    "assetKey": lambda entry: event_asset_key(data_of(entry)),
    "partition": lambda entry: _text(getattr(about(entry), "partition", None)),
    "tags": lambda entry: tags_of(getattr(about(entry), "tags", None)),
}


def run_of(entry: EventLogEntry, context: RequestContext) -> object:
    """The run in which it happened."""
    return context.loaders.runs.load(entry.run_id) or RunNotFoundError.of(entry.run_id)


def step_stats_of(entry: EventLogEntry, context: RequestContext) -> object:
    """The step in which it happened, in numbers."""
    from dagster.runs.statistics import RunStepKeyStatsSnapshot

    step_key = _step_key(entry) or ""
    for step in context.loaders.step_stats.load(entry.run_id) or ():
        if step.step_key == step_key:
            return step
    return RunStepKeyStatsSnapshot(run_id=entry.run_id, step_key=step_key)


def _entries(
    names: Sequence[str],
    *tables: Fields,
    asked: Mapping[str, Callable[[EventLogEntry, RequestContext], object]] | None = None,
) -> None:
    for name in names:
        for table in (MESSAGE, *tables):
            DOMAIN.type(name, EventLogEntry, table)
        DOMAIN.type(name, EventLogEntry, None, asked)


_RUN_AND_STEPS = {"runOrError": run_of, "stepStats": step_stats_of}
_entries(["LogMessageEvent"])
_entries([name for name in RUN_EVENTS.values() if name not in ("RunFailureEvent", "RunCanceledEvent")], RUN)
_entries(["RunCanceledEvent"], RUN, FAILED)
_entries(["RunFailureEvent"], RUN, asked={"error": _error_of_run})
_entries(["EngineEvent", "ResourceInitFailureEvent"], SPAN, FAILED)
_entries([name for name in SPANS.values() if name not in ("EngineEvent", "ResourceInitFailureEvent")], SPAN)
_entries(
    ["MaterializationEvent"],
    OF_ASSET,
    {"assetLineage": lambda entry: []},
    asked={"runOrError": run_of, "stepStats": step_stats_of},
)
_entries(["ObservationEvent", "HealthChangedEvent"], OF_ASSET, asked=_RUN_AND_STEPS)
_entries(
    ["FailedToMaterializeEvent"],
    OF_ASSET,
    {"materializationFailureReason": lambda _entry: "UNKNOWN", "materializationFailureType": lambda _entry: "FAILED"},
    asked=_RUN_AND_STEPS,
)
_entries(
    ["AssetMaterializationPlannedEvent"],
    RUN,
    {"assetKey": lambda entry: data_of(entry).asset_key},
    asked={"runOrError": run_of},
)
_entries(
    [
        "ExecutionStepSkippedEvent",
        "ExecutionStepStartEvent",
        "ExecutionStepSuccessEvent",
        "ExecutionStepRestartEvent",
        "HookCompletedEvent",
        "HookSkippedEvent",
    ]
)
_entries(["HookErroredEvent"], FAILED)


def _failure_source(entry: EventLogEntry) -> ErrorSource | None:
    data = data_of(entry)
    return data.error_source if isinstance(data, StepFailureData) else None


_entries(
    ["ExecutionStepFailureEvent"],
    FAILED,
    {"errorSource": _failure_source, "failureMetadata": lambda entry: getattr(data_of(entry), "user_failure_data", None)},
)
_entries(
    ["ExecutionStepUpForRetryEvent"],
    FAILED,
    {"secondsToWait": lambda entry: getattr(data_of(entry), "seconds_to_wait", None)},
)
_entries(
    ["ExecutionStepInputEvent"],
    {"inputName": lambda entry: data_of(entry).input_name, "typeCheck": lambda entry: data_of(entry).type_check_data},
)
_PASSED = TypeCheckData(success=True, label="result")
_entries(
    ["ExecutionStepOutputEvent"],
    DISPLAYED,
    {
        "outputName": lambda entry: data_of(entry).output_name,
        "typeCheck": lambda entry: data_of(entry).type_check_data or _PASSED,
    },
)
_entries(
    ["HandledOutputEvent"],
    DISPLAYED,
    {"outputName": lambda entry: data_of(entry).output_name, "managerKey": lambda entry: data_of(entry).manager_key},
)
_entries(
    ["LoadedInputEvent"],
    DISPLAYED,
    {
        "inputName": lambda entry: data_of(entry).input_name,
        "managerKey": lambda entry: data_of(entry).manager_key,
        "upstreamOutputName": lambda entry: data_of(entry).upstream_output_name,
        "upstreamStepKey": lambda entry: data_of(entry).upstream_step_key,
    },
)
_entries(["StepExpectationResultEvent"], {"expectationResult": lambda entry: data_of(entry).expectation_result})
_entries(["ObjectStoreOperationEvent"], {"operationResult": lambda _entry: None})
_entries(
    ["LogsCapturedEvent"],
    {
        "fileKey": lambda entry: data_of(entry).file_key,
        "logKey": lambda entry: data_of(entry).file_key,
        "stepKeys": lambda entry: data_of(entry).step_keys,
        "externalUrl": lambda entry: data_of(entry).external_url,
        "externalStdoutUrl": lambda entry: data_of(entry).external_stdout_url,
        "externalStderrUrl": lambda entry: data_of(entry).external_stderr_url,
        "shellCmd": lambda _entry: None,
        "pid": lambda entry: entry.dagster_event.pid if entry.dagster_event is not None else None,
    },
)
_entries(["AssetCheckEvaluationEvent"], {"evaluation": lambda entry: entry})
_entries(
    ["AssetCheckEvaluationPlannedEvent"],
    {"assetKey": lambda entry: data_of(entry).asset_key, "checkName": lambda entry: data_of(entry).check_name},
)


def evaluation_of(entry: EventLogEntry) -> AssetCheckEvaluation:
    """What the entry says a check found."""
    found = entry.asset_check_evaluation
    assert found is not None, "the entry is of an evaluation"
    return found


DOMAIN.type(
    "AssetCheckEvaluation",
    EventLogEntry,
    {
        "timestamp": lambda entry: entry.timestamp,
        "checkName": lambda entry: evaluation_of(entry).check_name,
        "assetKey": lambda entry: evaluation_of(entry).asset_key,
        "targetMaterialization": lambda entry: evaluation_of(entry).target_materialization_data,
        "metadataEntries": lambda entry: entries_of(evaluation_of(entry).metadata),
        "severity": lambda entry: evaluation_of(entry).severity,
        "description": lambda entry: evaluation_of(entry).description,
        "partition": lambda entry: _text(evaluation_of(entry).partition),
        "success": lambda entry: evaluation_of(entry).passed,
    },
)
DOMAIN.type("FailureMetadata", UserFailureData, {"metadataEntries": lambda failure: entries_of(failure.metadata)})
DOMAIN.type("TypeCheck", TypeCheckData, {"metadataEntries": lambda check: entries_of(check.metadata)})
DOMAIN.type("ExpectationResult", ExpectationResult, {"metadataEntries": lambda result: entries_of(result.metadata)})
DOMAIN.type("EventTag", DefinitionTag)


class AssetLineageInfo(msgspec.Struct, frozen=True):
    """Of early versions: what an asset was made of."""

    asset_key: AssetKey
    partitions: list[str]


DOMAIN.type("AssetCheckEvaluationTargetMaterializationData", AssetCheckEvaluationTargetMaterializationData)
DOMAIN.never_made("ObjectStoreOperationResult", "LogRetrievalShellCommand")
DOMAIN.type("AssetLineageInfo", AssetLineageInfo)
for _interface in ("DagsterRunEvent", "MessageEvent", "StepEvent", "RunEvent", "DisplayableEvent", "MarkerEvent", "ErrorEvent"):
    DOMAIN.choose(_interface, type_of)


class EventConnection(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the log of a run."""

    events: list[EventLogEntry]
    cursor: str
    has_more: bool


def events_of_run(context: RequestContext, run_id: str, after_cursor: str | None, limit: int | None) -> EventConnection:
    """A page of the log of a run."""
    page = context.instance.get_records_for_run(run_id, after_cursor, limit=min(limit or MOST_EVENTS, MOST_EVENTS))
    return EventConnection(events=[record.event_log_entry for record in page.records], cursor=page.cursor, has_more=page.has_more)


DOMAIN.type("EventConnection", EventConnection)


@DOMAIN.query("logsForRun")
def logs_for_run(context: RequestContext, *, run_id: str, after_cursor: str | None = None, limit: int | None = None) -> object:
    """A page of the log of a run."""
    if context.loaders.runs.load(run_id) is None:
        return RunNotFoundError.of(run_id)
    return events_of_run(context, run_id, after_cursor, limit)


class RunLogs(msgspec.Struct, frozen=True, kw_only=True):
    """What has been added to the log of a run.

    Attributes:
        run: as it stands now.
        messages: the entries.
        has_more_past_events: whether more are known already.
        cursor: after the last entry.
    """

    run: object
    messages: list[EventLogEntry]
    has_more_past_events: bool
    cursor: str


class RunLogsFailure(msgspec.Struct, frozen=True, kw_only=True):
    """There is no log to follow."""

    message: str
    missing_run_id: str | None = None


DOMAIN.type("PipelineRunLogsSubscriptionSuccess", RunLogs)
DOMAIN.type("PipelineRunLogsSubscriptionFailure", RunLogsFailure)


@DOMAIN.subscription("pipelineRunLogs")
async def follow_run(context: RequestContext, *, run_id: str, cursor: str | None = None) -> AsyncIterator[object]:
    """The log of a run as it grows, until the run has ended and all of it is told."""
    if cursor == "HEAD":
        cursor = None
    async for _ in changes(context.instance):
        while True:
            record = await asyncio.to_thread(context.instance.get_run_record_by_id, run_id)
            if record is None:
                yield RunLogsFailure(message=f"Could not load run with id {run_id}", missing_run_id=run_id)
                return
            page = await asyncio.to_thread(context.instance.get_records_for_run, run_id, cursor, None, MOST_EVENTS)
            cursor = page.cursor
            if page.records:
                entries = [each.event_log_entry for each in page.records]
                yield RunLogs(run=record, messages=entries, has_more_past_events=page.has_more, cursor=page.cursor)
            if not page.has_more:
                break
        if record.dagster_run.is_finished:
            return
