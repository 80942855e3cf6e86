"""The framework event: one entry of a run's history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from dagster.errors import DagsterInvariantViolationError
from dagster.events.asset_events import AssetCheckEvaluation, AssetMaterialization, AssetObservation
from dagster.events.data import (
    AnyEventData,
    AssetCheckEvaluationPlanned,
    AssetMaterializationPlannedData,
    AssetObservationData,
    AssetWipedData,
    EngineEventData,
    StepMaterializationData,
)
from dagster.events.types import RUN_EVENTS, STEP_EVENTS, DagsterEventType
from dagster.keys import AssetKey


class NodeHandle(msgspec.Struct, frozen=True):
    """The place of a node in a graph of graphs."""

    name: str
    parent: NodeHandle | None = None

    def __str__(self) -> str:
        return self.name if self.parent is None else f"{self.parent}.{self.name}"

    @staticmethod
    def from_path(dotted: str) -> NodeHandle:
        """The handle that `str` writes as `outer.inner`."""
        handle: NodeHandle | None = None
        for name in dotted.split("."):
            handle = NodeHandle(name, handle)
        assert handle is not None, "a path has at least one part"
        return handle


def _is(*types: DagsterEventType) -> Any:
    values = frozenset(kind.value for kind in types)

    def claim(event: DagsterEvent) -> bool:
        return event.event_type_value in values

    return property(claim, doc=f"Whether the event is {' or '.join(sorted(values))}.")


def _carried_by(kind: DagsterEventType) -> Any:
    def data(event: DagsterEvent) -> Any:
        return event.event_specific_data

    return property(data, doc=f"What an event {kind.value} carries.")


class DagsterEvent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One entry of a run's history.

    Attributes:
        event_type_value: the value of its `DagsterEventType`.
        job_name: the job of the run.
        step_key: the step it is about, None for the run as a whole.
        event_specific_data: what this type of event carries; None for those that carry nothing.
        message: the sentence for people.
        pid: the process in which it happened.

    Example:
        >>> event = materialize_to_memory([orders]).all_events[-1]
        >>> event.event_type_value, event.is_job_success
        ('PIPELINE_SUCCESS', True)
    """

    event_type_value: str
    job_name: str
    step_key: str | None = None
    step_kind_value: str | None = None
    event_specific_data: AnyEventData | None = None
    message: str | None = None
    pid: int | None = None

    @property
    def event_type(self) -> DagsterEventType:
        """The event's type."""
        return DagsterEventType(self.event_type_value)

    @property
    def node_handle(self) -> NodeHandle | None:
        """The place of the step's node."""
        return None if self.step_key is None else NodeHandle.from_path(self.step_key.split("[")[0])

    @property
    def node_name(self) -> str:
        """The name of the step's node."""
        assert self.node_handle is not None, "an event of a run has no node"
        return self.node_handle.name

    @property
    def logging_tags(self) -> Mapping[str, str]:
        """What a log line about this event is tagged with."""
        return {} if self.step_key is None else {"job_name": self.job_name, "step_key": self.step_key}

    @property
    def is_step_event(self) -> bool:
        """Whether it is about a step."""
        return self.event_type in STEP_EVENTS

    @property
    def is_job_event(self) -> bool:
        """Whether it is about the run as a whole and moves its status."""
        return self.event_type in RUN_EVENTS

    @property
    def is_failure(self) -> bool:
        """Whether a step or the run failed."""
        return self.is_step_failure or self.is_run_failure

    @property
    def asset_key(self) -> AssetKey | None:
        """The asset it is about."""
        return event_asset_key(self.event_specific_data)

    @property
    def partition(self) -> str | None:
        """The partition it is about."""
        return event_partition(self.event_specific_data)

    @property
    def materialization(self) -> AssetMaterialization:
        """What was written; only of an ASSET_MATERIALIZATION."""
        assert isinstance(self.event_specific_data, StepMaterializationData), f"a {self.event_type_value} writes no asset"
        return self.event_specific_data.materialization

    @property
    def asset_check_evaluation_data(self) -> AssetCheckEvaluation:
        """What was found; only of an ASSET_CHECK_EVALUATION."""
        assert isinstance(self.event_specific_data, AssetCheckEvaluation), f"a {self.event_type_value} checks no asset"
        return self.event_specific_data

    is_step_success = _is(DagsterEventType.STEP_SUCCESS)
    is_step_failure = _is(DagsterEventType.STEP_FAILURE)
    is_step_skipped = _is(DagsterEventType.STEP_SKIPPED)
    is_step_start = _is(DagsterEventType.STEP_START)
    is_step_up_for_retry = _is(DagsterEventType.STEP_UP_FOR_RETRY)
    is_step_restarted = _is(DagsterEventType.STEP_RESTARTED)
    is_step_materialization = _is(DagsterEventType.ASSET_MATERIALIZATION)
    is_asset_materialization_planned = _is(DagsterEventType.ASSET_MATERIALIZATION_PLANNED)
    is_asset_observation = _is(DagsterEventType.ASSET_OBSERVATION)
    is_successful_output = _is(DagsterEventType.STEP_OUTPUT)
    is_handled_output = _is(DagsterEventType.HANDLED_OUTPUT)
    is_loaded_input = _is(DagsterEventType.LOADED_INPUT)
    is_engine_event = _is(DagsterEventType.ENGINE_EVENT)
    is_expectation_result = _is(DagsterEventType.STEP_EXPECTATION_RESULT)
    is_hook_event = _is(DagsterEventType.HOOK_COMPLETED, DagsterEventType.HOOK_ERRORED, DagsterEventType.HOOK_SKIPPED)
    is_job_success = _is(DagsterEventType.RUN_SUCCESS)
    is_job_failure = _is(DagsterEventType.RUN_FAILURE)
    is_run_failure = _is(DagsterEventType.RUN_FAILURE)
    is_resource_init_failure = _is(DagsterEventType.RESOURCE_INIT_FAILURE)

    # Typed access to the data of one kind of event, under the names of the API.
    step_output_data = _carried_by(DagsterEventType.STEP_OUTPUT)
    step_input_data = _carried_by(DagsterEventType.STEP_INPUT)
    step_success_data = _carried_by(DagsterEventType.STEP_SUCCESS)
    step_failure_data = _carried_by(DagsterEventType.STEP_FAILURE)
    step_retry_data = _carried_by(DagsterEventType.STEP_UP_FOR_RETRY)
    step_materialization_data = _carried_by(DagsterEventType.ASSET_MATERIALIZATION)
    asset_observation_data = _carried_by(DagsterEventType.ASSET_OBSERVATION)
    asset_materialization_planned_data = _carried_by(DagsterEventType.ASSET_MATERIALIZATION_PLANNED)
    step_expectation_result_data = _carried_by(DagsterEventType.STEP_EXPECTATION_RESULT)
    engine_event_data = _carried_by(DagsterEventType.ENGINE_EVENT)
    logs_captured_data = _carried_by(DagsterEventType.LOGS_CAPTURED)
    loaded_input_data = _carried_by(DagsterEventType.LOADED_INPUT)
    handled_output_data = _carried_by(DagsterEventType.HANDLED_OUTPUT)
    job_failure_data = _carried_by(DagsterEventType.RUN_FAILURE)
    job_canceled_data = _carried_by(DagsterEventType.RUN_CANCELED)
    asset_check_planned_data = _carried_by(DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED)
    asset_wiped_data = _carried_by(DagsterEventType.ASSET_WIPED)


def event_asset_key(data: object) -> AssetKey | None:
    """The asset that an event's data is about."""
    if isinstance(data, StepMaterializationData):
        return data.materialization.asset_key
    if isinstance(data, AssetObservationData):
        return data.asset_observation.asset_key
    if isinstance(data, (AssetMaterializationPlannedData, AssetCheckEvaluationPlanned, AssetCheckEvaluation, AssetWipedData)):
        return data.asset_key
    return data.cached_asset if isinstance(data, EngineEventData) else None


def event_partition(data: object) -> str | None:
    """The partition that an event's data is about."""
    if isinstance(data, StepMaterializationData):
        return data.materialization.partition
    if isinstance(data, AssetObservationData):
        return data.asset_observation.partition
    if isinstance(data, (AssetMaterializationPlannedData, AssetCheckEvaluationPlanned, AssetCheckEvaluation)):
        return data.partition
    return data.cached_partition if isinstance(data, EngineEventData) else None


def materialization_of(event: DagsterEvent | None) -> AssetMaterialization | None:
    """What the event says was written."""
    data = event.event_specific_data if event else None
    return data.materialization if isinstance(data, StepMaterializationData) else None


def observation_of(event: DagsterEvent | None) -> AssetObservation | None:
    """What the event says was seen."""
    data = event.event_specific_data if event else None
    return data.asset_observation if isinstance(data, AssetObservationData) else None


def check_evaluation_of(event: DagsterEvent | None) -> AssetCheckEvaluation | None:
    """What the event says a check found."""
    data = event.event_specific_data if event else None
    return data if isinstance(data, AssetCheckEvaluation) else None


def require_event_type(event: DagsterEvent, expected: DagsterEventType) -> None:
    """Raises DagsterInvariantViolationError for an event of another type."""
    if event.event_type_value != expected.value:
        raise DagsterInvariantViolationError(f"Expected a {expected.value} event. Got {event.event_type_value}.")
