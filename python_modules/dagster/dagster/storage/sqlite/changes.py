"""Learning of commits in a SQLite file: each connection knows a number that changes with the commits of all others."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable

from dagster.errors import DagsterInstanceError

LOOK_SECONDS = 0.05
"""How often is looked what other processes did. A look takes some microseconds; what this process commits is known at once."""


class SqliteChanges:
    """The port `ChangeSignal` over a file. Source: https://www.sqlite.org/pragma.html#pragma_data_version.

    Args:
        borrow: gives a connection, which is kept since a connection is not told of its own commits.
        give_back: takes it back.
    """

    def __init__(self, borrow: Callable[[], sqlite3.Connection], give_back: Callable[[sqlite3.Connection], None]) -> None:
        self._borrow = borrow
        self._give_back = give_back
        self._woken = threading.Event()
        self._is_asked_to_return = False
        self._connection: sqlite3.Connection | None = None
        self._version: int | None = None
        self._version = self._look()

    def committed(self) -> None:
        """This process committed something; from any thread."""
        self._woken.set()

    def wait(self, seconds: float) -> bool:
        """See `ChangeSignal`."""
        deadline = time.monotonic() + seconds
        while True:
            self._woken.clear()
            version = self._look()
            if version != self._version:
                self._version = version
                return True
            rest = deadline - time.monotonic()
            if rest <= 0 or self._is_asked_to_return:
                self._is_asked_to_return = False
                return False
            self._woken.wait(min(rest, LOOK_SECONDS))

    def wake(self) -> None:
        """See `ChangeSignal`."""
        self._is_asked_to_return = True
        self._woken.set()

    def close(self) -> None:
        """See `ChangeSignal`."""
        if self._connection is not None:
            self._give_back(self._connection)
            self._connection = None

    def _look(self) -> int | None:
        """The number; the one before where the file cannot be read at the moment."""
        try:
            if self._connection is None:
                self._connection = self._borrow()
            return self._connection.execute("PRAGMA data_version").fetchone()[0]
        except (sqlite3.Error, DagsterInstanceError):
            return self._version
