"""What a framework event carries beyond its type, one value per kind of event."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Union

import msgspec

from dagster.events.asset_events import AssetCheckEvaluation, AssetMaterialization, AssetObservation
from dagster.events.expectations import ExpectationResult
from dagster.events.failures import SerializableErrorInfo
from dagster.keys import AssetCheckKey, AssetKey
from dagster.metadata.values import MetadataMapping


class EventData(msgspec.Struct, frozen=True, omit_defaults=True, tag=True, gc=False):
    """What every kind of event data shares: it is frozen and says its kind on the wire."""


class StepOutputHandle(msgspec.Struct, frozen=True, omit_defaults=True):
    """The name of one output of one step."""

    step_key: str
    output_name: str = "result"
    mapping_key: str | None = None


class TypeCheckData(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the check of a value's type found."""

    success: bool
    label: str
    description: str | None = None
    metadata: MetadataMapping = {}


class UserFailureData(msgspec.Struct, frozen=True, omit_defaults=True):
    """What user code said when it raised `Failure`."""

    label: str
    description: str | None = None
    metadata: MetadataMapping = {}


class ErrorSource(Enum):
    """Where a step's error came from."""

    USER_CODE_ERROR = "USER_CODE_ERROR"
    FRAMEWORK_ERROR = "FRAMEWORK_ERROR"
    UNEXPECTED_ERROR = "UNEXPECTED_ERROR"
    INTERRUPT = "INTERRUPT"


class RunFailureReason(Enum):
    """Why a run failed."""

    STEP_FAILURE = "STEP_FAILURE"
    RUN_EXCEPTION = "RUN_EXCEPTION"
    JOB_INITIALIZATION_FAILURE = "JOB_INITIALIZATION_FAILURE"
    START_TIMEOUT = "START_TIMEOUT"
    RUN_WORKER_CRASH = "RUN_WORKER_CRASH"
    UNKNOWN = "UNKNOWN"


class EngineEventData(EventData, frozen=True):
    """Something that the engine did. `marker_start` and `marker_end` name a span that begins or ends here.

    Attributes:
        cached_asset: what the run need not write, since an earlier materialization stands for it; None for anything else.
        cached_partition: of that asset.
    """

    metadata: MetadataMapping = {}
    error: SerializableErrorInfo | None = None
    marker_start: str | None = None
    marker_end: str | None = None
    cached_asset: AssetKey | None = None
    cached_partition: str | None = None


class ComputeLogsCaptureData(EventData, frozen=True):
    """Where the stdout and stderr of some steps are kept."""

    file_key: str
    step_keys: list[str]
    external_url: str | None = None
    external_stdout_url: str | None = None
    external_stderr_url: str | None = None
    shell_cmd: str | None = None


class StepInputData(EventData, frozen=True):
    """A step got an input."""

    input_name: str
    type_check_data: TypeCheckData


class StepOutputData(EventData, frozen=True):
    """A step gave an output."""

    step_output_handle: StepOutputHandle
    type_check_data: TypeCheckData | None = None
    version: str | None = None
    metadata: MetadataMapping = {}

    @property
    def output_name(self) -> str:
        """The output's name."""
        return self.step_output_handle.output_name

    @property
    def mapping_key(self) -> str | None:
        """The key of a dynamic output."""
        return self.step_output_handle.mapping_key


class HandledOutputData(EventData, frozen=True):
    """An IO manager stored an output."""

    output_name: str
    manager_key: str
    metadata: MetadataMapping = {}


class LoadedInputData(EventData, frozen=True):
    """An IO manager loaded an input."""

    input_name: str
    manager_key: str
    upstream_output_name: str | None = None
    upstream_step_key: str | None = None
    metadata: MetadataMapping = {}


class StepSuccessData(EventData, frozen=True):
    """A step ended well."""

    duration_ms: float


class StepFailureData(EventData, frozen=True):
    """A step failed."""

    error: SerializableErrorInfo | None = None
    user_failure_data: UserFailureData | None = None
    error_source: ErrorSource = ErrorSource.FRAMEWORK_ERROR

    @property
    def error_display_string(self) -> str:
        """What to show: what the user said, or the whole error."""
        description = self.user_failure_data.description if self.user_failure_data else None
        return description or (self.error.to_string() if self.error else "")


class StepExpectationResultData(EventData, frozen=True):
    """A step said whether data is as expected."""

    expectation_result: ExpectationResult


class StepRetryData(EventData, frozen=True):
    """A step failed and will be tried again."""

    error: SerializableErrorInfo | None = None
    seconds_to_wait: float | None = None


class StepMaterializationData(EventData, frozen=True):
    """An asset was written."""

    materialization: AssetMaterialization
    asset_lineage: list[str] = []


class AssetObservationData(EventData, frozen=True):
    """An asset was looked at."""

    asset_observation: AssetObservation


class AssetMaterializationPlannedData(EventData, frozen=True):
    """A run will write an asset."""

    asset_key: AssetKey
    partition: str | None = None


class AssetCheckEvaluationPlanned(EventData, frozen=True):
    """A run will execute a check."""

    asset_key: AssetKey
    check_name: str
    partition: str | None = None

    @property
    def asset_check_key(self) -> AssetCheckKey:
        """The check's key."""
        return AssetCheckKey(self.asset_key, self.check_name)


class AssetWipedData(EventData, frozen=True):
    """The history of an asset, or of some of its partitions, was removed."""

    asset_key: AssetKey
    partition_keys: Sequence[str] | None = None


class HookErroredData(EventData, frozen=True):
    """What a hook raised."""

    error: SerializableErrorInfo


class JobFailureData(EventData, frozen=True):
    """A run failed."""

    error: SerializableErrorInfo | None = None
    failure_reason: RunFailureReason = RunFailureReason.UNKNOWN
    failed_step_keys: list[str] = []


class JobCanceledData(EventData, frozen=True):
    """A run was canceled."""

    error: SerializableErrorInfo | None = None


AnyEventData = Union[
    EngineEventData,
    ComputeLogsCaptureData,
    StepInputData,
    StepOutputData,
    HandledOutputData,
    LoadedInputData,
    StepSuccessData,
    StepFailureData,
    StepRetryData,
    StepExpectationResultData,
    StepMaterializationData,
    AssetObservationData,
    AssetMaterializationPlannedData,
    AssetCheckEvaluationPlanned,
    AssetCheckEvaluation,
    AssetWipedData,
    HookErroredData,
    JobFailureData,
    JobCanceledData,
]
