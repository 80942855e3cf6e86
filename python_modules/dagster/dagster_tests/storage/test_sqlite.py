from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster.storage.ports import Storage
from dagster.storage.sqlite.storage import SqliteStorage
from dagster_tests.contracts.storage import StorageContract
from dagster_tests.contracts.storage_facts import a_run


class TestSqliteStorage(StorageContract):
    @pytest.fixture
    def storage(self, tmp_path: Path) -> Iterator[Storage]:
        storage = SqliteStorage(str(tmp_path))
        yield storage
        storage.close()


def test_what_another_process_stores_is_told(tmp_path: Path) -> None:
    storage, other = SqliteStorage(str(tmp_path)), SqliteStorage(str(tmp_path))
    signal = storage.changes()
    assert not signal.wait(0.0)
    other.runs.add_run(a_run(), [], 1.0)
    assert signal.wait(20.0)
    assert not signal.wait(0.0)
    signal.close()
    other.close()
    storage.close()
