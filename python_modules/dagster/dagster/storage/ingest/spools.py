"""The spool: events that the database could not take, in a file beside the instance.

A record is a line: the CRC-32 of the batch in hexadecimal, a blank, the batch as it was sent. A crash may leave half a line
at the end, which is not read. Only the process that has the claim of the ingest writes the file; anyone of the same user may
read it, and store what it says, since storing a batch twice stores it once.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from contextlib import suppress

ENDING = ".spool"
_DAMAGED_ENDING = ".damaged"
_READ_BYTES = 1 << 20


class Spool:
    """The file of one ingest.

    Args:
        path: of the file; it is made when something is put in.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._descriptor: int | None = None
        self._is_damaged = False
        self._begin = 0
        self._end = size_of(path)
        self._may_be_torn = self._end > 0

    @property
    def left_bytes(self) -> int:
        """How much is in it that was not taken out."""
        return self._end - self._begin

    def append(self, batches: Sequence[bytes]) -> None:
        """Put batches in; they are on disk, all of them, when this returns.

        Raises:
            OSError: they are not; what was in the spool before still is.
        """
        written = b"".join(_record(batch) for batch in batches)
        descriptor = self._opened()
        if self._may_be_torn:
            self._end = _end_of_lines(descriptor, self._end)
            os.ftruncate(descriptor, self._end)
            self._may_be_torn = False
        try:
            rest = memoryview(written)
            while rest:
                rest = rest[os.pwrite(descriptor, rest, self._end + len(written) - len(rest)) :]
            os.fdatasync(descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(descriptor, self._end)
            raise
        self._end += len(written)

    def read(self) -> tuple[list[bytes], int]:
        """The next batches that were not taken out, and the place behind them, to be given to `take_out`."""
        with open(self._path, "rb") as file:
            file.seek(self._begin)
            part = file.read(_READ_BYTES)
            while part and b"\n" not in part[-_READ_BYTES:] and (more := file.read(_READ_BYTES)):
                part += more
        whole, newline, _half = part.rpartition(b"\n")
        lines = whole.split(b"\n") if newline else []
        batches = [batch for line in lines if (batch := _checked(line)) is not None]
        self._is_damaged |= len(batches) < sum(bool(line) for line in lines)
        place = self._begin + len(whole) + len(newline)
        return batches, place if newline else self._end

    def keep_a_copy(self) -> None:
        """Have the file stay, under another name, when it is emptied: somebody may want to look at it."""
        self._is_damaged = True

    def take_out(self, place: int, *, empties: bool = True) -> None:
        """Forget what is before a place: it is stored. The file is emptied when nothing is left in it, by who has the claim."""
        self._begin = place
        if self._begin < self._end or not empties:
            return
        if self._is_damaged:
            self._is_damaged = False
            self.close()
            os.replace(self._path, self._path + _DAMAGED_ENDING)
        elif self._end:
            os.truncate(self._path, 0)
        self._begin = self._end = 0
        self._may_be_torn = False

    def close(self) -> None:
        """Close the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _opened(self) -> int:
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            os.fchmod(self._descriptor, 0o600)
            folder = os.open(os.path.dirname(self._path) or ".", os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        return self._descriptor


def size_of(path: str) -> int:
    """How large the spool is; 0 where there is none."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _end_of_lines(descriptor: int, end: int) -> int:
    """Where the last whole line ends: what a crash left behind it is half a record."""
    while end:
        begin = max(end - _READ_BYTES, 0)
        found = os.pread(descriptor, end - begin, begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return 0


def _record(batch: bytes) -> bytes:
    return b"%08x %s\n" % (zlib.crc32(batch), batch)


def _checked(line: bytes) -> bytes | None:
    """The batch of a line, None if it is not what was written."""
    mark, _, batch = line.partition(b" ")
    return batch if mark == b"%08x" % zlib.crc32(batch) and batch else None
