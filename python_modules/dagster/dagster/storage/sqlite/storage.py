"""Everything a persistent instance keeps in its folder."""

from __future__ import annotations

from dagster.storage.sqlite.assets import SqliteAssets
from dagster.storage.sqlite.connections import SqliteFile
from dagster.storage.sqlite.events import SqliteEvents
from dagster.storage.sqlite.runs import SqliteRuns


class SqliteStorage:
    """The port `Storage` in the file `dagster.db` of a folder, shared by any number of processes and threads of one host.

    Args:
        folder: the instance's folder; it exists.

    Raises:
        DagsterInstanceError: the file cannot be used; also at every later question.
    """

    def __init__(self, folder: str) -> None:
        self._file = SqliteFile(folder)
        self.runs = SqliteRuns(self._file)
        self.events = SqliteEvents(self._file)
        self.assets = SqliteAssets(self._file)

    def close(self) -> None:
        """Closes the file; the next question opens it again."""
        self._file.close()
