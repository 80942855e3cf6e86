"""Subsets of a fixed list of keys, as one bit for each: a million of them are 125 kB, and set algebra is that of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import compress
from typing import Any

from dagster.errors import DagsterInvalidInvocationError
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.ordered_keys import OrderedKeys
from dagster.partitions.subsets import PartitionsSubset, keys_of, keys_of_text, unreadable_subset
from dagster.partitions.window_names import runs

# Up to so many positions are set one by one in the number; for more of them a text of zeros and ones is made.
_FEW = 16
# Up to so many keys are written by name, more of them as bits.
_MOST_NAMED = 1_000
_AS_BITS = bytes.maketrans(b"\0\1", b"01")
_AS_MASK = bytes.maketrans(b"01", b"\0\1")


class PositionsSubset(PartitionsSubset):
    """Some of the keys of a fixed list.

    Args:
        definition: whose partitions they are.
        ordered: all of its keys.
        bits: bit n is set when the n-th key is held.
        others: keys that are held and not in the list.
    """

    __slots__ = ("_bytes", "bits", "definition", "ordered", "others")

    def __init__(self, definition: Any, ordered: OrderedKeys, bits: int = 0, others: frozenset[str] = frozenset()) -> None:
        self.definition = definition
        self.ordered = ordered
        self.bits = bits
        self.others = others
        self._bytes: bytes | None = None

    def _with(self, bits: int, others: frozenset[str]) -> PositionsSubset:
        return PositionsSubset(self.definition, self.ordered, bits, others)

    @property
    def keys(self) -> Set[str]:
        """The keys as a set."""
        return {*compress(self.ordered.keys, self._mask()), *self.others}

    def get_partition_keys(self) -> Sequence[str]:
        return [*compress(self.ordered.keys, self._mask()), *sorted(self.others)]

    def get_partition_key_ranges(self, partitions_def: Any = None) -> Sequence[PartitionKeyRange]:
        keys = self.ordered.keys
        return [PartitionKeyRange(keys[first], keys[last - 1]) for first, last in runs(self._mask())]

    def _mask(self) -> bytes:
        """One byte for each position up to the last that is held: 0 or 1."""
        return f"{self.bits:b}"[::-1].encode().translate(_AS_MASK) if self.bits else b""

    def with_partition_keys(self, partition_keys: Iterable[str]) -> PositionsSubset:
        positions, others = self.ordered.positions(partition_keys)
        return self._with(self.bits | _bits(positions, len(self.ordered.keys)), self.others | others)

    def with_partition_key_range(self, partitions_def: Any, partition_key_range: PartitionKeyRange) -> PositionsSubset:
        first, last = self.ordered.ends(partition_key_range)
        return self._with(self.bits | (((1 << max(0, last - first)) - 1) << first), self.others)

    def empty_subset(self) -> PositionsSubset:
        return self._with(0, frozenset())

    def serialize(self) -> str:
        import json

        named: dict[str, object] = {"version": 1, "definition": self.definition.get_serializable_unique_identifier()}
        if len(self) <= _MOST_NAMED:
            return json.dumps({**named, "subset": sorted(self.keys)})
        return json.dumps({**named, "bits": _packed(self.bits), "others": sorted(self.others)})

    def read(self, serialized: str) -> PositionsSubset:
        """What `serialize` of a subset of these partitions wrote. One that names its keys may have been written of others.

        Raises:
            DagsterInvalidInvocationError: something else wrote it.
        """
        import json

        try:
            read: Any = json.loads(serialized)
            if "bits" not in read:
                return self.empty_subset().with_partition_keys(keys_of_text(serialized))
            if read["definition"] != self.definition.get_serializable_unique_identifier():
                raise DagsterInvalidInvocationError(
                    "This subset was written when the partitions had other keys or another order. Make it anew from keys."
                )
            return self._with(_unpacked(read["bits"]), frozenset(map(str, read["others"])))
        except (ValueError, KeyError, TypeError) as unreadable:
            raise unreadable_subset(serialized) from unreadable

    def __or__(self, other: PartitionsSubset) -> PositionsSubset:
        of = self._of(other)
        return self._with(self.bits | of.bits, self.others | of.others)

    def __and__(self, other: PartitionsSubset) -> PositionsSubset:
        of = self._of(other)
        return self._with(self.bits & of.bits, self.others & of.others)

    def __sub__(self, other: PartitionsSubset) -> PositionsSubset:
        of = self._of(other)
        return self._with(self.bits & ~of.bits, self.others - of.others)

    def _of(self, other: PartitionsSubset) -> PositionsSubset:
        """Any subset as one of these keys."""
        if isinstance(other, PositionsSubset) and (other.ordered is self.ordered or other.ordered.keys == self.ordered.keys):
            return other
        return self.empty_subset().with_partition_keys(keys_of(other))

    def __contains__(self, partition_key: str) -> bool:
        position = self.ordered.position(partition_key)
        if position is None:
            return partition_key in self.others
        if self._bytes is None:
            self._bytes = self.bits.to_bytes(self.bits.bit_length() // 8 + 1, "little")
        return position >> 3 < len(self._bytes) and bool(self._bytes[position >> 3] >> (position & 7) & 1)

    def __len__(self) -> int:
        return self.bits.bit_count() + len(self.others)

    @property
    def is_empty(self) -> bool:
        return not self.bits and not self.others

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PositionsSubset):
            return NotImplemented
        return (self.bits, self.others) == (other.bits, other.others) and self.definition == other.definition

    def __hash__(self) -> int:
        return hash((self.bits, self.others))

    def __repr__(self) -> str:
        return f"PositionsSubset({', '.join(map(repr, self.get_partition_keys()))})"


def _bits(positions: Sequence[int], count: int) -> int:
    if len(positions) <= _FEW:
        bits = 0
        for position in positions:
            bits |= 1 << position
        return bits
    digits = bytearray(b"\0") * count
    for position in positions:
        digits[position] = 1
    digits.reverse()
    return int(digits.translate(_AS_BITS), 2)


def _packed(bits: int) -> str:
    from base64 import b64encode
    from zlib import compress as deflated

    return b64encode(deflated(bits.to_bytes(bits.bit_length() // 8 + 1, "little"), 1)).decode()


def _unpacked(text: str) -> int:
    from base64 import b64decode
    from zlib import decompress, error

    try:
        return int.from_bytes(decompress(b64decode(text)), "little")
    except error as broken:
        raise ValueError(text) from broken
