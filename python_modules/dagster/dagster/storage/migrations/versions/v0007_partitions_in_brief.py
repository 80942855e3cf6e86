"""Schema 7: on SQLite, indexes that say where all partitions of an asset stand without reading their rows.

Revision ID: 0007
"""

from alembic import op

revision = "0007"
down_revision = "0006"

_SQLITE = (
    "CREATE INDEX asset_partitions_in_brief ON asset_partitions (asset_key, partition, materialization_id, planned_id)",
    "CREATE INDEX asset_partitions_to_come ON asset_partitions (asset_key, partition) "
    "WHERE planned_id > coalesce(materialization_id, 0)",
)


def upgrade() -> None:
    """Makes the indexes. PostgreSQL has none of them."""
    if op.get_context().dialect.name == "sqlite":
        for statement in _SQLITE:
            op.execute(statement)
