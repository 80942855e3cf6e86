"""What users say about their values: typed metadata, table schemas, column lineage, references to code."""

from dagster.metadata.coercion import MetadataEntry, RawMetadataValue, normalize_metadata
from dagster.metadata.values import AnyMetadataValue, MetadataMapping, MetadataValue

__all__ = ["AnyMetadataValue", "MetadataEntry", "MetadataMapping", "MetadataValue", "RawMetadataValue", "normalize_metadata"]
