"""The sentences and data of what a supervisor tells of the processes of its run."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from dagster.events.data import AnyEventData, EngineEventData, ErrorSource, StepFailureData
from dagster.events.events import DagsterEvent
from dagster.events.failures import SerializableErrorInfo
from dagster.events.types import DagsterEventType
from dagster.execution.events import in_words
from dagster.execution.orders import ProcessEnd
from dagster.metadata.values import AnyMetadataValue, FloatMetadataValue, IntMetadataValue, TextMetadataValue
from dagster.planning.steps import Step

_STEP_KIND = "COMPUTE"


def executing(job_name: str, step_keys: Sequence[str]) -> DagsterEvent:
    """The supervisor begins to start processes for steps."""
    pid = str(os.getpid())
    metadata: dict[str, AnyMetadataValue] = {
        "pid": TextMetadataValue(pid),
        "step_keys": TextMetadataValue(str(list(step_keys))),
    }
    return _engine(job_name, f"Executing steps using multiprocess executor: parent process (pid: {pid})", metadata)


def executed(job_name: str, seconds: float) -> DagsterEvent:
    """All processes for steps have ended."""
    pid = os.getpid()
    message = f"Multiprocess executor: parent process exiting after {in_words(seconds)} (pid: {pid})"
    return _engine(job_name, message, {"pid": TextMetadataValue(str(pid))})


def worker_starting(job_name: str, step: Step) -> DagsterEvent:
    """A process for a step is being started."""
    data = EngineEventData(marker_start="step_process_start")
    return _of_step(DagsterEventType.STEP_WORKER_STARTING, job_name, step, f'Launching subprocess for "{step.key}".', data)


def worker_started(job_name: str, step: Step) -> DagsterEvent:
    """The process for a step is there; told by itself."""
    data = EngineEventData(metadata={"pid": TextMetadataValue(str(os.getpid()))}, marker_end="step_process_start")
    return _of_step(DagsterEventType.STEP_WORKER_STARTED, job_name, step, f'Executing step "{step.key}" in subprocess.', data)


def worker_ended(job_name: str, step_key: str | None, end: ProcessEnd) -> DagsterEvent:
    """A process of the run ended, and what it took."""
    metadata: dict[str, AnyMetadataValue] = {
        "cpu_seconds": FloatMetadataValue(round(end.cpu_seconds, 6)),
        "peak_memory_bytes": IntMetadataValue(end.peak_memory_bytes),
    }
    whose = f'step "{step_key}"' if step_key is not None else "the run"
    megabytes = end.peak_memory_bytes / 1e6
    message = f"The process of {whose} took {in_words(end.cpu_seconds)} of processor time and {megabytes:.0f} MB at the most."
    return _engine(job_name, message, metadata, step_key)


def worker_lost(job_name: str, step_key: str | None, end: ProcessEnd) -> DagsterEvent:
    """A process ended before its work was done."""
    whose = f"step {step_key}" if step_key is not None else "the run"
    return _engine(job_name, f"Multiprocess executor: child process for {whose} {end.sentence}.", {}, step_key)


def step_lost(job_name: str, step_key: str, sentence: str) -> DagsterEvent:
    """A step failed because its process ended."""
    return step_failed(job_name, step_key, process_error(sentence))


def step_failed(job_name: str, step_key: str, error: SerializableErrorInfo) -> DagsterEvent:
    """A step failed whose process could not record it."""
    return DagsterEvent(
        event_type_value=DagsterEventType.STEP_FAILURE.value,
        job_name=job_name,
        step_key=step_key,
        step_kind_value=_STEP_KIND,
        message=f'Execution of step "{step_key}" failed.',
        event_specific_data=StepFailureData(error=error, error_source=ErrorSource.FRAMEWORK_ERROR),
        pid=os.getpid(),
    )


def process_error(sentence: str) -> SerializableErrorInfo:
    """The error that stands for a process which ended without a word."""
    return SerializableErrorInfo(f"{sentence}\n", [], "ProcessEnded")


def _engine(job_name: str, message: str, metadata: Mapping[str, AnyMetadataValue], step_key: str | None = None) -> DagsterEvent:
    return DagsterEvent(
        event_type_value=DagsterEventType.ENGINE_EVENT.value,
        job_name=job_name,
        step_key=step_key,
        event_specific_data=EngineEventData(metadata=dict(metadata)),
        message=message,
        pid=os.getpid(),
    )


def _of_step(kind: DagsterEventType, job_name: str, step: Step, message: str, data: AnyEventData) -> DagsterEvent:
    return DagsterEvent(
        event_type_value=kind.value,
        job_name=job_name,
        step_key=step.key,
        step_kind_value=_STEP_KIND,
        event_specific_data=data,
        message=message,
        pid=os.getpid(),
    )
