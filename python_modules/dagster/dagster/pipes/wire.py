"""What comes over the wire, as values: parameters, metadata, exceptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import UnionType
from typing import Any

from dagster.events.failures import SerializableErrorInfo
from dagster.keys import AssetKey
from dagster.metadata.coercion import coerce_metadata_value
from dagster.metadata.tables import (
    TableColumn,
    TableColumnConstraints,
    TableColumnDep,
    TableColumnLineage,
    TableConstraints,
    TableRecord,
    TableSchema,
)
from dagster.metadata.values import MetadataValue
from dagster.pipes.errors import DagsterPipesExecutionError

_REQUIRED = object()


def checked(params: Mapping[str, Any], name: str, expected: type | UnionType, default: Any = _REQUIRED) -> Any:
    """A parameter of a message.

    Raises:
        DagsterPipesExecutionError: it is missing, or of another type.
    """
    value = params.get(name, default)
    if value is _REQUIRED:
        raise DagsterPipesExecutionError(f"The parameter `{name}` of a message is missing.")
    if not isinstance(value, expected):
        raise DagsterPipesExecutionError(f"The parameter `{name}` of a message is {value!r}, and must be of type {expected}.")
    return value


def error_of(exception: Any) -> SerializableErrorInfo | None:
    """An exception of the outside process as an error; None for None."""
    if exception is None:
        return None
    return SerializableErrorInfo(
        message=checked(exception, "message", str),
        stack=list(exception.get("stack") or ()),
        cls_name=exception.get("name"),
        cause=error_of(exception.get("cause")),
        context=error_of(exception.get("context")),
    )


def metadata_of(entries: object) -> dict[str, Any]:
    """Metadata entries, each `{"type": ..., "raw_value": ...}` or a raw value, as metadata values; empty for None.

    Raises:
        DagsterPipesExecutionError: an entry does not fit its type, or its type does not exist.
    """
    if entries is None:
        return {}
    if not isinstance(entries, dict):
        raise DagsterPipesExecutionError(f"Metadata of a message is a JSON object, not {entries!r}.")
    named: dict[str, Any] = {**entries}
    return {name: _metadata_value(name, entry) for name, entry in named.items()}


def _metadata_value(name: str, entry: Any) -> MetadataValue[Any]:
    if getattr(entry, "keys", tuple)() != {"type", "raw_value"}:
        return coerce_metadata_value(entry)
    kind, raw = entry["type"], entry["raw_value"]
    if kind == "__infer__":
        return coerce_metadata_value(raw)
    make = _KINDS.get(kind)
    if make is None:
        raise DagsterPipesExecutionError(f"Unexpected metadata type {kind!r} of {name!r}. The types are {', '.join(_KINDS)}.")
    try:
        return make(raw)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as refused:
        raise DagsterPipesExecutionError(f"Metadata {name!r} is no {kind}: {raw!r}.") from refused


def _table(raw: Mapping[str, Any]) -> MetadataValue[Any]:
    schema = raw.get("schema")
    records = [TableRecord(dict(record)) for record in raw["records"]]
    return MetadataValue.table(records, None if schema is None else _schema(schema))


def _schema(raw: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> TableSchema:
    if not isinstance(raw, Mapping):
        return TableSchema(columns=[_column(each) for each in raw])
    constraints = raw.get("constraints")
    columns = [_column(each) for each in raw["columns"]]
    if not constraints:
        return TableSchema(columns=columns)
    return TableSchema(columns=columns, constraints=TableConstraints(other=list(constraints.get("other") or ())))


def _column(raw: Mapping[str, Any]) -> TableColumn:
    stated = {name: raw[name] for name in ("type", "description", "tags") if raw.get(name) is not None}
    constraints = raw.get("constraints")
    if constraints:
        stated["constraints"] = TableColumnConstraints(**constraints)
    return TableColumn(raw["name"], **stated)


def _lineage(raw: Mapping[str, Any]) -> TableColumnLineage:
    return TableColumnLineage(
        {
            column: [TableColumnDep(AssetKey.from_coercible(dep["asset_key"]), dep["column_name"]) for dep in deps]
            for column, deps in raw["deps_by_column"].items()
        }
    )


_KINDS: Mapping[str, Callable[[Any], MetadataValue[Any]]] = {
    "text": MetadataValue.text,
    "url": MetadataValue.url,
    "path": MetadataValue.path,
    "notebook": MetadataValue.notebook,
    "json": MetadataValue.json,
    "md": MetadataValue.md,
    "float": lambda raw: MetadataValue.float(float(raw) if isinstance(raw, int) else raw),
    "int": MetadataValue.int,
    "bool": MetadataValue.bool,
    "dagster_run": MetadataValue.dagster_run,
    "asset": lambda raw: MetadataValue.asset(AssetKey.from_user_string(raw)),
    "null": lambda _: MetadataValue.null(),
    "table": _table,
    "table_schema": lambda raw: MetadataValue.table_schema(_schema(raw)),
    "table_column_lineage": lambda raw: MetadataValue.column_lineage(_lineage(raw)),
    "timestamp": MetadataValue.timestamp,
}
