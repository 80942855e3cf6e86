"""What the function of an asset or op returns or yields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar, cast

import msgspec
from msgspec.structs import force_setattr

from dagster.arguments import check_string_keys
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvariantViolationError
from dagster.events.asset_events import AssetCheckResult
from dagster.events.data_versions import DataVersion
from dagster.keys import AssetKey
from dagster.metadata.coercion import normalize_metadata
from dagster.metadata.tags import checked_event_tags
from dagster.metadata.values import MetadataValue

T = TypeVar("T")

DEFAULT_OUTPUT = "result"


class NoValue:
    """Stands for a value that was not given, since None is a value."""


class Output(Generic[T]):
    """A value with its metadata.

    Args:
        value: what the IO manager stores.
        output_name: for functions with several outputs.
        metadata: shown with the materialization; raw values are wrapped in their `MetadataValue`.
        data_version: the version of the data; computed from code and inputs when left out.
        tags: tags of the materialization.

    Example:
        >>> Output([1, 2], metadata={"rows": 2}).metadata
        {'rows': IntMetadataValue(value=2)}
    """

    __slots__ = ("_data_version", "_metadata", "_output_name", "_tags", "_value")

    def __init__(
        self,
        value: T,
        output_name: str = DEFAULT_OUTPUT,
        metadata: Mapping[str, Any] | None = None,
        data_version: DataVersion | None = None,
        *,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        self._value = value
        self._output_name = output_name
        self._metadata: dict[str, MetadataValue] = normalize_metadata(metadata) if metadata else {}
        _check_data_version(data_version)
        self._data_version = data_version
        self._tags = checked_event_tags(tags) if tags else {}

    @property
    def value(self) -> T:
        """What the IO manager stores."""
        return self._value

    @property
    def output_name(self) -> str:
        """The output this value belongs to."""
        return self._output_name

    @property
    def metadata(self) -> Mapping[str, MetadataValue]:
        """Metadata, each value wrapped."""
        return self._metadata

    @property
    def data_version(self) -> DataVersion | None:
        """The version that user code gave."""
        return self._data_version

    @property
    def tags(self) -> Mapping[str, str]:
        """Tags of the materialization."""
        return self._tags

    def with_metadata(self, metadata: Mapping[str, Any] | None) -> Output[T]:
        """The same with other metadata."""
        return Output(self.value, self.output_name, metadata, self.data_version, tags=self.tags)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Output):
            return NotImplemented
        there = cast("Output[Any]", other)
        return all(getattr(self, slot) == getattr(there, slot) for slot in self.__slots__)

    __hash__ = None  # pyright: ignore[reportAssignmentType] - its value may be anything

    def __repr__(self) -> str:
        return f"Output(value={self.value!r}, output_name={self.output_name!r}, metadata={dict(self.metadata)!r})"


class DynamicOutput(Generic[T]):
    """One of any number of values of an output that is declared as a `DynamicOut`.

    Args:
        value: what the IO manager stores.
        mapping_key: names the value among the others: letters, digits and underscores.
        output_name: for functions with several outputs.
        metadata: of this value; raw values are wrapped in their `MetadataValue`.

    Raises:
        DagsterInvalidDefinitionError: a mapping key with other characters.

    Example:
        >>> DynamicOutput([1, 2], mapping_key="first_file").mapping_key
        'first_file'
    """

    __slots__ = ("_mapping_key", "_metadata", "_output_name", "_value")

    def __init__(
        self,
        value: T,
        mapping_key: str,
        output_name: str | None = DEFAULT_OUTPUT,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        if not isinstance(mapping_key, str):  # pyright: ignore[reportUnnecessaryIsInstance] - an edge
            raise CheckError(f'Param "mapping_key" is not a str. Got {mapping_key!r} which is type {type(mapping_key)}.')
        self._mapping_key = _checked_mapping_key(mapping_key)
        self._value = value
        self._output_name = output_name or DEFAULT_OUTPUT
        self._metadata: dict[str, MetadataValue] = normalize_metadata(metadata) if metadata else {}

    @property
    def value(self) -> T:
        """What the IO manager stores."""
        return self._value

    @property
    def mapping_key(self) -> str:
        """What names the value among the others."""
        return self._mapping_key

    @property
    def output_name(self) -> str:
        """The output this value belongs to."""
        return self._output_name

    @property
    def metadata(self) -> Mapping[str, MetadataValue]:
        """Metadata, each value wrapped."""
        return self._metadata

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DynamicOutput):
            return NotImplemented
        there = cast("DynamicOutput[Any]", other)
        return all(getattr(self, slot) == getattr(there, slot) for slot in self.__slots__)

    __hash__ = None  # pyright: ignore[reportAssignmentType] - its value may be anything

    def __repr__(self) -> str:
        return f"DynamicOutput(value={self.value!r}, mapping_key={self.mapping_key!r}, output_name={self.output_name!r})"


def _checked_mapping_key(key: str) -> str:
    import re

    if re.fullmatch(r"[A-Za-z0-9_]+", key) is None:
        raise DagsterInvalidDefinitionError(
            f'The requested mapping_key "{key}" contains characters that cannot stand in the key of a step. Use letters, digits '
            "and underscores."
        )
    return key


class MaterializeResult(msgspec.Struct, Generic[T], frozen=True):
    """Says that the asset was written by its own function, with metadata; with `value`, the IO manager stores that.

    Args:
        asset_key: the asset, where the function makes more than one.
        metadata: shown with the materialization.
        check_results: results of the checks that the function declares.
        data_version: the version of the data; computed from code and inputs when left out.
        tags: tags of the materialization.
        value: what the IO manager stores; nothing is stored when left out.

    Example:
        >>> MaterializeResult(metadata={"rows": 3}).metadata
        {'rows': 3}
    """

    asset_key: AssetKey | None = None
    metadata: Mapping[str, Any] | None = None
    check_results: Sequence[AssetCheckResult] = ()
    data_version: DataVersion | None = None
    tags: Mapping[str, str] | None = None
    value: Any = NoValue

    def __post_init__(self) -> None:
        _coerce_result(self)

    def check_result_named(self, check_name: str) -> AssetCheckResult:
        """The result of the check of this name.

        Raises:
            DagsterInvariantViolationError: there is none.
        """
        return _check_result_named(self.check_results, check_name)


class ObserveResult(msgspec.Struct, frozen=True):
    """Says what was seen when an asset was looked at. Arguments as of `MaterializeResult`.

    Example:
        >>> @multi_observable_source_asset(specs=[AssetSpec("page")])
        ... def pages():
        ...     yield ObserveResult(asset_key="page", metadata={"bytes": 120})
        >>> [result.metadata for result in pages()]
        [{'bytes': 120}]
    """

    asset_key: AssetKey | None = None
    metadata: Mapping[str, Any] | None = None
    check_results: Sequence[AssetCheckResult] = ()
    data_version: DataVersion | None = None
    tags: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        _coerce_result(self)

    def check_result_named(self, check_name: str) -> AssetCheckResult:
        """The result of the check of this name.

        Raises:
            DagsterInvariantViolationError: there is none.
        """
        return _check_result_named(self.check_results, check_name)


def _coerce_result(result: MaterializeResult[Any] | ObserveResult) -> None:
    if result.asset_key is not None:
        force_setattr(result, "asset_key", AssetKey.from_coercible(result.asset_key))
    check_string_keys("metadata", result.metadata)
    if result.metadata:
        normalize_metadata(result.metadata)  # refuses here, where the user's own line is on the stack
    force_setattr(result, "check_results", list(result.check_results or ()))
    _check_data_version(result.data_version)
    if result.tags is not None:
        force_setattr(result, "tags", checked_event_tags(result.tags))


def _check_result_named(results: Sequence[AssetCheckResult], check_name: str) -> AssetCheckResult:
    for result in results:
        if result.check_name == check_name:
            return result
    raise DagsterInvariantViolationError(f'There is no result of a check named "{check_name}".')


def _check_data_version(given: object) -> None:
    if given is not None and not isinstance(given, DataVersion):
        raise CheckError(f'Param "data_version" is not a DataVersion. Got {given!r}.')
