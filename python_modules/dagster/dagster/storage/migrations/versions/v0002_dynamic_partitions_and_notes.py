"""Schema 2: dynamic partitions, notes, and on PostgreSQL the counter of storage ids.

Revision ID: 0002
"""

from alembic import op

revision = "0002"
down_revision = "0001"

_SQLITE = (
    """CREATE TABLE dynamic_partitions (
id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
definition TEXT NOT NULL,
partition TEXT NOT NULL,
create_timestamp DOUBLE NOT NULL,
UNIQUE (definition, partition)
)""",
    "CREATE INDEX dynamic_partitions_in_order ON dynamic_partitions (definition, id)",
    """CREATE TABLE notes (
name TEXT NOT NULL,
content TEXT NOT NULL,
PRIMARY KEY (name)
)
WITHOUT ROWID""",
)
_POSTGRESQL = (
    """CREATE TABLE dagster_free.counters (
name TEXT COLLATE "C" NOT NULL,
latest BIGINT NOT NULL,
PRIMARY KEY (name)
)""",
    """CREATE TABLE dagster_free.dynamic_partitions (
id BIGSERIAL NOT NULL,
definition TEXT COLLATE "C" NOT NULL,
partition TEXT COLLATE "C" NOT NULL,
create_timestamp DOUBLE PRECISION NOT NULL,
PRIMARY KEY (id),
UNIQUE (definition, partition)
)""",
    "CREATE INDEX dynamic_partitions_in_order ON dagster_free.dynamic_partitions (definition, id)",
    """CREATE TABLE dagster_free.notes (
name TEXT COLLATE "C" NOT NULL,
content TEXT NOT NULL,
PRIMARY KEY (name)
)""",
    "INSERT INTO dagster_free.counters SELECT 'events', coalesce(max(id), 0) FROM dagster_free.events",
)


def upgrade() -> None:
    """Makes the tables."""
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
