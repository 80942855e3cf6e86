"""Partitions with several dimensions: each combination of a key in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import product
from math import prod
from typing import Any, NamedTuple, cast

from dagster.errors import (
    CheckError,
    DagsterInvalidDefinitionError,
    DagsterInvalidInvocationError,
    DagsterUnknownPartitionError,
    ParameterCheckError,
)
from dagster.partitions.definitions import PARTITION_TAG, FrozenPartitions, PartitionsDefinition, digest
from dagster.partitions.dynamic import DynamicPartitionsDefinition
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import DynamicPartitionsStore, partition_loading_context
from dagster.partitions.multi_keys import DELIMITER, MultiPartitionKey
from dagster.partitions.multi_subsets import Dimensions, MultiSubset
from dagster.partitions.static import StaticPartitionsDefinition
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.partitions.windows import TimeWindow

# The separator of keys, and what lists and ranges of keys are written with.
_FORBIDDEN = (DELIMITER, "[", "]", ",")


class PartitionDimensionDefinition(NamedTuple):
    """The name of a dimension and its partitions."""

    name: str
    partitions_def: PartitionsDefinition


class MultiPartitionsDefinition(FrozenPartitions):
    """A partition for each combination of the keys of two or more dimensions.

    Keys are in the order of the dimensions' names, the last one varying fastest.

    Args:
        partitions_defs: the partitions of each dimension, by the dimension's name.

    Raises:
        DagsterInvalidInvocationError: fewer than two dimensions.
        DagsterInvalidDefinitionError: a dimension that has dimensions itself, dynamic partitions without a name, or a key that
            contains a separator.

    Example:
        >>> shirts = MultiPartitionsDefinition(
        ...     {"size": StaticPartitionsDefinition(["S", "L"]), "colour": StaticPartitionsDefinition(["red"])}
        ... )
        >>> shirts.get_partition_keys()
        ['red|S', 'red|L']
    """

    __slots__ = ("_dimensions", "_layout")

    _dimensions: tuple[PartitionDimensionDefinition, ...]
    _layout: Dimensions

    def __init__(self, partitions_defs: Mapping[str, PartitionsDefinition]) -> None:
        if not isinstance(partitions_defs, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance] - a public argument
            raise ParameterCheckError("partitions_defs", partitions_defs, "a Mapping")
        for name, definition in cast("Mapping[object, object]", partitions_defs).items():
            _check_dimension(name, definition)
        if len(partitions_defs) < 2:
            raise DagsterInvalidInvocationError(
                f"Multi-partitions have two or more dimensions; given: {', '.join(partitions_defs) or 'none'}. With one "
                "dimension, use its partitions themselves."
            )
        self._set(
            _dimensions=tuple(PartitionDimensionDefinition(name, partitions_defs[name]) for name in sorted(partitions_defs))
        )
        primary = self.primary_dimension
        rest = {each.name: each.partitions_def for each in self._dimensions if each is not primary}
        others = next(iter(rest.values())) if len(rest) == 1 else MultiPartitionsDefinition(rest)
        self._set(_layout=Dimensions(tuple(self.partition_dimension_names), primary.name, primary.partitions_def, others))

    def get_partition_keys(
        self, current_time: datetime | None = None, dynamic_partitions_store: DynamicPartitionsStore | None = None
    ) -> Sequence[MultiPartitionKey]:
        """Each combination, as `MultiPartitionKey`."""
        return self._combined(
            each.partitions_def.get_partition_keys(current_time, dynamic_partitions_store) for each in self._dimensions
        )

    def get_partition_keys_in_range(
        self, partition_key_range: PartitionKeyRange, dynamic_partitions_store: DynamicPartitionsStore | None = None
    ) -> Sequence[MultiPartitionKey]:
        """Each combination of the keys that lie, in each dimension, from the one end's to the other end's."""
        first, last = (self.get_partition_key_from_str(key).keys_by_dimension for key in partition_key_range)
        with partition_loading_context(dynamic_partitions_store=dynamic_partitions_store):
            return self._combined(
                each.partitions_def.get_partition_keys_in_range(PartitionKeyRange(first[each.name], last[each.name]))
                for each in self._dimensions
            )

    def get_multipartition_keys_with_dimension_value(
        self, dimension_name: str, dimension_partition_key: str
    ) -> Sequence[MultiPartitionKey]:
        """The keys that have the given one in one dimension."""
        return self.get_multipartition_keys_with_dimension_values(dimension_name, [dimension_partition_key])

    def get_multipartition_keys_with_dimension_values(
        self, dimension_name: str, dimension_partition_keys: Sequence[str]
    ) -> Sequence[MultiPartitionKey]:
        """The keys that have one of the given ones in one dimension."""
        self.get_partitions_def_for_dimension(dimension_name)
        return self._combined(
            dimension_partition_keys if each.name == dimension_name else each.partitions_def.get_partition_keys()
            for each in self._dimensions
        )

    def get_num_partitions(self) -> int:
        return prod(each.partitions_def.get_num_partitions() for each in self._dimensions)

    # --- some of them ----------------------------------------------------------------------------------------------------

    def empty_subset(self) -> MultiSubset:
        return MultiSubset(self, self._layout)

    def subset_with_partition_keys(self, partition_keys: Iterable[str]) -> MultiSubset:
        return self.empty_subset().with_partition_keys(partition_keys)

    def subset_with_all_partitions(self) -> MultiSubset:
        """All of them. What it costs depends on how many keys the primary dimension has."""
        row = self._layout.rest.subset_with_all_partitions()
        return self.empty_subset().with_rows((key, row) for key in self._layout.definition.get_partition_keys())

    def subset_with_existing_partition_keys(self, partition_keys: Iterable[str]) -> MultiSubset:
        made, row = self.subset_with_partition_keys(partition_keys), self._layout.rest.subset_with_all_partitions()
        existing = self._layout.definition.subset_with_existing_partition_keys(made.rows).get_partition_keys()
        return made.with_rows((key, made.rows[key] & row) for key in existing)

    def deserialize_subset(self, serialized: str) -> MultiSubset:
        return self.empty_subset().read(serialized)

    def get_first_partition_key(self) -> MultiPartitionKey | None:
        return self._end([each.partitions_def.get_first_partition_key() for each in self._dimensions])

    def get_last_partition_key(self) -> MultiPartitionKey | None:
        return self._end([each.partitions_def.get_last_partition_key() for each in self._dimensions])

    def _end(self, keys: Sequence[str | None]) -> MultiPartitionKey | None:
        found = [key for key in keys if key is not None]
        return self._key(found) if len(found) == len(self._dimensions) else None

    def _combined(self, keys: Iterable[Sequence[str]]) -> list[MultiPartitionKey]:
        return [self._key(combination) for combination in product(*keys)]

    def _key(self, keys: Sequence[str]) -> MultiPartitionKey:
        return MultiPartitionKey({each.name: key for each, key in zip(self._dimensions, keys, strict=True)})

    def is_valid_key_format(self, partition_key: str) -> bool:
        """Whether it consists of one part for each dimension."""
        return partition_key.count(DELIMITER) == len(self._dimensions) - 1

    def get_partition_key_from_str(self, partition_key_str: str) -> MultiPartitionKey:
        """The key that the string stands for, whether it exists or not.

        Raises:
            DagsterUnknownPartitionError: it does not have one part for each dimension.
        """
        if not self.is_valid_key_format(partition_key_str):
            raise DagsterUnknownPartitionError(partition_key_str, f"keys like {DELIMITER.join(self.partition_dimension_names)!r}")
        return self._key(partition_key_str.split(DELIMITER))

    def has_partition_key(self, partition_key: MultiPartitionKey | str) -> bool:
        if not self.is_valid_key_format(partition_key):
            return False
        parts = zip(self._dimensions, partition_key.split(DELIMITER), strict=True)
        return all(each.partitions_def.has_partition_key(part) for each, part in parts)

    def filter_valid_partition_keys(self, partition_keys: set[str]) -> set[MultiPartitionKey]:
        return {self.get_partition_key_from_str(key) for key in partition_keys if self.has_partition_key(key)}

    def get_tags_for_partition_key(self, partition_key: str) -> Mapping[str, str]:
        """The tags of a run of that partition: the key, and the key in each dimension."""
        dimensions = self.get_partition_key_from_str(partition_key).keys_by_dimension
        return {PARTITION_TAG: str(partition_key), **{f"{PARTITION_TAG}/{name}": key for name, key in dimensions.items()}}

    def time_window_for_partition_key(self, partition_key: str) -> TimeWindow:
        """The window in the one dimension that is time."""
        time = self.time_window_dimension
        key = self.get_partition_key_from_str(partition_key).keys_by_dimension[time.name]
        return self.time_window_partitions_def.time_window_for_partition_key(key)

    @property
    def partitions_defs(self) -> Sequence[PartitionDimensionDefinition]:
        """The dimensions, in the order of their names."""
        return list(self._dimensions)

    @property
    def partition_dimension_names(self) -> list[str]:
        """The names of the dimensions, sorted."""
        return [each.name for each in self._dimensions]

    def get_partitions_def_for_dimension(self, dimension_name: str) -> PartitionsDefinition:
        """The partitions of a dimension.

        Raises:
            CheckError: there is no such dimension.
        """
        for each in self._dimensions:
            if each.name == dimension_name:
                return each.partitions_def
        raise CheckError(f"There is no dimension {dimension_name!r}. There are: {', '.join(self.partition_dimension_names)}.")

    @property
    def has_time_window_dimension(self) -> bool:
        """Whether a dimension is time."""
        return bool(self._time_dimensions())

    @property
    def time_window_dimension(self) -> PartitionDimensionDefinition:
        """The one dimension that is time.

        Raises:
            CheckError: none or several are.
        """
        found = self._time_dimensions()
        if len(found) != 1:
            names = ", ".join(each.name for each in found) or "none"
            raise CheckError(f"A time window is known when exactly one dimension is time; here there are: {names}.")
        return found[0]

    @property
    def time_window_partitions_def(self) -> TimeWindowPartitionsDefinition:
        """The partitions of the one dimension that is time."""
        definition = self.time_window_dimension.partitions_def
        assert isinstance(definition, TimeWindowPartitionsDefinition), "chosen by its class"
        return definition

    @property
    def primary_dimension(self) -> PartitionDimensionDefinition:
        """The dimension that is time, or else the first one."""
        return next(iter(self._time_dimensions()), self._dimensions[0])

    @property
    def secondary_dimension(self) -> PartitionDimensionDefinition:
        """The first dimension that is not the primary one."""
        primary = self.primary_dimension.name
        return next(each for each in self._dimensions if each.name != primary)

    def _time_dimensions(self) -> list[PartitionDimensionDefinition]:
        return [each for each in self._dimensions if isinstance(each.partitions_def, TimeWindowPartitionsDefinition)]

    def get_serializable_unique_identifier(self, dynamic_partitions_store: DynamicPartitionsStore | None = None) -> str:
        """A string that is equal for definitions with the same dimensions, and differs when a key is added."""
        with partition_loading_context(dynamic_partitions_store=dynamic_partitions_store):
            parts = [[each.name, each.partitions_def.get_serializable_unique_identifier()] for each in self._dimensions]
        return digest([part for dimension in parts for part in dimension])

    def __str__(self) -> str:
        dimensions = " \n".join(f"{each.name.capitalize()}: {each.partitions_def}" for each in self._dimensions)
        return f"Multi-partitioned, with dimensions: \n{dimensions}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({dict(self._dimensions)!r})"


def _check_dimension(name: Any, definition: object) -> None:
    if not isinstance(name, str):
        raise CheckError(f"The name of a dimension is a string. Got {name!r}, which is {type(name)}.")
    if not isinstance(definition, PartitionsDefinition):
        raise CheckError(f"The dimension {name!r} is a PartitionsDefinition. Got {definition!r}, which is {type(definition)}.")
    if isinstance(definition, MultiPartitionsDefinition):
        raise DagsterInvalidDefinitionError(f"The dimension {name!r} has dimensions itself. Give its dimensions instead.")
    if isinstance(definition, DynamicPartitionsDefinition) and definition.name is None:
        raise DagsterInvalidDefinitionError(
            f"The dimension {name!r} has dynamic partitions that are computed by a function. Dynamic partitions with a name "
            "can be a dimension."
        )
    if isinstance(definition, StaticPartitionsDefinition):
        for key in definition.get_partition_keys():
            found = [character for character in _FORBIDDEN if character in key]
            if found:
                raise DagsterInvalidDefinitionError(
                    f"The key {key!r} of the dimension {name!r} contains {found[0]!r}. In a key of a dimension, "
                    f"{' '.join(_FORBIDDEN)} are separators."
                )
