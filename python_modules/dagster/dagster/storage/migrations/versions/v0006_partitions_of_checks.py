"""Schema 6: where partitions of checks stand, and an index by which the events of a check are found.

Revision ID: 0006
"""

from alembic import op

revision = "0006"
down_revision = "0005"

_SQLITE = (
    "CREATE INDEX events_by_check ON events (asset_key, check_name, id) WHERE check_name IS NOT NULL",
    """CREATE TABLE asset_check_partitions (
asset_key TEXT NOT NULL,
check_name TEXT NOT NULL,
partition TEXT NOT NULL,
planned_id INTEGER,
planned_run_id TEXT,
evaluation_id INTEGER,
evaluation_run_id TEXT,
passed BOOLEAN,
PRIMARY KEY (asset_key, check_name, partition)
)
WITHOUT ROWID""",
)
_POSTGRESQL = (
    "CREATE INDEX events_by_check ON dagster_free.events (asset_key, check_name, id) WHERE check_name IS NOT NULL",
    """CREATE TABLE dagster_free.asset_check_partitions (
asset_key TEXT COLLATE "C" NOT NULL,
check_name TEXT COLLATE "C" NOT NULL,
partition TEXT COLLATE "C" NOT NULL,
planned_id BIGINT,
planned_run_id TEXT,
evaluation_id BIGINT,
evaluation_run_id TEXT,
passed BOOLEAN,
PRIMARY KEY (asset_key, check_name, partition)
)""",
)
_FROM_THE_LOG = """INSERT INTO {schema}asset_check_partitions
SELECT latest.asset_key, latest.check_name, latest.partition, planned.id, planned.run_id, found.id, found.run_id, {passed}
FROM (
SELECT asset_key, check_name, partition,
max(CASE WHEN event_type = 'ASSET_CHECK_EVALUATION_PLANNED' THEN id END) AS planned_id,
max(CASE WHEN event_type = 'ASSET_CHECK_EVALUATION' THEN id END) AS evaluation_id
FROM {schema}events
WHERE asset_key IS NOT NULL AND check_name IS NOT NULL AND partition IS NOT NULL
GROUP BY asset_key, check_name, partition
) latest
LEFT JOIN {schema}events planned ON planned.id = latest.planned_id
LEFT JOIN {schema}events found ON found.id = latest.evaluation_id"""
_PASSED_SQLITE = "json_extract(found.body, '$.dagster_event.event_specific_data.passed')"
_PASSED_POSTGRESQL = "CAST(CAST(found.body AS json) #>> '{dagster_event,event_specific_data,passed}' AS BOOLEAN)"


def upgrade() -> None:
    """Makes the table and the index, and says in the table what the log says."""
    is_sqlite = op.get_context().dialect.name == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        op.execute(statement)
    schema, passed = ("", _PASSED_SQLITE) if is_sqlite else ("dagster_free.", _PASSED_POSTGRESQL)
    op.execute(_FROM_THE_LOG.format(schema=schema, passed=passed))
