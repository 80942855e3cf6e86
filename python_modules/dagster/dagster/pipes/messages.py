"""Messages of an outside process: who reads them, and what each of them does in the run.

A message that cannot be taken is told in the run's log, with the reason, and those after it are taken as usual.
"""

from __future__ import annotations

import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypedDict

from dagster.events.asset_events import AssetCheckSeverity
from dagster.events.data_versions import DataVersion
from dagster.events.failures import SerializableErrorInfo, error_info
from dagster.events.results import AssetCheckResult, MaterializeResult
from dagster.execution.contexts import OpExecutionContext
from dagster.keys import AssetKey
from dagster.pipes.errors import DagsterPipesExecutionError
from dagster.pipes.wire import checked, error_of, metadata_of

if TYPE_CHECKING:
    from dagster_pipes import PipesMessage, PipesOpenedData

PipesExecutionResult = MaterializeResult[Any] | AssetCheckResult
"""What an outside process can report about assets."""

ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
_LEVELS = frozenset({"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"})


class PipesLaunchedData(TypedDict):
    """What is known of the outside process once it was launched; message readers get it.

    Example:
        >>> launched: PipesLaunchedData = {"extras": {"cluster": "c-17"}}
    """

    extras: Mapping[str, Any]


class PipesMessageReader(ABC):
    """Reads the messages of an outside process while it runs.

    Example:
        >>> class FromList(PipesMessageReader):
        ...     @contextmanager
        ...     def read_messages(self, handler):
        ...         yield {"path": "/mnt/messages"}
        ...         handler.handle_message({"__dagster_pipes_version": "0.1", "method": "closed", "params": {}})
        ...     def no_messages_debug_text(self):
        ...         return "Attempted to read messages from a list."
    """

    @abstractmethod
    def read_messages(self, handler: PipesMessageHandler) -> AbstractContextManager[Mapping[str, Any]]:
        """A context manager that hands each message to the handler, in order, until its block has ended.

        It yields the parameters with which the message writer of the outside process is opened.
        """

    @abstractmethod
    def no_messages_debug_text(self) -> str:
        """A sentence that says where messages were expected, for a session in which there was none."""

    def on_opened(self, opened_payload: PipesOpenedData) -> None:  # noqa: B027 - for those that want to know
        """Called with what the outside process told about itself when it began."""

    def on_launched(self, launched_payload: PipesLaunchedData) -> None:  # noqa: B027 - for those that want to know
        """Called with what the client told about the process that it launched."""

    @property
    def expected_writer_count(self) -> int:
        """How many processes write messages; the session is closed when each of them said so."""
        return 1


class PipesMessageHandler:
    """Takes the messages of a session: writes lines into the run's log and keeps the results.

    Args:
        context: of the step that the outside process works for.
        message_reader: reads the messages.

    Example:
        >>> handler = PipesMessageHandler(build_op_context(), PipesTempFileMessageReader())
        >>> handler.handle_message(
        ...     {"__dagster_pipes_version": "0.1", "method": "report_custom_message", "params": {"payload": 3}}
        ... )
        >>> handler.get_custom_messages()
        (3,)
    """

    def __init__(self, context: OpExecutionContext, message_reader: PipesMessageReader) -> None:
        self._context = context
        self._reader = message_reader
        self._lock = threading.RLock()
        self._results: list[PipesExecutionResult] = []
        self._custom: list[Any] = []
        self._opened_count = self._closed_count = 0
        self._takes: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
            "opened": self._take_opened,
            "closed": self._take_closed,
            "log": self._take_log,
            "log_external_stream": self._take_external_stream,
            "report_asset_materialization": self._take_materialization,
            "report_asset_check": self._take_check,
            "report_custom_message": self._take_custom,
        }

    @contextmanager
    def handle_messages(self) -> Generator[Mapping[str, Any]]:
        """Reads while the block lasts; yields the parameters of the message writer."""
        with self._reader.read_messages(self) as params:
            yield params

    def get_reported_results(self) -> Sequence[PipesExecutionResult]:
        """The results reported so far, in order."""
        with self._lock:
            return tuple(self._results)

    def get_custom_messages(self) -> Sequence[Any]:
        """The custom messages so far, in order."""
        with self._lock:
            return tuple(self._custom)

    @property
    def received_opened_message(self) -> bool:
        """Whether a process has opened the session."""
        return self._opened_count > 0

    @property
    def received_closed_message(self) -> bool:
        """Whether every process has closed the session."""
        return self._closed_count >= self._reader.expected_writer_count

    def on_launched(self, launched_payload: PipesLaunchedData) -> None:
        """Tells the reader what is known of the process that was launched."""
        self._reader.on_launched(launched_payload)
        self._context.log.info("[pipes] additional launch_payload reported")

    def handle_message(self, message: PipesMessage) -> None:
        """Do what a message says.

        Raises:
            DagsterPipesExecutionError: it is no message of the protocol, or its parameters do not fit.
        """
        method, params = _parts(message)
        take = self._takes.get(method)
        if take is None:
            raise DagsterPipesExecutionError(f"Unknown message method: {method}")
        with self._lock:
            if self.received_closed_message:
                self._context.log.warning(f"[pipes] unexpected message received after closed: `{message}`")
            take(params)

    def handle_or_report(self, message: Any, origin: str) -> None:
        """Do what a message says; one that cannot be taken is told in the run's log."""
        try:
            self.handle_message(message)
        except Exception:
            self.report_pipes_framework_exception(origin, sys.exc_info())

    def report_pipes_framework_exception(self, origin: str, exc_info: ExcInfo) -> None:
        """Tell in the run's log what went wrong in `origin`."""
        error = error_info(exc_info[1]) if exc_info[1] is not None else None
        self._engine_event(f"[pipes] framework exception occurred in {origin}", error)

    def _engine_event(self, message: str, error: SerializableErrorInfo | None) -> None:
        self._context.log_engine_event(message, error)

    def _take_opened(self, params: Mapping[str, Any]) -> None:
        is_first = not self.received_opened_message
        self._opened_count += 1
        self._reader.on_opened({"extras": params.get("extras") or {}})
        if is_first:
            self._context.log.info("[pipes] external process successfully opened dagster pipes.")

    def _take_closed(self, params: Mapping[str, Any]) -> None:
        self._closed_count += 1
        if params.get("exception"):
            self._engine_event("[pipes] external process pipes closed with exception", error_of(params["exception"]))

    def _take_log(self, params: Mapping[str, Any]) -> None:
        level = checked(params, "level", str, "INFO").upper()
        if level not in _LEVELS:
            raise DagsterPipesExecutionError(f'Unknown level "{level}". The levels are {", ".join(sorted(_LEVELS))}.')
        # As an argument, so that a percent sign in it is only that.
        self._context.log.log(level, "%s", checked(params, "message", str))

    def _take_external_stream(self, params: Mapping[str, Any]) -> None:
        stream = sys.stderr if params.get("stream") == "stderr" else sys.stdout
        stream.write(checked(params, "text", str))
        stream.flush()

    def _take_materialization(self, params: Mapping[str, Any]) -> None:
        version = checked(params, "data_version", str | None, None)
        self._results.append(
            MaterializeResult(
                asset_key=AssetKey.from_escaped_user_string(checked(params, "asset_key", str)),
                metadata=metadata_of(params.get("metadata")),
                data_version=None if version is None else DataVersion(version),
            )
        )

    def _take_check(self, params: Mapping[str, Any]) -> None:
        severity = checked(params, "severity", str, "ERROR")
        if severity not in AssetCheckSeverity.__members__:
            raise DagsterPipesExecutionError(f'Unknown severity "{severity}". The severities are WARN and ERROR.')
        self._results.append(
            AssetCheckResult(
                asset_key=AssetKey.from_escaped_user_string(checked(params, "asset_key", str)),
                check_name=checked(params, "check_name", str),
                passed=checked(params, "passed", bool),
                severity=AssetCheckSeverity[severity],
                metadata=metadata_of(params.get("metadata")),
            )
        )

    def _take_custom(self, params: Mapping[str, Any]) -> None:
        if "payload" not in params:
            raise DagsterPipesExecutionError("A custom message needs a `payload`.")
        self._custom.append(params["payload"])


def _parts(message: object) -> tuple[str, Mapping[str, Any]]:
    """Method and parameters of a message.

    Raises:
        DagsterPipesExecutionError: it is no message.
    """
    if not isinstance(message, dict):
        raise DagsterPipesExecutionError(f"A message is a JSON object, not `{str(message)[:200]}`.")
    entries: dict[str, Any] = {**message}
    method, params = entries.get("method"), entries.get("params")
    if not isinstance(method, str):
        raise DagsterPipesExecutionError(f"A message names its `method`: `{str(entries)[:200]}`.")
    if params is not None and not isinstance(params, dict):
        raise DagsterPipesExecutionError(f"The `params` of a message are a JSON object, not `{str(params)[:200]}`.")
    return method, {**params} if params else {}
