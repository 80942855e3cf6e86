"""The tables, declared once for every database.

Times are seconds since the epoch. An asset key is stored as `AssetKey.to_string`, a body as the wire form of its value
(`serdes`). Columns beside a body are what questions ask by; where both say the same, the column is the later one (`runs.status`).
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

SCHEMA_VERSION = 1

metadata = MetaData()

schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", Text, nullable=False, unique=True),
    Column("job_name", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("snapshot_id", Text),
    Column("attempt", Integer, nullable=False),
    Column("create_timestamp", Double, nullable=False),
    Column("update_timestamp", Double, nullable=False),
    Column("start_time", Double),
    Column("end_time", Double),
    Column("body", Text, nullable=False),
    Index("runs_by_status", "status", "id"),
    Index("runs_by_job", "job_name", "id"),
    Index("runs_by_update", "update_timestamp"),
    sqlite_autoincrement=True,
)

run_tags = Table(
    "run_tags",
    metadata,
    Column("run", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("run", "key"),
    Index("run_tags_by_value", "key", "value", "run"),
    sqlite_with_rowid=False,
)

run_steps = Table(
    "run_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", Text, nullable=False),
    Column("step_key", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("start_time", Double),
    Column("end_time", Double),
    Column("attempts", Integer, nullable=False),
    UniqueConstraint("run_id", "step_key"),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("sequence", Integer),
    Column("timestamp", Double, nullable=False),
    Column("event_type", Text),
    Column("asset_key", Text),
    Column("partition", Text),
    Column("check_name", Text),
    Column("step_key", Text),
    Column("body", Text, nullable=False),
    Index("events_by_run", "run_id", "id"),
    Index(
        "events_by_number",
        "run_id",
        "attempt",
        "sequence",
        unique=True,
        sqlite_where=text("sequence IS NOT NULL"),
        postgresql_where=text("sequence IS NOT NULL"),
    ),
    Index("events_by_type", "event_type", "id"),
    Index(
        "events_by_asset",
        "asset_key",
        "event_type",
        "id",
        sqlite_where=text("asset_key IS NOT NULL"),
        postgresql_where=text("asset_key IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)


def _marks() -> list[Column[object]]:
    return [
        Column("materialization_id", Integer),
        Column("materialization_run_id", Text),
        Column("data_version", Text),
        Column("observation_id", Integer),
        Column("planned_id", Integer),
        Column("planned_run_id", Text),
        Column("planned_step_key", Text),
    ]


assets = Table(
    "assets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("asset_key", Text, nullable=False, unique=True),
    *_marks(),
)

asset_partitions = Table(
    "asset_partitions",
    metadata,
    Column("asset_key", Text, nullable=False),
    Column("partition", Text, nullable=False),
    *_marks(),
    PrimaryKeyConstraint("asset_key", "partition"),
    sqlite_with_rowid=False,
)

asset_checks = Table(
    "asset_checks",
    metadata,
    Column("asset_key", Text, nullable=False),
    Column("check_name", Text, nullable=False),
    Column("planned_id", Integer),
    Column("planned_run_id", Text),
    Column("evaluation_id", Integer),
    Column("evaluation_run_id", Text),
    Column("passed", Boolean),
    PrimaryKeyConstraint("asset_key", "check_name"),
    sqlite_with_rowid=False,
)

# What SQLite keeps about tables with AUTOINCREMENT; named here so that questions can be asked of it.
sqlite_sequence = Table("sqlite_sequence", MetaData(), Column("name", Text), Column("seq", Integer))
