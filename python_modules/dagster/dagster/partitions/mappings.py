"""Which partitions of an upstream asset a partition depends on: the declaration and what it fits."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from typing import cast

from dagster.errors import CheckError, DagsterInvalidDefinitionError, ParameterCheckError
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.static import StaticPartitionsDefinition
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.values import Frozen


class PartitionMapping(ABC):
    """Which partitions of an upstream asset a partition depends on.

    Example:
        >>> AssetDep("orders", partition_mapping=TimeWindowPartitionMapping(start_offset=-1)).partition_mapping.start_offset
        -1
    """

    __slots__ = ()

    @property
    @abstractmethod
    def description(self) -> str:
        """What it says, for people."""

    @abstractmethod
    def validate_partition_mapping(
        self, upstream_partitions_def: PartitionsDefinition, downstream_partitions_def: PartitionsDefinition | None
    ) -> None:
        """Accept definitions that it can stand between.

        Raises:
            DagsterInvalidDefinitionError: it cannot.
        """


class IdentityPartitionMapping(Frozen, PartitionMapping):
    """A partition depends on the one with the same key.

    Example:
        >>> AssetIn(partition_mapping=IdentityPartitionMapping()).partition_mapping
        IdentityPartitionMapping()
    """

    __slots__ = ()

    @property
    def description(self) -> str:
        return "Each partition depends on the upstream partition with the same key; both assets have the same partitions."

    def validate_partition_mapping(
        self, upstream_partitions_def: PartitionsDefinition, downstream_partitions_def: PartitionsDefinition | None
    ) -> None:
        alike = type(upstream_partitions_def) is type(downstream_partitions_def)
        if not alike and upstream_partitions_def != downstream_partitions_def:
            raise DagsterInvalidDefinitionError(
                "Partitions with the same key exist on both sides when both have the same kind of partitions. Upstream: "
                f"{_described(upstream_partitions_def)}, downstream: {_described(downstream_partitions_def)}. "
                "Give another partition mapping."
            )


class AllPartitionMapping(Frozen, PartitionMapping):
    """A partition depends on all partitions upstream.

    Example:
        >>> AssetDep("orders", partition_mapping=AllPartitionMapping()).partition_mapping
        AllPartitionMapping()
    """

    __slots__ = ()

    @property
    def description(self) -> str:
        return "Each partition depends on all upstream partitions."

    def validate_partition_mapping(
        self, upstream_partitions_def: PartitionsDefinition, downstream_partitions_def: PartitionsDefinition | None
    ) -> None:
        """Fits everything."""


class LastPartitionMapping(Frozen, PartitionMapping):
    """A partition depends on the last partition upstream.

    Example:
        >>> AssetDep("orders", partition_mapping=LastPartitionMapping()).partition_mapping
        LastPartitionMapping()
    """

    __slots__ = ()

    @property
    def description(self) -> str:
        return "Each partition depends on the last upstream partition."

    def validate_partition_mapping(
        self, upstream_partitions_def: PartitionsDefinition, downstream_partitions_def: PartitionsDefinition | None
    ) -> None:
        """Fits everything."""


class SpecificPartitionsPartitionMapping(Frozen, PartitionMapping):
    """A partition depends on certain partitions upstream.

    Args:
        partition_keys: the keys upstream.

    Example:
        >>> first_day = SpecificPartitionsPartitionMapping(["2024-01-01"])
        >>> AssetDep("orders", partition_mapping=first_day).partition_mapping.partition_keys
        ['2024-01-01']
    """

    __slots__ = ("partition_keys",)

    partition_keys: Sequence[str]

    def __init__(self, partition_keys: Sequence[str]) -> None:
        self._set(partition_keys=list(partition_keys))

    @property
    def description(self) -> str:
        return f"Each partition depends on these upstream partitions: {', '.join(self.partition_keys)}."

    def validate_partition_mapping(
        self, upstream_partitions_def: PartitionsDefinition, downstream_partitions_def: PartitionsDefinition | None
    ) -> None:
        """Fits everything: the keys may be added upstream later."""

    def __hash__(self) -> int:
        return hash(tuple(self.partition_keys))


class StaticPartitionMapping(Frozen, PartitionMapping):
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
            f"A StaticPartitionMapping stands between static partitions; {side} there is {_described(definition)}."
        )
    unknown = sorted(key for key in keys if not definition.has_partition_key(key))
    if unknown:
        raise DagsterInvalidDefinitionError(
            f"A StaticPartitionMapping names {side} partitions that do not exist: {', '.join(map(repr, unknown))}. "
            f"There are: {definition}."
        )


class TimeWindowPartitionMapping(Frozen, PartitionMapping):
    """A partition depends on those whose window of time overlaps with its own.

    Args:
        start_offset: by how many upstream windows the begin is moved; -1 adds the one before.
        end_offset: by how many the end is moved.
        allow_nonexistent_upstream_partitions: whether a partition may depend on windows before the first one upstream.

    Example:
        >>> TimeWindowPartitionMapping(start_offset=-1, end_offset=-1) == TimeWindowPartitionMapping(-1, -1)
        True
    """

    __slots__ = ("start_offset", "end_offset", "allow_nonexistent_upstream_partitions")  # noqa: RUF023 - shown in this order

    start_offset: int
    end_offset: int
    allow_nonexistent_upstream_partitions: bool

    def __init__(self, start_offset: int = 0, end_offset: int = 0, allow_nonexistent_upstream_partitions: bool = False) -> None:
        for name, offset in (("start_offset", start_offset), ("end_offset", end_offset)):
            if not isinstance(offset, int):  # pyright: ignore[reportUnnecessaryIsInstance] - a public constructor's argument
                raise ParameterCheckError(name, offset, "a int")
        allow = allow_nonexistent_upstream_partitions
        if not isinstance(allow, bool):  # pyright: ignore[reportUnnecessaryIsInstance] - a public constructor's argument
            raise ParameterCheckError("allow_nonexistent_upstream_partitions", allow, "a bool")
        self._set(start_offset=start_offset, end_offset=end_offset, allow_nonexistent_upstream_partitions=allow)

    @property
    def description(self) -> str:
        moved = ""
        if self.start_offset or self.end_offset:
            moved = f" Their begin is moved by {self.start_offset}, their end by {self.end_offset} upstream partitions."
        return f"Each partition depends on the upstream partitions whose time overlaps with its own.{moved}"

    def validate_partition_mapping(
        self, upstream_partitions_def: PartitionsDefinition, downstream_partitions_def: PartitionsDefinition | None
    ) -> None:
        for side, definition in (("upstream", upstream_partitions_def), ("downstream", downstream_partitions_def)):
            if not isinstance(definition, TimeWindowPartitionsDefinition):
                raise DagsterInvalidDefinitionError(
                    f"A TimeWindowPartitionMapping stands between windows of time; {side} there is {_described(definition)}."
                )
        zones = [getattr(each, "timezone", "") for each in (upstream_partitions_def, downstream_partitions_def)]
        if zones[0] != zones[1]:
            raise DagsterInvalidDefinitionError(
                f"A TimeWindowPartitionMapping stands between windows of one time zone; upstream there is {zones[0]}, "
                f"downstream {zones[1]}."
            )


def _described(definition: PartitionsDefinition | None) -> str:
    return "no partitions" if definition is None else type(definition).__name__
