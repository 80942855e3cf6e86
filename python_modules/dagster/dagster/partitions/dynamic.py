"""Partitions that are added and removed while the project runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, cast

import msgspec
from msgspec.structs import force_setattr

from dagster.errors import (
    CheckError,
    DagsterInvalidDefinitionError,
    DagsterInvariantViolationError,
    ParameterCheckError,
    user_code,
)
from dagster.partitions.definitions import FrozenPartitions, PartitionsDefinition
from dagster.partitions.loading import DynamicPartitionsStore, current_loading_context
from dagster.values import Frozen


class Partition(Frozen):
    """A value and the key that names it; what a `partition_fn` may give instead of a key.

    Args:
        value: anything.
        name: the key; the value as a string by default.
    """

    __slots__ = ("name", "value")

    name: str
    value: Any

    def __init__(self, value: Any, name: str | None = None) -> None:
        self._set(value=value, name=str(value) if name is None else _checked("name", name))

    def __hash__(self) -> int:
        return hash(self.name)


PartitionFunction = Callable[[Any], Sequence[Any]]


class AddDynamicPartitionsRequest(msgspec.Struct, frozen=True, tag=True):
    """Asks for keys to be added to dynamic partitions; given by a sensor.

    Attributes:
        partitions_def_name: the name of the definition.
        partition_keys: those that exist already are left as they are.

    Example:
        >>> files = DynamicPartitionsDefinition(name="files")
        >>> SensorResult(dynamic_partitions_requests=[files.build_add_request(["a.csv"])]).dynamic_partitions_requests
        [AddDynamicPartitionsRequest(partitions_def_name='files', partition_keys=['a.csv'])]
    """

    partitions_def_name: str
    partition_keys: list[str]

    def __post_init__(self) -> None:
        _check_request(self, self.partitions_def_name, self.partition_keys)

    def __hash__(self) -> int:
        return hash((self.partitions_def_name, tuple(self.partition_keys)))


class DeleteDynamicPartitionsRequest(msgspec.Struct, frozen=True, tag=True):
    """Asks for keys to be removed from dynamic partitions; given by a sensor.

    Attributes:
        partitions_def_name: the name of the definition.
        partition_keys: those that do not exist are passed over.

    Example:
        >>> DynamicPartitionsDefinition(name="files").build_delete_request(["a.csv"]).partition_keys
        ['a.csv']
    """

    partitions_def_name: str
    partition_keys: list[str]

    def __post_init__(self) -> None:
        _check_request(self, self.partitions_def_name, self.partition_keys)

    def __hash__(self) -> int:
        return hash((self.partitions_def_name, tuple(self.partition_keys)))


def _check_request(request: msgspec.Struct, name: object, keys: object) -> None:
    _checked("partitions_def_name", name)
    if isinstance(keys, str) or not isinstance(keys, Sequence):
        raise ParameterCheckError("partition_keys", keys, "a Sequence of strings")
    for key in cast("Sequence[object]", keys):
        if not isinstance(key, str):
            raise CheckError(f"A partition key is a string. Got {key!r}, which is {type(key)}.")
    force_setattr(request, "partition_keys", list(cast("Sequence[str]", keys)))


class ChangedPartitions:
    """Dynamic partitions as they will be when requests were carried out, in order.

    Args:
        store: where the keys are kept now.
        requests: to add keys and to delete them.
    """

    def __init__(
        self, store: DynamicPartitionsStore, requests: Sequence[AddDynamicPartitionsRequest | DeleteDynamicPartitionsRequest]
    ) -> None:
        self._store = store
        self._requests = requests

    def get_dynamic_partitions(self, partitions_def_name: str) -> Sequence[str]:
        """The keys, those that are added at the end."""
        keys = dict.fromkeys(self._store.get_dynamic_partitions(partitions_def_name))
        for request in self._requests:
            if request.partitions_def_name == partitions_def_name:
                named = dict.fromkeys(request.partition_keys)
                is_added = isinstance(request, AddDynamicPartitionsRequest)
                keys = keys | named if is_added else {key: None for key in keys if key not in named}
        return list(keys)

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        """Whether the key will be there."""
        return partition_key in self.get_dynamic_partitions(partitions_def_name)


class DynamicPartitionsDefinition(FrozenPartitions):
    """Partitions whose keys are kept by the instance under a name, or computed by a function.

    Args:
        partition_fn: gives the keys; called with the moment that is asked about, or None for now.
        name: under which the instance keeps the keys; several assets may use the same.

    Raises:
        DagsterInvalidDefinitionError: both or none of the two.

    Example:
        >>> DynamicPartitionsDefinition(name="customers").build_add_request(["acme"]).partition_keys
        ['acme']
    """

    __slots__ = ("name", "partition_fn")

    name: str | None
    partition_fn: PartitionFunction | None

    def __init__(self, partition_fn: PartitionFunction | None = None, name: str | None = None) -> None:
        if partition_fn is not None and not callable(partition_fn):
            raise ParameterCheckError("partition_fn", partition_fn, "a function; the name of the partitions is given by `name`")
        if (partition_fn is None) == (name is None):
            raise DagsterInvalidDefinitionError(
                "Dynamic partitions have either a name, under which the instance keeps their keys, or a partition_fn, which "
                f"computes them. Given: {'none of the two' if name is None else 'both'}."
            )
        self._set(partition_fn=partition_fn, name=None if name is None else _checked("name", name))

    def get_partition_keys(
        self, current_time: datetime | None = None, dynamic_partitions_store: DynamicPartitionsStore | None = None
    ) -> Sequence[str]:
        """The keys in the order in which they were added, or in that of the function.

        Raises:
            DagsterInvariantViolationError: they are kept by an instance and none is at hand.
        """
        if self.partition_fn is None:
            return list(self._store(dynamic_partitions_store).get_dynamic_partitions(self._name))
        with user_code("in the partition_fn of dynamic partitions"):
            partitions = list(self.partition_fn(current_time))
        return list(dict.fromkeys(each.name if isinstance(each, Partition) else str(each) for each in partitions))

    def has_partition_key(
        self,
        partition_key: str,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> bool:
        if self.partition_fn is None:
            return self._store(dynamic_partitions_store).has_dynamic_partition(self._name, partition_key)
        return partition_key in self.get_partition_keys(current_time)

    def build_add_request(self, partition_keys: Sequence[str]) -> AddDynamicPartitionsRequest:
        """A request to add keys, for a sensor to return."""
        return AddDynamicPartitionsRequest(self._name, cast("list[str]", partition_keys))

    def build_delete_request(self, partition_keys: Sequence[str]) -> DeleteDynamicPartitionsRequest:
        """A request to remove keys, for a sensor to return."""
        return DeleteDynamicPartitionsRequest(self._name, cast("list[str]", partition_keys))

    @property
    def _name(self) -> str:
        if self.name is None:
            raise CheckError("Keys can be added to dynamic partitions that have a name; these are computed by a partition_fn.")
        return self.name

    def _store(self, given: DynamicPartitionsStore | None) -> DynamicPartitionsStore:
        store = current_loading_context().dynamic_partitions_store if given is None else given
        if store is None:
            raise DagsterInvariantViolationError(
                f'The keys of the dynamic partitions "{self.name}" are kept by an instance, and none is at hand. Give it as '
                "`dynamic_partitions_store=instance`, or call within "
                "`partition_loading_context(dynamic_partitions_store=instance)`."
            )
        return store

    def __str__(self) -> str:
        return PartitionsDefinition.__str__(self) if self.name is None else f'Dynamic partitions: "{self.name}"'


def _checked(param: str, value: object) -> str:
    if not isinstance(value, str):
        raise ParameterCheckError(param, value, "a str")
    return value
