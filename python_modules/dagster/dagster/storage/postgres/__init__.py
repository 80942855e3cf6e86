"""Storage in PostgreSQL: what teams share."""
