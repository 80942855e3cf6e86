"""What conditions ask of the past, as a small port: an instance answers, and in tests a value."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from typing import NamedTuple, Protocol

from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.statuses import DagsterRunStatus


class Marks(Protocol):
    """The latest events about an asset, or one of its partitions, by their places in the log; None: there is none."""

    @property
    def materialization_id(self) -> int | None: ...
    @property
    def materialization_run_id(self) -> str | None: ...
    @property
    def observation_id(self) -> int | None: ...
    @property
    def planned_id(self) -> int | None: ...
    @property
    def planned_run_id(self) -> str | None: ...


class CheckMarks(Protocol):
    """The latest events about a check, by their places in the log."""

    @property
    def planned_id(self) -> int | None: ...
    @property
    def planned_run_id(self) -> str | None: ...
    @property
    def evaluation_id(self) -> int | None: ...
    @property
    def evaluation_run_id(self) -> str | None: ...
    @property
    def passed(self) -> bool | None: ...


class RunFacts(Protocol):
    """A run, as far as conditions look at it."""

    @property
    def status(self) -> DagsterRunStatus: ...
    @property
    def tags(self) -> Mapping[str, str]: ...
    @property
    def asset_selection(self) -> Set[AssetKey] | None: ...


class Made(NamedTuple):
    """One materialization: of which partition, by which run, when (seconds since the epoch)."""

    partition: str | None
    run_id: str
    timestamp: float


class History(Protocol):
    """Everything that was. Several keys are asked about in one question."""

    def latest_place(self) -> int:
        """The place of the latest event, 0 before the first."""
        ...

    def asset_marks(self, keys: Sequence[AssetKey]) -> Mapping[AssetKey, Marks]:
        """Of the assets of which something is known."""
        ...

    def partition_marks(self, key: AssetKey) -> Mapping[str, Marks]:
        """Of the partitions of an asset of which something is known."""
        ...

    def check_marks(self, keys: Sequence[AssetCheckKey]) -> Mapping[AssetCheckKey, CheckMarks]:
        """Of the checks of which something is known."""
        ...

    def runs(self, run_ids: Collection[str]) -> Mapping[str, RunFacts]:
        """Of these runs, those that there are."""
        ...

    def data_version(self, key: AssetKey, partition: str | None, *, before: int | None) -> str | None:
        """The version of the data that an asset or partition had before a place in the log, or has now."""
        ...

    def materializations_since(self, key: AssetKey, place: int) -> Sequence[Made]:
        """The materializations of an asset after a place in the log."""
        ...

    def materialized_at(self, key: AssetKey) -> float | None:
        """When an asset was made last, in seconds since the epoch."""
        ...
