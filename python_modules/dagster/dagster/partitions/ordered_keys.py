"""A fixed list of keys, each of which is found by where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dagster.partitions.definitions import bad_range
from dagster.partitions.key_ranges import PartitionKeyRange


class OrderedKeys:
    """Keys in their order, each once.

    Args:
        keys: the keys.
    """

    __slots__ = ("_positions", "keys")

    keys: tuple[str, ...]
    _positions: Mapping[str, int]

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = tuple(keys)
        self._positions = {key: position for position, key in enumerate(self.keys)}

    def position(self, key: str) -> int | None:
        """Where a key stands, None if it is none of them."""
        return self._positions.get(key)

    def positions(self, keys: Iterable[str]) -> tuple[list[int], frozenset[str]]:
        """Where keys stand, in any order, and those that are none of them."""
        given = list(keys)
        found = [position for position in map(self._positions.get, given) if position is not None]
        if len(found) == len(given):
            return found, frozenset()
        return found, frozenset(key for key in given if key not in self._positions)

    def ends(self, key_range: PartitionKeyRange) -> tuple[int, int]:
        """The positions [first, last) of a range, whose ends are both included.

        Raises:
            DagsterInvalidInvocationError: one of its ends is none of the keys.
        """
        unknown = [key for key in dict.fromkeys(key_range) if key not in self._positions]
        if unknown:
            raise bad_range(key_range, unknown)
        return self._positions[key_range.start], self._positions[key_range.end] + 1
