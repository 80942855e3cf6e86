"""Messages that come in numbered chunks, as from an object store."""

from __future__ import annotations

import json
import sys
import threading
from abc import abstractmethod
from collections.abc import Generator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from dagster.pipes.log_readers import PipesLogReader
from dagster.pipes.messages import PipesLaunchedData, PipesMessageHandler, PipesMessageReader

if TYPE_CHECKING:
    from dagster_pipes import PipesOpenedData


class PipesBlobStoreMessageReader(PipesMessageReader):
    """Downloads chunks of messages every few seconds; chunk 1 is the first.

    When the session ends, everything that is there is still read. A download that fails is tried again.

    Args:
        interval: seconds between two looks.
        log_readers: logs that are followed while the session is open.

    Example:
        >>> class FromFolder(PipesBlobStoreMessageReader):
        ...     @contextmanager
        ...     def get_params(self):
        ...         yield {"path": "."}
        ...     def messages_are_readable(self, params):
        ...         return True
        ...     def download_messages_chunk(self, index, params):
        ...         chunk = Path(params["path"], f"{index}.json")
        ...         return chunk.read_text() if chunk.exists() else None
        ...     def no_messages_debug_text(self):
        ...         return "Attempted to read messages from a folder."
        >>> reader = FromFolder(interval=0.1)
        >>> with open_pipes_session(build_op_context(), PipesEnvContextInjector(), reader) as session:
        ...     message = '{"__dagster_pipes_version": "0.1", "method": "report_custom_message", "params": {"payload": 3}}'
        ...     _ = Path("chunk").write_text(message)
        ...     _ = Path("chunk").rename("1.json")  # a chunk appears whole, as in an object store
        >>> session.get_custom_messages()
        (3,)
    """

    def __init__(self, interval: float = 10, log_readers: Sequence[PipesLogReader] | None = None) -> None:
        self.interval = interval
        self.log_readers = list(log_readers or ())
        self.opened_payload: PipesOpenedData | None = None
        self.launched_payload: PipesLaunchedData | None = None
        self.counter = 1

    @abstractmethod
    def get_params(self) -> AbstractContextManager[Mapping[str, Any]]:
        """A context manager that yields the parameters for the message writer, e.g. bucket and prefix."""

    @abstractmethod
    def messages_are_readable(self, params: Mapping[str, Any]) -> bool:
        """Whether chunks can be asked for; asked again until they can."""

    @abstractmethod
    def download_messages_chunk(self, index: int, params: Mapping[str, Any]) -> str | None:
        """The chunk of this number, whole: messages as JSON, one per line; None if it is not there yet."""

    def download_messages(self, cursor: int | None, params: Mapping[str, Any]) -> tuple[int, str] | None:
        """The chunk after a cursor, with the next cursor; None if it is not there yet."""
        index = 1 if cursor is None else cursor
        chunk = self.download_messages_chunk(index, params)
        return None if chunk is None else (index + 1, chunk)

    def add_log_reader(self, log_reader: PipesLogReader) -> None:
        """Follow one more log."""
        self.log_readers.append(log_reader)

    def on_opened(self, opened_payload: PipesOpenedData) -> None:
        """Keeps what the process told; log readers get it."""
        self.opened_payload = opened_payload

    def on_launched(self, launched_payload: PipesLaunchedData) -> None:
        """Keeps what the client told; log readers get it."""
        self.launched_payload = launched_payload

    @contextmanager
    def read_messages(self, handler: PipesMessageHandler) -> Generator[Mapping[str, Any]]:
        """Yields the parameters for the message writer."""
        is_over = threading.Event()
        self.counter = 1
        with self.get_params() as params:
            threads = [threading.Thread(target=self._follow, args=(handler, params, is_over), daemon=True)]
            if self.log_readers:
                threads.append(threading.Thread(target=self._follow_logs, args=(handler, params, is_over), daemon=True))
            for thread in threads:
                thread.start()
            try:
                yield params
            finally:
                is_over.set()
                for thread in threads:
                    thread.join()

    def _all_params(self, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """The parameters with what was told since."""
        told = [payload["extras"] for payload in (self.launched_payload, self.opened_payload) if payload is not None]
        extras = {name: value for each in told for name, value in each.items()}
        return {**params, "extras": extras} if told else params

    def _follow(self, handler: PipesMessageHandler, params: Mapping[str, Any], is_over: threading.Event) -> None:
        is_readable = False
        for _ in self._looks(is_over):
            try:
                is_readable = is_readable or self.messages_are_readable(self._all_params(params))
                if is_readable:
                    self._take_chunks(handler, params)
            except Exception:
                handler.report_pipes_framework_exception(self._origin, sys.exc_info())

    def _looks(self, is_over: threading.Event) -> Generator[None]:
        """One after another, and a last one after the end of the session."""
        while not is_over.is_set():
            yield
            is_over.wait(self.interval)
        yield

    def _take_chunks(self, handler: PipesMessageHandler, params: Mapping[str, Any]) -> None:
        while (found := self.download_messages(self.counter, params)) is not None:
            self.counter, chunk = found
            for line in chunk.split("\n"):
                self._take(line, handler)

    def _take(self, line: str, handler: PipesMessageHandler) -> None:
        if not line.strip():
            return
        try:
            message = json.loads(line)
        except ValueError:
            handler.report_pipes_framework_exception(self._origin, sys.exc_info())
        else:
            handler.handle_or_report(message, self._origin)

    @property
    def _origin(self) -> str:
        return f"{type(self).__name__} reader thread"

    def _follow_logs(self, handler: PipesMessageHandler, params: Mapping[str, Any], is_over: threading.Event) -> None:
        waiting = list(self.log_readers)
        for _ in self._looks(is_over):
            waiting = [reader for reader in waiting if not self._started(reader, handler, params, is_over)]
        for reader in self.log_readers:
            if reader.is_running():
                reader.stop()

    def _started(
        self, reader: PipesLogReader, handler: PipesMessageHandler, params: Mapping[str, Any], is_over: threading.Event
    ) -> bool:
        told = self._all_params(params)
        try:
            if reader.target_is_readable(told):
                reader.start(told, is_over)
                return True
        except Exception:
            handler.report_pipes_framework_exception(reader.with_debug_info(reader.name), sys.exc_info())
            return True
        return False
