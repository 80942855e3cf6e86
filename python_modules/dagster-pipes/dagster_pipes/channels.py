"""Where single messages go as soon as they are written: a file or a stream."""

from __future__ import annotations

import json
import threading
from abc import ABC, abstractmethod
from typing import TextIO

from dagster_pipes.protocol import PipesMessage


class PipesMessageWriterChannel(ABC):
    """Takes the messages of a session, in order, from any thread.

    Example:
        >>> class InMemory(PipesMessageWriterChannel):
        ...     def __init__(self): self.messages = []
        ...     def write_message(self, message): self.messages.append(message)
    """

    @abstractmethod
    def write_message(self, message: PipesMessage) -> None:
        """Hand a message to the orchestrating process, now or with the next batch."""


def line_of(message: PipesMessage) -> str:
    """The message as one line of ASCII, with its line break."""
    return f"{json.dumps(message)}\n"


class PipesFileMessageWriterChannel(PipesMessageWriterChannel):
    """Appends messages to a file, each in one write, so that lines of several threads and processes never mix.

    Args:
        path: the file; it is made where there is none.

    Example:
        >>> PipesFileMessageWriterChannel("messages").write_message(
        ...     {"__dagster_pipes_version": "0.1", "method": "closed", "params": {}}
        ... )
        >>> Path("messages").read_text()
        '{"__dagster_pipes_version": "0.1", "method": "closed", "params": {}}\\n'
    """

    def __init__(self, path: str) -> None:
        self._path = path

    def write_message(self, message: PipesMessage) -> None:
        """Append the message."""
        line = line_of(message).encode("ascii")
        with open(self._path, "ab", buffering=0) as file:
            file.write(line)


class PipesStreamMessageWriterChannel(PipesMessageWriterChannel):
    """Writes messages to a stream at once.

    Args:
        stream: e.g. `sys.stderr`.

    Example:
        >>> import sys
        >>> PipesStreamMessageWriterChannel(sys.stdout).write_message(
        ...     {"__dagster_pipes_version": "0.1", "method": "closed", "params": {}}
        ... )
        {"__dagster_pipes_version": "0.1", "method": "closed", "params": {}}
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def write_message(self, message: PipesMessage) -> None:
        """Write the message and flush, so that it is seen while the process works."""
        with self._lock:
            self._stream.write(line_of(message))
            self._stream.flush()


class PipesBufferedStreamMessageWriterChannel(PipesMessageWriterChannel):
    """Keeps messages and writes them to a stream at the end, after all that the process printed itself.

    Args:
        stream: e.g. `sys.stdout`.

    Example:
        >>> import io
        >>> stream = io.StringIO()
        >>> channel = PipesBufferedStreamMessageWriterChannel(stream)
        >>> channel.write_message({"__dagster_pipes_version": "0.1", "method": "closed", "params": {}})
        >>> stream.getvalue()
        ''
        >>> channel.flush()
        >>> stream.getvalue()
        '{"__dagster_pipes_version": "0.1", "method": "closed", "params": {}}\\n'
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._buffer: list[PipesMessage] = []
        self._lock = threading.Lock()

    def write_message(self, message: PipesMessage) -> None:
        """Keep the message."""
        with self._lock:
            self._buffer.append(message)

    def flush(self) -> None:
        """Write what was kept."""
        with self._lock:
            messages, self._buffer = self._buffer, []
            self._stream.writelines(line_of(message) for message in messages)
            self._stream.flush()
