"""What SQLite reports, and what is found beside it, as sentences."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable

from dagster.errors import DagsterInstanceError

_SENTENCES: tuple[tuple[str, Callable[[str], str]], ...] = (
    (
        "disk is full",
        lambda path: (
            f'The disk that holds "{path}" is full. Nothing of this write was stored; what was stored before is safe. '
            "Free some space and repeat."
        ),
    ),
    (
        "is locked",
        lambda path: (
            f'Another program holds "{path}" and did not let go for a minute. Nothing of this write was stored. '
            f"See who has it open: `fuser -v {path}`."
        ),
    ),
    (
        "readonly",
        lambda path: (
            f'"{path}" or its folder cannot be written. Give this user the right to write there, or set DAGSTER_HOME to '
            "another folder."
        ),
    ),
    (
        "not a database",
        lambda path: f'"{path}" is not a database of this program. Move it away; a new one is made at the next opening.',
    ),
    (
        "malformed",
        lambda path: f'"{path}" is damaged. Restore it from a copy, or move it away; a new one is made at the next opening.',
    ),
    (
        "unable to open",
        lambda path: (
            f'"{path}" cannot be opened. Its folder must exist and this user must have the right to read and write in it.'
        ),
    ),
    ("disk I/O error", lambda path: f'The disk that holds "{path}" does not read or write. Nothing of this write was stored.'),
)


def instance_error(path: str, reported: sqlite3.Error) -> DagsterInstanceError:
    """The error for people; what SQLite reported stands at its end."""
    words = str(reported)
    if words == "disk I/O error" and _has_no_space(path):
        return DagsterInstanceError(f"{_SENTENCES[0][1](path)} (SQLite: {words})")
    for part, sentence in _SENTENCES:
        if part in words:
            return DagsterInstanceError(f"{sentence(path)} (SQLite: {words})")
    return DagsterInstanceError(f'The database "{path}" refused: {words}.')


def full_disk(failure: Exception) -> str | None:
    """The sentence about a failure that passes when space is freed, None for any other."""
    is_full = isinstance(failure.__cause__, sqlite3.Error) and _FULL in str(failure)
    return str(failure) if is_full else None


_FULL = '" is full. Nothing of this write was stored'


def _has_no_space(path: str) -> bool:
    """SQLite speaks of the disk's input and output where it cannot make the small files beside the database."""
    try:
        return os.statvfs(os.path.dirname(path)).f_bavail == 0
    except (AttributeError, OSError):  # Windows; a folder that is gone
        return False


def folder_error(folder: str, reported: OSError) -> DagsterInstanceError:
    """The error for a folder in which the files cannot be made."""
    return DagsterInstanceError(
        f'The instance in "{folder}" cannot be opened: {reported.strerror} ({reported.filename}). The folder must exist and this '
        "user must have the right to read and write in it."
    )


def tell_of_the_reference(folder: str) -> None:
    """One line, when a new file is made in a folder in which the reference implementation keeps its history."""
    if not os.path.exists(os.path.join(folder, "history", "runs.db")):
        return
    import logging

    logging.getLogger("dagster.storage").warning(
        f'"{folder}" also holds the history of the reference implementation. It is left alone and not read; runs and events are '
        'kept in "dagster.db" beside it.'
    )
