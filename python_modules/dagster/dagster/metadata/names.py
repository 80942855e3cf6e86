"""Metadata entries with a meaning of their own: what the framework writes and the pages read under a fixed name."""

from __future__ import annotations

ROW_COUNT = "dagster/row_count"
"""Rows of the whole table after this materialization (int)."""

PARTITION_ROW_COUNT = "dagster/partition_row_count"
"""Rows of the partition that was materialized (int)."""

COLUMN_SCHEMA = "dagster/column_schema"
"""Columns of the table (TableSchema)."""

COLUMN_LINEAGE = "dagster/column_lineage"
"""For each column the columns it was made from (TableColumnLineage)."""

TABLE_NAME = "dagster/table_name"
"""Qualified name of the table, e.g. `database.schema.table` (text)."""

STORAGE_KIND = "dagster/storage_kind"
"""The kind of store that holds the asset, e.g. `snowflake` (text)."""

URI = "dagster/uri"
"""Where the asset is stored (text)."""

SIZE_BYTES = "dagster/size_bytes"
"""Stored size in bytes (int)."""

CODE_REFERENCES = "dagster/code_references"
"""Where the asset is defined (CodeReferencesMetadataValue)."""

PATH = "path"
"""The file or object that an IO manager wrote (path)."""
