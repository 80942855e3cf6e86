"""The server's database, its connections and whose turn it is to write.

A connection serves one question or transaction at a time and is kept for the next one, of whatever thread. Writers take turns
by holding the row of `counters`, so storage ids are given in the order of commits. A server that goes away is waited for, once
it has answered: a question is asked again, a transaction begins again. The server is asked by its number whether a transaction
took place whose end was not heard, so nothing is stored twice.

A connection is never used, nor closed, on the other side of a fork: its other end belongs to the process that opened it.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dagster.errors import DagsterInstanceError
from dagster.libraries import optional_library
from dagster.storage.patience import Patience, patiently
from dagster.storage.postgres.failures import STARTING, code_of, instance_error, is_missing_table, is_passing
from dagster.storage.postgres.schemas import check_schema, migrate_schema
from dagster.storage.relational.databases import NOTHING, Parameters
from dagster.storage.statements import postgresql as sql
from dagster.storage.statements.names import Statements

if TYPE_CHECKING:
    from psycopg import Connection

    from dagster.storage.postgres.changes import PostgresChanges

T = TypeVar("T")

_CONNECTING: dict[str, Any] = {
    "application_name": "dagster",
    "connect_timeout": 10,
    # A network that was cut is noticed within half a minute, not after hours.
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
# A process that was stopped in the middle of a transaction gives the turn back.
_SESSION = "SET idle_in_transaction_session_timeout = '60s'"
_OUTCOME = "SELECT txid_status(%(transaction)s::bigint)"


class PostgresTransaction:
    """The port `Transaction` over a connection."""

    sql: Statements = sql

    def __init__(self, connection: Connection[Any]) -> None:
        self.connection = connection

    def ask(self, statement: str, parameters: Parameters = NOTHING) -> list[Any]:
        """See `Transaction`."""
        return rows(self.connection, statement, parameters)

    def do(self, statement: str, parameters: Parameters = NOTHING) -> None:
        """See `Transaction`."""
        self.connection.execute(_query(statement), parameters)

    def do_all(self, statement: str, rows: Sequence[Parameters]) -> None:
        """See `Transaction`."""
        if len(rows) == 1:
            self.do(statement, rows[0])
        elif rows:
            self.connection.cursor().executemany(_query(statement), rows)

    def members(self, members: Collection[str] | Collection[int]) -> list[str] | list[int]:
        """See `Transaction`."""
        return _members(members)


def rows(connection: Connection[Any], statement: str, parameters: Parameters = NOTHING) -> list[Any]:
    """All rows of a question."""
    return connection.execute(_query(statement), parameters).fetchall()


def _query(statement: str) -> Any:
    """Statements are our own text, never a user's; the driver's types ask for literals."""
    return statement


def _members(members: Collection[str] | Collection[int]) -> Any:
    return list(members)


class _Outcome(Generic[T]):
    """A transaction whose end may not be heard: its number and what its work gave."""

    def __init__(self) -> None:
        self.transaction: str | None = None
        self.given: list[T] = []


class PostgresDatabase:
    """The port `Database` over a PostgreSQL server, shared by the threads of the process.

    Args:
        url: as libpq takes it, e.g. `postgresql://user:password@host:5432/name`.
        patience: how long to wait for a server that answered before and is away.
        is_known: whether it answered another process before, so that it is waited for from the beginning.

    Raises:
        DagsterImportError: the driver is not installed.
    """

    sql: Statements = sql

    def __init__(self, url: str, patience: Patience | None = None, *, is_known: bool = False) -> None:
        self._psycopg = optional_library("psycopg", "Storing runs and events in PostgreSQL", "psycopg[binary]")
        self._url = url
        self._patience = patience or Patience()
        self._is_known = is_known
        self._was_met = False
        self._idle: list[Connection[Any]] = []
        self._opened: list[Connection[Any]] = []
        self._apart: weakref.WeakSet[Connection[Any]] = weakref.WeakSet()
        self.place = place_of(self._psycopg, url)
        weakref.finalize(self, _close, self._idle)
        _DATABASES.add(self)

    def members(self, members: Collection[str] | Collection[int]) -> list[str] | list[int]:
        """See `Database`."""
        return _members(members)

    def read(self, statement: str, parameters: Parameters = NOTHING) -> list[Any]:
        """See `Database`."""
        return self._patiently(lambda: self._on_connection(lambda connection: rows(connection, statement, parameters)))

    def write(self, work: Callable[[PostgresTransaction], T]) -> T:
        """See `Database`."""
        outcome: _Outcome[T] = _Outcome()
        return self._patiently(lambda: self._on_connection(lambda connection: self._transaction(connection, work, outcome)))

    def snapshot(self, work: Callable[[PostgresTransaction], T]) -> T:
        """See `Database`."""

        def at_one_moment(connection: Connection[Any]) -> T:
            with connection.transaction():
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                return work(PostgresTransaction(connection))

        return self._patiently(lambda: self._on_connection(at_one_moment))

    def migrate(self) -> tuple[int, int]:
        """Brings the tables of an older version up to date; gives the numbers of the schema before and after.

        Raises:
            DagsterInstanceError: there is no database, or a newer version wrote it.
        """
        try:
            with self._connect() as connection, connection.transaction():
                return migrate_schema(connection)
        except self._psycopg.Error as reported:
            raise instance_error(self.place, reported, self._psycopg) from reported

    def _transaction(self, connection: Connection[Any], work: Callable[[PostgresTransaction], T], outcome: _Outcome[T]) -> T:
        if outcome.transaction is not None:
            [(status,)] = rows(connection, _OUTCOME, {"transaction": outcome.transaction})
            if status == "committed":
                return outcome.given[0]
            if status == "in progress":
                raise self._psycopg.OperationalError("the server still works on the transaction whose end was not heard")
            outcome.transaction = None
        connection.execute("BEGIN")
        try:
            [(_latest, number, _)] = rows(connection, sql.TURN)
            given = work(PostgresTransaction(connection))
            outcome.transaction, outcome.given = number, [given]
            connection.execute("COMMIT")
        except BaseException:
            if not connection.closed and not connection.broken:
                outcome.transaction = None
                connection.execute("ROLLBACK")
            raise
        return given

    def _patiently(self, attempt: Callable[[], T]) -> T:
        return patiently(attempt, self._passing, self._patience)

    def _passing(self, failure: Exception) -> str | None:
        reported = failure.__cause__
        if not isinstance(failure, DagsterInstanceError) or not isinstance(reported, Exception):
            return None
        waits = self._was_met or self._is_known or code_of(reported) == STARTING
        return str(failure) if waits and is_passing(reported, self._psycopg) else None

    def _on_connection(self, work: Callable[[Connection[Any]], T]) -> T:
        try:
            connection = self._borrow()
            try:
                return work(connection)
            finally:
                self._give_back(connection)
        except self._psycopg.Error as reported:
            if self._was_met and is_missing_table(reported):
                self._was_met = False  # somebody dropped the schema; the next question makes it anew
            raise instance_error(self.place, reported, self._psycopg) from reported

    def _borrow(self) -> Connection[Any]:
        while self._idle:
            connection = self._idle.pop()
            if not connection.closed:
                return connection
            self._opened.remove(connection)
        connection = self._connect()
        try:
            if not self._was_met:
                check_schema(connection, self.place)
                self._was_met = True
        except BaseException:
            connection.close()
            raise
        self._opened.append(connection)
        return connection

    def _connect(self) -> Connection[Any]:
        connection = self._psycopg.connect(self._url, autocommit=True, **_CONNECTING)
        connection.execute(_SESSION)
        return connection

    def _connect_apart(self) -> Connection[Any]:
        """A connection that serves no questions; whoever has it closes it."""
        connection = self._connect()
        self._apart.add(connection)
        return connection

    def _give_back(self, connection: Connection[Any]) -> None:
        if connection not in self._opened:  # this is the child of a fork that happened meanwhile
            return
        if connection.closed or connection.broken:
            self._opened.remove(connection)
            # The others broke with it, or will say so when they are asked.
            connection.close()
        else:
            self._idle.append(connection)

    def changes(self) -> PostgresChanges:
        """See `Database`."""
        from dagster.storage.postgres.changes import PostgresChanges

        return PostgresChanges(self._connect_apart, self._psycopg.Error)

    def close(self) -> None:
        """Closes the connections that are not in use; the next question opens a new one."""
        for connection in _close(self._idle):
            self._opened.remove(connection)

    def forget(self) -> None:
        """Drops the connections of the process that this one was forked from, without a word to the server."""
        for connection in [*self._opened, *self._apart]:
            if not connection.closed:
                _keep_for_ever(connection)
                os.close(connection.fileno())
        self._idle.clear()
        self._opened.clear()


def place_of(psycopg: Any, url: str) -> str:
    """The database as sentences name it: `"name" at host:port`, without user and password.

    Raises:
        DagsterInstanceError: the URL cannot be read.
    """
    try:
        known = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.Error as refused:
        words = " ".join(str(refused).split()).replace(url, "...")
        raise DagsterInstanceError(
            f"The URL of the PostgreSQL database cannot be read: {words}. Its form is postgresql://USER:PASSWORD@HOST:5432/NAME."
        ) from None
    host, port = known.get("host", "localhost"), known.get("port", 5432)
    return f'"{known.get("dbname", "")}" at {host}:{port}'


_DATABASES: weakref.WeakSet[PostgresDatabase] = weakref.WeakSet()


def _close(idle: list[Connection[Any]]) -> list[Connection[Any]]:
    closed: list[Connection[Any]] = []
    while idle:
        closed.append(idle.pop())
        closed[-1].close()
    return closed


def _keep_for_ever(connection: Connection[Any]) -> None:
    """Takes a reference that nobody gives back: the end of the object would tell the server that the session has ended."""
    import ctypes

    ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))


def _forget_all() -> None:
    for database in list(_DATABASES):
        database.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
