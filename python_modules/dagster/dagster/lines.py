"""Values as JSON lines over a socket between two processes of one host. Descriptors may come along with a line."""

from __future__ import annotations

import os
import socket
from typing import Any, Generic, TypeVar

from dagster import serdes

T = TypeVar("T")
_CHUNK_BYTES = 1 << 16
_DESCRIPTORS_AT_MOST = 8


class Lines(Generic[T]):
    """One end of a connection. What the other end sends is of the union `expected`.

    Args:
        connection: a stream socket; it is closed with this object.
        expected: the type of what comes in.

    Attributes:
        is_ended: whether the other end was closed; what it sent before has been received.
    """

    def __init__(self, connection: socket.socket, expected: Any) -> None:
        self._connection = connection
        self._read = serdes.reader(expected)
        self._parts: list[bytes] = []
        self._descriptors: list[int] = []
        self.is_ended = False

    def fileno(self) -> int:
        """The descriptor to wait on."""
        return self._connection.fileno()

    def send(self, value: Any, descriptors: tuple[int, ...] = ()) -> bool:
        """Send a value; says whether the other end is still there.

        Args:
            value: the value.
            descriptors: open files that the other end gets as its own.
        """
        line = serdes.encode(value) + b"\n"
        try:
            if descriptors:
                sent = socket.send_fds(self._connection, [line], list(descriptors))
                line = line[sent:]
            self._connection.sendall(line)
        except (BrokenPipeError, ConnectionError):
            return False
        return True

    def send_some(self, lines: bytes | bytearray) -> int:
        """Send what can be sent of encoded lines without waiting; says how many bytes."""
        try:
            return self._connection.send(lines, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return 0
        except ConnectionError:
            self.is_ended = True
            return 0

    def receive(self) -> list[T]:
        """What has come, at least one value unless the other end was closed; waits for it."""
        values = self._whole_lines()
        while not values and not self.is_ended:
            self._fill()
            values = self._whole_lines()
        return values

    def received(self) -> list[T]:
        """What has come, after `fileno` was readable; may be none, when a value has come only in part."""
        self._fill()
        return self._whole_lines()

    def received_with_lines(self) -> list[tuple[T, bytes]]:
        """Like `received`, each value with the line that it was read from."""
        self._fill()
        return [(self._read(line), line) for line in self._split()]

    def take_descriptor(self) -> int:
        """The next open file that came along."""
        return self._descriptors.pop(0)

    def _fill(self) -> None:
        try:
            chunk, descriptors, _, _ = socket.recv_fds(self._connection, _CHUNK_BYTES, _DESCRIPTORS_AT_MOST)
        except ConnectionError:
            chunk, descriptors = b"", []
        for descriptor in descriptors:
            os.set_inheritable(descriptor, False)
            self._descriptors.append(descriptor)
        self.is_ended = not chunk
        self._parts.append(chunk)

    def _whole_lines(self) -> list[T]:
        return [self._read(line) for line in self._split()]

    def _split(self) -> list[bytes]:
        if not self._parts or b"\n" not in self._parts[-1]:
            return []  # the rest of a long line is still to come
        *lines, rest = b"".join(self._parts).split(b"\n")
        self._parts = [rest] if rest else []
        return lines

    def close(self) -> None:
        """Close this end."""
        self._connection.close()
        while self._descriptors:
            os.close(self._descriptors.pop())


def pair() -> tuple[socket.socket, socket.socket]:
    """Two ends that are connected; neither is inherited by what is started."""
    return socket.socketpair()
