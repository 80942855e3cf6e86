"""Whether the data of assets is up to date, and why not: decided from what is declared and what was written last. Pure.

An asset is stale when its code has another version than the one that made it, when it depends on other assets than then, or when
data that it was made from has another version now. What is upstream of a stale asset does not make it stale: its data are still
those that it was made from. Statuses and reasons are those of the API.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from dagster.events.data_versions import (
    DATA_VERSION_IS_USER_PROVIDED_TAG,
    DATA_VERSION_TAG,
    DEFAULT_DATA_VERSION,
    DataProvenance,
)
from dagster.keys import AssetKey
from dagster.lineage.input_partitions import InputPartitions
from dagster.partitions.loading import DynamicPartitionsStore, partition_loading_context
from dagster.specs.assets import AssetDep, AssetSpec

if TYPE_CHECKING:
    from dagster.lineage.graph import AssetGraph

MOST_PARTITIONS = 100
"""A dependency on that many partitions, or more, is not compared; the reference draws the line at the same number."""


class StaleStatus(Enum):
    """Where an asset, or one of its partitions, stands."""

    MISSING = "MISSING"
    STALE = "STALE"
    FRESH = "FRESH"


class StaleCauseCategory(Enum):
    """What of an asset is another now than when it was made."""

    CODE = "CODE"
    DEPENDENCIES = "DEPENDENCIES"
    DATA = "DATA"


_RANKS = {category: rank for rank, category in enumerate(StaleCauseCategory)}


class StaleCause(msgspec.Struct, frozen=True, kw_only=True):
    """One reason for which an asset is stale.

    Attributes:
        key: the asset that changed: a stale one itself, or one that it was made from.
        partition_key: its partition, None for an asset without partitions.
        category: what changed.
        reason: half a sentence that goes on after the key: "has a new data version".
        dependency: the other asset that the reason is about, where it is about one.
        dependency_partition_key: its partition.
    """

    key: AssetKey
    partition_key: str | None
    category: StaleCauseCategory
    reason: str
    dependency: AssetKey | None = None
    dependency_partition_key: str | None = None

    def __str__(self) -> str:
        partition = f" [{self.partition_key}]" if self.partition_key is not None else ""
        return f"{self.key.to_user_string()}{partition} {self.reason}"


class Made(msgspec.Struct, frozen=True):
    """The latest event that says what the data of an asset, or of a partition, is.

    Attributes:
        place: its storage id.
        tags: those of the event.
    """

    place: int
    tags: Mapping[str, str]

    @property
    def data_version(self) -> str:
        """The version of the data."""
        return self.tags.get(DATA_VERSION_TAG) or DEFAULT_DATA_VERSION.value

    @property
    def is_user_provided(self) -> bool:
        """Whether the code that made it said the version."""
        return DATA_VERSION_IS_USER_PROVIDED_TAG in self.tags

    @property
    def provenance(self) -> DataProvenance | None:
        """From what it was made; None for what was told from outside of a run."""
        return DataProvenance.from_tags(self.tags)


class Version(NamedTuple):
    """The version of a partition's data, and the storage id of the event that says it."""

    place: int
    value: str


class DataHistory(Protocol):
    """What was written, as an instance knows it. Each question is about many at once."""

    @property
    def dynamic_partitions(self) -> DynamicPartitionsStore:
        """Where keys of dynamic partitions are kept."""
        ...

    def latest_made(self, keys: Sequence[AssetKey]) -> Mapping[AssetKey, Made]:
        """The latest materialization of each of these assets that has one."""
        ...

    def latest_told(self, keys: Sequence[AssetKey]) -> Mapping[AssetKey, Made]:
        """The latest materialization or observation of each of these assets that has one."""
        ...

    def partitions_made(self, key: AssetKey, partitions: Sequence[str] | None) -> Mapping[str, Made]:
        """The latest materialization of each partition that has one; None asks about all."""
        ...

    def partition_versions(self, key: AssetKey, partitions: Sequence[str] | None, *, is_external: bool) -> Mapping[str, Version]:
        """The version of each partition; of an external asset observations count too. None asks about all."""
        ...

    def version_before(self, key: AssetKey, partition: str, place: int) -> str | None:
        """The version that a partition had before a place in the log, None if it had none."""
        ...


class Staleness:
    """Where assets stand, and why. Made for one moment: what it has read it does not read again.

    Args:
        specs: what is declared, by key; several locations may be taken together.
        made_here: the assets that a run can write. All others are external.
        history: what was written.

    Example:
        >>> with DagsterInstance.ephemeral() as instance:
        ...     run = materialize([orders], instance=instance)
        ...     instance.staleness(Definitions([orders]).resolve_asset_graph()).status(AssetKey("orders"))
        <StaleStatus.FRESH: 'FRESH'>
    """

    def __init__(self, specs: Mapping[AssetKey, AssetSpec], made_here: Set[AssetKey], history: DataHistory) -> None:
        self._specs = specs
        self._made_here = made_here
        self._history = history
        self._made: dict[AssetKey, Made | None] = {}
        self._told: dict[AssetKey, Made | None] = {}
        self._causes: dict[AssetKey, Sequence[StaleCause]] = {}

    @staticmethod
    def of_graph(graph: AssetGraph, history: DataHistory) -> Staleness:
        """Where the assets of a graph stand."""
        specs = dict(zip(graph.keys, graph.specs, strict=True))
        return Staleness(specs, graph.materializable_asset_keys, history)

    def load(self, keys: Iterable[AssetKey]) -> None:
        """Reads what will be asked about these assets in two queries; asking without it reads for each asset."""
        asked = [key for key in keys if self._is_whole(key)]
        self._load_whole([*asked, *(dep.asset_key for key in asked for dep in self._specs[key].deps)])

    def _load_whole(self, keys: Iterable[AssetKey]) -> None:
        whole = {key for key in keys if not self._is_partitioned(key)}
        made = [key for key in whole & self._made_here if key not in self._made]
        told = [key for key in whole - self._made_here if key not in self._told]
        if made:
            found = self._history.latest_made(made)
            self._made.update((key, found.get(key)) for key in made)
        if told:
            found = self._history.latest_told(told)
            self._told.update((key, found.get(key)) for key in told)

    def status(self, key: AssetKey, partition: str | None = None) -> StaleStatus:
        """Where an asset stands, or a partition; an asset with partitions is as a whole never stale, nor is an external one."""
        if partition is not None:
            return self.partition_statuses(key, [partition])[partition]
        if not self._is_whole(key):
            return StaleStatus.FRESH
        causes = self.causes(key)
        if self._made[key] is None:
            return StaleStatus.MISSING
        return StaleStatus.STALE if causes else StaleStatus.FRESH

    def causes(self, key: AssetKey, partition: str | None = None) -> Sequence[StaleCause]:
        """Why an asset is stale, or a partition; nothing for what is not. Changes of code come first, those of data last."""
        if partition is not None:
            return self.partition_causes(key, [partition])[partition]
        if not self._is_whole(key):
            return ()
        if key not in self._causes:
            self.load([key])
            made = self._made[key]
            self._causes[key] = () if made is None else self._causes_of(_Subject(self._specs[key], None, made), {})
        return self._causes[key]

    def partition_statuses(self, key: AssetKey, partitions: Sequence[str]) -> Mapping[str, StaleStatus]:
        """Where partitions stand, keyed by partition. One query for the asset and for each of its dependencies."""
        causes, made = self._of_partitions(key, partitions)
        if not self._is_made_by_partition(key):
            return {each: self.status(key) for each in partitions}
        return {
            each: StaleStatus.MISSING if each not in made else StaleStatus.STALE if causes[each] else StaleStatus.FRESH
            for each in partitions
        }

    def partition_causes(self, key: AssetKey, partitions: Sequence[str]) -> Mapping[str, Sequence[StaleCause]]:
        """Why partitions are stale, keyed by partition; nothing for those that are not."""
        if not self._is_made_by_partition(key):
            return {each: self.causes(key) for each in partitions}
        return self._of_partitions(key, partitions)[0]

    def _is_whole(self, key: AssetKey) -> bool:
        return key in self._made_here and not self._is_partitioned(key)

    def _is_made_by_partition(self, key: AssetKey) -> bool:
        return key in self._made_here and self._is_partitioned(key)

    def _is_partitioned(self, key: AssetKey) -> bool:
        spec = self._specs.get(key)
        return spec is not None and spec.partitions_def is not None

    def _of_partitions(
        self, key: AssetKey, partitions: Sequence[str]
    ) -> tuple[Mapping[str, Sequence[StaleCause]], Mapping[str, Made]]:
        if not self._is_made_by_partition(key):
            return {}, {}
        spec = self._specs[key]
        made = self._history.partitions_made(key, partitions)
        self._load_whole(dep.asset_key for dep in spec.deps)
        read = {dep.asset_key: self._read(spec, dep, list(made)) for dep in spec.deps if self._is_partitioned(dep.asset_key)}
        causes = {each: self._causes_of(_Subject(spec, each, told), read) for each, told in made.items()}
        return {each: causes.get(each, ()) for each in partitions}, made

    def _read(self, spec: AssetSpec, dep: AssetDep, partitions: Sequence[str | None]) -> _Upstream:
        """What partitions of an asset read of one that it depends on."""
        upstream = self._specs[dep.asset_key]
        mapped = InputPartitions(spec, dep, upstream)
        with partition_loading_context(dynamic_partitions_store=self._history.dynamic_partitions):
            keys = {each: mapped.of(each, MOST_PARTITIONS) for each in partitions}
        wanted = sorted({name for names in keys.values() for name in names})
        if not wanted:
            return _Upstream(keys, {})
        is_external = dep.asset_key not in self._made_here
        return _Upstream(keys, self._history.partition_versions(dep.asset_key, wanted, is_external=is_external))

    def _causes_of(self, subject: _Subject, read: Mapping[AssetKey, _Upstream]) -> Sequence[StaleCause]:
        spec, provenance = subject.spec, subject.made.provenance
        found: list[StaleCause] = []
        if provenance is not None:
            if spec.code_version is not None and spec.code_version != provenance.code_version:
                found.append(subject.cause(StaleCauseCategory.CODE, "has a new code version"))
            found.extend(_changed_dependencies(subject, provenance))
        for dep in spec.deps:
            if provenance is not None and dep.asset_key not in provenance.input_data_versions:
                continue
            if self._is_partitioned(dep.asset_key):
                upstream = read.get(dep.asset_key) or self._read(spec, dep, [subject.partition])
                found.extend(self._changed_partitions(subject, provenance, dep.asset_key, upstream))
            else:
                found.extend(self._changed_data(subject, provenance, dep.asset_key))
        return sorted(found, key=_order)

    def _changed_data(self, subject: _Subject, provenance: DataProvenance | None, upstream: AssetKey) -> Iterable[StaleCause]:
        now = (self._made if upstream in self._made_here else self._told).get(upstream)
        if provenance is not None:
            version = now.data_version if now is not None else DEFAULT_DATA_VERSION.value
            if version != provenance.input_data_versions[upstream].value:
                is_named = self._names_versions(upstream) or (now is not None and now.is_user_provided)
                yield _data_cause(upstream, None, is_named)
        elif upstream in self._made_here:
            if now is None:
                yield subject.cause(StaleCauseCategory.DATA, _NEW_INPUT, upstream)
            elif now.place > subject.made.place:
                yield _data_cause(upstream, None, False)

    def _changed_partitions(
        self, subject: _Subject, provenance: DataProvenance | None, upstream: AssetKey, read: _Upstream
    ) -> Iterable[StaleCause]:
        keys = read.keys[subject.partition]
        if provenance is not None:
            yield from self._causes_in(upstream, self._changed_since(provenance, upstream, keys, read.versions))
        elif upstream in self._made_here:
            for each in keys:
                now = read.versions.get(each)
                if now is None:
                    yield subject.cause(StaleCauseCategory.DATA, _NEW_INPUT, upstream, each)
                elif now.place > subject.made.place:
                    yield _data_cause(upstream, each, False)

    def _changed_since(
        self, provenance: DataProvenance, upstream: AssetKey, keys: Sequence[str], versions: Mapping[str, Version]
    ) -> list[str]:
        """The partitions whose version is another one than at the place up to which they were read."""
        read_until = provenance.input_storage_ids.get(upstream) or 0
        changed: list[str] = []
        for each in keys:
            now = versions.get(each)
            if now is None or now.place <= read_until:
                continue
            if len(keys) == 1 and provenance.input_data_versions[upstream].value == version_of_several([now.value]):
                continue
            before = self._history.version_before(upstream, each, read_until + 1) if read_until else None
            if now.value != (before or DEFAULT_DATA_VERSION.value):
                changed.append(each)
        return changed

    def _causes_in(self, upstream: AssetKey, changed: list[str]) -> Iterable[StaleCause]:
        if self._names_versions(upstream):
            yield from (_data_cause(upstream, each, True) for each in changed)
        elif changed:
            made = self._history.partitions_made(upstream, changed)
            yield from (_data_cause(upstream, each, each in made and made[each].is_user_provided) for each in changed)

    def _names_versions(self, key: AssetKey) -> bool:
        """Whether the versions of an asset say something beyond which run wrote it."""
        return key not in self._made_here or self._specs[key].code_version is not None


def version_of_several(versions: Iterable[str]) -> str:
    """The version that stands for those of several partitions: SHA-256 over them, in their order."""
    return sha256("".join(versions).encode()).hexdigest()


_NEW_INPUT = "has a new input"


class _Subject(NamedTuple):
    """What is asked about: an asset or one of its partitions, and the event that says how it was made."""

    spec: AssetSpec
    partition: str | None
    made: Made

    def cause(
        self,
        category: StaleCauseCategory,
        reason: str,
        dependency: AssetKey | None = None,
        dependency_partition: str | None = None,
    ) -> StaleCause:
        return StaleCause(
            key=self.spec.key,
            partition_key=self.partition,
            category=category,
            reason=reason,
            dependency=dependency,
            dependency_partition_key=dependency_partition,
        )


class _Upstream(NamedTuple):
    """The partitions that are read, for each partition that reads; and their versions."""

    keys: Mapping[str | None, Sequence[str]]
    versions: Mapping[str, Version]


def _changed_dependencies(subject: _Subject, provenance: DataProvenance) -> Iterable[StaleCause]:
    then, now = set(provenance.input_data_versions), {dep.asset_key for dep in subject.spec.deps}
    for key in now - then:
        reason = f"has a new dependency on {key.to_user_string()}"
        yield subject.cause(StaleCauseCategory.DEPENDENCIES, reason, key)
    for key in then - now:
        yield subject.cause(StaleCauseCategory.DEPENDENCIES, f"removed dependency on {key.to_user_string()}", key)


def _data_cause(key: AssetKey, partition: str | None, is_named: bool) -> StaleCause:
    reason = "has a new data version" if is_named else "has a new materialization"
    return StaleCause(key=key, partition_key=partition, category=StaleCauseCategory.DATA, reason=reason)


def _order(cause: StaleCause) -> tuple[int, AssetKey, str, str, str]:
    dependency = cause.dependency.to_user_string() if cause.dependency is not None else ""
    return (_RANKS[cause.category], cause.key, cause.partition_key or "", dependency, cause.dependency_partition_key or "")
