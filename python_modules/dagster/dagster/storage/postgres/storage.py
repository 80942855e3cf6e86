"""Everything that a team's instance keeps, in PostgreSQL."""

from __future__ import annotations

from dagster.storage.patience import Patience
from dagster.storage.postgres.connections import PostgresDatabase
from dagster.storage.relational.storage import RelationalStorage


class PostgresStorage(RelationalStorage):
    """The port `Storage` in a PostgreSQL database, shared by any number of processes of any hosts.

    Args:
        url: as libpq takes it, e.g. `postgresql://user:password@host:5432/name`.
        patience: how long to wait for a server that answered before and is away.
        is_known: whether it answered another process before, so that it is waited for from the beginning.

    Raises:
        DagsterImportError: the driver is not installed.
        DagsterInstanceError: the URL cannot be read. What the server refuses is said at the first question.
    """

    def __init__(self, url: str, patience: Patience | None = None, *, is_known: bool = False) -> None:
        super().__init__(PostgresDatabase(url, patience, is_known=is_known))
