"""From keys to windows of time and back: what time-windowed partitions answer, apart from how they are declared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timezone, tzinfo
from itertools import islice
from math import ceil, floor

from dagster.errors import DagsterUnknownPartitionError
from dagster.partitions.calendars import Calendar
from dagster.partitions.definitions import FrozenPartitions, bad_range
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import (
    DynamicPartitionsStore,
    PartitionLoadingContext,
    current_loading_context,
    partition_loading_context,
)
from dagster.partitions.pages import PaginatedResults, cursor_after, key_of_cursor
from dagster.partitions.window_keys import WindowKeys
from dagster.partitions.window_names import WindowNames
from dagster.partitions.window_series import WindowSeries
from dagster.partitions.window_subsets import WindowsSubset
from dagster.partitions.windows import TimeWindow
from dagster.partitions.zones import instant_of, moment_of


class WindowPartitions(FrozenPartitions):
    """Partitions that are windows of time, in order. Looking up a key or a window and counting take constant time.

    A moment without a time zone is UTC; the moment at which they are looked at is in theirs.
    """

    __slots__ = ()

    fmt: str
    _calendar: Calendar
    _names: WindowNames

    def get_partition_keys(
        self, current_time: datetime | None = None, dynamic_partitions_store: DynamicPartitionsStore | None = None
    ) -> Sequence[str]:
        """The keys of all windows that exist, the oldest first."""
        with partition_loading_context(current_time):
            return self._names.between(*self._bounds())

    def get_partition_keys_in_range(
        self, partition_key_range: PartitionKeyRange, dynamic_partitions_store: DynamicPartitionsStore | None = None
    ) -> Sequence[str]:
        first, end = self._bounds()
        starts = [self._start_of(key) for key in partition_key_range]
        outside = [key for key, start in zip(partition_key_range, starts, strict=True) if not first <= start < end]
        if outside:
            raise bad_range(partition_key_range, dict.fromkeys(outside))
        return self._names.between(starts[0], starts[1] + 1)

    def get_paginated_partition_keys(
        self, context: PartitionLoadingContext, limit: int, ascending: bool, cursor: str | None = None
    ) -> PaginatedResults[str]:
        with partition_loading_context(new_ctx=context):
            begin, end = self._bounds()
        last = key_of_cursor(cursor or "")
        if last is not None:
            begin, end = (self._start_of(last) + 1, end) if ascending else (begin, self._start_of(last))
        starts = self._ascending(begin, end, limit + 1) if ascending else self._descending(begin, end, limit + 1)
        keys = list(self._window_keys.keys(starts))
        page = keys[:limit]
        return PaginatedResults(page, cursor_after(page[-1]) if page else cursor or "", len(keys) > limit)

    def _ascending(self, begin: int, end: int, limit: int) -> list[int]:
        return list(islice(self._series.between(begin, end), limit))

    def _descending(self, begin: int, end: int, limit: int) -> list[int]:
        starts: list[int] = []
        start = self._series.at_or_before(end - 1)
        while start is not None and start >= begin and len(starts) < limit:
            starts.append(start)
            start = self._series.at_or_before(start - 1)
        return starts

    def get_partition_keys_between_indexes(self, start_idx: int, end_idx: int) -> list[str]:
        """The keys from one position up to, not including, another. Cost: those keys; with excluded times all before them too."""
        begin, end = self._bounds()
        if self._series.excluded_times or start_idx < 0 or end_idx < 0:
            return self._names.between(begin, end)[start_idx:end_idx]
        first = self._instant_at(start_idx, begin, end)
        return list(self._window_keys.keys(islice(self._series.between(first, end), max(0, end_idx - start_idx))))

    def _instant_at(self, index: int, begin: int, end: int) -> int:
        """The instant in [begin, end] before which that many windows begin."""
        low, high = begin, end
        while low < high:
            middle = (low + high) // 2
            if self._series.count(begin, middle + 1) > index:
                high = middle
            else:
                low = middle + 1
        return low

    def get_partition_index(self, partition_key: str) -> int | None:
        """The position of a key in the order of time, None where there is no such partition now."""
        if not self.has_partition_key(partition_key):
            return None
        return self._series.count(self._bounds()[0], self._start_of(partition_key))

    def get_num_partitions(self) -> int:
        return self._series.count(*self._bounds())

    def get_first_partition_key(self) -> str | None:
        window = self.get_first_partition_window()
        return None if window is None else self._key_at(window.start)

    def get_last_partition_key(self) -> str | None:
        window = self.get_last_partition_window()
        return None if window is None else self._key_at(window.start)

    def _bounds(self) -> tuple[int, int]:
        """The first start, and the instant after the last; equal when no window exists."""
        first = self._series.first()
        last = None if first is None else self._series.last(current_loading_context().effective_timestamp(self._zone))
        if first is None or last is None or last < first:
            return self._series.begin, self._series.begin
        return first, last + 1

    # --- some of them ----------------------------------------------------------------------------------------------------

    def empty_subset(self) -> WindowsSubset:
        return WindowsSubset(self, self._names)

    def subset_with_partition_keys(self, partition_keys: Iterable[str]) -> WindowsSubset:
        return self.empty_subset().with_partition_keys(partition_keys)

    def subset_with_existing_partition_keys(self, partition_keys: Iterable[str]) -> WindowsSubset:
        return self.empty_subset().with_existing_keys(partition_keys) & self.subset_with_all_partitions()

    def subset_with_all_partitions(self) -> WindowsSubset:
        return WindowsSubset(self, self._names, [self._bounds()])

    def deserialize_subset(self, serialized: str) -> WindowsSubset:
        return self.empty_subset().read(serialized)

    # --- one key ---------------------------------------------------------------------------------------------------------

    def has_partition_key(self, partition_key: str) -> bool:
        try:
            start = self._names.start(partition_key)
        except ValueError:
            return False
        if self._window_keys.key(start) != partition_key:
            return False
        first, end = self._bounds()
        return first <= start < end

    def time_window_for_partition_key(self, partition_key: str) -> TimeWindow:
        """The window of a key, whether it exists yet or not; of an excluded one, the next that is not.

        Raises:
            DagsterUnknownPartitionError: the key is not written in the format of the keys.
        """
        return self._window(self._start_of(partition_key))

    def time_windows_for_partition_keys(self, partition_keys: frozenset[str], validate: bool = True) -> Sequence[TimeWindow]:
        """The windows of several keys, the oldest first; with `validate`, only of keys that exist."""
        keys = {key for key in partition_keys if not validate or self.has_partition_key(key)}
        return [self._window(start) for start in sorted({self._start_of(key) for key in keys})]

    def start_time_for_partition_key(self, partition_key: str) -> datetime:
        """When the window of the key begins."""
        return self.time_window_for_partition_key(partition_key).start

    def end_time_for_partition_key(self, partition_key: str) -> datetime:
        """When the window of the key ends."""
        return self.time_window_for_partition_key(partition_key).end

    def get_next_partition_key(self, partition_key: str) -> str | None:
        """The key after it, None after the last one."""
        window = self.get_next_partition_window(self.end_time_for_partition_key(partition_key))
        return None if window is None else self._key_at(window.start)

    def less_than(self, partition_key1: str, partition_key2: str) -> bool:
        """Whether the first key's window begins before the second one's."""
        return self._start_of(partition_key1) < self._start_of(partition_key2)

    def get_partition_key(self, key: str | date | datetime) -> str:
        """The key for a key, a day or a reading of the clock.

        Raises:
            DagsterUnknownPartitionError: there is no such partition.
        """
        if isinstance(key, str):
            written = key
        else:
            moment = key if isinstance(key, datetime) else datetime.combine(key, time())
            written = moment.replace(tzinfo=self._zone).strftime(self.fmt)
        self.validate_partition_key(written)
        return written

    def get_partition_key_for_timestamp(self, timestamp: float, end_closed: bool = False) -> str:
        """The key of the window that holds the instant, whether it exists or not.

        Args:
            timestamp: seconds since the epoch.
            end_closed: whether the end of a window belongs to it rather than its start.
        """
        start = self._series.at_or_before(ceil(timestamp) - 1 if end_closed else floor(timestamp))
        assert start is not None, "windows have no first one but for the bounds of the definition"
        return self._window_keys.key(start)

    def get_first_partition_window(self) -> TimeWindow | None:
        """The first window that exists, None if there is none."""
        first, end = self._bounds()
        return self._window(first) if first < end else None

    def get_last_partition_window(self) -> TimeWindow | None:
        """The last window that exists, None if there is none."""
        first, end = self._bounds()
        return self._window(end - 1) if first < end else None

    def get_last_partition_window_ignoring_exclusions(self) -> TimeWindow | None:
        """The last window that would exist if none were excluded."""
        series = self._series
        everything = WindowSeries(series.calendar, series.begin, series.end, series.end_offset)
        last = everything.last(current_loading_context().effective_timestamp(self._zone))
        return None if last is None or last < series.begin else self._window(last)

    def get_next_partition_window(self, end_dt: datetime, respect_bounds: bool = True) -> TimeWindow | None:
        """The first window that begins at or after a moment; with `respect_bounds`, None after the last one that exists."""
        start = self._series.at_or_after(ceil(instant_of(end_dt, timezone.utc)))
        if start is None or (respect_bounds and start >= self._bounds()[1]):
            return None
        return self._window(start)

    def get_prev_partition_window(self, start_dt: datetime, respect_bounds: bool = True) -> TimeWindow | None:
        """The last window that ends at or before a moment; with `respect_bounds`, None before the first one."""
        start = self._series.last_ended(instant_of(start_dt, timezone.utc))
        if start is None or (respect_bounds and start < self._bounds()[0]):
            return None
        return self._window(start)

    def get_partition_keys_in_time_window(self, time_window: TimeWindow) -> Sequence[str]:
        """The keys of the windows that begin within the given one, whether they exist or not."""
        return self._names.between(*self._span(time_window))

    def get_num_partitions_in_window(self, time_window: TimeWindow) -> int:
        """How many windows begin within the given one."""
        return self._series.count(*self._span(time_window))

    def has_any_partitions_in_window(self, time_window: TimeWindow) -> bool:
        """Whether a window begins within the given one."""
        begin, end = self._span(time_window)
        start = self._series.at_or_after(begin)
        return start is not None and start < end

    def get_partition_key_range_for_time_window(self, time_window: TimeWindow, respect_bounds: bool = True) -> PartitionKeyRange:
        """From the window that holds the begin of the given one to the last that ends within it."""
        begin, end = self._span(time_window)
        last = self._series.last_ended(end)
        assert last is not None, "windows have no first one but for the bounds of the definition"
        return PartitionKeyRange(self.get_partition_key_for_timestamp(begin), self._window_keys.key(last))

    def is_window_start_excluded(self, window_start: datetime) -> bool:
        """Whether the window that would begin at the moment is excluded."""
        return self._series.is_excluded(int(instant_of(window_start, timezone.utc)))

    @property
    def _series(self) -> WindowSeries:
        return self._names.series

    @property
    def _window_keys(self) -> WindowKeys:
        return self._names.keys

    @property
    def _zone(self) -> tzinfo:
        return self._calendar.zone

    def _span(self, window: TimeWindow) -> tuple[int, int]:
        return ceil(instant_of(window.start, timezone.utc)), ceil(instant_of(window.end, timezone.utc))

    def _window(self, start: int) -> TimeWindow:
        return TimeWindow(moment_of(start, self._zone), moment_of(self._series.end_of(start), self._zone))

    def _key_at(self, start: datetime) -> str:
        return self._window_keys.key(int(start.timestamp()))

    def _start_of(self, partition_key: str) -> int:
        try:
            return self._names.start(partition_key)
        except ValueError as unreadable:
            raise DagsterUnknownPartitionError(partition_key, self._described()) from unreadable

    def _described(self) -> str:
        first, end = self._bounds()
        if first == end:
            return f"none yet; {self}"
        ends = f"{self._window_keys.key(first)} to {self._window_keys.key(end - 1)}"
        return f"{ends}, written like {self.fmt!r} ({self._series.count(first, end)})"

    def _close_keys(self, partition_key: str) -> Sequence[str]:
        first, end = self._bounds()
        try:
            asked = self._names.start(partition_key)
        except ValueError:
            return ()
        if first == end:
            return ()
        return (self._window_keys.key(min(max(asked, first), end - 1)),)
