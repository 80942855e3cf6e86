from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster.storage.ports import Storage
from dagster.storage.sqlite.storage import SqliteStorage
from dagster_tests.contracts.storage import StorageContract


class TestSqliteStorage(StorageContract):
    @pytest.fixture
    def storage(self, tmp_path: Path) -> Iterator[Storage]:
        storage = SqliteStorage(str(tmp_path))
        yield storage
        storage.close()
