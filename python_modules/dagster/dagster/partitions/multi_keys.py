"""Keys of partitions with several dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import msgspec

from dagster.errors import CheckError, ParameterCheckError

DELIMITER = "|"


class PartitionDimensionKey(msgspec.Struct, frozen=True):
    """The key in one dimension."""

    dimension_name: str
    partition_key: str


class MultiPartitionKey(str):
    """A key in each of several dimensions. As a string: the keys in the order of the dimensions' names, joined by `|`.

    Args:
        keys_by_dimension: the key in each dimension, by the dimension's name.

    Example:
        >>> key = MultiPartitionKey({"date": "2024-02-29", "colour": "red"})
        >>> key
        'red|2024-02-29'
        >>> key.keys_by_dimension["date"]
        '2024-02-29'
    """

    __slots__ = ("dimension_keys",)

    dimension_keys: list[PartitionDimensionKey]
    """The key in each dimension, in the order of the dimensions' names."""

    def __new__(cls, keys_by_dimension: Mapping[str, str]) -> MultiPartitionKey:
        if not isinstance(keys_by_dimension, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance] - a public argument
            raise ParameterCheckError("keys_by_dimension", keys_by_dimension, "a Mapping")
        for each in cast("Mapping[object, object]", keys_by_dimension).items():
            if not all(isinstance(part, str) for part in each):
                raise CheckError(f"A dimension and its key are strings. Got {each[0]!r}: {each[1]!r}.")
        dimensions = [PartitionDimensionKey(name, keys_by_dimension[name]) for name in sorted(keys_by_dimension)]
        key = super().__new__(cls, DELIMITER.join(dimension.partition_key for dimension in dimensions))
        key.dimension_keys = dimensions
        return key

    @property
    def keys_by_dimension(self) -> Mapping[str, str]:
        """The key in each dimension, by the dimension's name."""
        return {dimension.dimension_name: dimension.partition_key for dimension in self.dimension_keys}

    def __getnewargs__(self) -> tuple[Mapping[str, str]]:  # pyright: ignore[reportIncompatibleMethodOverride] - of our own `__new__`
        return (self.keys_by_dimension,)
