"""Between windows of time: what overlaps depends, moved by whole windows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dagster.errors import DagsterInvalidDefinitionError, ParameterCheckError
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.mappings import SubsetMapping, UpstreamPartitionsResult, described
from dagster.partitions.subsets import PartitionsSubset
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.partitions.window_series import WindowSeries
from dagster.partitions.window_subsets import Stretch, WindowsSubset, intersection


class TimeWindowPartitionMapping(SubsetMapping):
    """A partition depends on those whose window of time overlaps with its own.

    Windows upstream that lie before the first one, where `start_offset` reaches back, or after the last one, where `end_offset`
    reaches forward, are not required; others that do not exist are.

    Args:
        start_offset: by how many windows of its own the begin of what it depends on is moved; -1 adds the window before.
        end_offset: by how many the end is moved.
        allow_nonexistent_upstream_partitions: whether a partition may depend on windows that do not exist.

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
            moved = f" Their begin is moved by {self.start_offset}, their end by {self.end_offset} partitions."
        return f"Each partition depends on the upstream partitions whose time overlaps with its own.{moved}"

    def validate_partition_mapping(
        self, upstream_partitions_def: PartitionsDefinition, downstream_partitions_def: PartitionsDefinition | None
    ) -> None:
        for side, definition in (("upstream", upstream_partitions_def), ("downstream", downstream_partitions_def)):
            if not isinstance(definition, TimeWindowPartitionsDefinition):
                raise DagsterInvalidDefinitionError(
                    f"A TimeWindowPartitionMapping stands between windows of time; {side} there is {described(definition)}."
                )
        zones = [getattr(each, "timezone", "") for each in (upstream_partitions_def, downstream_partitions_def)]
        if zones[0] != zones[1]:
            raise DagsterInvalidDefinitionError(
                f"A TimeWindowPartitionMapping stands between windows of one time zone; upstream there is {zones[0]}, "
                f"downstream {zones[1]}."
            )

    def _upstream(
        self, subset: PartitionsSubset | None, downstream: PartitionsDefinition | None, upstream: PartitionsDefinition
    ) -> UpstreamPartitionsResult:
        own, theirs = _windows("downstream", downstream), _windows("upstream", upstream)
        self.validate_partition_mapping(theirs, own)
        if subset is None:
            raise ParameterCheckError("downstream_partitions_subset", subset, "a subset of windows of time")
        held = own.empty_subset() | subset
        wanted = theirs.empty_subset().with_stretches(self._overlapping(held, theirs.empty_subset().series))
        existing = theirs.subset_with_all_partitions()
        missing = wanted - existing
        if not missing.is_empty:
            missing = missing.with_stretches(self._required(missing, existing))
        return UpstreamPartitionsResult(partitions_subset=wanted & existing, required_but_nonexistent_subset=missing)

    def _downstream(
        self, subset: PartitionsSubset, upstream: PartitionsDefinition, downstream: PartitionsDefinition
    ) -> PartitionsSubset:
        theirs, own = _windows("upstream", upstream), _windows("downstream", downstream)
        self.validate_partition_mapping(theirs, own)
        held, made = theirs.empty_subset() | subset, own.empty_subset()
        dependents = [
            stretch
            for begin, end in held.stretches
            for stretch in self._dependents(made.series, begin, held.series.end_of(end - 1))
        ]
        return made.with_stretches(dependents) & own.subset_with_all_partitions()

    def _overlapping(self, held: WindowsSubset, upstream: WindowSeries) -> Iterator[Stretch]:
        """For each stretch downstream, the starts of the windows upstream that its time, with the offsets, touches."""
        if self.end_offset - self.start_offset < 0:
            return  # each window would end before it begins
        for first, end in held.stretches:
            begin = held.series.moved(first, self.start_offset)
            until = held.series.moved(held.series.end_of(end - 1), self.end_offset)
            if begin is None or until is None:
                continue
            start = upstream.at_or_before(begin)
            yield (begin if start is None or upstream.end_of(start) <= begin else start), until

    def _dependents(self, downstream: WindowSeries, begin: int, end: int) -> Iterator[Stretch]:
        """The starts of the windows downstream whose time, with the offsets, touches [begin, end)."""
        if self.end_offset - self.start_offset < 0:
            return
        after, before = downstream.at_or_after(begin + 1), downstream.at_or_before(end - 1)
        first = None if after is None else downstream.moved(after, -1 - self.end_offset)
        until = None if first is None else downstream.moved(downstream.end_of(first), self.end_offset)
        if first is not None and until is not None and until <= begin:  # excluded windows lie between
            first = downstream.moved(first, 1)
        last = None if before is None else downstream.moved(before, -self.start_offset)
        if first is not None and last is not None and first <= last:
            yield first, last + 1

    def _required(self, missing: WindowsSubset, existing: WindowsSubset) -> Sequence[Stretch]:
        """Of the missing windows those that must be there."""
        if self.allow_nonexistent_upstream_partitions:
            return ()
        first = missing.series.first()
        if first is None:
            return missing.stretches
        begin = first if self.start_offset < 0 else missing.stretches[0][0]
        end = existing.stretches[-1][1] if existing.stretches else first
        return intersection(missing.stretches, [(begin, end if self.end_offset > 0 else missing.stretches[-1][1])])


def _windows(side: str, definition: PartitionsDefinition | None) -> TimeWindowPartitionsDefinition:
    if not isinstance(definition, TimeWindowPartitionsDefinition):
        raise ParameterCheckError(f"{side}_partitions_def", definition, "a TimeWindowPartitionsDefinition")
    return definition
