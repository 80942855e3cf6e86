"""Schema 3: ticks.

Revision ID: 0003
"""

from alembic import op

revision = "0003"
down_revision = "0002"

_SQLITE = (
    """CREATE TABLE ticks (
id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
instigator_type TEXT NOT NULL,
selector TEXT NOT NULL,
status TEXT NOT NULL,
timestamp DOUBLE NOT NULL,
body TEXT NOT NULL
)""",
    "CREATE INDEX ticks_by_selector ON ticks (selector, id)",
    "CREATE INDEX ticks_by_status ON ticks (instigator_type, status, timestamp)",
)
_POSTGRESQL = (
    """CREATE TABLE dagster_free.ticks (
id BIGSERIAL NOT NULL,
instigator_type TEXT COLLATE "C" NOT NULL,
selector TEXT COLLATE "C" NOT NULL,
status TEXT COLLATE "C" NOT NULL,
timestamp DOUBLE PRECISION NOT NULL,
body TEXT NOT NULL,
PRIMARY KEY (id)
)""",
    "CREATE INDEX ticks_by_selector ON dagster_free.ticks (selector, id)",
    "CREATE INDEX ticks_by_status ON dagster_free.ticks (instigator_type, status, timestamp)",
)


def upgrade() -> None:
    """Makes the table."""
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
