"""What a stored dataframe says about itself: rows, columns, size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dagster.io.frames import column_types, library_of, row_count
from dagster.metadata import names
from dagster.metadata.tables import TableColumn, TableSchema
from dagster.metadata.values import IntMetadataValue, MetadataValue, TableSchemaMetadataValue

if TYPE_CHECKING:
    from dagster.io.contexts import OutputContext

_COLUMN_LIMIT = 1000


def is_frame(value: object) -> bool:
    """Whether the value is a dataframe of a library that is known here."""
    return type(value).__module__ != "builtins" and library_of(type(value)) is not None


def frame_metadata(context: OutputContext, value: object, size_bytes: int) -> dict[str, MetadataValue[Any]]:
    """Rows, columns and stored size of a dataframe, nothing for other values. A table of over 1000 columns is not listed."""
    if not is_frame(value):
        return {}
    rows = names.PARTITION_ROW_COUNT if context.has_asset_partitions else names.ROW_COUNT
    facts: dict[str, MetadataValue[Any]] = {
        rows: IntMetadataValue(row_count(value)),
        names.SIZE_BYTES: IntMetadataValue(size_bytes),
    }
    columns = column_types(value)
    if len(columns) <= _COLUMN_LIMIT:
        schema = TableSchema(columns=[TableColumn(name=name, type=kind) for name, kind in columns])
        facts[names.COLUMN_SCHEMA] = TableSchemaMetadataValue(schema)
    return facts
