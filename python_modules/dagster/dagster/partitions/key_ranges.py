"""A first and a last partition key, both included."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec


class PartitionKeyRange(msgspec.Struct, frozen=True, order=True):
    """The partitions from `start` to `end`, both included, in the order of their definition.

    Unpacks like a pair.

    Example:
        >>> start, end = PartitionKeyRange("2024-01-01", "2024-01-31")
        >>> end
        '2024-01-31'
    """

    start: str
    end: str

    def __iter__(self) -> Iterator[str]:
        return iter((self.start, self.end))
