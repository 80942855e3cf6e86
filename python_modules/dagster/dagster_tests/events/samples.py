"""One event of each kind of data, and strategies that make many."""

from typing import Any

from hypothesis import strategies as st

from dagster.events.asset_events import (
    AssetCheckEvaluation,
    AssetCheckEvaluationTargetMaterializationData,
    AssetCheckSeverity,
    AssetMaterialization,
    AssetObservation,
)
from dagster.events.data import (
    AssetCheckEvaluationPlanned,
    AssetMaterializationPlannedData,
    AssetObservationData,
    AssetWipedData,
    ComputeLogsCaptureData,
    EngineEventData,
    ErrorSource,
    HandledOutputData,
    HookErroredData,
    JobCanceledData,
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
from dagster.events.entries import EventLogEntry
from dagster.events.events import DagsterEvent
from dagster.events.expectations import ExpectationResult
from dagster.events.failures import SerializableErrorInfo
from dagster.events.types import DagsterEventType
from dagster.keys import AssetKey
from dagster.metadata.coercion import normalize_metadata

KEY = AssetKey(["a", "b"])
METADATA: Any = normalize_metadata({"text": "x", "number": 1.5, "nested": {"a": [1, None]}, "nothing": None, "flag": True})
ERROR = SerializableErrorInfo("E: x\n", ["frame\n"], "E", cause=SerializableErrorInfo("C: y\n", []))
CHECKED = TypeCheckData(success=False, label="result", description="no", metadata=METADATA)

DATA: list[Any] = [
    EngineEventData(metadata=METADATA, error=ERROR, marker_start="a", marker_end="b"),
    ComputeLogsCaptureData(file_key="f", step_keys=["s"], shell_cmd="sh"),
    StepInputData(input_name="i", type_check_data=CHECKED),
    StepOutputData(step_output_handle=StepOutputHandle("s", "o", "m"), type_check_data=CHECKED, version="1", metadata=METADATA),
    HandledOutputData(output_name="o", manager_key="io_manager", metadata=METADATA),
    LoadedInputData(input_name="i", manager_key="io_manager", upstream_output_name="o", upstream_step_key="s"),
    StepSuccessData(duration_ms=1.25),
    StepFailureData(error=ERROR, user_failure_data=UserFailureData("l", "d", METADATA), error_source=ErrorSource.INTERRUPT),
    StepRetryData(error=ERROR, seconds_to_wait=2),
    StepExpectationResultData(expectation_result=ExpectationResult(success=False, label="rows", metadata={"rows": 3})),
    StepMaterializationData(materialization=AssetMaterialization(KEY, "d", METADATA, "p", {"t": "v"})),
    AssetObservationData(asset_observation=AssetObservation(KEY, "d", METADATA, "p", {"t": "v"})),
    AssetMaterializationPlannedData(asset_key=KEY, partition="p"),
    AssetCheckEvaluationPlanned(asset_key=KEY, check_name="c", partition="p"),
    AssetCheckEvaluation(
        KEY, "c", False, METADATA, AssetCheckEvaluationTargetMaterializationData(3, "r", 1.5), AssetCheckSeverity.WARN, "d", True
    ),
    AssetWipedData(asset_key=KEY, partition_keys=["p"]),
    HookErroredData(error=ERROR),
    JobFailureData(error=ERROR, failure_reason=RunFailureReason.STEP_FAILURE, failed_step_keys=["s"]),
    JobCanceledData(error=ERROR),
]

TEXT = st.text(max_size=20)
RAW_METADATA = st.dictionaries(
    TEXT, st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT | st.lists(st.integers()), max_size=4
)


@st.composite
def entries(draw: Any) -> EventLogEntry:
    """Log entries with any data, text and metadata."""
    metadata = normalize_metadata(draw(RAW_METADATA))
    data = draw(st.sampled_from([None, *DATA]) | st.just(HandledOutputData(output_name="o", manager_key="m", metadata=metadata)))
    event = DagsterEvent(
        event_type_value=draw(st.sampled_from(DagsterEventType)).value,
        job_name=draw(TEXT),
        step_key=draw(st.none() | TEXT),
        event_specific_data=data,
        message=draw(st.none() | TEXT),
        pid=draw(st.none() | st.integers(1, 2**31)),
    )
    return EventLogEntry(
        error_info=draw(st.sampled_from([None, ERROR])),
        level=draw(st.sampled_from([10, 20, 40])),
        user_message=draw(TEXT),
        run_id=draw(TEXT),
        timestamp=draw(st.floats(0, 4e9)),
        step_key=event.step_key,
        dagster_event=draw(st.sampled_from([None, event])),
    )
