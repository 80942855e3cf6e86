"""What `execute_job` gives back: events, and values that are loaded from where they were stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dagster.define.resource_sessions import ResourceSession, open_resources
from dagster.define.resources import ResourceDefinition
from dagster.errors import DagsterExecutionLoadInputError, DagsterInvariantViolationError, user_code
from dagster.events.data import StepOutputData
from dagster.execution.results import ExecutionResult
from dagster.execution.running import RunningRun
from dagster.io.contexts import InputContext, OutputContext
from dagster.planning.steps import Step
from dagster.runs.runs import DagsterRun


class JobExecutionResult(ExecutionResult):
    """The events of a run, and its values while the result is open as a context manager.

    Args:
        running: the run.
        ended: the run as it ended.
        resources: definitions of its resources, by key: what loads its values.

    Example:
        >>> with execute_job(reconstructable(nightly), DagsterInstance.get()) as result:
        ...     result.output_for_node("add")
        2
    """

    def __init__(self, running: RunningRun, ended: DagsterRun, resources: Mapping[str, ResourceDefinition]) -> None:
        super().__init__(event_list=running.recorder.events, dagster_run=ended, job_def=running.job, plan=running.plan)
        self._running = running
        self._definitions = resources
        self._session: ResourceSession | None = None

    def __enter__(self) -> JobExecutionResult:
        self._session = open_resources(
            self._definitions,
            sorted(self._plan.required_resource_keys),
            config=self._running.config.resources,
            instance=self._running.instance,
            run=self._run,
        )
        return self

    def __exit__(self, *_raised: object) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None

    def _value(self, place: str, output_name: str, *, of_each_key: bool = False) -> Any:
        if self._session is None:
            raise DagsterInvariantViolationError(
                "In order to access output objects, the result of `execute_job` must be opened as a context manager: "
                "`with execute_job(...) as result:`"
            )
        found: dict[str, Any] = {}
        for data in self._given(place, output_name, of_each_key=of_each_key):
            handle = data.step_output_handle
            step_key_of_map = handle.step_key[len(place) + 1 : -1] if of_each_key else None
            value = self._loaded(place, handle.step_key, output_name, handle.mapping_key)
            if handle.mapping_key is None and step_key_of_map is None:
                return value
            found[step_key_of_map or handle.mapping_key or ""] = value
        if found:
            return found
        raise DagsterInvariantViolationError(f"Did not find result {output_name} in op '{place}'.")

    def _given(self, place: str, output_name: str, *, of_each_key: bool) -> list[StepOutputData]:
        given = (event.event_specific_data for event in self._events)
        outputs = (data for data in given if isinstance(data, StepOutputData))
        handles = ((data.step_output_handle, data) for data in outputs)
        return [
            data
            for handle, data in handles
            if handle.output_name == output_name
            and (handle.step_key.startswith(f"{place}[") if of_each_key else handle.step_key == place)
        ]

    def _loaded(self, place: str, step_key: str, output_name: str, mapping_key: str | None) -> Any:
        step = next(each for each in self._plan.steps if each.place == place)
        declared = next(each for each in step.outputs if each.name == output_name)
        assert self._session is not None, "asked above"
        resources = self._session.resources
        manager = getattr(resources, declared.io_manager_key)
        stored = self._stored(step, step_key, output_name, mapping_key)
        with (
            user_code(
                f'Error occurred while loading output "{output_name}" of step "{step_key}"', DagsterExecutionLoadInputError
            ),
            InputContext(
                name="value",
                job_name=self._run.job_name,
                upstream_output=stored,
                dagster_type=declared.dagster_type,
                resources=resources,
                asset_key=declared.asset_key,
                partition_key=self._run.partition_key,
                instance=self._running.instance,
            ) as context,
        ):
            return manager.load_input(context)

    def _stored(self, step: Step, step_key: str, output_name: str, mapping_key: str | None) -> OutputContext:
        """The context with which the value was stored."""
        spec = step.specs.get(output_name)
        assert self._session is not None, "asked above"
        return OutputContext(
            step_key=step_key,
            name=output_name,
            job_name=self._run.job_name,
            run_id=self._run.run_id,
            mapping_key=mapping_key,
            config=self._running.config.outputs.get(step.place, {}).get(output_name),
            definition_metadata=spec.metadata if spec else None,
            resources=self._session.resources,
            op_def=step.computation,
            asset_key=spec.key if spec else None,
            partition_key=self._run.partition_key,
            asset_partitions_def=spec.partitions_def if spec else None,
            asset_partition_keys=[self._run.partition_key] if spec and spec.partitions_def and self._run.partition_key else None,
            asset_spec=spec,
            assets_def=step.definition if spec else None,
            instance=self._running.instance,
        )
