"""What every set of partitions can say about itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from dagster.errors import DagsterInvalidDefinitionError, DagsterInvalidInvocationError, DagsterUnknownPartitionError
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import DynamicPartitionsStore, PartitionLoadingContext, partition_loading_context
from dagster.partitions.pages import PaginatedResults, cursor_after, key_of_cursor
from dagster.partitions.subsets import KeysSubset, PartitionsSubset, keys_of_text
from dagster.values import Frozen

PARTITION_TAG = "dagster/partition"
"""The tag of a run that names its partition; with `/<dimension>` behind it, the key in one dimension."""

# What no partition key may contain: "..." separates the ends of a range on the command line, the rest breaks lines.
_FORBIDDEN = ("...", "\a", "\b", "\f", "\n", "\r", "\t", "\v", "\0")

# Above that many keys, looking for those that are spelled alike would take seconds.
_MOST_KEYS_COMPARED = 5_000
_MOST_KEYS_SHOWN = 4


class PartitionsDefinition(ABC):
    """A set of partitions in a fixed order: of what an asset consists, or for what a job runs.

    A subclass needs `get_partition_keys` alone; it answers the rest from there.

    Example:
        >>> regions: PartitionsDefinition = StaticPartitionsDefinition(["asia", "europe"])
        >>> regions.get_partition_keys(), regions.has_partition_key("mars")
        (['asia', 'europe'], False)
    """

    __slots__ = ()

    def __class_getitem__(cls, key_type: Any) -> type[PartitionsDefinition]:
        """The class itself, so that annotations like `PartitionsDefinition[str]` can be written."""
        return cls

    @abstractmethod
    def get_partition_keys(
        self, current_time: datetime | None = None, dynamic_partitions_store: DynamicPartitionsStore | None = None
    ) -> Sequence[str]:
        """All keys in order.

        Args:
            current_time: as of when, without a zone in that of the partitions; by default as `partition_loading_context` says.
            dynamic_partitions_store: where dynamic keys are kept; an instance, usually.
        """

    def get_partition_keys_in_range(
        self, partition_key_range: PartitionKeyRange, dynamic_partitions_store: DynamicPartitionsStore | None = None
    ) -> Sequence[str]:
        """The keys from one to another, both included; none if the end comes before the start.

        Raises:
            DagsterInvalidInvocationError: one of the ends is no partition.
        """
        keys = self.get_partition_keys(dynamic_partitions_store=dynamic_partitions_store)
        positions = {key: position for position, key in reversed(list(enumerate(keys)))}
        unknown = [key for key in dict.fromkeys(partition_key_range) if key not in positions]
        if unknown:
            raise bad_range(partition_key_range, unknown)
        return list(keys[positions[partition_key_range.start] : positions[partition_key_range.end] + 1])

    def get_first_partition_key(self) -> str | None:
        """The first key, None if there is none."""
        keys = self.get_partition_keys()
        return keys[0] if keys else None

    def get_last_partition_key(self) -> str | None:
        """The last key, None if there is none."""
        keys = self.get_partition_keys()
        return keys[-1] if keys else None

    def get_num_partitions(self) -> int:
        """How many partitions there are."""
        return len(self.get_partition_keys())

    def has_partition_key(self, partition_key: str) -> bool:
        """Whether `partition_key` is one of the keys."""
        return partition_key in self.get_partition_keys()

    def filter_valid_partition_keys(self, partition_keys: set[str]) -> Set[str]:
        """Those of the keys that exist."""
        return {key for key in partition_keys if self.has_partition_key(key)}

    def validate_partition_key(self, partition_key: str, context: PartitionLoadingContext | None = None) -> None:
        """Accept a key that exists.

        Raises:
            DagsterUnknownPartitionError: it does not; the message names keys that look like it.
        """
        with partition_loading_context(new_ctx=context):
            if not self.has_partition_key(partition_key):
                raise DagsterUnknownPartitionError(partition_key, self._described(), self._close_keys(partition_key))

    def validate_partition_definition(self) -> None:  # noqa: B027 - nothing to refuse, unless a subclass knows better
        """Accept what can stand; called when an asset or job with these partitions is loaded."""

    def get_paginated_partition_keys(
        self, context: PartitionLoadingContext, limit: int, ascending: bool, cursor: str | None = None
    ) -> PaginatedResults[str]:
        """At most `limit` keys after `cursor`, from the first on or, descending, from the last on."""
        with partition_loading_context(new_ctx=context):
            keys = self.get_partition_keys()
        return page_of(keys if ascending else keys[::-1], limit, cursor)

    # --- some of them ----------------------------------------------------------------------------------------------------

    def empty_subset(self) -> PartitionsSubset:
        """None of the partitions."""
        return KeysSubset(self)

    def subset_with_partition_keys(self, partition_keys: Iterable[str]) -> PartitionsSubset:
        """The partitions with these keys, whether they exist or not."""
        return self.empty_subset().with_partition_keys(partition_keys)

    def subset_with_existing_partition_keys(self, partition_keys: Iterable[str]) -> PartitionsSubset:
        """The partitions with these keys; keys that are no partition are left out."""
        known = set(self.get_partition_keys())
        return self.subset_with_partition_keys(key for key in partition_keys if key in known)

    def subset_with_all_partitions(self) -> PartitionsSubset:
        """All partitions that exist at the moment of the `partition_loading_context`, else now."""
        return self.subset_with_partition_keys(self.get_partition_keys())

    def subset_with_partition_range(self, partition_key_range: PartitionKeyRange) -> PartitionsSubset:
        """The partitions from one key to another, both included."""
        return self.empty_subset().with_partition_key_range(self, partition_key_range)

    def deserialize_subset(self, serialized: str) -> PartitionsSubset:
        """The subset of which `serialize` gave the text.

        Raises:
            DagsterInvalidInvocationError: the text is something else.
        """
        return self.subset_with_partition_keys(keys_of_text(serialized))

    def get_tags_for_partition_key(self, partition_key: str) -> Mapping[str, str]:
        """The tags of a run of that partition."""
        return {PARTITION_TAG: partition_key}

    def get_serializable_unique_identifier(self, dynamic_partitions_store: DynamicPartitionsStore | None = None) -> str:
        """A string that is equal for definitions with the same keys, and differs when a key is added."""
        return digest(self.get_partition_keys(dynamic_partitions_store=dynamic_partitions_store))

    def __str__(self) -> str:
        return ", ".join(repr(key) for key in self.get_partition_keys())

    def _described(self) -> str:
        """What there is, short enough for an error."""
        keys = [repr(str(key)) for key in self.get_partition_keys()]
        if len(keys) > _MOST_KEYS_SHOWN:
            keys = [*keys[:_MOST_KEYS_SHOWN], f"… ({len(keys)})"]
        return ", ".join(keys) or "none yet"

    def _close_keys(self, partition_key: str) -> Sequence[str]:
        keys = self.get_partition_keys()
        return get_close_matches(partition_key, keys) if len(keys) <= _MOST_KEYS_COMPARED else ()


class FrozenPartitions(Frozen, PartitionsDefinition):
    """A definition whose fields are the slots of its classes. A user's subclass may set attributes of its own besides."""

    __slots__ = ()

    def _slots(self) -> Iterator[str]:
        for each in type(self).__mro__:
            yield from each.__dict__.get("__slots__", ())

    def __setattr__(self, name: str, value: object) -> None:
        if name in self._slots():
            super().__setattr__(name, value)
        object.__setattr__(self, name, value)

    def __getstate__(self) -> dict[str, Any]:
        return {**getattr(self, "__dict__", {}), **{name: getattr(self, name) for name in self._slots()}}


def bad_range(key_range: PartitionKeyRange, unknown: Collection[str]) -> DagsterInvalidInvocationError:
    """The refusal of a range whose ends are not both partitions."""
    named = " and ".join(repr(str(key)) for key in unknown)
    verb = "is no partition" if len(unknown) == 1 else "are no partitions"
    return DagsterInvalidInvocationError(
        f"There is no range of partitions from {key_range.start!r} to {key_range.end!r}: {named} {verb}."
    )


def page_of(keys: Sequence[str], limit: int, cursor: str | None) -> PaginatedResults[str]:
    """The page of `keys` after `cursor`; all keys are at hand. A key that is gone meanwhile ends the listing."""
    last = key_of_cursor(cursor or "")
    begin = 0
    if last is not None:
        begin = keys.index(last) + 1 if last in keys else len(keys)
    page = list(keys[begin : begin + limit])
    return PaginatedResults(page, cursor_after(page[-1]) if page else cursor or "", begin + limit < len(keys))


def digest(keys: Sequence[str]) -> str:
    """The same short string for the same keys in the same order."""
    import hashlib

    import msgspec

    return hashlib.sha1(msgspec.json.encode(keys), usedforsecurity=False).hexdigest()


def checked_keys(keys: Sequence[str]) -> None:
    """Accept keys that have none of the forbidden characters.

    Raises:
        DagsterInvalidDefinitionError: one has; the message names it.
    """
    for key in keys:
        for forbidden in _FORBIDDEN:
            if forbidden in key:
                raise DagsterInvalidDefinitionError(
                    f"The partition key {key!r} contains {forbidden!r}. A key cannot contain three dots in a row (they separate "
                    "the ends of a range), line breaks, tabs or control characters."
                )
