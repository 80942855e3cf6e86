"""Raw Python values that users give as metadata, turned into metadata values."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, Union, cast

import msgspec
from msgspec.structs import force_setattr

from dagster.errors import CheckError, DagsterInvalidMetadata, ParameterCheckError
from dagster.keys import AssetKey
from dagster.metadata.tables import TableColumnLineage, TableSchema
from dagster.metadata.values import (
    BoolMetadataValue,
    DagsterAssetMetadataValue,
    FloatMetadataValue,
    IntMetadataValue,
    JsonMetadataValue,
    MetadataValue,
    NullMetadataValue,
    PathMetadataValue,
    TableColumnLineageMetadataValue,
    TableSchemaMetadataValue,
    TextMetadataValue,
)

RawMetadataValue = Union[
    MetadataValue[Any],
    dict[str, Any],
    list[Any],
    float,
    int,
    bool,
    str,
    "os.PathLike[str]",
    AssetKey,
    TableSchema,
    TableColumnLineage,
    None,
]
"""What may stand as a value where metadata is given."""

_NULL = NullMetadataValue()

_EXACT: Mapping[type[Any], Callable[[Any], MetadataValue[Any]]] = {
    str: TextMetadataValue,
    bool: BoolMetadataValue,
    int: IntMetadataValue,
    float: FloatMetadataValue,
    list: JsonMetadataValue,
    dict: JsonMetadataValue,
    type(None): lambda _none: _NULL,
}
# Subclasses of the types above (enums of strings, numpy's float64) and everything that is recognised by a protocol.
# bool cannot be subclassed; int comes before float because neither is a subclass of the other.
_BY_KIND: tuple[tuple[type[Any], Callable[[Any], MetadataValue[Any]]], ...] = (
    (str, TextMetadataValue),
    (int, IntMetadataValue),
    (float, FloatMetadataValue),
    (list, JsonMetadataValue),
    (dict, JsonMetadataValue),
    (os.PathLike, PathMetadataValue),
    (AssetKey, DagsterAssetMetadataValue),
    (TableSchema, TableSchemaMetadataValue),
    (TableColumnLineage, TableColumnLineageMetadataValue),
)
_HINTS = {
    "datetime": "`MetadataValue.timestamp(...)`",
    "Timestamp": "`MetadataValue.timestamp(...)`",
    "tuple": "a list",
    "set": "a list",
    "DataFrame": "`MetadataValue.md(frame.to_markdown())` or `MetadataValue.table(...)`",
    "bool": "`bool(...)`",
    "bool_": "`bool(...)`",
    "ndarray": "a list, e.g. `.tolist()`",
    "Decimal": "`float(...)` or `str(...)`",
}


def coerce_metadata_value(raw: object) -> MetadataValue[Any]:
    """The metadata value of a raw Python value; a metadata value stays as it is.

    Raises:
        DagsterInvalidMetadata: it is of no known kind; the sentence says what to use instead.
    """
    kind = _EXACT.get(type(raw))
    if kind is not None:
        return kind(raw)
    if isinstance(raw, MetadataValue):
        return cast("MetadataValue[Any]", raw)
    for known, make in _BY_KIND:
        if isinstance(raw, known):
            return make(raw)
    raise DagsterInvalidMetadata(f"Its type was {type(raw)}. {_advice(type(raw))}")


def _advice(found: type[Any]) -> str:
    hint = _HINTS.get(found.__name__)
    if hint is None and found.__module__ == "numpy":
        hint = "a Python number, e.g. `int(...)` or `.item()`"
    if hint is not None:
        return f"Give {hint} instead."
    return "Consider wrapping the value with the appropriate MetadataValue type."


def normalize_metadata(metadata: Mapping[str, RawMetadataValue] | None) -> dict[str, MetadataValue[Any]]:
    """The entries with their values as metadata values, in the same order; empty for None.

    Raises:
        DagsterInvalidMetadata: a value is of no known kind; the sentence names the entry.
        CheckError: `metadata` is no mapping or has a key that is no string.
    """
    if not metadata:
        return {}
    given: object = metadata
    if type(given) is not dict and not isinstance(given, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance] - the edge checks
        raise ParameterCheckError("metadata", metadata, "one of ['Mapping']")
    ready: Mapping[str, Any] = metadata
    for label, raw in ready.items():  # as decoded from the log, thousands at a time: nothing is called that is not needed
        if type(label) is not str or not isinstance(raw, MetadataValue):
            break
    else:
        return dict(ready)
    normalized: dict[str, MetadataValue[Any]] = {}
    for label, raw in metadata.items():
        if not isinstance(label, str):  # pyright: ignore[reportUnnecessaryIsInstance] - the edge checks
            raise CheckError(f"Key in Mapping mismatches type. Expected <class 'str'>. Got {label!r}")
        try:
            normalized[label] = coerce_metadata_value(raw)
        except DagsterInvalidMetadata as refused:
            raise DagsterInvalidMetadata(
                f'Could not resolve the metadata value for "{label}" to a known type. {refused}'
            ) from refused
    return normalized


class MetadataEntry(msgspec.Struct, frozen=True):
    """A labelled metadata value. Deprecated: give metadata as a mapping.

    Args:
        label: the label.
        description: what it says.
        entry_data: older name of `value`.
        value: the value, raw or a MetadataValue.
    """

    label: str
    description: str | None = None
    entry_data: RawMetadataValue = None
    value: RawMetadataValue = None

    def __post_init__(self) -> None:
        value = coerce_metadata_value(self.value if self.value is not None else self.entry_data)
        force_setattr(self, "entry_data", value)
        force_setattr(self, "value", value)

    def __repr__(self) -> str:
        return f"MetadataEntry(label={self.label!r}, description={self.description!r}, entry_data={self.entry_data!r})"
