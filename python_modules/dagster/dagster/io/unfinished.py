"""The names of files and folders that are being written, and what is left of them when their writer dies.

What will lie at `<folder>/<name>` is written at `<folder>/.<name>@<run>@<writer>.writing`, so on the same file system, and
renamed when it is complete. The writer holds a lock (flock) on it, which the kernel frees when the writer dies: an entry
whose lock can be taken is left over. Its name says which run broke off.
"""

from __future__ import annotations

import itertools
import os

from dagster.io.paths import UNFINISHED_SUFFIX

try:
    import fcntl
except ImportError:  # Windows; there nothing of another run is ever removed
    fcntl = None

_NAME_LIMIT_BYTES = 120
_RUN_LIMIT = 90
_writers = itertools.count()


def unfinished_path(folder: str, name: str, run_id: str) -> str:
    """Where this process writes what will be `name`; a new path each time."""
    run = run_id if run_id.replace("-", "").isalnum() and run_id.isascii() else _quoted(run_id)
    return os.path.join(folder, f"{_stem(name)}@{run[:_RUN_LIMIT]}@{os.getpid()}-{next(_writers)}{UNFINISHED_SUFFIX}")


def _quoted(run_id: str) -> str:
    from urllib.parse import quote

    return quote(run_id, safe="")


def _stem(name: str) -> str:
    raw = os.fsencode(name)
    if len(raw) > _NAME_LIMIT_BYTES:
        from hashlib import sha256

        name = f"{raw[:80].decode('utf-8', 'ignore')}~{sha256(raw).hexdigest()[:16]}"
    return f".{name}"


def lock(descriptor: int) -> bool:
    """Take the lock of an open file or folder without waiting; False when another holds it.

    A file system without locks counts as if another held it, so nothing is removed there.
    """
    if fcntl is None:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def left_overs(folder: str, name: str) -> list[str]:
    """Paths of what dead writers of `name` left in `folder`, the newest last. Costs a listing of the folder."""
    stem = _stem(name)
    found = [path for path in _unfinished(folder) if os.path.basename(path).rsplit("@", 2)[0] == stem]
    return sorted((path for path in found if _is_left_over(path)), key=_modified)


def _unfinished(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [e.path for e in entries if e.name.endswith(UNFINISHED_SUFFIX) and e.name.startswith(".")]
    except OSError:
        return []


def _is_left_over(path: str) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return lock(descriptor)
    finally:
        os.close(descriptor)


def _modified(path: str) -> float:
    try:
        return os.stat(path).st_mtime
    except OSError:
        return 0.0


def run_of(left_over: str) -> str | None:
    """The run that was writing it."""
    from urllib.parse import unquote

    parts = os.path.basename(left_over).rsplit("@", 2)
    return unquote(parts[1]) if len(parts) == 3 else None


def interrupted_run(folder: str, name: str) -> str | None:
    """The run that last broke off while it was writing `name`, None if none did."""
    found = left_overs(folder, name)
    return run_of(found[-1]) if found else None


def remove(path: str) -> None:
    """Remove a file or a folder with all that is in it; what is not there or cannot be removed is left."""
    try:
        os.unlink(path)
    except OSError:
        if os.path.isdir(path):
            import shutil

            shutil.rmtree(path, ignore_errors=True)


class Sweeper:
    """Removes what dead writers left, looking only into folders that somebody else has changed since the last look."""

    def __init__(self) -> None:
        self._clean: dict[str, int] = {}

    def needs_sweep(self, folder: str) -> bool:
        """Whether something unfinished may lie in `folder`; to be asked before a write."""
        return self._clean.get(folder) != _changed(folder)

    def thin_out(self, folder: str, name: str) -> None:
        """Remove what dead writers of `name` left but the newest; called before a write, which may be killed as they were."""
        for path in left_overs(folder, name)[:-1]:
            remove(path)

    def sweep(self, folder: str, name: str) -> None:
        """Remove what dead writers of `name` left; called after a write of it, which supersedes them.

        What another name's writer left stays: it is what tells why that value is missing.
        """
        for path in left_overs(folder, name):
            remove(path)
        if _unfinished(folder):
            self._clean.pop(folder, None)
        else:
            self.written(folder)

    def written(self, folder: str) -> None:
        """Called after a write into a folder that needed no sweep."""
        self._clean[folder] = _changed(folder)


def _changed(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0


SWEEPER = Sweeper()
"""The sweeper of this process."""
