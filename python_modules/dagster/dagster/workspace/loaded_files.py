"""The files that loading a location's code read, and whether they have changed since."""

from __future__ import annotations

import os
import stat
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec


class FileMark(msgspec.Struct, frozen=True, array_like=True):
    """By what a file is known to be the same.

    Attributes:
        modified_ns: when it was written last.
        size_bytes: its size.
        inode: its number; an editor that writes a new file in the place of the old one changes it.
    """

    modified_ns: int
    size_bytes: int
    inode: int


Marks = Mapping[str, "FileMark | None"]
"""Files and listed folders by path; None for what was not there."""


def mark_of(path: str) -> FileMark | None:
    """The mark of a file or folder; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    is_folder = stat.S_ISDIR(found.st_mode)
    return FileMark(found.st_mtime_ns, 0 if is_folder else found.st_size, found.st_ino)


def changed(marks: Marks) -> list[str]:
    """The paths that are not what they were."""
    return [path for path, mark in marks.items() if mark_of(path) != mark]


class FileWatch:
    """Notes which files are opened for reading and which folders are listed while user's code is loaded.

    Installed packages and the interpreter's own files are left out: a change of those needs a new process anyway.
    """

    def __init__(self) -> None:
        self._paths: dict[str, None] = {}
        self._is_on = True
        self._left_out = tuple({*_installed_folders(), "/proc/", "/sys/", "/dev/"})
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: Any) -> None:
        # Called for everything that the process does, and cannot be taken away: off, it costs one comparison.
        if not self._is_on:
            return
        if event == "open":
            path, mode, flags = arguments
            is_read = mode[:1] == "r" if isinstance(mode, str) else not (flags or 0) & (os.O_WRONLY | os.O_RDWR)
            if is_read and isinstance(path, (str, bytes)):
                self._note(os.fsdecode(path))
        elif event in ("os.listdir", "os.scandir") and isinstance(arguments[0], (str, bytes)) and not _asked_by_imports():
            self._note(os.fsdecode(arguments[0]))

    def _note(self, path: str) -> None:
        absolute = os.path.abspath(path)
        if not absolute.startswith(self._left_out) and "__pycache__" not in absolute:
            self._paths[absolute] = None

    def marks(self) -> dict[str, FileMark | None]:
        """What was read since this watch began, as it is now; the watch ends."""
        self._is_on = False
        for path in _paths_of_modules():
            self._note(path)
        return {path: mark_of(path) for path in self._paths}


def _asked_by_imports() -> bool:
    """Whether the import system lists the folders where it looks for modules: new files there change nothing."""
    asking = sys._getframe(2).f_code.co_filename  # pyright: ignore[reportPrivateUsage] - cheaper than inspect's
    return "importlib" in asking or asking.endswith("pkgutil.py")


def installed_modules() -> list[str]:
    """The names of the imported modules that are installed packages, in the order of import."""
    folders = tuple(package_folders())
    found: list[str] = []
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if isinstance(path, str) and path.startswith(folders) and not name.startswith(("dagster.", "__")):
            found.append(name)
    return found


def _paths_of_modules() -> Iterator[str]:
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if isinstance(path, str) and path.endswith((".py", ".so")):
            yield path


def package_folders() -> set[str]:
    """Where installed packages are, each with a separator at its end."""
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    return {f"{os.path.abspath(folder)}{os.sep}" for folder in folders}


def _installed_folders() -> set[str]:
    """Folders whose files are no user's: installed packages, the standard library, this package."""
    own = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    standard = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    return package_folders() | {f"{os.path.abspath(folder)}{os.sep}" for folder in {own, *standard}}
