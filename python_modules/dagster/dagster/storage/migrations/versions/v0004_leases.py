"""Schema 4: leases.

Revision ID: 0004
"""

from alembic import op

revision = "0004"
down_revision = "0003"

_SQLITE = (
    """CREATE TABLE leases (
name TEXT NOT NULL,
holder TEXT NOT NULL,
epoch INTEGER NOT NULL,
renewed DOUBLE NOT NULL,
seconds DOUBLE NOT NULL,
PRIMARY KEY (name)
)
WITHOUT ROWID""",
)
_POSTGRESQL = (
    """CREATE TABLE dagster_free.leases (
name TEXT COLLATE "C" NOT NULL,
holder TEXT NOT NULL,
epoch BIGINT NOT NULL,
renewed DOUBLE PRECISION NOT NULL,
seconds DOUBLE PRECISION NOT NULL,
PRIMARY KEY (name)
)""",
)


def upgrade() -> None:
    """Makes the table."""
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
