"""Errors of the API. `PythonError` is an error as a value of the core; the others are values made here, named as their types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dagster.events.failures import SerializableErrorInfo
from dagster_graphql.domains import Domain

DOMAIN = Domain.beside(__file__)


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """What every error value shares: a sentence for people."""

    message: str


class UnauthorizedError(Refusal, frozen=True):
    """Who asks may not do that."""

    message: str = "Authorization failed: this server does not permit that."


class RunNotFoundError(Refusal, frozen=True):
    """There is no such run."""

    run_id: str

    @staticmethod
    def of(run_id: str) -> RunNotFoundError:
        """The error for an id."""
        return RunNotFoundError(run_id=run_id, message=f"Pipeline run {run_id} could not be found.")


class RunGroupNotFoundError(Refusal, frozen=True):
    """There is no such chain of re-executions."""

    run_id: str


class InvalidPipelineRunsFilterError(Refusal, frozen=True):
    """The conditions for runs cannot be met."""


class RepositoryLocationNotFound(Refusal, frozen=True):
    """There is no such code location."""

    @staticmethod
    def of(name: str) -> RepositoryLocationNotFound:
        """The error for a name."""
        return RepositoryLocationNotFound(message=f"Location {name} does not exist.")


class ReloadNotSupported(Refusal, frozen=True):
    """The code location cannot be loaded again."""


class RepositoryNotFoundError(Refusal, frozen=True):
    """There is no such repository."""

    repository_name: str
    repository_location_name: str

    @staticmethod
    def of(location: str, name: str) -> RepositoryNotFoundError:
        """The error for a location and a name."""
        message = f"Could not find Repository {location}.{name}"
        return RepositoryNotFoundError(message=message, repository_name=name, repository_location_name=location)


class PipelineNotFoundError(Refusal, frozen=True):
    """There is no such job."""

    pipeline_name: str
    repository_name: str
    repository_location_name: str

    @staticmethod
    def of(location: str, repository: str, name: str) -> PipelineNotFoundError:
        """The error for a location, a repository and a name."""
        message = f"Could not find Pipeline {location}.{repository}.{name}"
        return PipelineNotFoundError(
            message=message, pipeline_name=name, repository_name=repository, repository_location_name=location
        )


class PipelineSnapshotNotFoundError(Refusal, frozen=True):
    """There is no such job as it was."""

    snapshot_id: str


class GraphNotFoundError(Refusal, frozen=True):
    """There is no such graph."""

    graph_name: str
    repository_name: str
    repository_location_name: str


class AssetNotFoundError(Refusal, frozen=True):
    """There is no such asset."""


class ScheduleNotFoundError(Refusal, frozen=True):
    """There is no such schedule."""

    schedule_name: str


class SensorNotFoundError(Refusal, frozen=True):
    """There is no such sensor."""

    sensor_name: str


class InstigationStateNotFoundError(Refusal, frozen=True):
    """There is no such schedule or sensor."""

    name: str


class SchedulerNotDefinedError(Refusal, frozen=True):
    """There is no scheduler."""


class ResourceNotFoundError(Refusal, frozen=True):
    """There is no such resource."""

    resource_name: str


class UnsupportedOperationError(Refusal, frozen=True):
    """That cannot be done with this."""


class AssetCheckNotFoundError(Refusal, frozen=True):
    """There is no such check."""


class BackfillNotFoundError(Refusal, frozen=True):
    """There is no such backfill."""

    backfill_id: str


class DuplicateDynamicPartitionError(Refusal, frozen=True):
    """The partition is there already."""

    partitions_def_name: str
    partition_name: str


class ConflictingExecutionParamsError(Refusal, frozen=True):
    """Two arguments contradict each other."""


class PresetNotFoundError(Refusal, frozen=True):
    """There is no such preset."""

    preset: str


class NoModeProvidedError(Refusal, frozen=True):
    """A mode is missing."""

    pipeline_name: str


class ModeNotFoundError(Refusal, frozen=True):
    """There is no such mode."""

    mode: str


class RunConflict(Refusal, frozen=True):
    """The run is there already."""


class InvalidStepError(msgspec.Struct, frozen=True, kw_only=True):
    """There is no such step."""

    invalid_step_key: str


class InvalidOutputError(msgspec.Struct, frozen=True, kw_only=True):
    """There is no such output."""

    step_key: str
    invalid_output_name: str


class PartitionSetNotFoundError(Refusal, frozen=True):
    """There is no such set of partitions."""

    partition_set_name: str


class PartitionKeysNotFoundError(Refusal, frozen=True):
    """There are no such partitions."""

    partition_keys: Sequence[str]


class DagsterTypeNotFoundError(Refusal, frozen=True):
    """There is no such type."""

    dagster_type_name: str


DOMAIN.never_made(
    "AssetCheckNeedsMigrationError",
    "AssetCheckNeedsUserCodeUpgrade",
    "AssetCheckNeedsAgentUpgradeError",
    "PartitionSubsetDeserializationError",
)


class ErrorChainLink(msgspec.Struct, frozen=True, kw_only=True):
    """An error that led to another one.

    Attributes:
        error: what led to it.
        is_explicit_link: whether the other one was raised from it, and not merely while it was handled.
    """

    error: SerializableErrorInfo
    is_explicit_link: bool

    @property
    def message(self) -> str:
        """Of the error."""
        return self.error.message


def causes(error: SerializableErrorInfo) -> Iterator[SerializableErrorInfo]:
    """What led to an error, the nearest first."""
    while error.cause is not None:
        error = error.cause
        yield error


def chain(error: SerializableErrorInfo) -> Iterator[ErrorChainLink]:
    """What led to an error, raised from or while it was handled, the nearest first."""
    while (led_to := error.cause or error.context) is not None:
        yield ErrorChainLink(error=led_to, is_explicit_link=error.cause is not None)
        error = led_to


DOMAIN.type(
    "PythonError",
    SerializableErrorInfo,
    plain={
        "className": lambda error: error.cls_name,
        "causes": lambda error: list(causes(error)),
        "errorChain": lambda error: list(chain(error)),
    },
)
DOMAIN.type("ErrorChainLink", ErrorChainLink)
for _each in (
    UnauthorizedError,
    RunNotFoundError,
    RunGroupNotFoundError,
    InvalidPipelineRunsFilterError,
    RepositoryLocationNotFound,
    ReloadNotSupported,
    RepositoryNotFoundError,
    PipelineNotFoundError,
    PipelineSnapshotNotFoundError,
    GraphNotFoundError,
    AssetNotFoundError,
    ScheduleNotFoundError,
    SensorNotFoundError,
    InstigationStateNotFoundError,
    SchedulerNotDefinedError,
    ResourceNotFoundError,
    UnsupportedOperationError,
    AssetCheckNotFoundError,
    BackfillNotFoundError,
    DuplicateDynamicPartitionError,
    ConflictingExecutionParamsError,
    PresetNotFoundError,
    NoModeProvidedError,
    ModeNotFoundError,
    RunConflict,
    InvalidStepError,
    InvalidOutputError,
    PartitionSetNotFoundError,
    PartitionKeysNotFoundError,
    DagsterTypeNotFoundError,
):
    DOMAIN.type(_each.__name__, _each)
