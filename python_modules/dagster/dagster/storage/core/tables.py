"""The tables, declared once for every database.

Times are seconds since the epoch. An asset key is stored as `AssetKey.to_string`, a body as the wire form of its value
(`serdes`). Columns beside a body are what questions ask by; where both say the same, the column is the later one (`runs.status`).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)

SCHEMA_VERSION = 7
REVISION = "0007"
"""The migration that leads to this schema: the newest of `dagster.storage.migrations`."""

metadata = MetaData()

# Numbers that never end: 64 bits on PostgreSQL. SQLite gives row numbers to columns of exactly this name of type alone.
Number = BigInteger().with_variant(Integer(), "sqlite")
# Text that is compared and ordered by its bytes, as SQLite does by itself.
Exact = Text().with_variant(Text(collation="C"), "postgresql")

schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

# What Alembic reads and writes; under a name of its own, so that it is nobody else's.
schema_revision = Table("schema_revision", metadata, Column("version_num", String(32), primary_key=True))

runs = Table(
    "runs",
    metadata,
    Column("id", Number, primary_key=True),
    Column("run_id", Exact, nullable=False, unique=True),
    Column("job_name", Exact, nullable=False),
    Column("status", Exact, nullable=False),
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
    Column("run", Number, nullable=False),
    Column("key", Exact, nullable=False),
    Column("value", Exact, nullable=False),
    PrimaryKeyConstraint("run", "key"),
    sqlite_with_rowid=False,
)
# A value may be longer than what fits into an index of PostgreSQL: its digest stands for it there.
_digest = func.md5(run_tags.c.value)
Index("run_tags_by_value", run_tags.c.key, run_tags.c.value, run_tags.c.run, info={"dialects": ("sqlite",)})
Index("run_tags_by_digest", run_tags.c.key, _digest, run_tags.c.run, info={"dialects": ("postgresql",)})

run_steps = Table(
    "run_steps",
    metadata,
    Column("id", Number, primary_key=True),
    Column("run_id", Exact, nullable=False),
    Column("step_key", Exact, nullable=False),
    Column("status", Exact, nullable=False),
    Column("start_time", Double),
    Column("end_time", Double),
    Column("attempts", Integer, nullable=False),
    UniqueConstraint("run_id", "step_key"),
)

events = Table(
    "events",
    metadata,
    Column("id", Number, primary_key=True),
    Column("run_id", Exact, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("sequence", Number),
    Column("timestamp", Double, nullable=False),
    Column("event_type", Exact),
    Column("asset_key", Exact),
    Column("partition", Exact),
    Column("check_name", Exact),
    Column("step_key", Exact),
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
    Index(
        "events_by_check",
        "asset_key",
        "check_name",
        "id",
        sqlite_where=text("check_name IS NOT NULL"),
        postgresql_where=text("check_name IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)


def _marks() -> list[Column[object]]:
    return [
        Column("materialization_id", Number),
        Column("materialization_run_id", Text),
        Column("data_version", Text),
        Column("observation_id", Number),
        Column("planned_id", Number),
        Column("planned_run_id", Text),
        Column("planned_step_key", Text),
    ]


assets = Table(
    "assets",
    metadata,
    Column("id", Number, primary_key=True),
    Column("asset_key", Exact, nullable=False, unique=True),
    *_marks(),
)

asset_partitions = Table(
    "asset_partitions",
    metadata,
    Column("asset_key", Exact, nullable=False),
    Column("partition", Exact, nullable=False),
    *_marks(),
    PrimaryKeyConstraint("asset_key", "partition"),
    sqlite_with_rowid=False,
)
# A row is long, and where all partitions of an asset stand is asked often: these hold what is needed to tell. PostgreSQL reads
# the rows as fast, and would have to write each of them anew wherever a column of an index changes.
Index(
    "asset_partitions_in_brief",
    asset_partitions.c.asset_key,
    asset_partitions.c.partition,
    asset_partitions.c.materialization_id,
    asset_partitions.c.planned_id,
    info={"dialects": ("sqlite",)},
)
Index(
    "asset_partitions_to_come",
    asset_partitions.c.asset_key,
    asset_partitions.c.partition,
    sqlite_where=text("planned_id > coalesce(materialization_id, 0)"),
    info={"dialects": ("sqlite",)},
)


def _check_marks() -> list[Column[object]]:
    return [
        Column("planned_id", Number),
        Column("planned_run_id", Text),
        Column("evaluation_id", Number),
        Column("evaluation_run_id", Text),
        Column("passed", Boolean),
    ]


asset_checks = Table(
    "asset_checks",
    metadata,
    Column("asset_key", Exact, nullable=False),
    Column("check_name", Exact, nullable=False),
    *_check_marks(),
    PrimaryKeyConstraint("asset_key", "check_name"),
    sqlite_with_rowid=False,
)

asset_check_partitions = Table(
    "asset_check_partitions",
    metadata,
    Column("asset_key", Exact, nullable=False),
    Column("check_name", Exact, nullable=False),
    Column("partition", Exact, nullable=False),
    *_check_marks(),
    PrimaryKeyConstraint("asset_key", "check_name", "partition"),
    sqlite_with_rowid=False,
)

dynamic_partitions = Table(
    "dynamic_partitions",
    metadata,
    Column("id", Number, primary_key=True),
    Column("definition", Exact, nullable=False),
    Column("partition", Exact, nullable=False),
    Column("create_timestamp", Double, nullable=False),
    UniqueConstraint("definition", "partition"),
    Index("dynamic_partitions_in_order", "definition", "id"),
    sqlite_autoincrement=True,
)

ticks = Table(
    "ticks",
    metadata,
    Column("id", Number, primary_key=True),
    Column("instigator_type", Exact, nullable=False),
    Column("selector", Exact, nullable=False),
    Column("status", Exact, nullable=False),
    Column("timestamp", Double, nullable=False),
    Column("body", Text, nullable=False),
    Index("ticks_by_selector", "selector", "id"),
    Index("ticks_by_status", "instigator_type", "status", "timestamp"),
    sqlite_autoincrement=True,
)

pool_limits = Table(
    "pool_limits",
    metadata,
    Column("pool", Exact, primary_key=True),
    Column("slots", Integer, nullable=False),
    Column("from_default", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

pool_claims = Table(
    "pool_claims",
    metadata,
    Column("pool", Exact, nullable=False),
    Column("run_id", Exact, nullable=False),
    Column("step_key", Exact, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("enqueued", Double, nullable=False),
    Column("claimed", Double),
    Column("expires", Double),
    PrimaryKeyConstraint("pool", "run_id", "step_key"),
    Index("pool_claims_by_run", "run_id"),
    sqlite_with_rowid=False,
)

# Schedules and sensors between ticks.
instigators = Table(
    "instigators",
    metadata,
    Column("selector", Exact, primary_key=True),
    Column("version", Number, nullable=False),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)

# A key may be longer than what fits into an index of PostgreSQL: its digest stands for it. Runs that are pruned leave their keys.
run_keys = Table(
    "run_keys",
    metadata,
    Column("selector", Exact, nullable=False),
    Column("digest", Exact, nullable=False),
    Column("run_id", Exact, nullable=False),
    PrimaryKeyConstraint("selector", "digest"),
    Index("run_keys_by_run", "run_id"),
    sqlite_with_rowid=False,
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("loop", Exact, nullable=False),
    Column("holder", Exact, nullable=False),
    Column("timestamp", Double, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("loop", "holder"),
    sqlite_with_rowid=False,
)

# Small texts that the instance keeps for itself: when it was last pruned, cursors of loops.
notes = Table(
    "notes",
    metadata,
    Column("name", Exact, primary_key=True),
    Column("content", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Who may do what only one process at a time may: execute a run, be the loop of a kind. `runs/leases.py` says what they mean.
leases = Table(
    "leases",
    metadata,
    Column("name", Exact, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("epoch", Number, nullable=False),
    Column("renewed", Double, nullable=False),
    Column("seconds", Double, nullable=False),
    sqlite_with_rowid=False,
)

# The latest storage id of events, on PostgreSQL. Whoever writes holds this row until the end of the transaction: writers take
# turns, so ids are given in the order of commits, and who reads up to an id has read everything before it.
counters = Table(
    "counters",
    metadata,
    Column("name", Exact, primary_key=True),
    Column("latest", Number, nullable=False),
    info={"dialects": ("postgresql",)},
)

# What SQLite keeps about tables with AUTOINCREMENT; named here so that questions can be asked of it.
sqlite_sequence = Table("sqlite_sequence", MetaData(), Column("name", Text), Column("seq", Integer))
