"""What the history says of one asset or check, as subsets; each is worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from dagster.automation.entity_subsets import Value, joined, nothing_of, shared, subset_of, whole_of, without
from dagster.automation.histories import CheckMarks, History, Made, Marks, RunFacts
from dagster.keys import AssetCheckKey, AssetKey
from dagster.partitions.mappings import AllPartitionMapping
from dagster.runs.statuses import DagsterRunStatus

_UNDER_WAY = frozenset(
    {
        DagsterRunStatus.QUEUED,
        DagsterRunStatus.NOT_STARTED,
        DagsterRunStatus.STARTING,
        DagsterRunStatus.STARTED,
        DagsterRunStatus.CANCELING,
    }
)
Runs = Callable[[Iterable[str]], Mapping[str, RunFacts]]


class AssetFacts:
    """One asset.

    Args:
        key: the asset.
        definition: its partitions.
        is_observable: whether it is looked at rather than made.
        marks: the latest events about it, None if nothing is known.
        history: what else there is to ask.
        runs: gives runs by id, each asked for once.
        until: the place in the log up to which there is a past.
    """

    def __init__(
        self,
        key: AssetKey,
        definition: Any,
        is_observable: bool,
        marks: Marks | None,
        history: History,
        runs: Runs,
        until: int,
    ) -> None:
        self.key = key
        self.definition = definition
        self._is_observable = is_observable
        self._marks = marks
        self._history = history
        self._runs = runs
        self._until = until

    @cached_property
    def whole(self) -> Value:
        """All of it."""
        return whole_of(self.definition)

    @cached_property
    def nothing(self) -> Value:
        """Nothing of it."""
        return nothing_of(self.definition)

    @cached_property
    def _of_partitions(self) -> Mapping[str, Marks]:
        return self._history.partition_marks(self.key) if self._marks is not None else {}

    def where(self, claim: Callable[[Marks], bool]) -> Value:
        """Where the latest events are like that."""
        if self.definition is None:
            return self._marks is not None and claim(self._marks)
        return subset_of(self.definition, [key for key, marks in self._of_partitions.items() if claim(marks)])

    @cached_property
    def missing(self) -> Value:
        """Where it was never made, or looked at."""
        if self._is_observable:
            there = self.where(lambda marks: (marks.materialization_id or marks.observation_id) is not None)
        else:
            there = self.where(lambda marks: marks.materialization_id is not None)
        return without(self.whole, there)

    def _planned_in(self, statuses: Iterable[DagsterRunStatus]) -> Value:
        wanted = frozenset(statuses)
        every = self._of_partitions.values() if self.definition is not None else filter(None, [self._marks])
        runs = self._runs([run_id for marks in every if (run_id := planned_run(marks)) is not None])
        return self.where(
            lambda marks: (run_id := planned_run(marks)) is not None and run_id in runs and runs[run_id].status in wanted
        )

    @cached_property
    def in_progress(self) -> Value:
        """Where a run is going to make it."""
        return self._planned_in(_UNDER_WAY)

    @cached_property
    def failed(self) -> Value:
        """Where the last run that was to make it failed."""
        return self._planned_in([DagsterRunStatus.FAILURE])

    def updated(self, since: int | None) -> Value:
        """Where it was made after a place in the log, or looked at and found changed; nowhere for None."""
        if since is None or self._marks is None:
            return self.nothing
        made = self.where(lambda marks: since < (marks.materialization_id or 0) <= self._until)
        seen = self.where(lambda marks: since < (marks.observation_id or 0) <= self._until)
        return joined(made, self.changed(since, among=seen)) if seen else made

    def changed(self, since: int | None, among: Value | None = None) -> Value:
        """Where the version of its data is another one than at a place in the log."""
        if since is None or self._marks is None:
            return self.nothing
        if among is None:
            among = self.where(lambda marks: max(marks.materialization_id or 0, marks.observation_id or 0) > since)
        return self.of_partitions(lambda partition: self._has_changed(partition, since), among)

    def _has_changed(self, partition: str | None, since: int) -> bool:
        now = self._history.data_version(self.key, partition, before=self._until + 1)
        return now is not None and now != self._history.data_version(self.key, partition, before=since + 1)

    def of_partitions(self, claim: Callable[[str | None], bool], among: Value) -> Value:
        """Where a claim holds of a partition, or of the whole; asked for each of some partitions."""
        if isinstance(among, bool):
            return among and claim(None)
        return among.empty_subset().with_partition_keys([key for key in among.get_partition_keys() if claim(key)])

    def made_in(self, claim: Callable[[RunFacts], bool], among: Value) -> Value:
        """Where the run that made it last is like that."""
        run_ids: dict[str | None, str | None] = {}
        if not isinstance(among, bool):
            known = self._of_partitions
            run_ids = {key: known[key].materialization_run_id for key in among.get_partition_keys() if key in known}
        elif among and self._marks is not None:
            run_ids = {None: self._marks.materialization_run_id}
        runs = self._runs([run_id for run_id in run_ids.values() if run_id])
        fitting = {partition for partition, run_id in run_ids.items() if run_id and run_id in runs and claim(runs[run_id])}
        return self.of_partitions(lambda partition: partition in fitting, among)

    def new_runs(self, since: int | None) -> Mapping[str | None, list[RunFacts]]:
        """The runs that made it after a place in the log, by partition."""
        made = self._made_since(since)
        runs = self._runs([each.run_id for each in made])
        found: dict[str | None, list[RunFacts]] = {}
        for each in made:
            if each.run_id in runs:
                found.setdefault(each.partition if self.definition is not None else None, []).append(runs[each.run_id])
        return found

    def _made_since(self, since: int | None) -> Sequence[Made]:
        return () if since is None else self._history.materializations_since(self.key, since)

    def made_after(self, since: int | None, moment: float, among: Value) -> Value:
        """Where it was made after a place in the log and not before a moment, in seconds since the epoch."""
        made = self._made_since(since) if among else ()
        late = {each.partition if self.definition is not None else None for each in made if each.timestamp >= moment}
        return self.of_partitions(lambda partition: partition in late, among)


class CheckFacts:
    """One check. What is known of it holds for all of its partitions.

    Args:
        key: the check.
        definition: its partitions.
        marks: the latest events about it, None if nothing is known.
        of_asset: the latest events about its asset.
        runs: gives runs by id.
        until: the place in the log up to which there is a past.
    """

    def __init__(
        self,
        key: AssetCheckKey,
        definition: Any,
        marks: CheckMarks | None,
        of_asset: Marks | None,
        runs: Runs,
        until: int,
    ) -> None:
        self.key = key
        self.definition = definition
        self._marks = marks
        self._of_asset = of_asset
        self._runs = runs
        self._until = until

    @cached_property
    def whole(self) -> Value:
        """All of it."""
        return whole_of(self.definition)

    @cached_property
    def nothing(self) -> Value:
        """Nothing of it."""
        return nothing_of(self.definition)

    def _whole_if(self, claim: bool) -> Value:
        return self.whole if claim else self.nothing

    @cached_property
    def result(self) -> bool | None:
        """Whether it passed; None if it was not executed since its asset was last made."""
        marks, asset = self._marks, self._of_asset
        if marks is None or marks.evaluation_id is None or self.is_planned_later:
            return None
        made = asset.materialization_id if asset is not None else None
        same_run = asset is not None and marks.evaluation_run_id == asset.materialization_run_id
        return marks.passed if made is None or marks.evaluation_id > made or same_run else None

    @property
    def is_planned_later(self) -> bool:
        """Whether the latest run that was to execute it did not."""
        marks = self._marks
        if marks is None or marks.planned_id is None:
            return False
        return marks.evaluation_id is None or (
            marks.planned_id > marks.evaluation_id and marks.planned_run_id != marks.evaluation_run_id
        )

    def with_result(self, passed: bool | None) -> Value:
        """All of it, if this is the result."""
        return self._whole_if(self.result is passed)

    @property
    def missing(self) -> Value:
        """All of it, if it was not executed since its asset was last made."""
        return self._whole_if(self.result is None and not self._planned_in([*_UNDER_WAY, DagsterRunStatus.FAILURE]))

    def _planned_in(self, statuses: Iterable[DagsterRunStatus]) -> bool:
        run_id = self._marks.planned_run_id if self._marks is not None and self.is_planned_later else None
        return run_id is not None and run_id in (runs := self._runs([run_id])) and runs[run_id].status in frozenset(statuses)

    @property
    def in_progress(self) -> Value:
        """All of it, if a run is going to execute it."""
        return self._whole_if(self._planned_in(_UNDER_WAY))

    @property
    def failed(self) -> Value:
        """All of it, if the last run that was to execute it failed before."""
        return self._whole_if(self._planned_in([DagsterRunStatus.FAILURE]))

    def made_after(self, since: int | None, moment: float, among: Value) -> Value:
        """Nothing of it: when a check was executed is not looked at."""
        return self.nothing

    def updated(self, since: int | None) -> Value:
        """All of it, if it was executed after a place in the log."""
        done = self._marks.evaluation_id if self._marks is not None else None
        return self._whole_if(since is not None and done is not None and since < done <= self._until)


def planned_run(marks: Marks) -> str | None:
    """The run that was to make it after it was last made."""
    return marks.planned_run_id if (marks.planned_id or 0) > (marks.materialization_id or 0) else None


def mapped(value: Value, definition: Any, target: Any, mapping: Any) -> Value:
    """What depends on some of an asset, among the partitions of another one that depends on it."""
    if not value:
        return nothing_of(target)
    if isinstance(value, bool):
        return whole_of(target)
    if target is None:
        if isinstance(mapping, AllPartitionMapping):
            return True
        read = mapping.get_upstream_mapped_partitions_result_for_partitions(None, None, definition)
        return bool(value & read.partitions_subset)
    return shared(mapping.get_downstream_partitions_for_partitions(value, definition, target), whole_of(target))
