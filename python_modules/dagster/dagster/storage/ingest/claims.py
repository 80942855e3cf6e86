"""Which process of a host is the ingest of an instance, and the socket on which it listens."""

from __future__ import annotations

import os
import socket
from collections.abc import Generator
from contextlib import contextmanager, suppress

try:
    import fcntl
except ImportError:  # Windows has neither this nor Unix sockets: each process stores its own events
    fcntl = None

FILE_NAME = "ingest"
"""In the folder of the instance: the socket; beside it the claim and the spool."""

_LONGEST_ADDRESS = 100
"""In bytes; the kernel takes little more. Source: unix(7)."""


class Claim:
    """The right to be the ingest, held until it is closed or the process ends. Made by `claimed`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def close(self) -> None:
        """Let another process have it."""
        os.close(self._descriptor)


def claimed(path: str) -> Claim | None:
    """The right to be the ingest that listens at a path; None while another process has it, until that ends."""
    if fcntl is None:
        return None
    descriptor = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BaseException as held:
        os.close(descriptor)
        if isinstance(held, BlockingIOError):
            return None
        raise
    return Claim(descriptor)


def listening(path: str) -> socket.socket:
    """A socket that listens at a path, for this user alone. Whoever calls has the claim."""
    with suppress(FileNotFoundError):
        os.unlink(path)
    made = socket.socket(socket.AF_UNIX)
    with _address(path) as address:
        made.bind(address)
    os.chmod(path, 0o600)
    made.listen(256)
    return made


def connected(path: str) -> socket.socket | None:
    """A connection to what listens at a path, None if nothing does. Does not wait."""
    made = socket.socket(socket.AF_UNIX)
    made.setblocking(False)
    try:
        with _address(path) as address:
            made.connect(address)
    except OSError:
        made.close()
        return None
    made.setblocking(True)
    return made


@contextmanager
def _address(path: str) -> Generator[str, None, None]:
    """The path as the kernel takes it: a long one by way of its folder, opened."""
    if len(os.fsencode(path)) <= _LONGEST_ADDRESS:
        yield path
        return
    folder = os.open(os.path.dirname(path), os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{os.path.basename(path)}"
    finally:
        os.close(folder)
