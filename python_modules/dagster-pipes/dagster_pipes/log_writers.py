"""What the process prints, captured from its file descriptors and sent along or written to files.

Child processes and libraries that are not written in Python are captured too. Everything still appears where it would have
appeared, since a small process (`tee`) stands between: what was printed is not lost when this process is killed.
"""

from __future__ import annotations

import codecs
import os
import subprocess
import sys
import tempfile
import threading
from abc import ABC, abstractmethod
from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, ClassVar, Generic, Literal, TextIO, TypeVar

from dagster_pipes.channels import PipesMessageWriterChannel
from dagster_pipes.checks import handed_over
from dagster_pipes.protocol import PipesExtras, PipesLogWriterOpenedData, message_of

StreamName = Literal["stdout", "stderr"]
_STREAMS: tuple[StreamName, ...] = ("stdout", "stderr")
_CHUNK_BYTES = 1 << 16
# Stands in for tee(1) where there is none.
_TEE = """
import os, sys
with open(sys.argv[1], "ab", buffering=0) as file:
    while data := os.read(0, 65536):
        os.write(1, data)
        file.write(data)
"""


class PipesLogWriterChannel(ABC):
    """Captures one stream.

    Example:
        >>> issubclass(PipesStdioLogWriterChannel, PipesLogWriterChannel)
        True
    """

    @abstractmethod
    def capture(self) -> AbstractContextManager[None]:
        """A context manager; what is printed while its block lasts is captured."""


T_LogChannel = TypeVar("T_LogChannel", bound=PipesLogWriterChannel)


class PipesLogWriter(ABC, Generic[T_LogChannel]):
    """Captures logs of the process while a session is open.

    Example:
        >>> PipesStdioFileLogWriter().get_opened_extras()
        {}
    """

    LOG_WRITER_KEY = "log_writer"

    @abstractmethod
    def open(self, params: Mapping[str, Any]) -> AbstractContextManager[T_LogChannel | None]:
        """A context manager; logs are captured while its block lasts."""

    def get_opened_payload(self) -> PipesLogWriterOpenedData:
        """What the orchestrating process is told."""
        return {"extras": self.get_opened_extras()}

    def get_opened_extras(self) -> PipesExtras:
        """Facts of one's own for `get_opened_payload`."""
        return {}


class PipesStdioLogWriterChannel(PipesLogWriterChannel):
    """Captures stdout or stderr and hands on what was printed since the last time, every few moments.

    Args:
        stream: which of the two.
        interval: seconds between two looks.
        name: for messages about the channel.

    Example:
        >>> class Collecting(PipesStdioLogWriterChannel):
        ...     text = ""
        ...     def write_chunk(self, chunk): self.text += chunk
        >>> channel = Collecting("stderr", 1.0, "collecting")
        >>> with channel.capture():
        ...     _ = os.write(2, b"by a library in C")
        >>> channel.text
        'by a library in C'
    """

    WAIT_FOR_TEE_SECONDS: ClassVar[float] = 1.0

    def __init__(self, stream: StreamName, interval: float, name: str) -> None:
        self.stream: StreamName = stream
        self.interval = interval
        self._name = name
        self.error_messages: list[str] = []

    @property
    def name(self) -> str:
        """For messages about the channel."""
        return self._name

    @property
    def stdio(self) -> TextIO:
        """The stream that is captured."""
        return sys.stdout if self.stream == "stdout" else sys.stderr

    @abstractmethod
    def write_chunk(self, chunk: str) -> None:
        """Take what was printed since the last time."""

    @contextmanager
    def capture(self) -> Generator[None]:
        """Captures while the block lasts; at its end everything that was printed has been handed on."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, self.stream)
            with open(path, "wb"):
                pass
            started, should_stop = threading.Event(), threading.Event()
            thread = threading.Thread(target=self.handler, args=(path, started, should_stop), daemon=True)
            thread.start()
            started.wait()
            try:
                with self._redirected(path):
                    yield
            finally:
                should_stop.set()
                thread.join()

    @contextmanager
    def _redirected(self, path: str) -> Generator[None]:
        # Always 1 and 2, also where sys.stdout is an object of a test or a notebook without a descriptor.
        descriptor = 1 if self.stream == "stdout" else 2
        self._flush()
        original = os.dup(descriptor)
        tee = subprocess.Popen(_tee_command(path), stdin=subprocess.PIPE, stdout=original, start_new_session=True)
        assert tee.stdin is not None, "a pipe was asked for"
        os.dup2(tee.stdin.fileno(), descriptor)
        tee.stdin.close()
        try:
            yield
        finally:
            self._flush()
            os.dup2(original, descriptor)
            os.close(original)
            self._wait_for(tee)

    def _wait_for(self, tee: subprocess.Popen[bytes]) -> None:
        # It ends once nobody holds the pipe; a child process in the background may go on for long.
        try:
            tee.wait(self.WAIT_FOR_TEE_SECONDS)
        except subprocess.TimeoutExpired:
            self.error_messages.append(f"{self.name}: another process still writes to {self.stream}; it is not waited for.")
            tee.returncode = 0  # ours no longer: no warning when it is collected

    def _flush(self) -> None:
        with_descriptor = sys.__stdout__ if self.stream == "stdout" else sys.__stderr__
        for stream in (self.stdio, with_descriptor):
            if stream is not None and not stream.closed:
                stream.flush()

    def handler(self, path: str, capturing_started: threading.Event, capturing_should_stop: threading.Event) -> None:
        """The body of the thread: hands on what is new in the file at `path` until it is told to stop."""
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        with open(path, "rb") as file:
            capturing_started.set()
            is_last = False
            while not is_last:
                is_last = capturing_should_stop.wait(self.interval)
                while data := file.read(_CHUNK_BYTES):
                    self._write(decoder.decode(data))
            self._write(decoder.decode(b"", final=True))

    def _write(self, chunk: str) -> None:
        if chunk:
            try:
                self.write_chunk(chunk)
            except Exception as failed:  # logs that cannot be handed on do not end the work that is logged
                self.error_messages.append(f"{self.name}: {failed}")


def _tee_command(path: str) -> list[str]:
    import shutil

    return ["tee", "-i", "-a", path] if shutil.which("tee") else [sys.executable, "-I", "-S", "-c", _TEE, path]


class PipesStdioLogWriter(PipesLogWriter[T_LogChannel]):
    """Captures stdout and stderr, each with a channel.

    Example:
        >>> issubclass(PipesStdioFileLogWriter, PipesStdioLogWriter)
        True
    """

    @abstractmethod
    def make_channel(self, params: Mapping[str, Any], stream: StreamName) -> T_LogChannel:
        """The channel of a stream."""

    @contextmanager
    def open(self, params: Mapping[str, Any]) -> Generator[None]:
        """Captures both streams while the block lasts."""
        with ExitStack() as stack:
            channels = [self.make_channel(params, stream) for stream in _STREAMS]
            for channel in channels:
                stack.enter_context(channel.capture())
            yield


class PipesStdioFileLogWriterChannel(PipesStdioLogWriterChannel):
    """Appends what is printed to a file.

    Args:
        output_path: the file.
        stream, interval, name: as of `PipesStdioLogWriterChannel`.

    Example:
        >>> channel = PipesStdioFileLogWriterChannel("printed", "stderr", "to a file", 1.0)
        >>> with channel.capture():
        ...     _ = os.write(2, b"read 3 rows")
        >>> Path("printed").read_text()
        'read 3 rows'
    """

    def __init__(self, output_path: str, stream: StreamName, name: str, interval: float) -> None:
        super().__init__(stream=stream, interval=interval, name=name)
        self.output_path = output_path

    def write_chunk(self, chunk: str) -> None:
        """Append to the file."""
        with open(self.output_path, "a", encoding="utf-8") as file:
            file.write(chunk)


class PipesStdioFileLogWriter(PipesStdioLogWriter[PipesStdioFileLogWriterChannel]):
    """Writes stdout and stderr to files of these names, in the folder `logs_dir` of the parameters.

    Args:
        interval: seconds between two writes.

    Example:
        >>> with PipesStdioFileLogWriter().open({"logs_dir": "logs"}):
        ...     _ = os.write(2, b"read 3 rows")
        >>> Path("logs/stderr").read_text()
        'read 3 rows'
    """

    LOGS_DIR_KEY = "logs_dir"

    def __init__(self, interval: float = 1.0) -> None:
        self.interval = interval

    def make_channel(self, params: Mapping[str, Any], stream: StreamName) -> PipesStdioFileLogWriterChannel:
        """The channel of a stream."""
        folder = handed_over(params, self.LOGS_DIR_KEY, str, type(self))
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, stream)
        with open(path, "a"):
            pass
        return PipesStdioFileLogWriterChannel(path, stream, f"PipesStdioFileLogWriterChannel({stream}->{path})", self.interval)


class PipesDefaultLogWriterChannel(PipesStdioLogWriterChannel):
    """Sends what is printed as messages.

    Args:
        message_channel: takes the messages.
        stream, interval, name: as of `PipesStdioLogWriterChannel`.

    Example:
        >>> messages = PipesFileMessageWriterChannel("messages")
        >>> with PipesDefaultLogWriterChannel(messages, "stderr", "sending", 1.0).capture():
        ...     _ = os.write(2, b"read 3 rows")
        >>> "read 3 rows" in Path("messages").read_text()
        True
    """

    def __init__(self, message_channel: PipesMessageWriterChannel, stream: StreamName, name: str, interval: float) -> None:
        super().__init__(stream=stream, interval=interval, name=name)
        self.message_channel = message_channel

    def write_chunk(self, chunk: str) -> None:
        """Send a message."""
        params: dict[str, Any] = {"stream": self.stream, "text": chunk, "extras": {}}
        self.message_channel.write_message(message_of("log_external_stream", params))


class PipesDefaultLogWriter(PipesStdioLogWriter[PipesDefaultLogWriterChannel]):
    """Sends stdout and stderr as messages.

    Args:
        message_channel: takes the messages.
        interval: seconds between two messages.

    Example:
        >>> with PipesDefaultLogWriter(PipesFileMessageWriterChannel("messages")).open({}):
        ...     _ = os.write(2, b"read 3 rows")
        >>> "read 3 rows" in Path("messages").read_text()
        True
    """

    def __init__(self, message_channel: PipesMessageWriterChannel, interval: float = 1) -> None:
        self._message_channel = message_channel
        self.interval = interval

    @property
    def message_channel(self) -> PipesMessageWriterChannel:
        """Takes the messages."""
        return self._message_channel

    def make_channel(self, params: Mapping[str, Any], stream: StreamName) -> PipesDefaultLogWriterChannel:
        """The channel of a stream."""
        name = f"PipesDefaultLogWriterChannel({stream})"
        return PipesDefaultLogWriterChannel(self.message_channel, stream, name, self.interval)
