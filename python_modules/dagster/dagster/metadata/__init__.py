"""What users say about their values: typed metadata, table schemas, column lineage, references to code."""
