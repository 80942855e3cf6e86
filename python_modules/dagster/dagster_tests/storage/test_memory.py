import pytest

from dagster.storage.memory.storage import MemoryStorage
from dagster.storage.ports import Storage
from dagster_tests.contracts.storage import StorageContract


class TestMemoryStorage(StorageContract):
    @pytest.fixture
    def storage(self) -> Storage:
        return MemoryStorage()
