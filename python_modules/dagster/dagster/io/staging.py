"""Values that appear whole although code of users writes them: files or folders, by any library.

The code gets the final name inside of a hidden folder beside the final place. After it has returned, what lies there is
synced and moved into place; a kill before that leaves the earlier value. Code that looks at the earlier value, appends to
it or writes beside it works as if it wrote in place.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Generator
from contextlib import contextmanager

from dagster.io import atomic_files
from dagster.io.exchanges import move_into_place, recover
from dagster.io.old_value_hints import Use
from dagster.io.opened_files import watching
from dagster.io.unfinished import SWEEPER, lock, remove, unfinished_path

Entry = tuple[str, int, int, int]


class Stage:
    """The hidden folder in which one value is written.

    Attributes:
        folder: the hidden folder; the value is to be written in it, under its final name.
    """

    def __init__(self, final: str, run_id: str) -> None:
        self._asked = final
        self.final_folder, self.name = os.path.split(os.path.realpath(final) if os.path.islink(final) else final)
        self.folder = unfinished_path(self.final_folder, self.name, run_id)
        self._brought: dict[str, list[Entry]] = {}
        self._started = time.time_ns()

    def bring(self, name: str) -> None:
        """Copy the earlier file or folder of this name, if there is one and nothing was written yet."""
        old, new = os.path.join(self.final_folder, name), os.path.join(self.folder, name)
        if name in self._brought or os.path.lexists(new) or not os.path.lexists(old):
            return
        self._brought[name] = []  # before the copy: copying opens files, which asks again
        if os.path.isdir(old):
            shutil.copytree(old, new, symlinks=True)
        else:
            shutil.copy2(old, new)
        self._brought[name] = _listing(new)

    def settle(self) -> None:
        """Sync what was written and move it into place, the value itself last."""
        written = set(os.listdir(self.folder))
        for name in sorted(written, key=lambda name: name == self.name):
            path = os.path.join(self.folder, name)
            if not self._is_untouched(name):
                _sync_tree(path)
                self._move(name)
        for name in self._brought.keys() - written:  # found here and removed by the code
            remove(os.path.join(self.final_folder, name))
        atomic_files.sync_folder(self.final_folder)

    def _move(self, name: str) -> None:
        written, final = os.path.join(self.folder, name), os.path.join(self.final_folder, name)
        if name == self.name and os.path.islink(written):
            final = self._asked  # a link in place of a link; where the old one leads to may be what the new one leads to
        if name == self.name or name in self._brought or not (os.path.isdir(written) and os.path.isdir(final)):
            move_into_place(written, final)
        else:
            _merge(written, final)

    def _is_untouched(self, name: str) -> bool:
        """Whether the code left the copy of the earlier value as it was.

        A value that was itself written in the last second counts as touched: file systems tell times only roughly.
        """
        brought = self._brought.get(name)
        if not brought or brought != _listing(os.path.join(self.folder, name)):
            return False
        return max(modified for _, modified, _, _ in brought) < self._started - 10**9


@contextmanager
def staged(final: str, run_id: str, use: Use) -> Generator[str]:
    """Gives the path to write to instead of `final`; afterwards what was written lies at `final`.

    Args:
        final: absolute path.
        run_id: named by the error of a reader when this process dies here and there was no earlier value.
        use: how the code treats the earlier value, from `use_of_the_old_value`.
    """
    stage = Stage(final, run_id)
    sweep = SWEEPER.needs_sweep(stage.final_folder)
    if sweep:
        recover(final)
        SWEEPER.thin_out(stage.final_folder, stage.name)
    os.makedirs(stage.final_folder, exist_ok=True)
    os.mkdir(stage.folder)
    with _locked(stage.folder):
        try:
            if use != "writes" or os.path.isdir(final):
                stage.bring(stage.name)
            with watching(stage.folder, stage.bring):
                yield os.path.join(stage.folder, stage.name)
            stage.settle()
        finally:
            remove(stage.folder)
    if sweep:
        SWEEPER.sweep(stage.final_folder, stage.name)
    else:
        SWEEPER.written(stage.final_folder)


@contextmanager
def _locked(folder: str) -> Generator[None]:
    if os.name == "nt":  # no locks on folders there
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        lock(descriptor)
        yield
    finally:
        os.close(descriptor)


def _merge(written: str, final: str) -> None:
    """Move what was written in a folder beside the value into the folder that is there already."""
    for name in os.listdir(written):
        source, target = os.path.join(written, name), os.path.join(final, name)
        if os.path.isdir(source) and os.path.isdir(target):
            _merge(source, target)
        else:
            move_into_place(source, target)


def _listing(path: str) -> list[Entry]:
    """Each entry below `path` with what changes when it is written."""
    paths = [path]
    for folder, folders, files in os.walk(path):
        paths += [os.path.join(folder, name) for name in (*folders, *files)]
    return [(name, found.st_mtime_ns, found.st_size, found.st_ino) for name in sorted(paths) for found in [os.lstat(name)]]


def _sync_tree(path: str) -> None:
    if atomic_files.SYNC == "nothing" or os.name != "posix":
        return
    _sync(path)
    for folder, folders, files in os.walk(path):
        for name in (*files, *folders):
            _sync(os.path.join(folder, name))


def _sync(path: str) -> None:
    if os.path.islink(path):
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
