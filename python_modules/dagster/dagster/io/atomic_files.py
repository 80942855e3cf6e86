"""Files that appear whole: written under another name beside the final one, synced, renamed.

Source: rename(2), fsync(2). A kill at any instant leaves the previous file.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from typing import IO, Literal

from dagster.io.unfinished import SWEEPER, lock, unfinished_path

Sync = Literal["nothing", "files", "files and folders"]

SYNC: Sync = "files"
"""What is on the disk, and not only in the kernel's memory, before a write returns.

Each of them survives every kill. After a loss of power a file may be empty (`"nothing"`), is whole but may be the previous
one (`"files"`), or is the new one (`"files and folders"`, a third slower).
"""

_OPEN_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def write_file(path: str, run_id: str, write: Callable[[IO[bytes]], object] | bytes, *, is_lasting: bool = True) -> int:
    """Write the file at `path`, making its folders; returns its size in bytes.

    Args:
        path: absolute or relative; a link is followed, so that its target is replaced.
        run_id: named by the error of a reader when this process dies here and there was no earlier file.
        write: the content, or what writes it into an open file.
        is_lasting: False for a file that ends with its process anyway: it is not synced to the disk.

    Raises:
        IsADirectoryError: a folder lies at `path`.
    """
    if os.path.islink(path):
        path = os.path.realpath(path)
    folder, name = os.path.split(path)
    sweep = SWEEPER.needs_sweep(folder)
    if sweep:
        SWEEPER.thin_out(folder, name)
    unfinished = unfinished_path(folder, name, run_id)
    descriptor = _open(unfinished, folder)
    try:
        size = _fill(descriptor, write)
        if not is_lasting:
            _remove(path)  # a file that replaces another one is written to the disk at once by some file systems
        elif SYNC != "nothing":
            os.fsync(descriptor)
        os.rename(unfinished, path) if os.name != "nt" else os.replace(unfinished, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(unfinished)
        raise
    finally:
        os.close(descriptor)
    if is_lasting:
        sync_folder(folder)
    if sweep:
        SWEEPER.sweep(folder, name)
    else:
        SWEEPER.written(folder)
    return size


def _open(unfinished: str, folder: str) -> int:
    try:
        descriptor = os.open(unfinished, _OPEN_NEW, 0o666)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
        descriptor = os.open(unfinished, _OPEN_NEW, 0o666)
    lock(descriptor)
    return descriptor


def _fill(descriptor: int, write: Callable[[IO[bytes]], object] | bytes) -> int:
    if isinstance(write, bytes) and len(write) < 1 << 16:
        size = os.write(descriptor, write)
        if size == len(write):
            return size
        os.lseek(descriptor, 0, os.SEEK_SET)
    with os.fdopen(descriptor, "wb", closefd=False) as file:
        file.write(write) if isinstance(write, bytes) else write(file)
    return os.fstat(descriptor).st_size


def _remove(path: str) -> None:
    if not os.path.isdir(path):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)


def sync_folder(folder: str) -> None:
    """Make what was renamed into `folder` last through a loss of power."""
    if SYNC != "files and folders" or os.name == "nt":
        return
    descriptor = os.open(folder or ".", os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
