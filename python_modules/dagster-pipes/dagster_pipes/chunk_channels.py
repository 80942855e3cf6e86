"""Messages in chunks: for stores in which nothing can be appended to what is there."""

from __future__ import annotations

import io
import json
import os
import queue
import threading
from abc import abstractmethod
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import IO

from dagster_pipes.channels import PipesMessageWriterChannel
from dagster_pipes.protocol import PipesMessage


class PipesBlobStoreMessageWriterChannel(PipesMessageWriterChannel):
    """Keeps messages and uploads them every few seconds, each chunk under the next number, from 1 on.

    A chunk that could not be uploaded is tried again under its number, so none is missing between two others. At the end of
    the session what is left is uploaded, and an error of that upload is raised.

    Args:
        interval: seconds between two uploads.

    Example:
        >>> class Printing(PipesBlobStoreMessageWriterChannel):
        ...     def upload_messages_chunk(self, payload, index):
        ...         print(index, payload.read())
        >>> channel = Printing(interval=60)
        >>> with channel.buffered_upload_loop():
        ...     channel.write_message({"__dagster_pipes_version": "0.1", "method": "closed", "params": {}})
        1 {"__dagster_pipes_version": "0.1", "method": "closed", "params": {}}
    """

    def __init__(self, *, interval: float = 10) -> None:
        self._interval = interval
        self._buffer: queue.SimpleQueue[PipesMessage] = queue.SimpleQueue()
        self._counter = 1
        self._pending: list[PipesMessage] = []

    @abstractmethod
    def upload_messages_chunk(self, payload: IO[str], index: int) -> None:
        """Store a chunk: messages as JSON, one per line, with no line break at the end."""

    def write_message(self, message: PipesMessage) -> None:
        """Keep the message for the next chunk."""
        json.dumps(message)  # refused here, not in the thread that uploads
        self._buffer.put(message)

    def flush_messages(self) -> Sequence[PipesMessage]:
        """The messages that are kept; afterwards none is."""
        messages: list[PipesMessage] = []
        while True:
            try:
                messages.append(self._buffer.get_nowait())
            except queue.Empty:
                return messages

    @contextmanager
    def buffered_upload_loop(self) -> Generator[None]:
        """Uploads while the block lasts, and the rest at its end."""
        is_over = threading.Event()
        thread = threading.Thread(target=self._upload_until, args=(is_over,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join()
            self._upload()

    def _upload_until(self, is_over: threading.Event) -> None:
        while not is_over.wait(self._interval):
            try:
                self._upload()
            except Exception as failed:  # the next round tries it again, and the last one raises
                _tell(f"[pipes] chunk {self._counter} of messages could not be uploaded, and is tried again: {failed}")

    def _upload(self) -> None:
        self._pending += self.flush_messages()
        if self._pending:
            payload = "\n".join(json.dumps(message) for message in self._pending)
            self.upload_messages_chunk(io.StringIO(payload), self._counter)
            self._counter += 1
            self._pending = []


def _tell(line: str) -> None:
    import sys

    print(line, file=sys.stderr, flush=True)


class PipesBufferedFilesystemMessageWriterChannel(PipesBlobStoreMessageWriterChannel):
    """Writes each chunk as a file `<number>.json` into a folder, such as one of a mounted volume.

    Args:
        path: the folder.
        interval: seconds between two chunks.

    Example:
        >>> channel = PipesBufferedFilesystemMessageWriterChannel(".")
        >>> with channel.buffered_upload_loop():
        ...     channel.write_message({"__dagster_pipes_version": "0.1", "method": "closed", "params": {}})
        >>> Path("1.json").read_text()
        '{"__dagster_pipes_version": "0.1", "method": "closed", "params": {}}'
    """

    def __init__(self, path: str, *, interval: float = 10) -> None:
        super().__init__(interval=interval)
        self._path = path

    def upload_messages_chunk(self, payload: IO[str], index: int) -> None:
        """Write the file of a chunk; it appears whole, since readers wait for its name."""
        final = os.path.join(self._path, f"{index}.json")
        hidden = os.path.join(self._path, f".{index}.json.part")
        with open(hidden, "w", encoding="utf-8") as file:
            file.write(payload.read())
        os.replace(hidden, final)
