"""What the instance keeps of dynamic partitions."""

from __future__ import annotations

import time
from collections.abc import Sequence, Set
from typing import cast

from dagster.errors import CheckError
from dagster.instance.kept import Kept, place_of, text_of_place
from dagster.partitions.pages import PaginatedResults


class DynamicPartitionMethods(Kept):
    """Dynamic partitions: adding keys, finding them, taking them away."""

    def add_dynamic_partitions(self, partitions_def_name: str, partition_keys: Sequence[str]) -> None:
        """Adds keys to a dynamic partitions definition, after those that it has; keys that it has stay where they are.

        Raises:
            CheckError: no name, or something else than a sequence of strings.
        """
        keys = _checked_keys(partition_keys)
        self._storage.dynamic_partitions.add(_checked_name(partitions_def_name), keys, time.time())

    def get_dynamic_partitions(self, partitions_def_name: str) -> Sequence[str]:
        """The keys of a dynamic partitions definition, in the order in which they were added."""
        return [key for _, key in self._storage.dynamic_partitions.keys(partitions_def_name)]

    def get_paginated_dynamic_partitions(
        self, partitions_def_name: str, limit: int, ascending: bool, cursor: str | None = None
    ) -> PaginatedResults[str]:
        """A page of the keys of a definition; `cursor` is the one that the page before gave."""
        place = place_of(cursor or None)
        found = self._storage.dynamic_partitions.keys(
            partitions_def_name,
            after=place if ascending else None,
            before=None if ascending else place,
            limit=limit + 1,
            ascending=ascending,
        )
        page = found[:limit]
        after = text_of_place(page[-1][0]) if page else cursor or ""
        return PaginatedResults([key for _, key in page], after, len(found) > limit)

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        """Whether a definition has a key. One indexed row."""
        return bool(self._storage.dynamic_partitions.keys(partitions_def_name, among=[partition_key]))

    def get_existing_dynamic_partitions(self, partitions_def_name: str, partition_keys: Sequence[str]) -> Set[str]:
        """Those of the keys that a definition has."""
        return {key for _, key in self._storage.dynamic_partitions.keys(partitions_def_name, among=list(partition_keys))}

    def get_dynamic_partitions_definition_id(self, partitions_def_name: str) -> str:
        """A text that is another one after the keys of a definition changed."""
        from hashlib import sha1

        digest = sha1(partitions_def_name.encode(), usedforsecurity=False)
        for place, key in self._storage.dynamic_partitions.keys(partitions_def_name):
            digest.update(f"{place}:{key}\n".encode())
        return digest.hexdigest()

    def delete_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> None:
        """Removes a key, if it is there. What was written of the partition stays."""
        self._storage.dynamic_partitions.delete(partitions_def_name, partition_key)


def _checked_name(given: object) -> str:
    if not isinstance(given, str) or not given:
        raise CheckError(f"The name of a dynamic partitions definition is a string. Got {given!r} which is type {type(given)}.")
    return given


def _checked_keys(given: object) -> list[str]:
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise CheckError(f"Partition keys come as a sequence of strings. Got {given!r} which is type {type(given)}.")
    keys = list(cast("Sequence[object]", given))
    for key in keys:
        if not isinstance(key, str):
            raise CheckError(f"A partition key is a string. Got {key!r} which is type {type(key)}.")
    return cast("list[str]", keys)
