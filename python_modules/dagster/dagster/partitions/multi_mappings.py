"""Mappings between partitions with several dimensions, dimension by dimension."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from dagster.errors import CheckError, DagsterInvalidDefinitionError, ParameterCheckError
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.mappings import PartitionMapping
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.values import Frozen


class DimensionPartitionMapping(Frozen):
    """A dimension downstream and how it is mapped.

    Args:
        dimension_name: the dimension downstream.
        partition_mapping: which keys of the dimension upstream its keys depend on.

    Example:
        >>> same_day = DimensionPartitionMapping("day", IdentityPartitionMapping())
        >>> MultiPartitionMapping({"date": same_day}).downstream_mappings_by_upstream_dimension["date"].dimension_name
        'day'
    """

    __slots__ = ("dimension_name", "partition_mapping")

    dimension_name: str
    partition_mapping: PartitionMapping

    def __init__(self, dimension_name: str, partition_mapping: PartitionMapping) -> None:
        if not isinstance(dimension_name, str):  # pyright: ignore[reportUnnecessaryIsInstance] - a public argument
            raise ParameterCheckError("dimension_name", dimension_name, "a str")
        if not isinstance(partition_mapping, PartitionMapping):  # pyright: ignore[reportUnnecessaryIsInstance] - a public argument
            raise ParameterCheckError("partition_mapping", partition_mapping, "a PartitionMapping")
        self._set(dimension_name=dimension_name, partition_mapping=partition_mapping)


class MultiPartitionMapping(Frozen, PartitionMapping):
    """Each dimension upstream is mapped to one downstream; of a dimension that is left out, all keys are depended on.

    Args:
        downstream_mappings_by_upstream_dimension: for each dimension upstream, the one downstream and how it is mapped.

    Example:
        >>> day_before = DimensionPartitionMapping("day", TimeWindowPartitionMapping(start_offset=-1))
        >>> mapping = MultiPartitionMapping({"date": day_before})
        >>> sorted(mapping.downstream_mappings_by_upstream_dimension)
        ['date']
    """

    __slots__ = ("downstream_mappings_by_upstream_dimension",)

    downstream_mappings_by_upstream_dimension: Mapping[str, DimensionPartitionMapping]

    def __init__(self, downstream_mappings_by_upstream_dimension: Mapping[str, DimensionPartitionMapping]) -> None:
        given = _checked_mapping("downstream_mappings_by_upstream_dimension", downstream_mappings_by_upstream_dimension)
        self._set(downstream_mappings_by_upstream_dimension=given)

    @property
    def description(self) -> str:
        return " ".join(
            f"The upstream dimension {upstream!r} is mapped to the downstream dimension {mapping.dimension_name!r} by "
            f"{type(mapping.partition_mapping).__name__}."
            for upstream, mapping in self.downstream_mappings_by_upstream_dimension.items()
        )

    def validate_partition_mapping(
        self, upstream_partitions_def: PartitionsDefinition, downstream_partitions_def: PartitionsDefinition | None
    ) -> None:
        mappings = self.downstream_mappings_by_upstream_dimension
        _check_dimensions("upstream", upstream_partitions_def, list(mappings))
        _check_dimensions("downstream", downstream_partitions_def, [mapping.dimension_name for mapping in mappings.values()])

    def __hash__(self) -> int:
        return hash(frozenset(self.downstream_mappings_by_upstream_dimension.items()))


def _checked_mapping(param: str, given: object) -> Mapping[str, object]:
    if not isinstance(given, Mapping):
        raise ParameterCheckError(param, given, "a Mapping")
    for upstream, mapping in cast("Mapping[object, object]", given).items():
        if not isinstance(upstream, str) or not isinstance(mapping, DimensionPartitionMapping):
            raise CheckError(f"A dimension upstream is mapped by a DimensionPartitionMapping. Got {upstream!r}: {mapping!r}.")
    return dict(cast("Mapping[str, object]", given))


def _check_dimensions(side: str, definition: PartitionsDefinition | None, names: list[str]) -> None:
    if not isinstance(definition, MultiPartitionsDefinition):
        raise DagsterInvalidDefinitionError(
            f"A MultiPartitionMapping stands between partitions with several dimensions; {side} there are none."
        )
    unknown = [name for name in names if name not in definition.partition_dimension_names]
    if unknown:
        raise DagsterInvalidDefinitionError(
            f"A MultiPartitionMapping names the {side} dimension {unknown[0]!r}, which does not exist. "
            f"There are: {', '.join(definition.partition_dimension_names)}."
        )


class MultiToSingleDimensionPartitionMapping(Frozen, PartitionMapping):
    """Between partitions with several dimensions and those of one dimension, in either direction: the keys agree in it.

    Args:
        partition_dimension_name: the dimension; may be left out when only one has the partitions of the other side.

    Example:
        >>> MultiToSingleDimensionPartitionMapping("region").partition_dimension_name
        'region'
    """

    __slots__ = ("partition_dimension_name",)

    partition_dimension_name: str | None

    def __init__(self, partition_dimension_name: str | None = None) -> None:
        name = partition_dimension_name
        if name is not None and not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance] - a public argument
            raise ParameterCheckError("partition_dimension_name", name, "a str")
        self._set(partition_dimension_name=name)

    @property
    def description(self) -> str:
        dimension = "the dimension that both share" if self.partition_dimension_name is None else self.partition_dimension_name
        return f"One side has several dimensions, the other one of them. Partitions with the same key in {dimension} depend."

    def validate_partition_mapping(
        self, upstream_partitions_def: PartitionsDefinition, downstream_partitions_def: PartitionsDefinition | None
    ) -> None:
        upstream_is_multi = isinstance(upstream_partitions_def, MultiPartitionsDefinition)
        if downstream_partitions_def is None or upstream_is_multi is isinstance(
            downstream_partitions_def, MultiPartitionsDefinition
        ):
            raise DagsterInvalidDefinitionError(
                "A MultiToSingleDimensionPartitionMapping stands between partitions with several dimensions on one side and "
                "partitions with one on the other."
            )
        multi, single = upstream_partitions_def, downstream_partitions_def
        if not upstream_is_multi:
            multi, single = single, multi
        assert isinstance(multi, MultiPartitionsDefinition), "one of the two is"
        self._check_shared(multi, single)

    def _check_shared(self, multi: MultiPartitionsDefinition, single: PartitionsDefinition) -> None:
        """The single one is among the dimensions, or it is time and so is one of them."""
        is_time = isinstance(single, TimeWindowPartitionsDefinition)
        shared = any(each.partitions_def == single for each in multi.partitions_defs)
        if not shared and not (is_time and multi.has_time_window_dimension):
            raise DagsterInvalidDefinitionError(
                f"None of the dimensions {', '.join(multi.partition_dimension_names)} has the partitions of the other side: "
                f"{type(single).__name__}."
            )
        name = self.partition_dimension_name
        if name is not None and name not in multi.partition_dimension_names:
            raise DagsterInvalidDefinitionError(
                f"There is no dimension {name!r}. There are: {', '.join(multi.partition_dimension_names)}."
            )
