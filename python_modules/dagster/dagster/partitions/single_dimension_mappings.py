"""Between partitions with several dimensions and those of one of them."""

from __future__ import annotations

from dagster.errors import CheckError, DagsterInvalidDefinitionError, ParameterCheckError
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.mappings import (
    IdentityPartitionMapping,
    PartitionMapping,
    SubsetMapping,
    UpstreamPartitionsResult,
    partitioned,
)
from dagster.partitions.multi import MultiPartitionsDefinition, PartitionDimensionDefinition
from dagster.partitions.multi_keys import DELIMITER
from dagster.partitions.subsets import PartitionsSubset
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.partitions.window_mappings import TimeWindowPartitionMapping


class MultiToSingleDimensionPartitionMapping(SubsetMapping):
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

    def _upstream(
        self, subset: PartitionsSubset | None, downstream: PartitionsDefinition | None, upstream: PartitionsDefinition
    ) -> UpstreamPartitionsResult:
        held = partitioned(subset)
        if isinstance(upstream, MultiPartitionsDefinition):
            assert downstream is not None, "a subset is one of a definition"
            dimension, mapping = self._between(upstream, downstream)
            result = mapping.get_upstream_mapped_partitions_result_for_partitions(held, downstream, dimension.partitions_def)
            there, missing = result.partitions_subset, result.required_but_nonexistent_subset
            return UpstreamPartitionsResult(
                partitions_subset=_with_dimension(upstream, dimension.name, there),
                required_but_nonexistent_subset=_with_dimension(upstream, dimension.name, missing),
            )
        assert isinstance(downstream, MultiPartitionsDefinition), "one of the two has several dimensions"
        dimension, mapping = self._between(downstream, upstream)
        own = _in_dimension(downstream, dimension, held)
        return mapping.get_upstream_mapped_partitions_result_for_partitions(own, dimension.partitions_def, upstream)

    def _downstream(
        self, subset: PartitionsSubset, upstream: PartitionsDefinition, downstream: PartitionsDefinition
    ) -> PartitionsSubset:
        if isinstance(upstream, MultiPartitionsDefinition):
            dimension, mapping = self._between(upstream, downstream)
            held = _in_dimension(upstream, dimension, subset)
            return mapping.get_downstream_partitions_for_partitions(held, dimension.partitions_def, downstream)
        assert isinstance(downstream, MultiPartitionsDefinition), "one of the two has several dimensions"
        dimension, mapping = self._between(downstream, upstream)
        there = mapping.get_downstream_partitions_for_partitions(subset, upstream, dimension.partitions_def)
        return _with_dimension(downstream, dimension.name, there)

    def _between(
        self, multi: MultiPartitionsDefinition, single: PartitionsDefinition
    ) -> tuple[PartitionDimensionDefinition, PartitionMapping]:
        """The dimension that belongs to the other side, and how its keys do."""
        name = self.partition_dimension_name
        if name is not None:
            definition = multi.get_partitions_def_for_dimension(name)
            dimension = PartitionDimensionDefinition(name, definition)
        else:
            dimension = shared_dimension(multi, single)
        own = dimension.partitions_def
        both_time = isinstance(own, TimeWindowPartitionsDefinition) and isinstance(single, TimeWindowPartitionsDefinition)
        return dimension, TimeWindowPartitionMapping() if both_time and own != single else IdentityPartitionMapping()


def shared_dimension(multi: MultiPartitionsDefinition, single: PartitionsDefinition) -> PartitionDimensionDefinition:
    """The dimension with the partitions of the other side, or the one that is time as they are.

    Raises:
        CheckError: there is none, or several.
    """
    alike = [each for each in multi.partitions_defs if each.partitions_def == single]
    if not alike and isinstance(single, TimeWindowPartitionsDefinition):
        alike = [each for each in multi.partitions_defs if isinstance(each.partitions_def, TimeWindowPartitionsDefinition)]
    if len(alike) != 1:
        names = ", ".join(each.name for each in alike) or "none"
        raise CheckError(f"One dimension has the partitions of the other side; here: {names}. Give partition_dimension_name.")
    return alike[0]


def _in_dimension(
    multi: MultiPartitionsDefinition, dimension: PartitionDimensionDefinition, subset: PartitionsSubset
) -> PartitionsSubset:
    """The keys that some keys have in one dimension."""
    position = multi.partition_dimension_names.index(dimension.name)
    keys = {key.split(DELIMITER)[position] for key in subset.get_partition_keys()}
    return dimension.partitions_def.subset_with_partition_keys(keys)


def _with_dimension(multi: MultiPartitionsDefinition, name: str, subset: PartitionsSubset) -> PartitionsSubset:
    """All keys that have one of these keys in one dimension."""
    if subset.is_empty:
        return multi.empty_subset()
    keys = multi.get_multipartition_keys_with_dimension_values(name, subset.get_partition_keys())
    return multi.subset_with_partition_keys(keys)
