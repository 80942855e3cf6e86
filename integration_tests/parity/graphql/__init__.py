"""The API over GraphQL on both sides: its schema, and what documents answer."""
