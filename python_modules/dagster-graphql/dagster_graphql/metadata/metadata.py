"""Metadata: an entry per key, its type by the kind of its value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from dagster.metadata import values
from dagster.metadata.code_references import LocalFileCodeReference, UrlCodeReference
from dagster.metadata.coercion import normalize_metadata
from dagster.metadata.tables import (
    TableColumn,
    TableColumnConstraints,
    TableColumnDep,
    TableColumnLineage,
    TableConstraints,
    TableSchema,
)
from dagster_graphql.domains import Domain

DOMAIN = Domain.beside(__file__)

LINKED_SCHEMES = frozenset({"http", "https", "ftp", "ftps", "mailto", "s3", "gs", "abfs", "abfss", "az", "wasbs", "file", ""})
"""What an address may begin with to be shown as a link. Others (`javascript:`, `data:`) would run in the page that shows them."""

_INT32 = 2**31


class MetadataEntry(msgspec.Struct, frozen=True):
    """A key with its value."""

    label: str
    value: Any

    @property
    def description(self) -> str | None:
        """Of early versions; always None."""
        return None


class LineageOfColumn(msgspec.Struct, frozen=True):
    """From which columns one was made."""

    column_name: str
    column_deps: list[TableColumnDep]


class DefinitionTag(msgspec.Struct, frozen=True):
    """A tag of something that is declared."""

    key: str
    value: str


def entries_of(metadata: Mapping[str, Any] | None) -> list[MetadataEntry]:
    """An entry per key; raw values, as they may stand in definitions, are wrapped in their kind."""
    if not metadata:
        return []
    return [MetadataEntry(label, value) for label, value in normalize_metadata(metadata).items()]


def tags_of(tags: Mapping[str, str] | None) -> list[DefinitionTag]:
    """A tag per key."""
    return [DefinitionTag(key, value) for key, value in (tags or {}).items()]


def is_linkable(url: str | None) -> bool:
    """Whether an address may be told as a link: it does not run code where it is followed.

    Example:
        >>> is_linkable("https://example.org"), is_linkable(" JavaScript:alert(1)")
        (True, False)
    """
    # Browsers leave out control characters and blanks before they look at the scheme.
    plain = "".join(each for each in url or "" if each > " ")
    try:
        return urlsplit(plain).scheme.lower() in LINKED_SCHEMES
    except ValueError:
        return False


_TYPES: Mapping[type, str] = {
    values.TextMetadataValue: "TextMetadataEntry",
    values.UrlMetadataValue: "UrlMetadataEntry",
    values.PathMetadataValue: "PathMetadataEntry",
    values.NotebookMetadataValue: "NotebookMetadataEntry",
    values.JsonMetadataValue: "JsonMetadataEntry",
    values.MarkdownMetadataValue: "MarkdownMetadataEntry",
    values.PythonArtifactMetadataValue: "PythonArtifactMetadataEntry",
    values.FloatMetadataValue: "FloatMetadataEntry",
    values.IntMetadataValue: "IntMetadataEntry",
    values.BoolMetadataValue: "BoolMetadataEntry",
    values.TimestampMetadataValue: "TimestampMetadataEntry",
    values.DagsterRunMetadataValue: "PipelineRunMetadataEntry",
    values.DagsterJobMetadataValue: "JobMetadataEntry",
    values.DagsterAssetMetadataValue: "AssetMetadataEntry",
    values.TableMetadataValue: "TableMetadataEntry",
    values.TableSchemaMetadataValue: "TableSchemaMetadataEntry",
    values.TableColumnLineageMetadataValue: "TableColumnLineageMetadataEntry",
    values.NullMetadataValue: "NullMetadataEntry",
    values.PoolMetadataValue: "PoolMetadataEntry",
    values.CodeReferencesMetadataValue: "CodeReferencesMetadataEntry",
}


def _json_text(value: Any) -> str:
    return json.dumps(value, default=str)


def _finite(value: Any) -> float | None:
    """A float as GraphQL can carry it."""
    return value if isinstance(value, float) and value - value == 0 else None


def _small(value: int | None) -> int | None:
    """An integer as GraphQL can carry it."""
    return value if value is not None and -_INT32 <= value < _INT32 else None


def _lineage(lineage: TableColumnLineage) -> list[LineageOfColumn]:
    return [LineageOfColumn(name, list(deps)) for name, deps in lineage.deps_by_column.items()]


def _type_of(entry: MetadataEntry) -> str:
    """What could run code as a link is told as a text."""
    kind: type = entry.value.__class__
    if kind is values.UrlMetadataValue and not is_linkable(entry.value.url):
        return "TextMetadataEntry"
    return _TYPES[kind]


DOMAIN.choose("MetadataEntry", _type_of)
DOMAIN.type("TextMetadataEntry", MetadataEntry, {"text": lambda entry: entry.value.value or ""})
DOMAIN.type("UrlMetadataEntry", MetadataEntry, {"url": lambda entry: entry.value.url or ""})
DOMAIN.type("PathMetadataEntry", MetadataEntry, {"path": lambda entry: entry.value.path})
DOMAIN.type("NotebookMetadataEntry", MetadataEntry, {"path": lambda entry: entry.value.path})
DOMAIN.type("JsonMetadataEntry", MetadataEntry, {"jsonString": lambda entry: _json_text(entry.value.data)})
DOMAIN.type("MarkdownMetadataEntry", MetadataEntry, {"mdStr": lambda entry: entry.value.md_str or ""})
DOMAIN.type(
    "PythonArtifactMetadataEntry",
    MetadataEntry,
    {"module": lambda entry: entry.value.module, "name": lambda entry: entry.value.name},
)
DOMAIN.type(
    "FloatMetadataEntry",
    MetadataEntry,
    {"floatValue": lambda entry: _finite(entry.value.value), "floatRepr": lambda entry: str(entry.value.value)},
)
DOMAIN.type(
    "IntMetadataEntry",
    MetadataEntry,
    {"intValue": lambda entry: _small(entry.value.value), "intRepr": lambda entry: str(entry.value.value)},
)
DOMAIN.type("BoolMetadataEntry", MetadataEntry, {"boolValue": lambda entry: entry.value.value})
DOMAIN.type("TimestampMetadataEntry", MetadataEntry, {"timestamp": lambda entry: entry.value.value})
DOMAIN.type("PipelineRunMetadataEntry", MetadataEntry, {"runId": lambda entry: entry.value.run_id})
DOMAIN.type("AssetMetadataEntry", MetadataEntry, {"assetKey": lambda entry: entry.value.asset_key})
DOMAIN.type(
    "JobMetadataEntry",
    MetadataEntry,
    {
        "jobName": lambda entry: entry.value.job_name,
        "repositoryName": lambda entry: entry.value.repository_name,
        "locationName": lambda entry: entry.value.location_name,
    },
)
DOMAIN.type("TableMetadataEntry", MetadataEntry, {"table": lambda entry: entry.value})
DOMAIN.type("TableSchemaMetadataEntry", MetadataEntry, {"schema": lambda entry: entry.value.schema})
DOMAIN.type("TableColumnLineageMetadataEntry", MetadataEntry, {"lineage": lambda entry: _lineage(entry.value.lineage)})
DOMAIN.type("NullMetadataEntry", MetadataEntry)
DOMAIN.type("PoolMetadataEntry", MetadataEntry, {"pool": lambda entry: entry.value.pool})
DOMAIN.type("CodeReferencesMetadataEntry", MetadataEntry, {"codeReferences": lambda entry: entry.value.code_references})
DOMAIN.type("LocalFileCodeReference", LocalFileCodeReference)
DOMAIN.type("UrlCodeReference", UrlCodeReference, {"url": lambda reference: reference.url if is_linkable(reference.url) else ""})
DOMAIN.type(
    "Table",
    values.TableMetadataValue,
    {"records": lambda table: [_json_text(dict(record.data)) for record in table.records]},
)
DOMAIN.type("TableSchema", TableSchema)
DOMAIN.type("TableColumn", TableColumn, {"tags": lambda column: tags_of(column.tags)})
DOMAIN.type("TableColumnConstraints", TableColumnConstraints)
DOMAIN.type("TableConstraints", TableConstraints)
DOMAIN.type("TableColumnDep", TableColumnDep)
DOMAIN.type("TableColumnLineageEntry", LineageOfColumn)
DOMAIN.type("DefinitionTag", DefinitionTag)
