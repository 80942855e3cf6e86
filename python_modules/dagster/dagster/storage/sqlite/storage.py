"""Everything a persistent instance keeps in its folder."""

from __future__ import annotations

from dagster.storage.patience import Patience
from dagster.storage.relational.storage import RelationalStorage
from dagster.storage.sqlite.connections import SqliteFile


class SqliteStorage(RelationalStorage):
    """The port `Storage` in the file `dagster.db` of a folder, shared by any number of processes and threads of one host.

    Args:
        folder: the instance's folder; it exists.
        patience: how long a write waits while the disk is full.

    Raises:
        DagsterInstanceError: the file cannot be used; also at every later question.
    """

    def __init__(self, folder: str, patience: Patience | None = None) -> None:
        super().__init__(SqliteFile(folder, patience))
