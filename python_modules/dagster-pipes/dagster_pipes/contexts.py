"""What the outside process knows of the step it works for, and what it reports."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from dagster_pipes.checks import given, given_or_none, json_given, metadata_given
from dagster_pipes.errors import DagsterPipesError
from dagster_pipes.protocol import (
    Method,
    PipesAssetCheckSeverity,
    PipesContextData,
    PipesDataProvenance,
    PipesException,
    PipesMetadataRawValue,
    PipesMetadataValue,
    PipesPartitionKeyRange,
    PipesTimeWindow,
    message_of,
)

if TYPE_CHECKING:
    import logging
    from types import TracebackType

    from dagster_pipes.context_loaders import PipesContextLoader
    from dagster_pipes.message_writers import PipesMessageWriter
    from dagster_pipes.params_loaders import PipesParamsLoader

T = TypeVar("T")
Metadata = Mapping[str, PipesMetadataRawValue | PipesMetadataValue]


class PipesContext:
    """The session of this process with the one that launched it. `open_dagster_pipes` makes it.

    Used in a `with`, it tells the other side how the block ended. Its methods may be called from any thread.

    Args:
        params_loader: says where the context is and where messages go.
        context_loader: loads the context.
        message_writer: takes the messages.

    Raises:
        DagsterPipesError: what the other side handed over does not fit.

    Example:
        >>> step = {"asset_keys": ["orders"], "run_id": "f3a", "extras": {"limit": 10}}
        >>> params = {"DAGSTER_PIPES_CONTEXT": encode_param({"data": step}),
        ...     "DAGSTER_PIPES_MESSAGES": encode_param({"path": "messages"})}
        >>> loader = PipesMappingParamsLoader(params)
        >>> with PipesContext(loader, PipesDefaultContextLoader(), PipesDefaultMessageWriter()) as pipes:
        ...     pipes.log.info("%s rows at the most", pipes.get_extra("limit"))
        ...     pipes.report_asset_materialization(metadata={"rows": 3})
        >>> [json.loads(line)["method"] for line in Path("messages").read_text().splitlines()]
        ['opened', 'log', 'report_asset_materialization', 'closed']
    """

    _instance: ClassVar[PipesContext | None] = None

    @classmethod
    def is_initialized(cls) -> bool:
        """Whether there is a context of this process."""
        return cls._instance is not None

    @classmethod
    def set(cls, context: PipesContext) -> None:
        """Make this the context of this process."""
        cls._instance = context

    @classmethod
    def get(cls) -> PipesContext:
        """The context of this process.

        Raises:
            DagsterPipesError: there is none.
        """
        if cls._instance is None:
            raise DagsterPipesError("PipesContext has not been initialized. You must call `open_dagster_pipes()`.")
        return cls._instance

    def __init__(
        self,
        params_loader: PipesParamsLoader,
        context_loader: PipesContextLoader,
        message_writer: PipesMessageWriter[Any],
    ) -> None:
        context_params = params_loader.load_context_params()
        messages_params = params_loader.load_messages_params()
        self._io = ExitStack()
        self._closed = False
        self._lock = threading.RLock()
        self._logger: logging.Logger | None = None
        self._materialized: set[str] = set()
        self._writer = message_writer
        try:
            self._data: PipesContextData = self._io.enter_context(context_loader.load_context(context_params))
            self._channel = self._io.enter_context(message_writer.open(messages_params))
            self._channel.write_message(message_of("opened", {**message_writer.get_opened_payload()}))
        except BaseException:
            self._io.close()
            raise

    def __enter__(self) -> PipesContext:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if exc_value is None or self._closed:
            self.close()
        else:
            from dagster_pipes.exceptions import exception_of

            self.close(exception_of(exc_value, traceback))

    def close(self, exc: PipesException | None = None) -> None:
        """Tell the other side that nothing follows, and let go of files and connections. Once is enough.

        Args:
            exc: what the work broke off with.
        """
        if self._closed:
            return
        self._writer.stop_capturing()
        with self._lock:
            if self._closed:
                return
            self._closed = True
            try:
                self._channel.write_message(message_of("closed", {"exception": exc} if exc else {}))
            finally:
                self._io.close()

    @property
    def is_closed(self) -> bool:
        """Whether the session was closed."""
        return self._closed

    def _send(self, method: Method, params: Mapping[str, Any]) -> None:
        with self._lock:
            if self._closed:
                raise DagsterPipesError("Cannot send message after pipes context is closed.")
            self._channel.write_message(message_of(method, params))

    @property
    def is_asset_step(self) -> bool:
        """Whether the step is about assets."""
        return self._data.get("asset_keys") is not None

    @property
    def asset_key(self) -> str:
        """The asset, its parts joined by `/`.

        Raises:
            DagsterPipesError: the step is about none, or about several.
        """
        return self._only_asset("asset_key")

    @property
    def asset_keys(self) -> Sequence[str]:
        """The assets that this run wants of the step.

        Raises:
            DagsterPipesError: the step is not about assets.
        """
        return self._of_assets(self._data.get("asset_keys"), "asset_keys")

    @property
    def provenance(self) -> PipesDataProvenance | None:
        """What the asset's latest materialization was made from; None if there is none.

        Raises:
            DagsterPipesError: the step is not about one asset.
        """
        return (self._data.get("provenance_by_asset_key") or {}).get(self._only_asset("provenance"))

    @property
    def provenance_by_asset_key(self) -> Mapping[str, PipesDataProvenance | None]:
        """What the latest materialization of each asset was made from."""
        return self._of_assets(self._data.get("provenance_by_asset_key"), "provenance_by_asset_key")

    @property
    def code_version(self) -> str | None:
        """The version of the asset's code, where one was declared.

        Raises:
            DagsterPipesError: the step is not about one asset.
        """
        return (self._data.get("code_version_by_asset_key") or {}).get(self._only_asset("code_version"))

    @property
    def code_version_by_asset_key(self) -> Mapping[str, str | None]:
        """The version of each asset's code, where one was declared."""
        return self._of_assets(self._data.get("code_version_by_asset_key"), "code_version_by_asset_key")

    @property
    def is_partition_step(self) -> bool:
        """Whether the run is of partitions."""
        return self._data.get("partition_key_range") is not None

    @property
    def partition_key(self) -> str:
        """The partition.

        Raises:
            DagsterPipesError: the run is of none, or of several.
        """
        return self._of_partitions(self._data.get("partition_key"), "partition_key")

    @property
    def partition_key_range(self) -> PipesPartitionKeyRange:
        """The first and the last partition; the same key where there is one.

        Raises:
            DagsterPipesError: the run is not of partitions.
        """
        return self._of_partitions(self._data.get("partition_key_range"), "partition_key_range")

    @property
    def partition_time_window(self) -> PipesTimeWindow | None:
        """The time that the partitions span; None where they are not times.

        Raises:
            DagsterPipesError: the run is not of partitions.
        """
        self._of_partitions(self._data.get("partition_key_range"), "partition_time_window")
        return self._data.get("partition_time_window")

    @property
    def run_id(self) -> str:
        """The id of the run."""
        return self._data["run_id"]

    @property
    def job_name(self) -> str | None:
        """The job of the run."""
        return self._data.get("job_name")

    @property
    def retry_number(self) -> int:
        """How often the step was tried before in this run."""
        return self._data.get("retry_number", 0)

    @property
    def extras(self) -> Mapping[str, Any]:
        """What the user handed over on the other side, as `extras`."""
        return self._data.get("extras") or {}

    def get_extra(self, key: str) -> Any:
        """One of `extras`.

        Raises:
            DagsterPipesError: it was not handed over.
        """
        if key not in self.extras:
            raise DagsterPipesError(f"Extra `{key}` is undefined. Extras must be provided by user.")
        return self.extras[key]

    @property
    def log(self) -> logging.Logger:
        """A logger whose lines go into the log of the run, with their levels."""
        if self._logger is None:
            from dagster_pipes.loggers import pipes_logger

            self._logger = pipes_logger(self._send)
        return self._logger

    def report_asset_materialization(
        self,
        metadata: Metadata | None = None,
        data_version: str | None = None,
        asset_key: str | None = None,
    ) -> None:
        """Report that an asset was written. Once per asset.

        Args:
            metadata: raw values, or `{"type": ..., "raw_value": ...}`.
            data_version: of what was written.
            asset_key: may be left out where the step is about one asset.

        Raises:
            DagsterPipesError: an argument does not fit, or the asset was reported before.
        """
        method = "report_asset_materialization"
        key = self._asset_reported_on(asset_key, method)
        version = given_or_none(data_version, str, method, "data_version")
        params = {"asset_key": key, "data_version": version, "metadata": metadata_given(metadata, method)}
        json_given(params, method, "metadata")
        with self._lock:
            if key in self._materialized:
                raise DagsterPipesError(
                    f"Calling `{method}` with asset key `{key}` is undefined. Asset has already been materialized, so no "
                    "additional data can be reported for it."
                )
            self._send(method, params)
            self._materialized.add(key)

    def report_asset_check(
        self,
        check_name: str,
        passed: bool,
        severity: PipesAssetCheckSeverity = "ERROR",
        metadata: Metadata | None = None,
        asset_key: str | None = None,
    ) -> None:
        """Report what a check of an asset found.

        Args:
            check_name: the check, as it is declared.
            passed: whether the asset is as it should be.
            severity: WARN, or ERROR.
            metadata: raw values, or `{"type": ..., "raw_value": ...}`.
            asset_key: may be left out where the step is about one asset.

        Raises:
            DagsterPipesError: an argument does not fit.
        """
        method = "report_asset_check"
        key = self._asset_reported_on(asset_key, method)
        if severity not in ("WARN", "ERROR"):
            raise DagsterPipesError(
                f"Invalid value for parameter `severity` of `{method}`. Expected WARN or ERROR, got `{severity}`."
            )
        params = {
            "asset_key": key,
            "check_name": given(check_name, str, method, "check_name"),
            "passed": given(passed, bool, method, "passed"),
            "metadata": metadata_given(metadata, method),
            "severity": severity,
        }
        self._send(method, json_given(params, method, "metadata"))

    def report_custom_message(self, payload: Any) -> None:
        """Hand a value of JSON to the code on the other side.

        Raises:
            DagsterPipesError: JSON cannot hold it.
        """
        self._send("report_custom_message", {"payload": json_given(payload, "report_custom_message", "payload")})

    def log_external_stream(self, stream: str, text: str, extras: Mapping[str, Any] | None = None) -> None:
        """Hand over what some stream held, such as stdout of a worker elsewhere; it is printed on the other side.

        Args:
            stream: the name of the stream.
            text: a part of it.
            extras: facts about it.
        """
        params = {"stream": stream, "text": text, "extras": extras or {}}
        self._send("log_external_stream", json_given(params, "log_external_stream", "extras"))

    def _asset_reported_on(self, asset_key: str | None, method: str) -> str:
        key = given_or_none(asset_key, str, method, "asset_key")
        known = self._data.get("asset_keys")
        if key is None:
            if known is None or len(known) != 1:
                targets = "targets multiple assets" if known else "does not target a specific asset"
                raise DagsterPipesError(f"Calling `{method}` without passing an asset key is undefined. Current step {targets}.")
            return known[0]
        if known is not None and key not in known:
            raise DagsterPipesError(f"Invalid asset key. Expected one of `{known}`, got `{key}`.")
        return key

    def _only_asset(self, name: str) -> str:
        keys = self._of_assets(self._data.get("asset_keys"), name)
        if len(keys) != 1:
            raise DagsterPipesError(f"`{name}` is undefined. Current step targets multiple assets.")
        return keys[0]

    def _of_assets(self, value: T | None, name: str) -> T:
        if value is None:
            raise DagsterPipesError(f"Missing required property: `{name}` is undefined. Current step does not target an asset.")
        return value

    def _of_partitions(self, value: T | None, name: str) -> T:
        if value is None:
            one = "one partition; use `partition_key_range`" if self.is_partition_step else "any partitions"
            raise DagsterPipesError(f"Missing required property: `{name}` is undefined. Current step does not target {one}.")
        return value
