"""Schema 1: runs, events and what projections say of them.

Revision ID: 0001
"""

from alembic import op

revision = "0001"
down_revision = None

_SQLITE = (
    """CREATE TABLE asset_checks (
asset_key TEXT NOT NULL,
check_name TEXT NOT NULL,
planned_id INTEGER,
planned_run_id TEXT,
evaluation_id INTEGER,
evaluation_run_id TEXT,
passed BOOLEAN,
PRIMARY KEY (asset_key, check_name)
)
WITHOUT ROWID""",
    """CREATE TABLE asset_partitions (
asset_key TEXT NOT NULL,
partition TEXT NOT NULL,
materialization_id INTEGER,
materialization_run_id TEXT,
data_version TEXT,
observation_id INTEGER,
planned_id INTEGER,
planned_run_id TEXT,
planned_step_key TEXT,
PRIMARY KEY (asset_key, partition)
)
WITHOUT ROWID""",
    """CREATE TABLE assets (
id INTEGER NOT NULL,
asset_key TEXT NOT NULL,
materialization_id INTEGER,
materialization_run_id TEXT,
data_version TEXT,
observation_id INTEGER,
planned_id INTEGER,
planned_run_id TEXT,
planned_step_key TEXT,
PRIMARY KEY (id),
UNIQUE (asset_key)
)""",
    """CREATE TABLE events (
id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
run_id TEXT NOT NULL,
attempt INTEGER NOT NULL,
sequence INTEGER,
timestamp DOUBLE NOT NULL,
event_type TEXT,
asset_key TEXT,
partition TEXT,
check_name TEXT,
step_key TEXT,
body TEXT NOT NULL
)""",
    """CREATE INDEX events_by_asset ON events (asset_key, event_type, id) WHERE asset_key IS NOT NULL""",
    """CREATE UNIQUE INDEX events_by_number ON events (run_id, attempt, sequence) WHERE sequence IS NOT NULL""",
    """CREATE INDEX events_by_run ON events (run_id, id)""",
    """CREATE INDEX events_by_type ON events (event_type, id)""",
    """CREATE TABLE run_steps (
id INTEGER NOT NULL,
run_id TEXT NOT NULL,
step_key TEXT NOT NULL,
status TEXT NOT NULL,
start_time DOUBLE,
end_time DOUBLE,
attempts INTEGER NOT NULL,
PRIMARY KEY (id),
UNIQUE (run_id, step_key)
)""",
    """CREATE TABLE run_tags (
run INTEGER NOT NULL,
"key" TEXT NOT NULL,
value TEXT NOT NULL,
PRIMARY KEY (run, "key")
)
WITHOUT ROWID""",
    """CREATE INDEX run_tags_by_value ON run_tags ("key", value, run)""",
    """CREATE TABLE runs (
id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
run_id TEXT NOT NULL,
job_name TEXT NOT NULL,
status TEXT NOT NULL,
snapshot_id TEXT,
attempt INTEGER NOT NULL,
create_timestamp DOUBLE NOT NULL,
update_timestamp DOUBLE NOT NULL,
start_time DOUBLE,
end_time DOUBLE,
body TEXT NOT NULL,
UNIQUE (run_id)
)""",
    """CREATE INDEX runs_by_job ON runs (job_name, id)""",
    """CREATE INDEX runs_by_status ON runs (status, id)""",
    """CREATE INDEX runs_by_update ON runs (update_timestamp)""",
    """CREATE TABLE schema_version (
version INTEGER NOT NULL
)""",
)

_POSTGRESQL = (
    """CREATE TABLE dagster_free.asset_checks (
asset_key TEXT COLLATE "C" NOT NULL,
check_name TEXT COLLATE "C" NOT NULL,
planned_id BIGINT,
planned_run_id TEXT,
evaluation_id BIGINT,
evaluation_run_id TEXT,
passed BOOLEAN,
PRIMARY KEY (asset_key, check_name)
)""",
    """CREATE TABLE dagster_free.asset_partitions (
asset_key TEXT COLLATE "C" NOT NULL,
partition TEXT COLLATE "C" NOT NULL,
materialization_id BIGINT,
materialization_run_id TEXT,
data_version TEXT,
observation_id BIGINT,
planned_id BIGINT,
planned_run_id TEXT,
planned_step_key TEXT,
PRIMARY KEY (asset_key, partition)
)""",
    """CREATE TABLE dagster_free.assets (
id BIGSERIAL NOT NULL,
asset_key TEXT COLLATE "C" NOT NULL,
materialization_id BIGINT,
materialization_run_id TEXT,
data_version TEXT,
observation_id BIGINT,
planned_id BIGINT,
planned_run_id TEXT,
planned_step_key TEXT,
PRIMARY KEY (id),
UNIQUE (asset_key)
)""",
    """CREATE TABLE dagster_free.events (
id BIGSERIAL NOT NULL,
run_id TEXT COLLATE "C" NOT NULL,
attempt INTEGER NOT NULL,
sequence BIGINT,
timestamp DOUBLE PRECISION NOT NULL,
event_type TEXT COLLATE "C",
asset_key TEXT COLLATE "C",
partition TEXT COLLATE "C",
check_name TEXT COLLATE "C",
step_key TEXT COLLATE "C",
body TEXT NOT NULL,
PRIMARY KEY (id)
)""",
    """CREATE INDEX events_by_asset ON dagster_free.events (asset_key, event_type, id) WHERE asset_key IS NOT NULL""",
    """CREATE UNIQUE INDEX events_by_number ON dagster_free.events (run_id, attempt, sequence) WHERE sequence IS NOT NULL""",
    """CREATE INDEX events_by_run ON dagster_free.events (run_id, id)""",
    """CREATE INDEX events_by_type ON dagster_free.events (event_type, id)""",
    """CREATE TABLE dagster_free.run_steps (
id BIGSERIAL NOT NULL,
run_id TEXT COLLATE "C" NOT NULL,
step_key TEXT COLLATE "C" NOT NULL,
status TEXT COLLATE "C" NOT NULL,
start_time DOUBLE PRECISION,
end_time DOUBLE PRECISION,
attempts INTEGER NOT NULL,
PRIMARY KEY (id),
UNIQUE (run_id, step_key)
)""",
    """CREATE TABLE dagster_free.run_tags (
run BIGINT NOT NULL,
key TEXT COLLATE "C" NOT NULL,
value TEXT COLLATE "C" NOT NULL,
PRIMARY KEY (run, key)
)""",
    """CREATE INDEX run_tags_by_digest ON dagster_free.run_tags (key, md5(value), run)""",
    """CREATE TABLE dagster_free.runs (
id BIGSERIAL NOT NULL,
run_id TEXT COLLATE "C" NOT NULL,
job_name TEXT COLLATE "C" NOT NULL,
status TEXT COLLATE "C" NOT NULL,
snapshot_id TEXT,
attempt INTEGER NOT NULL,
create_timestamp DOUBLE PRECISION NOT NULL,
update_timestamp DOUBLE PRECISION NOT NULL,
start_time DOUBLE PRECISION,
end_time DOUBLE PRECISION,
body TEXT NOT NULL,
PRIMARY KEY (id),
UNIQUE (run_id)
)""",
    """CREATE INDEX runs_by_job ON dagster_free.runs (job_name, id)""",
    """CREATE INDEX runs_by_status ON dagster_free.runs (status, id)""",
    """CREATE INDEX runs_by_update ON dagster_free.runs (update_timestamp)""",
    """CREATE TABLE dagster_free.schema_version (
version INTEGER NOT NULL
)""",
)


def upgrade() -> None:
    """Makes the tables."""
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
