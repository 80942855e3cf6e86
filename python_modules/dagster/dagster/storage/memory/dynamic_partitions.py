"""The keys of dynamic partitions in memory."""

from __future__ import annotations

from collections.abc import Sequence

from dagster.storage.memory.tables import Tables


class MemoryDynamicPartitions:
    """The port `DynamicPartitionStore` over `Tables`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, definition: str, keys: Sequence[str], now: float) -> None:
        """See `DynamicPartitionStore`."""
        with self._tables.writing:
            known = self._tables.dynamic_partitions.setdefault(definition, {})
            for key in keys:
                if key not in known:
                    self._tables.last_dynamic_partition_id += 1
                    known[key] = self._tables.last_dynamic_partition_id

    def keys(
        self,
        definition: str,
        *,
        among: Sequence[str] | None = None,
        after: int | None = None,
        before: int | None = None,
        limit: int | None = None,
        ascending: bool = True,
    ) -> list[tuple[int, str]]:
        """See `DynamicPartitionStore`."""
        with self._tables.lock:
            found = [
                (place, key)
                for key, place in self._tables.dynamic_partitions.get(definition, {}).items()
                if (among is None or key in among) and (after is None or place > after) and (before is None or place < before)
            ]
        return (found if ascending else found[::-1])[:limit]

    def delete(self, definition: str, key: str) -> None:
        """See `DynamicPartitionStore`."""
        with self._tables.writing:
            self._tables.dynamic_partitions.get(definition, {}).pop(key, None)
