"""Learning of commits in a PostgreSQL database: each transaction that writes notifies a channel when it is committed."""

from __future__ import annotations

import os
import select
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dagster.storage.statements import postgresql as sql

if TYPE_CHECKING:
    from psycopg import Connection

LOOK_SECONDS = 0.5
"""How often a server that is away is asked whether it is back."""
_LISTEN = f"LISTEN {sql.SCHEMA_NAME}"


class PostgresChanges:
    """The port `ChangeSignal` over a server. Source: PostgreSQL's documentation, NOTIFY and LISTEN.

    A connection that broke may have lost a notification, so a new one counts as a change.

    Args:
        connect: opens a connection that is this object's own.
        failure: the driver's class of failures.
    """

    def __init__(self, connect: Callable[[], Connection[Any]], failure: type[Exception]) -> None:
        self._connect = connect
        self._failure = failure
        self._waking, self._wakes = socket.socketpair()
        self._wakes.setblocking(False)
        self._connection: Connection[Any] | None = None
        self._process = os.getpid()
        self._is_back()

    def wait(self, seconds: float) -> bool:
        """See `ChangeSignal`."""
        deadline = time.monotonic() + seconds
        while True:
            if self._connection is None and self._is_back():
                return True
            rest = max(deadline - time.monotonic(), 0.0)
            ready = self._ready(min(rest, LOOK_SECONDS) if self._connection is None else rest)
            if self._connection is not None and self._was_notified(self._connection):
                return True
            if self._waking in ready:
                self._waking.recv(1024)
                return False
            if time.monotonic() >= deadline:
                return False

    def wake(self) -> None:
        """See `ChangeSignal`."""
        with suppress(OSError):  # many have woken it before; it is closed
            self._wakes.send(b"x")

    def close(self) -> None:
        """See `ChangeSignal`."""
        self._waking.close()
        self._wakes.close()
        if self._connection is not None and os.getpid() == self._process:
            self._connection.close()

    def _ready(self, seconds: float) -> list[Any]:
        sources: list[Any] = [self._waking]
        if self._connection is not None:
            sources.append(self._connection)
        return select.select(sources, [], [], seconds)[0]

    def _is_back(self) -> bool:
        """Whether there is a connection now that was not there before."""
        connection: Connection[Any] | None = None
        try:
            connection = self._connect()
            connection.execute(_LISTEN)
        except self._failure:
            if connection is not None:
                connection.close()
            return False
        self._connection = connection
        return True

    def _was_notified(self, connection: Connection[Any]) -> bool:
        found = False
        try:
            connection.pgconn.consume_input()
            while connection.pgconn.notifies() is not None:
                found = True
        except self._failure:
            connection.close()
            self._connection = None
        return found
