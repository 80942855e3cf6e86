"""Notices when a file that is being written is opened as if an earlier one were there.

Python tells audit hooks of each file before it is opened, removed or renamed. While a value is written in a folder of its
own, such a look at a file that is not there yet brings the file of that name from the final folder first.
Source: PEP 578; sys.addaudithook. A hook stays for the life of the process, so it is added with the first such write.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

_EVENTS = frozenset(
    [
        "open",
        "os.remove",
        "os.rename",
        "os.link",
        "os.truncate",
        "os.utime",
        "os.chmod",
        "os.listdir",
        "os.scandir",
        "shutil.rmtree",
        "sqlite3.connect",
    ]
)
_watched: dict[str, Callable[[str], None]] = {}
_lock = threading.Lock()
_is_installed = False


@contextmanager
def watching(folder: str, bring: Callable[[str], None]) -> Generator[None]:
    """Call `bring` with the name of each entry of `folder` before it is looked at; opening it anew is no look."""
    global _is_installed
    with _lock:
        _watched[folder + os.sep] = bring
        if not _is_installed:
            sys.addaudithook(_on_event)
            _is_installed = True
    try:
        yield
    finally:
        _watched.pop(folder + os.sep, None)


def _on_event(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watched or event not in _EVENTS:
        return
    path = _text(arguments[0]) if arguments else None
    if path is None or (event == "open" and _truncates(arguments)):
        return
    for prefix, bring in list(_watched.items()):
        if path.startswith(prefix):
            bring(path[len(prefix) :].partition(os.sep)[0])


def _text(path: object) -> str | None:
    try:
        return os.path.abspath(os.fsdecode(path))  # pyright: ignore[reportArgumentType] - a number is refused below
    except TypeError:  # a file descriptor
        return None


def _truncates(arguments: tuple[Any, ...]) -> bool:
    flags = arguments[2] if len(arguments) > 2 else 0
    return isinstance(flags, int) and bool(flags & os.O_TRUNC)
