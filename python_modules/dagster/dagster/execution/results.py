"""What a run in the calling process gives back: its values and events."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dagster.errors import DagsterInvariantViolationError
from dagster.events.asset_events import AssetCheckEvaluation, AssetMaterialization, AssetObservation
from dagster.events.data import StepFailureData
from dagster.events.events import DagsterEvent, materialization_of, observation_of
from dagster.events.types import STEP_EVENTS, DagsterEventType
from dagster.keys import AssetKey, CoercibleToAssetKey
from dagster.planning.steps import ExecutionPlan
from dagster.runs.runs import DagsterRun


class ExecutionResult:
    """What every result of a run has: its events, and its values as `_value` finds them."""

    def __init__(self, *, event_list: Sequence[DagsterEvent], dagster_run: DagsterRun, job_def: Any, plan: ExecutionPlan) -> None:
        self._events = list(event_list)
        self._run = dagster_run
        self._job = job_def
        self._plan = plan

    def __repr__(self) -> str:
        return f"{type(self).__name__}(run_id={self.run_id!r}, success={self.success})"

    @property
    def success(self) -> bool:
        """Whether the run ended well."""
        return self._run.is_success

    @property
    def run_id(self) -> str:
        """The id of the run."""
        return self._run.run_id

    @property
    def dagster_run(self) -> DagsterRun:
        """The run as it ended."""
        return self._run

    @property
    def job_def(self) -> Any:
        """The job that ran."""
        return self._job

    @property
    def all_events(self) -> Sequence[DagsterEvent]:
        """Every framework event in order."""
        return self._events

    @property
    def all_node_events(self) -> Sequence[DagsterEvent]:
        """Every event of a step in order."""
        return [event for event in self._events if event.event_type in STEP_EVENTS]

    def filter_events(self, event_filter: Callable[[DagsterEvent], bool]) -> Sequence[DagsterEvent]:
        """The events for which `event_filter` is true."""
        return [event for event in self._events if event_filter(event)]

    def events_for_node(self, node_name: str) -> Sequence[DagsterEvent]:
        """The events of a step."""
        return [event for event in self.all_node_events if event.step_key == node_name]

    def compute_events_for_handle(self, handle: Any) -> Sequence[DagsterEvent]:
        """The events of the step at a place in a graph."""
        return self.events_for_node(str(handle))

    def expectation_results_for_node(self, node_str: str) -> Sequence[Any]:
        """What a step said about data that it looked at."""
        wanted = DagsterEventType.STEP_EXPECTATION_RESULT
        events: list[Any] = [event for event in self.events_for_node(node_str) if event.event_type is wanted]
        return [event.event_specific_data.expectation_result for event in events]

    def output_for_node(self, node_str: str, output_name: str = "result") -> Any:
        """The value that a node gave; of a dynamic output, and of what is mapped over one, a dict by mapping key.

        Args:
            node_str: the step's name; inside of graphs `outer.inner`.
            output_name: the output.

        Raises:
            DagsterInvariantViolationError: there is no such node or output, or it was not given.
        """
        from dagster.execution.places import place_in_job

        place, name = place_in_job(self._job, node_str, output_name)
        steps = [step for step in self._plan.steps if step.place == place]
        if not steps:
            raise DagsterInvariantViolationError(f"{self._run.job_name} has no op named {node_str}.")
        if name not in {output.name for output in steps[0].outputs}:
            raise DagsterInvariantViolationError(f"{node_str} has no output named {output_name}.")
        return self._value(place, name, of_each_key=steps[0].mapped_over is not None)

    def _value(self, place: str, output_name: str, *, of_each_key: bool = False) -> Any:
        """The value that a step gave, or of each key those that the steps of a place gave."""
        raise NotImplementedError

    def output_value(self, output_name: str = "result") -> Any:
        """The value of an output of the job's graph.

        Raises:
            DagsterInvariantViolationError: it has no such output, as jobs never have.
        """
        graph = self._job.ops.graph if self._job.ops is not None else None
        if graph is None or not graph.output_mappings:
            raise DagsterInvariantViolationError(
                f"Attempted to retrieve top-level outputs for '{self._run.job_name}', which has no outputs."
            )
        if not graph.has_output(output_name):
            raise DagsterInvariantViolationError(
                f"Could not find top-level output '{output_name}' in '{self._run.job_name}'. It has: {list(graph.output_dict)}."
            )
        mapping = graph.get_output_mapping(output_name)
        return self.output_for_node(mapping.mapped_node_name, mapping.mapped_node_output_name)

    def _of_type(self, event_type: DagsterEventType) -> list[DagsterEvent]:
        return [event for event in self._events if event.event_type_value == event_type.value]

    def get_asset_materialization_events(self) -> Sequence[DagsterEvent]:
        """The events that say that an asset was written."""
        return self._of_type(DagsterEventType.ASSET_MATERIALIZATION)

    def get_asset_materialization_planned_events(self) -> Sequence[DagsterEvent]:
        """The events that say that an asset will be written."""
        return self._of_type(DagsterEventType.ASSET_MATERIALIZATION_PLANNED)

    def get_asset_observation_events(self) -> Sequence[DagsterEvent]:
        """The events that say that an asset was looked at."""
        return self._of_type(DagsterEventType.ASSET_OBSERVATION)

    def get_asset_check_evaluations(self) -> Sequence[AssetCheckEvaluation]:
        """What the checks found."""
        return [event.asset_check_evaluation_data for event in self._of_type(DagsterEventType.ASSET_CHECK_EVALUATION)]

    def get_step_success_events(self) -> Sequence[DagsterEvent]:
        """One event per step that ended well."""
        return self._of_type(DagsterEventType.STEP_SUCCESS)

    def get_step_failure_events(self) -> Sequence[DagsterEvent]:
        """One event per step that failed."""
        return self._of_type(DagsterEventType.STEP_FAILURE)

    def get_step_skipped_events(self) -> Sequence[DagsterEvent]:
        """One event per step that was skipped."""
        return self._of_type(DagsterEventType.STEP_SKIPPED)

    def get_failed_step_keys(self) -> set[str]:
        """The keys of the steps that failed."""
        return {event.step_key for event in self.get_step_failure_events() if event.step_key is not None}

    def get_run_success_event(self) -> DagsterEvent:
        """The event that says that the run ended well."""
        return self._single(DagsterEventType.RUN_SUCCESS)

    def get_run_failure_event(self) -> DagsterEvent:
        """The event that says that the run failed."""
        return self._single(DagsterEventType.RUN_FAILURE)

    def get_job_success_event(self) -> DagsterEvent:
        """Same as `get_run_success_event`."""
        return self.get_run_success_event()

    def get_job_failure_event(self) -> DagsterEvent:
        """Same as `get_run_failure_event`."""
        return self.get_run_failure_event()

    def _single(self, event_type: DagsterEventType) -> DagsterEvent:
        found = self._of_type(event_type)
        if not found:
            raise DagsterInvariantViolationError(
                f"This run has no {event_type.name} event: it ended as {self._run.status.value}."
            )
        return found[0]

    def asset_materializations_for_node(self, node_name: str) -> Sequence[AssetMaterialization]:
        """What a step says it has written."""
        found = (materialization_of(event) for event in self.events_for_node(node_name))
        return [each for each in found if each is not None]

    def asset_observations_for_node(self, node_name: str) -> Sequence[AssetObservation]:
        """What a step says it has seen."""
        found = (observation_of(event) for event in self.events_for_node(node_name))
        return [each for each in found if each is not None]

    def failure_data_for_node(self, node_str: str) -> StepFailureData | None:
        """Why a step failed; None if it did not."""
        for event in self.events_for_node(node_str):
            if isinstance(event.event_specific_data, StepFailureData):
                return event.event_specific_data
        return None

    def _has(self, node_str: str, event_type: DagsterEventType) -> bool:
        return any(event.event_type is event_type for event in self.events_for_node(node_str))

    def is_node_success(self, node_str: str) -> bool:
        """Whether a step ended well."""
        return self._has(node_str, DagsterEventType.STEP_SUCCESS)

    def is_node_failed(self, node_str: str) -> bool:
        """Whether a step failed."""
        return self._has(node_str, DagsterEventType.STEP_FAILURE)

    def is_node_skipped(self, node_str: str) -> bool:
        """Whether a step was skipped."""
        return self._has(node_str, DagsterEventType.STEP_SKIPPED)

    def is_node_untouched(self, node_str: str) -> bool:
        """Whether a step has no event at all."""
        return not self.events_for_node(node_str)

    def retry_attempts_for_node(self, node_str: str) -> int:
        """How often a step was tried again."""
        return sum(event.event_type is DagsterEventType.STEP_RESTARTED for event in self.events_for_node(node_str))


class ExecuteInProcessResult(ExecutionResult):
    """The values and events of a run in the calling process.

    Example:
        >>> result = materialize([orders])
        >>> result.success, result.output_for_node("orders")
        (True, [1, 2, 3])
    """

    def __init__(self, *, output_capture: Mapping[tuple[str, str], Any], **of_run: Any) -> None:
        super().__init__(**of_run)
        self._captured = output_capture

    def _value(self, place: str, output_name: str, *, of_each_key: bool = False) -> Any:
        if of_each_key:
            found = {
                key[len(place) + 1 : -1]: value
                for (key, name), value in self._captured.items()
                if name == output_name and key.startswith(f"{place}[")
            }
            if found:
                return found
        elif (place, output_name) in self._captured:
            return self._captured[place, output_name]
        raise DagsterInvariantViolationError(f"No outputs found for output '{output_name}' from node '{place}'.")

    def asset_value(self, asset_key: CoercibleToAssetKey) -> Any:
        """The value that was given for an asset.

        Raises:
            DagsterInvariantViolationError: the run made no such asset, or gave no value.
        """
        key = AssetKey.from_coercible(asset_key)
        for step in self._plan.steps:
            for name, spec in step.specs.items():
                if spec.key == key:
                    return self._value(step.key, name)
        raise DagsterInvariantViolationError(f"Asset {key.to_user_string()} was not made by this run.")
