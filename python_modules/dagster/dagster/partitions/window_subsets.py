"""Subsets of windows of time, as stretches of the time line: a hundred thousand windows in a row are two numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dagster.errors import DagsterUnknownPartitionError
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.subsets import PartitionsSubset, unreadable_subset
from dagster.partitions.window_keys import WindowKeys
from dagster.partitions.window_series import WindowSeries
from dagster.partitions.windows import TimeWindow
from dagster.partitions.zones import moment_of

Stretch = tuple[int, int]
"""Instants [begin, end) within which windows start."""


class WindowsSubset(PartitionsSubset):
    """Windows of one definition, kept as stretches.

    Args:
        definition: whose windows they are.
        series: their starts.
        window_keys: their names.
        stretches: any, in any order; they are brought into the one form in which equal subsets are equal: each begins with a
            start, ends right after one, and the next one begins later than with the following window.
    """

    __slots__ = ("definition", "series", "stretches", "window_keys")

    def __init__(self, definition: Any, series: WindowSeries, window_keys: WindowKeys, stretches: Iterable[Stretch] = ()) -> None:
        self.definition = definition
        self.series = series
        self.window_keys = window_keys
        self.stretches = normal_form(series, stretches)

    def with_stretches(self, stretches: Iterable[Stretch]) -> WindowsSubset:
        """The windows that start within these stretches instead."""
        return WindowsSubset(self.definition, self.series, self.window_keys, stretches)

    def get_partition_keys(self) -> Sequence[str]:
        return [key for begin, end in self.stretches for key in self.window_keys.keys(self.series.between(begin, end))]

    def get_partition_key_ranges(self, partitions_def: Any = None) -> Sequence[PartitionKeyRange]:
        key = self.window_keys.key
        return [PartitionKeyRange(key(begin), key(end - 1)) for begin, end in self.stretches]

    @property
    def included_time_windows(self) -> Sequence[TimeWindow]:
        """The stretches as windows, the oldest first; each from the start of its first partition to the end of its last."""
        zone = self.series.calendar.zone
        return [TimeWindow(moment_of(begin, zone), moment_of(self.series.end_of(end - 1), zone)) for begin, end in self.stretches]

    def with_partition_keys(self, partition_keys: Iterable[str]) -> WindowsSubset:
        return self.with_stretches((*self.stretches, *self._stretches_of(partition_keys)))

    def with_partition_key_range(self, partitions_def: Any, partition_key_range: PartitionKeyRange) -> WindowsSubset:
        first, last = (self._start(key) for key in partition_key_range)
        return self.with_stretches((*self.stretches, (first, last + 1)))

    def with_readable_keys(self, partition_keys: Iterable[str]) -> WindowsSubset:
        """The same and those of the keys that are the key of a window."""
        return self.with_stretches((*self.stretches, *_stretches(self.series, sorted(set(self._named(partition_keys))))))

    def _named(self, partition_keys: Iterable[str]) -> Iterator[int]:
        for key in partition_keys:
            try:
                start = self._start(key)
            except ValueError:
                continue
            if self.window_keys.key(start) == key:
                yield start

    def empty_subset(self) -> WindowsSubset:
        return self.with_stretches(())

    def serialize(self) -> str:
        import json

        identifier = self.definition.get_serializable_unique_identifier()
        return json.dumps({"version": 1, "definition": identifier, "time_windows": self.stretches})

    def __or__(self, other: PartitionsSubset) -> WindowsSubset:
        return self.with_stretches((*self.stretches, *self._of(other)))

    def __and__(self, other: PartitionsSubset) -> WindowsSubset:
        return self.with_stretches(intersection(self.stretches, self._of(other)))

    def __sub__(self, other: PartitionsSubset) -> WindowsSubset:
        return self.with_stretches(difference(self.stretches, self._of(other)))

    def __contains__(self, partition_key: str) -> bool:
        try:
            start = self._start(partition_key)
        except ValueError:
            return False
        return self.window_keys.key(start) == partition_key and any(begin <= start < end for begin, end in self.stretches)

    def __len__(self) -> int:
        return sum(self.series.count(begin, end) for begin, end in self.stretches)

    @property
    def is_empty(self) -> bool:
        return not self.stretches

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, WindowsSubset):
            return NotImplemented
        return self.stretches == other.stretches and self.definition == other.definition

    def __hash__(self) -> int:
        return hash(self.stretches)

    def __repr__(self) -> str:
        return f"WindowsSubset({', '.join('...'.join(each) for each in self.get_partition_key_ranges())})"

    def _of(self, other: PartitionsSubset) -> Sequence[Stretch]:
        """The stretches of any subset of these windows."""
        if isinstance(other, WindowsSubset) and other.window_keys.fmt == self.window_keys.fmt:
            return other.stretches
        return normal_form(self.series, self._stretches_of(other.get_partition_keys()))

    def _start(self, partition_key: str) -> int:
        """The start that a key names.

        Raises:
            ValueError: the key is not written in the format.
        """
        start = self.series.at_or_after(self.window_keys.instant(partition_key))
        if start is None:
            raise ValueError(partition_key)
        return start

    def _stretches_of(self, keys: Iterable[str]) -> list[Stretch]:
        starts: set[int] = set()
        for key in keys:
            try:
                starts.add(self._start(key))
            except ValueError as unreadable:
                raise DagsterUnknownPartitionError(key, f"keys written like {self.window_keys.fmt!r}") from unreadable
        return list(_stretches(self.series, sorted(starts)))

    def read(self, serialized: str) -> WindowsSubset:
        """What `serialize` of a subset of these windows wrote.

        Raises:
            DagsterInvalidInvocationError: something else wrote it.
        """
        import json

        try:
            return self.with_stretches([(int(begin), int(end)) for begin, end in json.loads(serialized)["time_windows"]])
        except (ValueError, KeyError, TypeError) as unreadable:
            raise unreadable_subset(serialized) from unreadable


def _stretches(series: WindowSeries, starts: Sequence[int]) -> Iterator[Stretch]:
    """Sorted starts as stretches: halved until as many windows lie between the first and the last as are given."""
    if not starts:
        return
    if len(starts) == 1 or series.count(starts[0], starts[-1] + 1) == len(starts):
        yield starts[0], starts[-1] + 1
        return
    middle = len(starts) // 2
    yield from _stretches(series, starts[:middle])
    yield from _stretches(series, starts[middle:])


def normal_form(series: WindowSeries, stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The same windows in the one form: stretches that touch are one, and their ends lie at starts."""
    joined: list[Stretch] = []
    for begin, end in sorted(stretches):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    normal: list[Stretch] = []
    following: int | None = None
    for begin, end in joined:
        first, last = series.at_or_after(begin), series.at_or_before(end - 1)
        if first is None or last is None or first > last:
            continue
        if normal and first == following:
            normal[-1] = (normal[-1][0], last + 1)
        else:
            normal.append((first, last + 1))
        following = series.at_or_after(last + 1)
    return tuple(normal)


def intersection(some: Sequence[Stretch], others: Sequence[Stretch]) -> list[Stretch]:
    """What lies in both; each is sorted and does not overlap with itself. Linear in both."""
    found: list[Stretch] = []
    position = 0
    for begin, end in some:
        while position < len(others) and others[position][1] <= begin:
            position += 1
        at = position
        while at < len(others) and others[at][0] < end:
            found.append((max(begin, others[at][0]), min(end, others[at][1])))
            at += 1
    return found


def difference(some: Sequence[Stretch], others: Sequence[Stretch]) -> list[Stretch]:
    """What lies in the first and not in the second; each is sorted and does not overlap with itself. Linear in both."""
    found: list[Stretch] = []
    position = 0
    for begin, end in some:
        while position < len(others) and others[position][1] <= begin:
            position += 1
        at, left = position, begin
        while at < len(others) and others[at][0] < end:
            if left < others[at][0]:
                found.append((left, others[at][0]))
            left = max(left, others[at][1])
            at += 1
        if left < end:
            found.append((left, end))
    return found
