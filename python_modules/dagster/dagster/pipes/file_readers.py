"""Messages that an outside process on this machine appends to a file."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

from dagster.pipes.messages import PipesMessageHandler, PipesMessageReader

_PATH, _INCLUDE_STDIO = "path", "include_stdio_in_messages"
_POLL_SECONDS = 0.02


class PipesFileMessageReader(PipesMessageReader):
    """Reads messages from a file while they are appended to it.

    A line is taken once it is complete, and at the end of the session also without its line break.

    Args:
        path: the file; it is made empty at the beginning.
        include_stdio_in_messages: whether the process sends what it prints as messages too.
        cleanup_file: whether the file is removed at the end.

    Example:
        >>> reader = PipesFileMessageReader("messages")
        >>> with reader.read_messages(PipesMessageHandler(build_op_context(), reader)) as params:
        ...     params
        {'path': 'messages', 'include_stdio_in_messages': False}
    """

    def __init__(self, path: str, include_stdio_in_messages: bool = False, cleanup_file: bool = True) -> None:
        self._path = path
        self._include_stdio = include_stdio_in_messages
        self._removes_file = cleanup_file

    @contextmanager
    def read_messages(self, handler: PipesMessageHandler) -> Generator[Mapping[str, Any]]:
        """Yields the path."""
        is_over = threading.Event()
        with open(self._path, "wb"):
            pass
        thread = threading.Thread(target=self._read, args=(handler, is_over), daemon=True)
        thread.start()
        try:
            yield {_PATH: self._path, _INCLUDE_STDIO: self._include_stdio}
        finally:
            is_over.set()
            thread.join()
            if self._removes_file and os.path.exists(self._path):
                os.remove(self._path)

    def _read(self, handler: PipesMessageHandler, is_over: threading.Event) -> None:
        origin = f"{type(self).__name__} reader thread"
        try:
            with open(self._path, "rb") as file:
                for line in _lines_until(file, is_over):
                    _take(line, handler, origin)
        except Exception:
            handler.report_pipes_framework_exception(origin, sys.exc_info())

    def no_messages_debug_text(self) -> str:
        """Names the file."""
        return f"Attempted to read messages from file {self._path}."


def _lines_until(file: BinaryIO, is_over: threading.Event) -> Generator[bytes]:
    """The lines of a file that grows, until nothing is left in it after the end of the session."""
    begun = b""
    is_last = False
    while not is_last:
        is_last = is_over.wait(_POLL_SECONDS)
        *complete, begun = (begun + file.read()).split(b"\n")
        yield from complete
    yield begun


def _take(line: bytes, handler: PipesMessageHandler, origin: str) -> None:
    if not line.strip():
        return
    try:
        message = json.loads(line)
    except ValueError:
        handler.report_pipes_framework_exception(origin, sys.exc_info())
    else:
        handler.handle_or_report(message, origin)


class PipesTempFileMessageReader(PipesMessageReader):
    """Reads messages from a temporary file. The default of `PipesSubprocessClient`.

    Args:
        include_stdio_in_messages: whether the process sends what it prints as messages too.

    Example:
        >>> reader = PipesTempFileMessageReader(include_stdio_in_messages=True)
        >>> with reader.read_messages(PipesMessageHandler(build_op_context(), reader)) as params:
        ...     params["include_stdio_in_messages"]
        True
    """

    def __init__(self, include_stdio_in_messages: bool = False) -> None:
        self._include_stdio = include_stdio_in_messages

    @contextmanager
    def read_messages(self, handler: PipesMessageHandler) -> Generator[Mapping[str, Any]]:
        """Yields the path."""
        with tempfile.TemporaryDirectory() as folder:
            reader = PipesFileMessageReader(os.path.join(folder, "messages"), self._include_stdio, cleanup_file=False)
            with reader.read_messages(handler) as params:
                yield params

    def no_messages_debug_text(self) -> str:
        """Says that it was a temporary file."""
        return "Attempted to read messages from a local temporary file."
