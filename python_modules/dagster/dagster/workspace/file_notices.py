"""Whether files are still what they were: asked often, looked at seldom, because the kernel tells when something happens.

Linux tells by inotify, of each folder that has one of the files, through one descriptor that is read without waiting. What it
tells is only a reason to look: it does not tell what another machine does to a shared folder, so there is a look in between
as well. Where nothing tells, looks alone find out. Looks that nobody asked for may take a small share of a core, so many files
are looked at less often than few.

watchdog was measured beside it: one thread for each folder, 5 MiB and 30 ms at the start, and the same nothing while idle.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from dagster.workspace.loaded_files import Marks, changed

_TOLD_SHARE = 0.001
"""Which share of a core looking may take where the kernel tells of changes."""
_UNTOLD_SHARE = 0.01
_LEAST_REST_SECONDS = 0.2
_LEAST_TOLD_REST_SECONDS = 1.0

# Source: inotify(7), sys/inotify.h. Not IN_MODIFY: it comes with each write to a file that is open for long, a log or a database.
_IN_ATTRIB, _IN_CLOSE_WRITE, _IN_MOVED_FROM, _IN_MOVED_TO = 0x4, 0x8, 0x40, 0x80
_IN_CREATE, _IN_DELETE, _IN_DELETE_SELF, _IN_MOVE_SELF = 0x100, 0x200, 0x400, 0x800
_IN_ONLYDIR = 0x1000000
_WATCHED = (
    _IN_ATTRIB | _IN_CLOSE_WRITE | _IN_MOVED_FROM | _IN_MOVED_TO | _IN_CREATE | _IN_DELETE | _IN_DELETE_SELF | _IN_MOVE_SELF
)
_READ_BYTES = 1 << 16


class ChangeWatch:
    """Asked again and again whether files have changed.

    Args:
        marks: the files and folders as they were.
        clock: gives seconds that only grow.
    """

    def __init__(self, marks: Marks, clock: Callable[[], float] = time.monotonic) -> None:
        self._marks = marks
        self._clock = clock
        self._notices = folder_notices(marks)
        self._not_before = 0.0

    @property
    def is_told(self) -> bool:
        """Whether the kernel tells of changes."""
        return self._notices is not None

    def has_changed(self) -> bool:
        """Whether a file is not what it was, as far as that was told or a look was due."""
        is_told = self._notices is not None and self._notices.heard()
        began = self._clock()
        if not is_told and began < self._not_before:
            return False
        found = bool(changed(self._marks))
        ended = self._clock()
        share, least = (_UNTOLD_SHARE, _LEAST_REST_SECONDS) if self._notices is None else (_TOLD_SHARE, _LEAST_TOLD_REST_SECONDS)
        self._not_before = ended + max((ended - began) / share, least)
        return found

    def close(self) -> None:
        """Be told no more."""
        if self._notices is not None:
            self._notices.close()


class FolderNotices:
    """What the kernel tells of some folders.

    Args:
        folders: of which it shall tell.

    Raises:
        OSError: it cannot tell of all of them.
    """

    def __init__(self, folders: Iterable[str]) -> None:
        import ctypes

        libc: Any = ctypes.CDLL(None, use_errno=True)
        self._descriptor: int = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._descriptor < 0:
            raise OSError(ctypes.get_errno(), "inotify_init1")
        for folder in folders:
            if libc.inotify_add_watch(self._descriptor, os.fsencode(folder), _WATCHED | _IN_ONLYDIR) < 0:
                refused = ctypes.get_errno()
                self.close()
                raise OSError(refused, os.strerror(refused), folder)

    def heard(self) -> bool:
        """Whether something happened since it was asked last. What it was is not said: a lost notice is one as well."""
        is_heard = False
        try:
            while os.read(self._descriptor, _READ_BYTES):
                is_heard = True
        except BlockingIOError:
            pass
        return is_heard

    def close(self) -> None:
        """Listen no more."""
        os.close(self._descriptor)


def folder_notices(paths: Iterable[str]) -> FolderNotices | None:
    """What tells of changes to files and folders; None where nothing can, or where there is nothing to tell of."""
    folders = folders_of(paths)
    if not sys.platform.startswith("linux") or not folders:
        return None
    try:
        return FolderNotices(sorted(folders))
    except (OSError, AttributeError):  # too many are watched already, or this is no glibc
        return None


def folders_of(paths: Iterable[str]) -> set[str]:
    """The folders in which something happens when one of the paths changes; of a link, also that of what it stands for."""
    folders: set[str] = set()
    for path in paths:
        for each in (path, os.path.realpath(path)) if os.path.islink(path) else (path,):
            folders.add(_nearest_folder(os.path.dirname(each)))
            if os.path.isdir(each):
                folders.add(each)
    return folders


def _nearest_folder(path: str) -> str:
    while not os.path.isdir(path) and path != os.path.dirname(path):
        path = os.path.dirname(path)
    return path
