"""What is said about an asset: it was written, it was looked at, it was checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Any

import msgspec
from msgspec.structs import force_setattr, replace

from dagster.errors import DagsterInvariantViolationError, ParameterCheckError
from dagster.events.data_versions import DATA_VERSION_TAG, DataVersion
from dagster.keys import AssetCheckKey, AssetKey, CoercibleToAssetKey
from dagster.metadata.coercion import normalize_metadata
from dagster.metadata.tags import checked_event_tags
from dagster.metadata.values import AnyMetadataValue, MetadataValue
from dagster.partitions.multi_keys import MultiPartitionKey

_DIMENSION = "dagster/partition/"


class AssetMaterialization(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Says that an asset was written.

    Args:
        asset_key: the asset.
        description: for people.
        metadata: raw values are wrapped in their `MetadataValue`.
        partition: the partition that was written, None for an asset without partitions.
        tags: short strings that filters can ask for.

    Example:
        >>> AssetMaterialization("orders", metadata={"rows": 3}).metadata
        {'rows': IntMetadataValue(value=3)}
    """

    asset_key: AssetKey
    description: str | None = None
    metadata: dict[str, AnyMetadataValue] = {}
    partition: str | None = None
    tags: dict[str, str] | None = None

    def __post_init__(self) -> None:
        metadata = self.metadata
        is_as_read = type(self.asset_key) is AssetKey and type(metadata) is dict
        if not is_as_read or self.partition is not None or self.tags is not None:
            _normalize(self)
        elif metadata:
            # As decoded from the log, thousands at a time, there is nothing to do but to look: `normalize_metadata` in short.
            for label, value in metadata.items():
                if type(label) is not str or not isinstance(value, MetadataValue):  # pyright: ignore[reportUnnecessaryComparison, reportUnnecessaryIsInstance] - the edge checks
                    _normalize(self)
                    return
            force_setattr(self, "metadata", metadata.copy())

    @staticmethod
    def file(path: str, description: str | None = None, asset_key: CoercibleToAssetKey | None = None) -> AssetMaterialization:
        """Says that a file was written; the path is metadata and, without a key, the key."""
        from dagster.metadata.values import MetadataValue

        key = AssetKey.from_coercible(path if asset_key is None else asset_key)
        return AssetMaterialization(key, description, {"path": MetadataValue.path(path)})

    @property
    def label(self) -> str:
        """The key's parts joined by spaces."""
        return " ".join(self.asset_key.parts)

    @property
    def data_version(self) -> str | None:
        """The data version that the tags carry."""
        return (self.tags or {}).get(DATA_VERSION_TAG)

    def with_metadata(self, metadata: Mapping[str, Any] | None) -> AssetMaterialization:
        """The same with other metadata."""
        return replace(self, metadata=dict(metadata or {}))


class AssetObservation(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Says what was seen when an asset was looked at, without writing it. Arguments as of `AssetMaterialization`.

    Example:
        >>> AssetObservation("orders", metadata={"rows": 3}).metadata["rows"].value
        3
    """

    asset_key: AssetKey
    description: str | None = None
    metadata: dict[str, AnyMetadataValue] = {}
    partition: str | None = None
    tags: dict[str, str] = {}

    def __post_init__(self) -> None:
        _normalize(self)
        if self.tags is None:  # pyright: ignore[reportUnnecessaryComparison] - the edge checks
            force_setattr(self, "tags", {})

    @property
    def label(self) -> str:
        """The key's parts joined by spaces."""
        return " ".join(self.asset_key.parts)

    @property
    def data_version(self) -> str | None:
        """The data version that the tags carry."""
        return self.tags.get(DATA_VERSION_TAG)

    def with_metadata(self, metadata: Mapping[str, Any] | None) -> AssetObservation:
        """The same with other metadata."""
        return replace(self, metadata=dict(metadata or {}))


_BETWEEN_WORDS = re.compile(r"[^A-Za-z0-9_]+")


def _key_of_words(text: str) -> AssetKey:
    """An event names an asset by the words of a string, so that `s3://a/b` may be given as it is."""
    return AssetKey([word for word in _BETWEEN_WORDS.split(text) if word])


def _normalize(event: AssetMaterialization | AssetObservation) -> None:
    key: object = event.asset_key
    if type(key) is not AssetKey:
        force_setattr(
            event, "asset_key", _key_of_words(key) if isinstance(key, str) else AssetKey.from_coercible(event.asset_key)
        )
    if event.metadata or event.metadata is None:  # pyright: ignore[reportUnnecessaryComparison] - the edge checks
        force_setattr(event, "metadata", normalize_metadata(event.metadata))
    if event.tags is not None:
        force_setattr(event, "tags", checked_event_tags(event.tags))
    if event.partition is not None and not isinstance(event.partition, MultiPartitionKey):
        force_setattr(event, "partition", _key_of_dimensions(event.tags) or str(event.partition))


def _key_of_dimensions(tags: Mapping[str, str] | None) -> MultiPartitionKey | None:
    """The key of several dimensions that the tags tell; in the log it is the string alone."""
    named = {tag[len(_DIMENSION) :]: key for tag, key in (tags or {}).items() if tag.startswith(_DIMENSION)}
    return MultiPartitionKey(named) if named else None


class AssetCheckSeverity(Enum):
    """How bad a failed check is: WARN is shown, ERROR may stop what lies downstream.

    Example:
        >>> AssetCheckResult(passed=False, severity=AssetCheckSeverity.WARN).severity.value
        'WARN'
    """

    WARN = "WARN"
    ERROR = "ERROR"


class AssetCheckEvaluationTargetMaterializationData(msgspec.Struct, frozen=True):
    """The materialization that a check looked at."""

    storage_id: int
    run_id: str
    timestamp: float


class AssetCheckEvaluation(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    """What a check found, as it stands in the log.

    Attributes:
        target_materialization_data: the materialization that was checked, None if there was none.
        blocking: whether its failure stops what lies downstream.
        partition: the partition that was checked, of a run about one.
        covered_partitions: all that were checked at once, of a run about several.

    Example:
        >>> AssetCheckEvaluation(AssetKey("orders"), "has_rows", passed=True, metadata={}).asset_check_key.name
        'has_rows'
    """

    asset_key: AssetKey
    check_name: str
    passed: bool
    metadata: dict[str, AnyMetadataValue] = {}
    target_materialization_data: AssetCheckEvaluationTargetMaterializationData | None = None
    severity: AssetCheckSeverity = AssetCheckSeverity.ERROR
    description: str | None = None
    blocking: bool | None = None
    partition: str | None = None
    covered_partitions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        force_setattr(self, "asset_key", AssetKey.from_coercible(self.asset_key))
        force_setattr(self, "metadata", normalize_metadata(self.metadata or {}))

    @property
    def asset_check_key(self) -> AssetCheckKey:
        """The check's key."""
        return AssetCheckKey(self.asset_key, self.check_name)

    def with_metadata(self, metadata: Mapping[str, Any]) -> AssetCheckEvaluation:
        """The same with other metadata."""
        return replace(self, metadata=dict(metadata))


class AssetCheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """What user code returns or yields from a check.

    Args:
        passed: the verdict.
        asset_key: the asset, where the function checks more than one.
        check_name: the check, where the function holds more than one.
        metadata: shown with the result.
        severity: how bad a failure is.
        description: for people.

    Example:
        >>> @asset_check(asset=orders)
        ... def has_rows(orders: list) -> AssetCheckResult:
        ...     return AssetCheckResult(passed=len(orders) > 0, metadata={"rows": len(orders)})
        >>> has_rows([1, 2]).passed
        True
    """

    passed: bool
    asset_key: AssetKey | None = None
    check_name: str | None = None
    metadata: dict[str, AnyMetadataValue] = {}
    severity: AssetCheckSeverity = AssetCheckSeverity.ERROR
    description: str | None = None

    def __post_init__(self) -> None:
        if type(self.passed) is not bool:  # pyright: ignore[reportUnnecessaryComparison] - the edge checks
            raise ParameterCheckError("passed", self.passed, "True or False; write passed=bool(...)")
        if not isinstance(self.severity, AssetCheckSeverity):  # pyright: ignore[reportUnnecessaryIsInstance] - the edge checks
            raise ParameterCheckError("severity", self.severity, "an AssetCheckSeverity")
        if self.description is not None and not isinstance(self.description, str):  # pyright: ignore[reportUnnecessaryIsInstance] - the edge checks
            raise ParameterCheckError("description", self.description, "a string")
        if self.asset_key is not None:
            force_setattr(self, "asset_key", AssetKey.from_coercible(self.asset_key))
        force_setattr(self, "metadata", normalize_metadata(self.metadata or {}))

    def with_metadata(self, metadata: Mapping[str, Any]) -> AssetCheckResult:
        """The same with other metadata."""
        return replace(self, metadata=dict(metadata))

    def resolve_target_check_key(self, check_names_by_asset_key: Mapping[AssetKey, frozenset[str]] | None) -> AssetCheckKey:
        """The check this result belongs to, given what the function declares.

        Raises:
            DagsterInvariantViolationError: asset or name is left out although several are declared, or is not declared.
        """
        declared = check_names_by_asset_key or {}
        asset_key = self.asset_key if self.asset_key is not None else _only(declared, "asset_key", "assets")
        names = declared.get(asset_key, frozenset[str]())
        check_name = self.check_name if self.check_name is not None else _only(names, "check_name", "checks")
        if check_name not in names:
            raise DagsterInvariantViolationError(
                f"Received unexpected AssetCheckResult. No checks currently being evaluated target asset "
                f"'{asset_key.to_user_string()}' with name '{check_name}'."
            )
        return AssetCheckKey(asset_key, check_name)


def _only(candidates: Any, argument: str, plural: str) -> Any:
    if len(candidates) != 1:
        raise DagsterInvariantViolationError(
            f"AssetCheckResult didn't specify {argument}, but there are {len(candidates)} {plural} it could be about."
        )
    return next(iter(candidates))


def data_version_tags(version: DataVersion | None) -> dict[str, str]:
    """The tags that carry a data version given by user code."""
    return {} if version is None else {DATA_VERSION_TAG: version.value}
