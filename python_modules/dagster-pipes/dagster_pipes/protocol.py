"""The protocol of Pipes, version 0.1: what the two processes say to each other, as JSON.

The orchestrating process hands over two parameters, each base64 of zlib-compressed JSON: where the context is, and where messages
go. The outside process answers in lines of JSON: `{"__dagster_pipes_version": "0.1", "method": ..., "params": ...}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict, Union

PIPES_PROTOCOL_VERSION = "0.1"
PIPES_PROTOCOL_VERSION_FIELD = "__dagster_pipes_version"

DAGSTER_PIPES_CONTEXT_ENV_VAR = "DAGSTER_PIPES_CONTEXT"
DAGSTER_PIPES_MESSAGES_ENV_VAR = "DAGSTER_PIPES_MESSAGES"
DAGSTER_PIPES_CONTEXT_WIDGET_KEY = DAGSTER_PIPES_CONTEXT_ENV_VAR
DAGSTER_PIPES_MESSAGES_WIDGET_KEY = DAGSTER_PIPES_MESSAGES_ENV_VAR
DAGSTER_PIPES_CONTEXT_CLI_ARGUMENT = "--dagster-pipes-context"
DAGSTER_PIPES_MESSAGES_CLI_ARGUMENT = "--dagster-pipes-messages"

# A metadata value of this type is given the kind that fits its value.
PIPES_METADATA_TYPE_INFER = "__infer__"

PipesExtras = Mapping[str, Any]
PipesParams = Mapping[str, Any]

Method = Literal[
    "opened",
    "closed",
    "log",
    "log_external_stream",
    "report_asset_materialization",
    "report_asset_check",
    "report_custom_message",
]
PipesAssetCheckSeverity = Literal["WARN", "ERROR"]
PipesMetadataRawValue = Union[int, float, str, Mapping[str, Any], Sequence[Any], bool, None]
PipesMetadataType = Literal[
    "__infer__",
    "text",
    "url",
    "path",
    "notebook",
    "json",
    "md",
    "float",
    "int",
    "bool",
    "dagster_run",
    "asset",
    "null",
    "table",
    "table_schema",
    "table_column_lineage",
    "timestamp",
]

# Under the name that goes over the wire, which no attribute of a class can have.
PipesMessage = TypedDict(
    "PipesMessage",
    {"__dagster_pipes_version": str, "method": str, "params": Union[Mapping[str, Any], None]},
)
PipesMessage.__doc__ = """One message of the outside process: version of the protocol, method, and its parameters.

Example:
    >>> message: PipesMessage = {"__dagster_pipes_version": "0.1", "method": "closed", "params": {}}
"""


class PipesOpenedData(TypedDict):
    """The parameters of the message `opened`.

    Example:
        >>> PipesDefaultMessageWriter().get_opened_payload()
        {'extras': {}}
    """

    extras: PipesExtras


class PipesLogWriterOpenedData(TypedDict):
    """What a log writer tells when it is opened.

    Example:
        >>> PipesStdioFileLogWriter().get_opened_payload()
        {'extras': {}}
    """

    extras: PipesExtras


class PipesException(TypedDict):
    """An exception of the outside process. `stack` has an entry per frame, the outermost first.

    Example:
        >>> error: PipesException = {
        ...     "message": "ValueError: no rows", "stack": [], "name": "ValueError", "cause": None, "context": None
        ... }
    """

    message: str
    stack: Sequence[str]
    name: str | None
    cause: PipesException | None
    context: PipesException | None


class PipesMetadataValue(TypedDict):
    """A metadata value with its kind.

    Example:
        >>> page: PipesMetadataValue = {"type": "url", "raw_value": "https://example.com"}
    """

    type: PipesMetadataType
    raw_value: PipesMetadataRawValue


class PipesTimeWindow(TypedDict):
    """The time of a partition, both ends in ISO 8601, the end exclusive.

    Example:
        >>> day: PipesTimeWindow = {"start": "2024-01-03T00:00:00+00:00", "end": "2024-01-04T00:00:00+00:00"}
    """

    start: str
    end: str


class PipesPartitionKeyRange(TypedDict):
    """The first and the last partition of a run.

    Example:
        >>> days: PipesPartitionKeyRange = {"start": "2024-01-03", "end": "2024-01-05"}
    """

    start: str
    end: str


class PipesDataProvenance(TypedDict):
    """What the latest materialization of an asset was made from; versions by asset key.

    Example:
        >>> made_from: PipesDataProvenance = {
        ...     "code_version": "2", "input_data_versions": {"orders": "9f1"}, "is_user_provided": False
        ... }
    """

    code_version: str
    input_data_versions: Mapping[str, str]
    is_user_provided: bool


class PipesContextData(TypedDict):
    """All that the outside process is told about the step it works for.

    Example:
        >>> data: PipesContextData = {
        ...     "asset_keys": ["orders"], "code_version_by_asset_key": {"orders": "1"},
        ...     "provenance_by_asset_key": {"orders": None}, "partition_key": None, "partition_key_range": None,
        ...     "partition_time_window": None, "run_id": "f3a", "job_name": "nightly", "retry_number": 0, "extras": {}
        ... }
    """

    asset_keys: Sequence[str] | None
    code_version_by_asset_key: Mapping[str, str | None] | None
    provenance_by_asset_key: Mapping[str, PipesDataProvenance | None] | None
    partition_key: str | None
    partition_key_range: PipesPartitionKeyRange | None
    partition_time_window: PipesTimeWindow | None
    run_id: str
    job_name: str | None
    retry_number: int
    extras: Mapping[str, Any]


def message_of(method: Method, params: Mapping[str, Any] | None = None) -> PipesMessage:
    """A message of this version of the protocol."""
    return {"__dagster_pipes_version": PIPES_PROTOCOL_VERSION, "method": method, "params": params or {}}
