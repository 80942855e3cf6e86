"""Between fixed lists of partitions, key by key."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import cast

from dagster.errors import CheckError, DagsterInvalidDefinitionError, ParameterCheckError
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.mappings import SubsetMapping, UpstreamPartitionsResult, all_there, described
from dagster.partitions.static import StaticPartitionsDefinition
from dagster.partitions.subsets import PartitionsSubset, keys_of


class StaticPartitionMapping(SubsetMapping):
    """A partition depends on those of which it is said so, one by one.

    Args:
        downstream_partition_keys_by_upstream_partition_key: for each key upstream, the key or keys that depend on it.

    Example:
        >>> StaticPartitionMapping({"DE": "europe", "FR": "europe"}).description
        'Upstream to downstream: DE to europe, FR to europe.'
    """

    __slots__ = ("downstream_partition_keys_by_upstream_partition_key",)

    downstream_partition_keys_by_upstream_partition_key: Mapping[str, str | Collection[str]]

    def __init__(self, downstream_partition_keys_by_upstream_partition_key: Mapping[str, str | Collection[str]]) -> None:
        given = _checked_mapping(
            "downstream_partition_keys_by_upstream_partition_key", downstream_partition_keys_by_upstream_partition_key
        )
        self._set(downstream_partition_keys_by_upstream_partition_key=given)

    @property
    def downstream_keys(self) -> Mapping[str, frozenset[str]]:
        """For each key upstream, the keys that depend on it."""
        given = self.downstream_partition_keys_by_upstream_partition_key
        return {upstream: frozenset((keys,) if isinstance(keys, str) else keys) for upstream, keys in given.items()}

    @property
    def description(self) -> str:
        pairs = (f"{upstream} to {' and '.join(sorted(keys))}" for upstream, keys in self.downstream_keys.items())
        return f"Upstream to downstream: {', '.join(pairs)}."

    def validate_partition_mapping(
        self, upstream_partitions_def: PartitionsDefinition, downstream_partitions_def: PartitionsDefinition | None
    ) -> None:
        downstream_keys = frozenset[str]().union(*self.downstream_keys.values())
        _check_static("upstream", upstream_partitions_def, self.downstream_keys)
        _check_static("downstream", downstream_partitions_def, downstream_keys)

    def _upstream(
        self, subset: PartitionsSubset | None, downstream: PartitionsDefinition | None, upstream: PartitionsDefinition
    ) -> UpstreamPartitionsResult:
        wanted = frozenset[str]() if subset is None else keys_of(subset)
        keys = (key for key, dependents in self.downstream_keys.items() if not dependents.isdisjoint(wanted))
        return all_there(upstream.subset_with_partition_keys(keys))

    def _downstream(
        self, subset: PartitionsSubset, upstream: PartitionsDefinition, downstream: PartitionsDefinition
    ) -> PartitionsSubset:
        dependents = self.downstream_keys
        keys = (key for held in keys_of(subset) for key in dependents.get(held, ()))
        return downstream.subset_with_partition_keys(keys)

    def __eq__(self, other: object) -> bool:
        return self.downstream_keys == other.downstream_keys if isinstance(other, StaticPartitionMapping) else NotImplemented

    def __hash__(self) -> int:
        return hash(frozenset(self.downstream_keys.items()))


def _checked_mapping(param: str, given: object) -> Mapping[str, object]:
    if not isinstance(given, Mapping):
        raise ParameterCheckError(param, given, "a Mapping")
    for upstream, downstream in cast("Mapping[object, object]", given).items():
        if not isinstance(upstream, str) or not isinstance(downstream, Collection):
            raise CheckError(f"A key upstream is mapped to a key or keys downstream. Got {upstream!r}: {downstream!r}.")
    return dict(cast("Mapping[str, object]", given))


def _check_static(side: str, definition: PartitionsDefinition | None, keys: Collection[str]) -> None:
    if not isinstance(definition, StaticPartitionsDefinition):
        raise DagsterInvalidDefinitionError(
            f"A StaticPartitionMapping stands between static partitions; {side} there is {described(definition)}."
        )
    unknown = sorted(key for key in keys if not definition.has_partition_key(key))
    if unknown:
        raise DagsterInvalidDefinitionError(
            f"A StaticPartitionMapping names {side} partitions that do not exist: {', '.join(map(repr, unknown))}. "
            f"There are: {definition}."
        )
