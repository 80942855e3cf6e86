"""The sentences and data of the framework events of a run."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from dagster.events.asset_events import AssetCheckEvaluation, AssetMaterialization, AssetObservation
from dagster.events.data import (
    AnyEventData,
    AssetCheckEvaluationPlanned,
    AssetMaterializationPlannedData,
    AssetObservationData,
    ComputeLogsCaptureData,
    EngineEventData,
    ErrorSource,
    HandledOutputData,
    HookErroredData,
    JobFailureData,
    LoadedInputData,
    RunFailureReason,
    StepExpectationResultData,
    StepFailureData,
    StepInputData,
    StepMaterializationData,
    StepOutputData,
    StepOutputHandle,
    StepRetryData,
    StepSuccessData,
    TypeCheckData,
    UserFailureData,
)
from dagster.events.events import DagsterEvent
from dagster.events.expectations import ExpectationResult
from dagster.events.failures import SerializableErrorInfo
from dagster.events.types import DagsterEventType
from dagster.keys import AssetKey
from dagster.metadata.values import AnyMetadataValue, TextMetadataValue
from dagster.planning.steps import ExecutionPlan, Step

_STEP_KIND = "COMPUTE"


class EventsOfRun:
    """Makes the events of one run in this process.

    Args:
        job_name: the job of the run.
        plan: its steps.
        only_step: the key of the step that this process executes alone; without: that of a plan with a single step.
    """

    __slots__ = ("_job_name", "_only_step", "_pid", "_plan")

    def __init__(self, job_name: str, plan: ExecutionPlan, only_step: str | None = None) -> None:
        self._job_name = job_name
        self._plan = plan
        self._pid = os.getpid()
        self._only_step = only_step or (plan.step_keys[0] if len(plan.step_keys) == 1 else None)

    def _of_run(
        self, event_type: DagsterEventType, message: str | None, data: AnyEventData | None = None, step_key: str | None = None
    ) -> DagsterEvent:
        return DagsterEvent(
            event_type_value=event_type.value,
            job_name=self._job_name,
            step_key=step_key,
            event_specific_data=data,
            message=message,
            pid=self._pid,
        )

    def _of_step(
        self, event_type: DagsterEventType, step: Step, message: str | None, data: AnyEventData | None = None
    ) -> DagsterEvent:
        return DagsterEvent(
            event_type_value=event_type.value,
            job_name=self._job_name,
            step_key=step.key,
            step_kind_value=_STEP_KIND,
            event_specific_data=data,
            message=message,
            pid=self._pid,
        )

    def planned(self, partition_keys: Sequence[str] | None) -> list[DagsterEvent]:
        """One event per asset and per check that the run is going to write, for each partition of those that have some."""
        events: list[DagsterEvent] = []
        steps = sorted(
            (each for each in self._plan.steps if self._plan.wanted is None or self._plan.wants(each.key)),
            key=lambda each: each.key,
        )
        for step in steps:
            for spec in step.specs.values():
                partitions = partition_keys if spec.partitions_def is not None else None
                events.extend(self._asset_planned(step, spec.key, partition) for partition in partitions or [None])
        checks = [(output.check, step) for step in steps for output in step.outputs if output.check is not None]
        for check, step in sorted(checks, key=lambda each: each[0].key):
            partitions = partition_keys if check.partitions_def is not None else None
            events.extend(self._check_planned(step, check, partition) for partition in partitions or [None])
        return events

    def _asset_planned(self, step: Step, key: AssetKey, partition: str | None) -> DagsterEvent:
        return self._of_run(
            DagsterEventType.ASSET_MATERIALIZATION_PLANNED,
            f"{self._job_name} intends to materialize asset {key.to_string()}",
            AssetMaterializationPlannedData(asset_key=key, partition=partition if partition is None else str(partition)),
            step.key,
        )

    def _check_planned(self, step: Step, check: Any, partition: str | None) -> DagsterEvent:
        return self._of_run(
            DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED,
            f"{self._job_name} intends to execute asset check {check.name} on asset {check.asset_key.to_string()}",
            AssetCheckEvaluationPlanned(
                asset_key=check.asset_key,
                check_name=check.name,
                partition=partition if partition is None else str(partition),
            ),
            step.key,
        )

    def run_started(self) -> DagsterEvent:
        """The run begins."""
        return self._of_run(DagsterEventType.RUN_START, f'Started execution of run for "{self._job_name}".')

    def run_succeeded(self, failed_allowed: Sequence[str] = ()) -> DagsterEvent:
        """The run ended well, but for steps that may fail."""
        but = f" Steps failed, as they may: {list(failed_allowed)}." if failed_allowed else ""
        return self._of_run(DagsterEventType.RUN_SUCCESS, f'Finished execution of run for "{self._job_name}".{but}')

    def run_failed(
        self,
        reason: RunFailureReason,
        why: str,
        error: SerializableErrorInfo | None = None,
        failed_step_keys: Sequence[str] = (),
    ) -> DagsterEvent:
        """The run failed."""
        return self._of_run(
            DagsterEventType.RUN_FAILURE,
            f'Execution of run for "{self._job_name}" failed. {why}',
            JobFailureData(error=error, failure_reason=reason, failed_step_keys=list(failed_step_keys)),
        )

    def run_ended(
        self,
        failed_step_keys: Sequence[str],
        untold: SerializableErrorInfo | None = None,
        failed_allowed: Sequence[str] = (),
    ) -> DagsterEvent:
        """All steps that could run have run: it ended well where none of them failed but those that may."""
        if not failed_step_keys:
            return self.run_succeeded(failed_allowed)
        why = f"Steps failed: {list(failed_step_keys)}."
        if failed_allowed:
            why = f"{why} Also failed, as they may: {list(failed_allowed)}."
        return self.run_failed(RunFailureReason.STEP_FAILURE, why, untold, failed_step_keys)

    def run_broken_off(self, is_interrupt: bool, error: SerializableErrorInfo | None) -> DagsterEvent:
        """The run was interrupted, or failed outside of its steps."""
        why = "An exception was thrown during execution."
        if is_interrupt:
            why = "Execution was interrupted unexpectedly. No user initiated termination request was found, treating as failure."
        return self.run_failed(RunFailureReason.RUN_EXCEPTION, why, error)

    def run_canceled(self) -> DagsterEvent:
        """The run was stopped as somebody asked, and no process of it is left."""
        return self._of_run(DagsterEventType.RUN_CANCELED, f'Execution of run for "{self._job_name}" canceled.')

    def _engine(
        self, message: str, metadata: Mapping[str, AnyMetadataValue] | None = None, step_key: str | None = None
    ) -> DagsterEvent:
        told = metadata
        if told is None:
            step_keys = TextMetadataValue(str(list(self._plan.step_keys)))
            told = {"pid": TextMetadataValue(str(self._pid)), "step_keys": step_keys}
        return self._of_run(DagsterEventType.ENGINE_EVENT, message, EngineEventData(metadata=dict(told)), step_key)

    def engine_started(self) -> DagsterEvent:
        """The executor begins."""
        return self._engine(f"Executing steps in process (pid: {self._pid})")

    def engine_finished(self, seconds: float) -> DagsterEvent:
        """The executor ended."""
        return self._engine(f"Finished steps in process (pid: {self._pid}) in {in_words(seconds)}")

    def engine_told(self, step: Step, message: str, error: SerializableErrorInfo | None) -> DagsterEvent:
        """Something happened around a step that is neither its success nor its failure."""
        return self._of_step(DagsterEventType.ENGINE_EVENT, step, message, EngineEventData(error=error))

    def step_cached(
        self, step: Step, compared: Sequence[str], run_ids: str, key: AssetKey | None = None, partition: str | None = None
    ) -> DagsterEvent:
        """What stands for the outputs of a step, or for one of its assets, was made by an earlier run."""
        message = f'Step "{step.key}" is cached: {" and ".join(compared)} are as they were in run {run_ids}.'
        metadata = {"cached_from": TextMetadataValue(run_ids)}
        data = EngineEventData(metadata=metadata, cached_asset=key, cached_partition=partition)
        return self._of_step(DagsterEventType.ENGINE_EVENT, step, message, data)

    def step_blocked(self, step: Step, pool: str) -> DagsterEvent:
        """A step waits for a place in its pool."""
        data = EngineEventData(metadata={"pool": TextMetadataValue(pool)})
        return self._of_step(DagsterEventType.ENGINE_EVENT, step, f"Step blocked by limit for pool {pool}", data)

    def resources_started(self, keys: Sequence[str]) -> DagsterEvent:
        """Resources are being set up."""
        return self._of_run(
            DagsterEventType.RESOURCE_INIT_STARTED,
            f"Starting initialization of resources [{', '.join(keys)}].",
            EngineEventData(marker_start="resources"),
            self._only_step,
        )

    def resources_succeeded(self, keys: Sequence[str], metadata: Mapping[str, AnyMetadataValue]) -> DagsterEvent:
        """Resources are set up."""
        return self._of_run(
            DagsterEventType.RESOURCE_INIT_SUCCESS,
            f"Finished initialization of resources [{', '.join(keys)}].",
            EngineEventData(metadata=dict(metadata), marker_end="resources"),
            self._only_step,
        )

    def resources_failed(self, keys: Sequence[str], error: SerializableErrorInfo) -> DagsterEvent:
        """A resource could not be set up."""
        return self._of_run(
            DagsterEventType.RESOURCE_INIT_FAILURE,
            f"Initialization of resources [{', '.join(keys)}] failed.",
            EngineEventData(error=error, marker_end="resources"),
            self._only_step,
        )

    def logs_captured(self, file_key: str) -> DagsterEvent:
        """From here on the process's output belongs to the run."""
        return self._of_run(
            DagsterEventType.LOGS_CAPTURED,
            f"Capturing logs for process (pid: {self._pid}).",
            ComputeLogsCaptureData(file_key=file_key, step_keys=list(self._plan.step_keys)),
        )

    def step_started(self, step: Step) -> DagsterEvent:
        """A step begins."""
        return self._of_step(DagsterEventType.STEP_START, step, f'Started execution of step "{step.key}".')

    def step_restarted(self, step: Step, attempt: int) -> DagsterEvent:
        """A step is tried again; the second attempt is number 2."""
        return self._of_step(
            DagsterEventType.STEP_RESTARTED, step, f'Started re-execution (attempt # {attempt}) of step "{step.key}".'
        )

    def step_up_for_retry(self, step: Step, error: SerializableErrorInfo, seconds: float | None) -> DagsterEvent:
        """A step failed and will be tried again."""
        pause = f" in {seconds} seconds" if seconds else ""
        return self._of_step(
            DagsterEventType.STEP_UP_FOR_RETRY,
            step,
            f'Execution of step "{step.key}" failed and has requested a retry{pause}.',
            StepRetryData(error=error, seconds_to_wait=seconds),
        )

    def step_succeeded(self, step: Step, seconds: float) -> DagsterEvent:
        """A step ended well."""
        return self._of_step(
            DagsterEventType.STEP_SUCCESS,
            step,
            f'Finished execution of step "{step.key}" in {in_words(seconds)}.',
            StepSuccessData(duration_ms=seconds * 1000),
        )

    def step_skipped(self, step: Step) -> DagsterEvent:
        """A step will not run because an input was not given."""
        return self._of_step(DagsterEventType.STEP_SKIPPED, step, f'Skipped execution of step "{step.key}".')

    def step_failed(
        self, step: Step, error: SerializableErrorInfo, said: UserFailureData | None, source: ErrorSource
    ) -> DagsterEvent:
        """A step failed."""
        return self._of_step(
            DagsterEventType.STEP_FAILURE,
            step,
            f'Execution of step "{step.key}" failed.',
            StepFailureData(error=error, user_failure_data=said, error_source=source),
        )

    def input_loaded(
        self, step: Step, name: str, manager_key: str, upstream: StepOutputHandle | None, metadata: Any
    ) -> DagsterEvent:
        """An IO manager loaded an input."""
        source = f', from output "{upstream.output_name}" of step "{upstream.step_key}"' if upstream else ""
        return self._of_step(
            DagsterEventType.LOADED_INPUT,
            step,
            f'Loaded input "{name}" using input manager "{manager_key}"{source}',
            LoadedInputData(
                input_name=name,
                manager_key=manager_key,
                upstream_output_name=upstream.output_name if upstream else None,
                upstream_step_key=upstream.step_key if upstream else None,
                metadata=metadata,
            ),
        )

    def input_checked(self, step: Step, name: str, type_name: str, check: TypeCheckData) -> DagsterEvent:
        """A step got an input; its type was checked."""
        return self._of_step(
            DagsterEventType.STEP_INPUT,
            step,
            f'Got input "{name}" of type "{type_name}". {_verdict(check)}',
            StepInputData(input_name=name, type_check_data=check),
        )

    def output_checked(
        self,
        step: Step,
        name: str,
        type_name: str,
        check: TypeCheckData,
        metadata: Mapping[str, AnyMetadataValue],
        mapping_key: str | None = None,
    ) -> DagsterEvent:
        """A step gave an output; its type was checked."""
        keyed = f' mapping key "{mapping_key}"' if mapping_key is not None else ""
        handle = StepOutputHandle(step.key, name, mapping_key)
        return self._of_step(
            DagsterEventType.STEP_OUTPUT,
            step,
            f'Yielded output "{name}"{keyed} of type "{type_name}". {_verdict(check)}',
            StepOutputData(step_output_handle=handle, type_check_data=check, metadata=dict(metadata)),
        )

    def output_handled(self, step: Step, name: str, manager_key: str, metadata: Mapping[str, AnyMetadataValue]) -> DagsterEvent:
        """An IO manager stored an output."""
        return self._of_step(
            DagsterEventType.HANDLED_OUTPUT,
            step,
            f'Handled output "{name}" using IO manager "{manager_key}"',
            HandledOutputData(output_name=name, manager_key=manager_key, metadata=dict(metadata)),
        )

    def materialized(self, step: Step, materialization: AssetMaterialization) -> DagsterEvent:
        """An asset was written."""
        return self._of_step(
            DagsterEventType.ASSET_MATERIALIZATION,
            step,
            f"Materialized value {materialization.label}.",
            StepMaterializationData(materialization=materialization),
        )

    def observed(self, step: Step, observation: AssetObservation) -> DagsterEvent:
        """An asset was looked at."""
        return self._of_step(DagsterEventType.ASSET_OBSERVATION, step, None, AssetObservationData(asset_observation=observation))

    def expected(self, step: Step, result: ExpectationResult) -> DagsterEvent:
        """User code said whether data is as expected."""
        verdict = "passed" if result.success else "failed"
        label = f" {result.label}" if result.label else ""
        message = result.description or f"Expectation{label} {verdict}"
        return self._of_step(
            DagsterEventType.STEP_EXPECTATION_RESULT, step, message, StepExpectationResultData(expectation_result=result)
        )

    def hook_completed(self, step: Step, hook_name: str) -> DagsterEvent:
        """A hook was called."""
        message = f'Finished the execution of hook "{hook_name}" triggered for "{step.computation.name}".'
        return self._of_step(DagsterEventType.HOOK_COMPLETED, step, message)

    def hook_skipped(self, step: Step, hook_name: str) -> DagsterEvent:
        """A hook did not wait for what has happened."""
        message = (
            f'Skipped the execution of hook "{hook_name}". It did not meet its triggering condition during the execution of '
            f'"{step.computation.name}".'
        )
        return self._of_step(DagsterEventType.HOOK_SKIPPED, step, message)

    def hook_errored(self, step: Step, hook_name: str, error: SerializableErrorInfo) -> DagsterEvent:
        """A hook raised."""
        message = f'Error occurred during the execution of hook "{hook_name}" triggered for "{step.computation.name}".'
        return self._of_step(DagsterEventType.HOOK_ERRORED, step, message, HookErroredData(error=error))

    def check_evaluated(self, step: Step, evaluation: AssetCheckEvaluation) -> DagsterEvent:
        """A check was executed."""
        verdict = "passed" if evaluation.passed else "did not pass"
        described = f" Description: '{evaluation.description}'" if evaluation.description else ""
        return self._of_step(
            DagsterEventType.ASSET_CHECK_EVALUATION,
            step,
            f"Asset check '{evaluation.check_name}' on '{evaluation.asset_key.to_user_string()}' {verdict}.{described}",
            evaluation,
        )


def _verdict(check: TypeCheckData) -> str:
    return "(Type check passed)." if check.success else "Warning! Type check failed."


def in_words(seconds: float) -> str:
    """A duration for people: `7.42ms`, `13ms`, `2.5s`, `3m5s`."""
    milliseconds = seconds * 1000
    if milliseconds < 10:
        return f"{milliseconds:.2f}ms"
    if milliseconds < 1000:
        return f"{milliseconds:.0f}ms"
    if seconds < 10:
        return f"{seconds:.2f}s"
    return f"{seconds:.1f}s" if seconds < 60 else f"{int(seconds // 60)}m{int(seconds % 60)}s"
