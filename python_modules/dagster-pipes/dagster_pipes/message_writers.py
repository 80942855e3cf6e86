"""What opens the channel of a session, from the parameters that the orchestrating process handed over."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, Generic, TextIO, TypeVar

from dagster_pipes.channels import (
    PipesBufferedStreamMessageWriterChannel,
    PipesFileMessageWriterChannel,
    PipesMessageWriterChannel,
    PipesStreamMessageWriterChannel,
)
from dagster_pipes.checks import handed_over
from dagster_pipes.chunk_channels import PipesBlobStoreMessageWriterChannel
from dagster_pipes.errors import DagsterPipesError
from dagster_pipes.protocol import PipesExtras, PipesOpenedData

T_MessageChannel = TypeVar("T_MessageChannel", bound=PipesMessageWriterChannel, covariant=True)
T_BlobStoreMessageWriterChannel = TypeVar(
    "T_BlobStoreMessageWriterChannel", bound=PipesBlobStoreMessageWriterChannel, covariant=True
)

INCLUDE_STDIO = "include_stdio_in_messages"


class PipesMessageWriter(ABC, Generic[T_MessageChannel]):
    """Opens the channel on which a session's messages go.

    Example:
        >>> class ToFile(PipesMessageWriter):
        ...     @contextmanager
        ...     def open(self, params):
        ...         yield PipesFileMessageWriterChannel(params["path"])
        >>> ToFile().get_opened_payload()
        {'extras': {}}
    """

    # What captures stdout and stderr, if anything does; a session ends it before it says that it is closed.
    _captures: ExitStack | None = None

    @abstractmethod
    def open(self, params: Mapping[str, Any]) -> AbstractContextManager[T_MessageChannel]:
        """A context manager that yields the channel; at its end all messages have been handed on."""

    def get_opened_payload(self) -> PipesOpenedData:
        """The parameters of the message `opened`."""
        return {"extras": self.get_opened_extras()}

    def get_opened_extras(self) -> PipesExtras:
        """Facts of one's own for the message reader on the other side."""
        return {}

    def stop_capturing(self) -> None:
        """Ends the capture of stdout and stderr; what was printed has then been sent."""
        if self._captures is not None:
            self._captures.close()

    @contextmanager
    def _capturing(self, params: Mapping[str, Any], channel: PipesMessageWriterChannel) -> Generator[None]:
        if not params.get(INCLUDE_STDIO):
            yield
            return
        from dagster_pipes.log_writers import PipesDefaultLogWriter

        with ExitStack() as captures:
            captures.enter_context(PipesDefaultLogWriter(channel).open(params))
            self._captures = captures
            yield


class PipesDefaultMessageWriter(PipesMessageWriter[PipesMessageWriterChannel]):
    """Writes to the file (`path`) or to the stream (`stdio`, or `buffered_stdio` for all at the end) that the parameters name.

    Example:
        >>> with PipesDefaultMessageWriter().open({"path": "messages"}) as channel:
        ...     type(channel).__name__
        'PipesFileMessageWriterChannel'
    """

    FILE_PATH_KEY = "path"
    STDIO_KEY = "stdio"
    BUFFERED_STDIO_KEY = "buffered_stdio"
    STDERR = "stderr"
    STDOUT = "stdout"
    INCLUDE_STDIO_IN_MESSAGES_KEY = INCLUDE_STDIO

    @contextmanager
    def open(self, params: Mapping[str, Any]) -> Generator[PipesMessageWriterChannel]:
        """Yields the channel.

        Raises:
            DagsterPipesError: the parameters name neither a file nor a stream.
        """
        if self.FILE_PATH_KEY in params:
            channel = PipesFileMessageWriterChannel(handed_over(params, self.FILE_PATH_KEY, str, type(self)))
            with self._capturing(params, channel):
                yield channel
        elif self.STDIO_KEY in params:
            yield PipesStreamMessageWriterChannel(self._stream(params, self.STDIO_KEY))
        elif self.BUFFERED_STDIO_KEY in params:
            buffered = PipesBufferedStreamMessageWriterChannel(self._stream(params, self.BUFFERED_STDIO_KEY))
            try:
                yield buffered
            finally:
                buffered.flush()
        else:
            raise DagsterPipesError(
                f'Invalid params for {type(self).__name__}, expected key "path", "stdio" or "buffered_stdio", received {params}. '
                "The orchestration side's message reader may expect a different message writer: pass it as `message_writer` to "
                "`open_dagster_pipes`."
            )

    def _stream(self, params: Mapping[str, Any], key: str) -> TextIO:
        name = handed_over(params, key, str, type(self))
        if name == self.STDERR:
            return sys.stderr
        if name == self.STDOUT:
            return sys.stdout
        raise DagsterPipesError(f'Invalid value for key "{key}", expected "stderr" or "stdout" but received {name}')


class PipesBlobStoreMessageWriter(PipesMessageWriter[T_BlobStoreMessageWriterChannel]):
    """Opens a channel that uploads messages in chunks.

    Args:
        interval: seconds between two uploads.

    Example:
        >>> class ToFolder(PipesBlobStoreMessageWriter):
        ...     def make_channel(self, params):
        ...         return PipesBufferedFilesystemMessageWriterChannel(params["path"], interval=self.interval)
        >>> with ToFolder(interval=60).open({"path": "."}) as channel:
        ...     channel.write_message({"__dagster_pipes_version": "0.1", "method": "closed", "params": {}})
        >>> Path("1.json").exists()
        True
    """

    INCLUDE_STDIO_IN_MESSAGES_KEY = INCLUDE_STDIO

    def __init__(self, *, interval: float = 10) -> None:
        self.interval = interval

    @abstractmethod
    def make_channel(self, params: Mapping[str, Any]) -> T_BlobStoreMessageWriterChannel:
        """The channel for these parameters."""

    @contextmanager
    def open(self, params: Mapping[str, Any]) -> Generator[T_BlobStoreMessageWriterChannel]:
        """Yields the channel; at the end of the block the last chunk has been uploaded."""
        channel = self.make_channel(params)
        with channel.buffered_upload_loop(), self._capturing(params, channel):
            yield channel
