"""Subsets of windows of time, as stretches of the time line: a hundred thousand windows in a row are two numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from dagster.errors import DagsterUnknownPartitionError
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.subsets import PartitionsSubset, unreadable_subset
from dagster.partitions.window_names import Stretch, WindowNames
from dagster.partitions.window_series import WindowSeries
from dagster.partitions.windows import TimeWindow
from dagster.partitions.zones import moment_of

_begin_of, _end_of = itemgetter(0), itemgetter(1)


class WindowsSubset(PartitionsSubset):
    """Windows of one definition, kept as stretches.

    Args:
        definition: whose windows they are.
        names: the windows with their keys.
        stretches: any, in any order; they are brought into the one form in which equal subsets are equal: each begins with a
            start, ends right after one, and the next one begins later than with the following window.
    """

    __slots__ = ("definition", "names", "stretches")

    def __init__(self, definition: Any, names: WindowNames, stretches: Iterable[Stretch] = ()) -> None:
        self.definition = definition
        self.names = names
        self.stretches = normal_form(names.series, stretches)

    @property
    def series(self) -> WindowSeries:
        """The starts of all windows."""
        return self.names.series

    def with_stretches(self, stretches: Iterable[Stretch]) -> WindowsSubset:
        """The windows that start within these stretches instead."""
        return WindowsSubset(self.definition, self.names, stretches)

    def get_partition_keys(self) -> Sequence[str]:
        if len(self.stretches) == 1:
            return self.names.between(*self.stretches[0])
        return [key for begin, end in self.stretches for key in self.names.listed(begin, end)]

    def get_partition_key_ranges(self, partitions_def: Any = None) -> Sequence[PartitionKeyRange]:
        key = self.names.keys.key
        return [PartitionKeyRange(key(begin), key(end - 1)) for begin, end in self.stretches]

    @property
    def included_time_windows(self) -> Sequence[TimeWindow]:
        """The stretches as windows, the oldest first; each from the start of its first partition to the end of its last."""
        zone = self.series.calendar.zone
        return [TimeWindow(moment_of(begin, zone), moment_of(self.series.end_of(end - 1), zone)) for begin, end in self.stretches]

    def times(self) -> Iterator[tuple[float, float]]:
        """When each range begins and ends, in seconds since the epoch, in the order of the ranges."""
        for begin, end in self.stretches:
            yield float(begin), float(self.series.end_of(end - 1))

    def with_partition_keys(self, partition_keys: Iterable[str]) -> WindowsSubset:
        return self.with_stretches((*self.stretches, *self._stretches_of(partition_keys)))

    def with_partition_key_range(self, partitions_def: Any, partition_key_range: PartitionKeyRange) -> WindowsSubset:
        first, last = (self.names.start(key) for key in partition_key_range)
        return self if last < first else self._with_stretch(first, last)

    def _with_stretch(self, first: int, last: int) -> WindowsSubset:
        """The same and the windows from one start to another. What lies before and after stays as it is."""
        known, following = self.stretches, self.series.at_or_after(last + 1)
        low = bisect_left(known, first, key=_end_of)
        if low and self.series.at_or_after(known[low - 1][1]) == first:
            low -= 1
        high = bisect_right(known, last if following is None else following, key=_begin_of)
        begin, end = first, last + 1
        if low < high:
            begin, end = min(begin, known[low][0]), max(end, known[high - 1][1])
        made = WindowsSubset(self.definition, self.names)
        made.stretches = (*known[:low], (begin, end), *known[high:])
        return made

    def with_existing_keys(self, partition_keys: Iterable[str]) -> WindowsSubset:
        """The same and those of the keys that are the key of a window, whether it is over or not."""
        return self.with_stretches((*self.stretches, *self.names.stretches(partition_keys, self._start_of_name)))

    def _start_of_name(self, partition_key: str) -> int | None:
        """The start of which the key is the key, None if it is none."""
        try:
            instant = self.names.keys.instant_of_own(partition_key)
            start = self.series.at_or_after(instant) if instant is not None else self.names.start(partition_key)
        except ValueError:
            return None
        if start is None or start == instant:
            return start
        return start if self.names.keys.key(start) == partition_key else None

    def empty_subset(self) -> WindowsSubset:
        return self.with_stretches(())

    def serialize(self) -> str:
        import json

        identifier = self.definition.get_serializable_unique_identifier()
        return json.dumps({"version": 1, "definition": identifier, "time_windows": self.stretches})

    def __or__(self, other: PartitionsSubset) -> WindowsSubset:
        return self.with_stretches((*self.stretches, *self._of(other)))

    def __and__(self, other: PartitionsSubset) -> WindowsSubset:
        shared = intersection(self.stretches, self._of(other))
        if not isinstance(other, WindowsSubset) or other.definition != self.definition:
            return self.with_stretches(shared)
        both = WindowsSubset(self.definition, self.names)
        # What two subsets in the one form share is in it: a gap of one of them lies between any two stretches.
        both.stretches = tuple(shared)
        return both

    def __sub__(self, other: PartitionsSubset) -> WindowsSubset:
        return self.with_stretches(difference(self.stretches, self._of(other)))

    def __contains__(self, partition_key: str) -> bool:
        start = self._start_of_name(partition_key)
        if start is None:
            return False
        position = bisect_right(self.stretches, start, key=_begin_of) - 1
        return position >= 0 and start < self.stretches[position][1]

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
        if isinstance(other, WindowsSubset) and other.names.keys.fmt == self.names.keys.fmt:
            return other.stretches
        return normal_form(self.series, self._stretches_of(other.get_partition_keys()))

    def _stretches_of(self, keys: Iterable[str]) -> list[Stretch]:
        return self.names.stretches(keys, self._start)

    def _start(self, partition_key: str) -> int:
        try:
            return self.names.start(partition_key)
        except ValueError as unreadable:
            raise DagsterUnknownPartitionError(partition_key, f"keys written like {self.names.keys.fmt!r}") from unreadable

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
