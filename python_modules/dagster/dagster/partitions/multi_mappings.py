"""Mappings between partitions with several dimensions, dimension by dimension."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import cast

from dagster.errors import CheckError, DagsterInvalidDefinitionError, ParameterCheckError
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.mappings import PartitionMapping, SubsetMapping, UpstreamPartitionsResult, partitioned, there_or_not
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.multi_keys import MultiPartitionKey
from dagster.partitions.subsets import PartitionsSubset
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


class MultiPartitionMapping(SubsetMapping):
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

    def _upstream(
        self, subset: PartitionsSubset | None, downstream: PartitionsDefinition | None, upstream: PartitionsDefinition
    ) -> UpstreamPartitionsResult:
        own, theirs = _multi("downstream", downstream), _multi("upstream", upstream)
        sources: dict[str, tuple[str, _KeysOf]] = {}
        for name, mapping in self.downstream_mappings_by_upstream_dimension.items():
            pair = mapping.partition_mapping, own.get_partitions_def_for_dimension(mapping.dimension_name)
            sources[name] = (mapping.dimension_name, _upstream_keys(*pair, theirs.get_partitions_def_for_dimension(name)))
        keys = _combined(theirs, _parsed(own, partitioned(subset)), {name: [source] for name, source in sources.items()})
        return there_or_not(theirs.subset_with_partition_keys(keys), theirs)

    def _downstream(
        self, subset: PartitionsSubset, upstream: PartitionsDefinition, downstream: PartitionsDefinition
    ) -> PartitionsSubset:
        theirs, own = _multi("upstream", upstream), _multi("downstream", downstream)
        sources: dict[str, list[tuple[str, _KeysOf]]] = {}
        for name, mapping in self.downstream_mappings_by_upstream_dimension.items():
            pair = mapping.partition_mapping, theirs.get_partitions_def_for_dimension(name)
            keys_of = _downstream_keys(*pair, own.get_partitions_def_for_dimension(mapping.dimension_name))
            sources.setdefault(mapping.dimension_name, []).append((name, keys_of))
        return own.subset_with_partition_keys(_combined(own, _parsed(theirs, subset), sources))


_KeysOf = Callable[[str], Sequence[str]]
"""The keys in one dimension that belong to a key in a dimension of the other side."""


def _upstream_keys(mapping: PartitionMapping, own: PartitionsDefinition, theirs: PartitionsDefinition) -> _KeysOf:
    """With keys that do not exist but should."""
    known: dict[str, Sequence[str]] = {}

    def keys_of(key: str) -> Sequence[str]:
        if key not in known:
            held = own.subset_with_partition_keys([key])
            result = mapping.get_upstream_mapped_partitions_result_for_partitions(held, own, theirs)
            known[key] = (result.partitions_subset | result.required_but_nonexistent_subset).get_partition_keys()
        return known[key]

    return keys_of


def _downstream_keys(mapping: PartitionMapping, theirs: PartitionsDefinition, own: PartitionsDefinition) -> _KeysOf:
    known: dict[str, Sequence[str]] = {}

    def keys_of(key: str) -> Sequence[str]:
        if key not in known:
            held = theirs.subset_with_partition_keys([key])
            known[key] = mapping.get_downstream_partitions_for_partitions(held, theirs, own).get_partition_keys()
        return known[key]

    return keys_of


def _parsed(definition: MultiPartitionsDefinition, subset: PartitionsSubset) -> Iterator[Mapping[str, str]]:
    """Each key of a subset, by dimension."""
    return (definition.get_partition_key_from_str(key).keys_by_dimension for key in subset.get_partition_keys())


def _combined(
    target: MultiPartitionsDefinition,
    keys: Iterable[Mapping[str, str]],
    sources: Mapping[str, Sequence[tuple[str, _KeysOf]]],
) -> set[MultiPartitionKey]:
    """The combinations in `target`, for each key of the other side: in each dimension what all of its sources give, or all."""
    everything = {
        each.name: each.partitions_def.get_partition_keys() for each in target.partitions_defs if each.name not in sources
    }
    found: set[MultiPartitionKey] = set()
    seen: set[tuple[str, ...]] = set()
    used = sorted({name for several in sources.values() for name, _ in several})
    for key in keys:
        matters = tuple(key[name] for name in used)
        if matters in seen:
            continue
        seen.add(matters)
        columns = [everything.get(name) or _shared(key, sources.get(name, ())) for name in target.partition_dimension_names]
        found.update(
            MultiPartitionKey(dict(zip(target.partition_dimension_names, combination, strict=True)))
            for combination in product(*columns)
        )
    return found


def _shared(key: Mapping[str, str], sources: Sequence[tuple[str, _KeysOf]]) -> Sequence[str]:
    given = [keys_of(key[name]) for name, keys_of in sources]
    return [each for each in given[0] if all(each in others for others in given[1:])] if given else ()


def _multi(side: str, definition: PartitionsDefinition | None) -> MultiPartitionsDefinition:
    if not isinstance(definition, MultiPartitionsDefinition):
        raise CheckError(f"A MultiPartitionMapping stands between partitions with several dimensions; {side}: {definition!r}.")
    return definition


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
