"""The file, its connections and whose turn it is to write.

A connection serves one question or transaction at a time and is kept for the next one, of whatever thread. Writers take turns by
`flock` on a file beside the database before they begin: the kernel serves them in turn and frees the lock of a dead one, where
SQLite's own waiting (sleep and try again) starves.
The same lock is held while a connection is opened, so that any number of processes may meet at a file that does not exist yet.

A connection is never used, nor closed, on the other side of a fork: SQLite's locks belong to the process that took them.
Source: https://www.sqlite.org/howtocorrupt.html, section 2.6.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
import weakref
from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from dagster.errors import DagsterInstanceError
from dagster.storage.patience import Patience, patiently
from dagster.storage.refusals import newer_schema
from dagster.storage.relational.databases import NOTHING, Parameters
from dagster.storage.sqlite.failures import folder_error, full_disk, instance_error, tell_of_the_reference
from dagster.storage.sqlite.writers import end_stopped_writer
from dagster.storage.statements import sqlite as sql
from dagster.storage.statements.names import Statements

if TYPE_CHECKING:
    from dagster.storage.sqlite.changes import SqliteChanges

try:
    import fcntl
except ImportError:  # Windows: SQLite's own waiting has to do
    fcntl = None

FILE_NAME = "dagster.db"
BUSY_TIMEOUT_SECONDS = 60.0
SPARE_SECONDS = 15.0
"""How long a connection is kept that was not needed; one is always kept."""

T = TypeVar("T")


class Turn:
    """The right to write, held by at most one thread of all processes.

    Attributes:
        unused_since: when the connection to which it belongs was given back last; of a clock that is never set back.
    """

    def __init__(self, path: str) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self.unused_since = 0.0

    def __enter__(self) -> None:
        if fcntl is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def __exit__(self, *_raised: object) -> None:
        if fcntl is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Gives the descriptor back. After a fork this does not free what the parent holds, as unlocking would."""
        os.close(self._descriptor)


_Opened = tuple[sqlite3.Connection, Turn]


def _members(members: Collection[str] | Collection[int]) -> str:
    return json.dumps(list(members))


class SqliteTransaction:
    """The port `Transaction` over a connection."""

    sql: Statements = sql

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def ask(self, statement: str, parameters: Parameters = NOTHING) -> list[Any]:
        """See `Transaction`."""
        return self.connection.execute(statement, parameters).fetchall()

    def do(self, statement: str, parameters: Parameters = NOTHING) -> None:
        """See `Transaction`."""
        self.connection.execute(statement, parameters)

    def do_all(self, statement: str, rows: Sequence[Parameters]) -> None:
        """See `Transaction`."""
        self.connection.executemany(statement, rows)

    def members(self, members: Collection[str] | Collection[int]) -> str:
        """See `Transaction`."""
        return _members(members)


class SqliteFile:
    """The port `Database` over one file, shared by the threads of the process.

    Args:
        folder: the instance's folder; it exists.
        patience: how long a write waits while the disk is full.
        clock: gives seconds that only grow.
    """

    sql: Statements = sql

    def __init__(self, folder: str, patience: Patience | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._patience = patience or Patience()
        self._clock = clock
        self.path = os.path.join(folder, FILE_NAME)
        self.turn_path = f"{self.path}.lock"
        self._folder = folder
        self._idle: list[_Opened] = []
        self._opened: list[_Opened] = []
        self._signals: weakref.WeakSet[SqliteChanges] = weakref.WeakSet()
        weakref.finalize(self, _close, self._idle)
        _FILES.add(self)

    def members(self, members: Collection[str] | Collection[int]) -> str:
        """See `Database`."""
        return _members(members)

    def read(self, statement: str, parameters: Parameters = NOTHING) -> list[Any]:
        """See `Database`."""
        try:
            opened = self._borrow()
        except DagsterInstanceError as refused:
            if full_disk(refused) is None:
                raise
            return self._read_as_it_lies(statement, parameters, refused)
        try:
            return opened[0].execute(statement, parameters).fetchall()
        except sqlite3.Error as reported:
            raise instance_error(self.path, reported) from reported
        finally:
            self._give_back(opened)

    def _read_as_it_lies(self, statement: str, parameters: Parameters, refused: DagsterInstanceError) -> list[Any]:
        """Reading on a full disk, where SQLite cannot make the files beside the database that it reads with.

        That is safe while nobody writes and nothing waits in the WAL; else the refusal stands.
        """
        wal = f"{self.path}-wal"
        if os.path.exists(wal) and os.path.getsize(wal):
            raise refused
        from urllib.parse import quote

        connection = sqlite3.connect(f"file:{quote(self.path)}?immutable=1", uri=True)
        try:
            return connection.execute(statement, parameters).fetchall()
        except sqlite3.Error as reported:
            raise instance_error(self.path, reported) from reported
        finally:
            connection.close()

    def write(self, work: Callable[[SqliteTransaction], T]) -> T:
        """See `Database`."""

        def attempt() -> T:
            with self.transaction() as transaction:
                return work(transaction)

        given = patiently(attempt, full_disk, self._patience)
        for signal in list(self._signals):
            signal.committed()
        return given

    def snapshot(self, work: Callable[[SqliteTransaction], T]) -> T:
        """See `Database`."""
        opened = self._borrow()
        connection = opened[0]
        try:
            connection.execute("BEGIN")
            try:
                return work(SqliteTransaction(connection))
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
        except sqlite3.Error as reported:
            raise instance_error(self.path, reported) from reported
        finally:
            self._give_back(opened)

    @contextmanager
    def transaction(self) -> Generator[SqliteTransaction, None, None]:
        """A transaction: committed and on disk when the block ends, rolled back when it raises."""
        opened = self._borrow()
        connection, turn = opened
        try:
            with turn:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield SqliteTransaction(connection)
                    connection.execute("COMMIT")
                except BaseException:
                    # A full disk has rolled back already.
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
        except sqlite3.Error as reported:
            raise instance_error(self.path, reported) from reported
        finally:
            self._give_back(opened)

    def migrate(self) -> tuple[int, int]:
        """Brings an older file up to date, as opening it does; gives the numbers of the schema before and after."""
        before = sql.SCHEMA_VERSION
        if not self._opened and os.path.exists(self.path):
            connection = sqlite3.connect(self.path)
            try:
                before = connection.execute("PRAGMA user_version").fetchone()[0] or before
            except sqlite3.Error as reported:
                raise instance_error(self.path, reported) from reported
            finally:
                connection.close()
        self.read(sql.SCHEMA_VERSION_OF_FILE)
        return before, sql.SCHEMA_VERSION

    def close(self) -> None:
        """Closes the connections that are not in use; the next question opens a new one."""
        for opened in _close(self._idle):
            self._opened.remove(opened)

    def forget(self) -> None:
        """Drops the connections of the process that this one was forked from, without closing them."""
        for connection, turn in self._opened:
            _keep_for_ever(connection)
            turn.close()
        self._idle.clear()
        self._opened.clear()

    def changes(self) -> SqliteChanges:
        """See `Database`."""
        from dagster.storage.sqlite.changes import SqliteChanges

        signal = SqliteChanges(lambda: self._borrow()[0], self._take_back)
        self._signals.add(signal)
        return signal

    def _borrow(self) -> _Opened:
        try:
            return self._idle.pop()
        except IndexError:
            opened = self._open()
        self._opened.append(opened)
        return opened

    def _give_back(self, opened: _Opened) -> None:
        if opened not in self._opened:  # this is the child of a fork that happened meanwhile
            return
        now = opened[1].unused_since = self._clock()
        self._idle.append(opened)
        # What was given back last is borrowed first, so the first ones are those that only a rush of threads has needed.
        if len(self._idle) > 1 and now - self._idle[0][1].unused_since > SPARE_SECONDS:
            self._close_spare()

    def _close_spare(self) -> None:
        try:
            spare = self._idle.pop(0)
        except IndexError:  # others have borrowed all meanwhile
            return
        self._opened.remove(spare)
        _close([spare])

    def _take_back(self, connection: sqlite3.Connection) -> None:
        for opened in self._opened:
            if opened[0] is connection:
                opened[1].unused_since = self._clock()
                self._idle.append(opened)

    def _open(self) -> _Opened:
        try:
            turn = Turn(self.turn_path)
        except OSError as refused:
            raise folder_error(self._folder, refused) from refused
        try:
            end_stopped_writer(self.turn_path)
            with turn:
                return self._connect(), turn
        except BaseException as refused:
            turn.close()
            if isinstance(refused, sqlite3.Error):
                raise instance_error(self.path, refused) from refused
            raise

    def _connect(self) -> sqlite3.Connection:
        if not os.path.exists(self.path):
            # Made here and not by SQLite, for its mode; the WAL beside it takes over the same.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(
            self.path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            connection.execute("PRAGMA synchronous=FULL")
            if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                connection.execute("PRAGMA journal_mode=WAL")
            self._check_schema(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _check_schema(self, connection: sqlite3.Connection) -> None:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            _make_schema(connection)
            tell_of_the_reference(self._folder)
        elif version < sql.SCHEMA_VERSION:
            _migrate(connection, version)
        elif version > sql.SCHEMA_VERSION:
            raise newer_schema(f'"{self.path}"', version, sql.SCHEMA_VERSION)


def _make_schema(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in sql.SCHEMA:
        connection.execute(statement)
    connection.execute(sql.SET_REVISION, {"version_num": sql.REVISION})
    connection.execute(sql.SET_SCHEMA_VERSION, {"version": sql.SCHEMA_VERSION})
    _end_of_schema(connection)


def _migrate(connection: sqlite3.Connection, found: int) -> None:
    """An older file becomes one of today, all of it or nothing."""
    from dagster.storage.migrations.upgrades import upgrade

    connection.execute("BEGIN IMMEDIATE")
    upgrade(connection, "sqlite", found)
    connection.execute(sql.CHANGE_SCHEMA_VERSION, {"version": sql.SCHEMA_VERSION})
    _end_of_schema(connection)


def _end_of_schema(connection: sqlite3.Connection) -> None:
    # The same number in the file's header: the cheapest place to look, and not there before the tables are.
    connection.execute(f"PRAGMA user_version={sql.SCHEMA_VERSION}")
    connection.execute("COMMIT")


_FILES: weakref.WeakSet[SqliteFile] = weakref.WeakSet()


def _close(idle: list[_Opened]) -> list[_Opened]:
    closed: list[_Opened] = []
    while idle:
        closed.append(idle.pop())
        connection, turn = closed[-1]
        with turn:
            connection.close()
        turn.close()
    return closed


def _keep_for_ever(connection: sqlite3.Connection) -> None:
    """Takes a reference that nobody gives back: also the end of the interpreter must not close the connection, since closing
    may remove a WAL that by then is another process's.
    """
    import ctypes

    ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))


def _forget_all() -> None:
    for file in list(_FILES):
        file.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
