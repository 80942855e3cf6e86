"""Schema 5: pools, schedules and sensors between ticks, run keys, heartbeats.

Revision ID: 0005
"""

from alembic import op

revision = "0005"
down_revision = "0004"

_SQLITE = (
    """CREATE TABLE pool_limits (
pool TEXT NOT NULL,
slots INTEGER NOT NULL,
from_default BOOLEAN NOT NULL,
PRIMARY KEY (pool)
)
WITHOUT ROWID""",
    """CREATE TABLE pool_claims (
pool TEXT NOT NULL,
run_id TEXT NOT NULL,
step_key TEXT NOT NULL,
priority INTEGER NOT NULL,
enqueued DOUBLE NOT NULL,
claimed DOUBLE,
expires DOUBLE,
PRIMARY KEY (pool, run_id, step_key)
)
WITHOUT ROWID""",
    "CREATE INDEX pool_claims_by_run ON pool_claims (run_id)",
    """CREATE TABLE instigators (
selector TEXT NOT NULL,
version INTEGER NOT NULL,
body TEXT NOT NULL,
PRIMARY KEY (selector)
)
WITHOUT ROWID""",
    """CREATE TABLE run_keys (
selector TEXT NOT NULL,
digest TEXT NOT NULL,
run_id TEXT NOT NULL,
PRIMARY KEY (selector, digest)
)
WITHOUT ROWID""",
    "CREATE INDEX run_keys_by_run ON run_keys (run_id)",
    """CREATE TABLE heartbeats (
loop TEXT NOT NULL,
holder TEXT NOT NULL,
timestamp DOUBLE NOT NULL,
body TEXT NOT NULL,
PRIMARY KEY (loop, holder)
)
WITHOUT ROWID""",
)
_POSTGRESQL = (
    """CREATE TABLE dagster_free.pool_limits (
pool TEXT COLLATE "C" NOT NULL,
slots INTEGER NOT NULL,
from_default BOOLEAN NOT NULL,
PRIMARY KEY (pool)
)""",
    """CREATE TABLE dagster_free.pool_claims (
pool TEXT COLLATE "C" NOT NULL,
run_id TEXT COLLATE "C" NOT NULL,
step_key TEXT COLLATE "C" NOT NULL,
priority INTEGER NOT NULL,
enqueued DOUBLE PRECISION NOT NULL,
claimed DOUBLE PRECISION,
expires DOUBLE PRECISION,
PRIMARY KEY (pool, run_id, step_key)
)""",
    "CREATE INDEX pool_claims_by_run ON dagster_free.pool_claims (run_id)",
    """CREATE TABLE dagster_free.instigators (
selector TEXT COLLATE "C" NOT NULL,
version BIGINT NOT NULL,
body TEXT NOT NULL,
PRIMARY KEY (selector)
)""",
    """CREATE TABLE dagster_free.run_keys (
selector TEXT COLLATE "C" NOT NULL,
digest TEXT COLLATE "C" NOT NULL,
run_id TEXT COLLATE "C" NOT NULL,
PRIMARY KEY (selector, digest)
)""",
    "CREATE INDEX run_keys_by_run ON dagster_free.run_keys (run_id)",
    """CREATE TABLE dagster_free.heartbeats (
loop TEXT COLLATE "C" NOT NULL,
holder TEXT COLLATE "C" NOT NULL,
timestamp DOUBLE PRECISION NOT NULL,
body TEXT NOT NULL,
PRIMARY KEY (loop, holder)
)""",
)


def upgrade() -> None:
    """Makes the tables."""
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
