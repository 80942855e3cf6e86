"""What is written and asked, in Core. A name here is the name of its text in `dagster.storage.statements`.

Names that begin with WHERE are conditions that are joined to a question with AND; those of runs stand in `FROM runs`, those of
events in `FROM events`. Those about ticks stand in `tick_questions`, those about leases,
pools, schedules and sensors in `running_questions`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    literal_column,
    null,
    select,
    update,
)
from sqlalchemy import insert as plain_insert

from dagster.storage.core.check_questions import of_checks
from dagster.storage.core.dialects import POSTGRESQL_SCHEMA, Limit, OneOf, TagIs, TagOneOf, insert
from dagster.storage.core.running_questions import of_running_things
from dagster.storage.core.tables import (
    asset_check_partitions,
    asset_checks,
    asset_partitions,
    assets,
    counters,
    dynamic_partitions,
    events,
    leases,
    notes,
    run_steps,
    run_tags,
    runs,
    schema_revision,
    schema_version,
    sqlite_sequence,
)
from dagster.storage.core.tick_questions import of_ticks, tick_conditions

_MARKS = (
    "materialization_id",
    "materialization_run_id",
    "data_version",
    "observation_id",
    "planned_id",
    "planned_run_id",
    "planned_step_key",
)
_EVENT_OF_MARK = {
    "materialization_id": "materialization_id",
    "materialization_run_id": "materialization_id",
    "data_version": "materialization_id",
    "observation_id": "observation_id",
    "planned_id": "planned_id",
    "planned_run_id": "planned_id",
    "planned_step_key": "planned_id",
    "evaluation_id": "evaluation_id",
    "evaluation_run_id": "evaluation_id",
    "passed": "evaluation_id",
}


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def questions(dialect: str) -> dict[str, Any]:
    """Everything that is written and asked, by name, in the order in which it is to stand in the file."""
    return {
        **_of_the_file(dialect),
        **_of_runs(dialect),
        **_of_events(dialect),
        **_of_assets(dialect),
        **_of_dynamic_partitions(dialect),
        **of_checks(dialect, _upsert),
        **of_ticks(dialect),
        **of_running_things(dialect),
        **_conditions(),
        **tick_conditions(),
    }


def _kept(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The parameter of the column's name, or what is stored if that is null."""
    later: BindParameter[Any] = bindparam(str(column.key))
    return func.coalesce(later, column)


def _of_the_file(dialect: str) -> dict[str, Any]:
    note, lease = insert(dialect, notes), insert(dialect, leases)
    return {
        "SCHEMA_VERSION_OF_FILE": select(schema_version.c.version),
        "SET_SCHEMA_VERSION": plain_insert(schema_version),
        "CHANGE_SCHEMA_VERSION": update(schema_version).values(version=bindparam("version")),
        "SET_COUNTER": plain_insert(counters),
        "SET_REVISION": plain_insert(schema_revision),
        "NOTE": select(notes.c.content).where(notes.c.name == bindparam("name")),
        "SET_NOTE": note.values(name=bindparam("name"), content=bindparam("content")).on_conflict_do_update(
            index_elements=["name"], set_={"content": note.excluded.content}
        ),
        "LEASE": select(*leases.c).where(leases.c.name == bindparam("name")),
        "LEASES": select(*leases.c).order_by(leases.c.name),
        "DROP_LEASE": delete(leases).where(leases.c.name == bindparam("name")),
        "SET_LEASE": lease.values({name: bindparam(name) for name in leases.c.keys()}).on_conflict_do_update(  # noqa: SIM118
            index_elements=["name"], set_={name: lease.excluded[name] for name in ("holder", "epoch", "renewed", "seconds")}
        ),
        "LIMIT": Limit(),
    }


def _next_row(table: Table) -> Any:
    """The number of the next row: one more than the highest, without gaps. Safe, since writers take turns."""
    return select(
        func.coalesce(func.max(table.c.id), literal_column("0", Integer())) + literal_column("1", Integer())
    ).scalar_subquery()


def _of_runs(dialect: str) -> dict[str, Any]:
    this_run, this_row = runs.c.run_id == bindparam("run_id"), run_tags.c.run == bindparam("run")
    tag = insert(dialect, run_tags)
    return {
        "ADD_RUN": plain_insert(runs).values({name: bindparam(name) for name in _names(runs) if name != "id"}),
        "RUN": select(
            runs.c.id,
            runs.c.status,
            runs.c.attempt,
            runs.c.create_timestamp,
            runs.c.update_timestamp,
            runs.c.start_time,
            runs.c.end_time,
            runs.c.body,
        ),
        "RUN_BY_TAG": select(
            runs.c.id,
            runs.c.status,
            runs.c.attempt,
            runs.c.create_timestamp,
            runs.c.update_timestamp,
            runs.c.start_time,
            runs.c.end_time,
            runs.c.body,
        ).select_from(run_tags.join(runs, runs.c.id == run_tags.c.run)),
        "RUN_STATUSES": select(runs.c.run_id, runs.c.status).where(OneOf(runs.c.run_id, "run_ids")),
        "ROW_OF_RUN": select(runs.c.id).where(this_run),
        "RUN_COUNT": select(func.count()).select_from(runs),
        "HELD_ATTEMPT": select(runs.c.attempt, runs.c.status).where(this_run),
        "MOVE_RUN": update(runs)
        .where(this_run)
        .values(
            status=bindparam("status"),
            attempt=bindparam("attempt"),
            update_timestamp=bindparam("now"),
            start_time=_kept(runs.c.start_time),
            end_time=bindparam("end_time"),
        ),
        "SET_RUN_STATE": update(runs)
        .where(this_run)
        .values(status=bindparam("status"), start_time=bindparam("start_time"), end_time=bindparam("end_time")),
        "REPLACE_RUN": update(runs)
        .where(this_run)
        .values(body=bindparam("body"), attempt=bindparam("attempt"), update_timestamp=bindparam("now")),
        "DELETE_RUN": delete(runs).where(this_run),
        "TAG_RUN": tag.values(run=bindparam("run"), key=bindparam("key"), value=bindparam("value")).on_conflict_do_update(
            index_elements=["run", "key"], set_={"value": tag.excluded.value}
        ),
        "TAG_KEYS": select(run_tags.c.key).distinct().order_by(run_tags.c.key),
        "TAG_VALUES": select(run_tags.c.key, run_tags.c.value).distinct(),
        "UNTAG_RUN": delete(run_tags).where(this_row),
        "MARK_STEP": _step_upsert(dialect),
        "STEPS": select(
            run_steps.c.step_key, run_steps.c.status, run_steps.c.start_time, run_steps.c.end_time, run_steps.c.attempts
        )
        .where(run_steps.c.run_id == bindparam("run_id"))
        .order_by(run_steps.c.id),
        "DELETE_STEPS": delete(run_steps).where(run_steps.c.run_id == bindparam("run_id")),
    }


def _step_upsert(dialect: str) -> Any:
    names = ("run_id", "step_key", "status", "start_time", "end_time", "attempts")
    statement = insert(dialect, run_steps).values({name: bindparam(name) for name in names})
    later = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["run_id", "step_key"],
        set_={
            "status": later.status,
            "start_time": func.coalesce(later.start_time, run_steps.c.start_time),
            "end_time": later.end_time,
            "attempts": run_steps.c.attempts + later.attempts,
        },
    )


def _of_events(dialect: str) -> dict[str, Any]:
    of_asset, of_run = events.c.asset_key == bindparam("asset_key"), events.c.run_id == bindparam("run_id")
    return {
        **_of_event_ids(dialect),
        "ADD_EVENT": plain_insert(events),
        "STORED_NUMBERS": select(events.c.sequence, events.c.id).where(
            and_(
                of_run,
                events.c.attempt == bindparam("attempt"),
                events.c.sequence >= bindparam("first"),
                events.c.sequence <= bindparam("last"),
            )
        ),
        "EVENT": select(events.c.id, events.c.body),
        "TOUCHED_AFTER": select(events.c.id, events.c.run_id, events.c.event_type, events.c.asset_key)
        .where(events.c.id > bindparam("after", type_=Integer()))
        .order_by(events.c.id),
        "LOG": select(events.c.id, events.c.attempt, events.c.asset_key.is_(None), events.c.body)
        .where(events.c.id > bindparam("after"))
        .order_by(events.c.id),
        "DELETE_EVENTS": delete(events).where(of_run),
        "PRUNE_EVENTS_OF_RUN": delete(events).where(and_(of_run, *_not_the_latest())),
        "OLD_EVENTS_WITHOUT_RUN": select(events.c.id)
        .where(
            and_(
                events.c.run_id == literal_column("''"),
                events.c.id > bindparam("after"),
                events.c.timestamp < bindparam("before_timestamp"),
                *_not_the_latest(),
            )
        )
        .order_by(events.c.id),
        "DELETE_EVENTS_IN": delete(events).where(OneOf(events.c.id, "event_ids")),
        "WIPE_EVENTS": delete(events),
        "WIPE_RUNS": delete(runs),
        "WIPE_TAGS": delete(run_tags),
        "WIPE_STEPS": delete(run_steps),
        "WIPE_ASSETS": delete(assets),
        "WIPE_PARTITIONS": delete(asset_partitions),
        "OLD_RUNS": select(runs.c.run_id)
        .where(and_(OneOf(runs.c.status, "statuses"), runs.c.update_timestamp < bindparam("updated_before")))
        .order_by(runs.c.update_timestamp, runs.c.id),
        "ASSETS_OF_RUN": select(events.c.asset_key).where(and_(of_run, events.c.asset_key.is_not(None))).distinct(),
        "EVENTS_OF_ASSET": select(events.c.id, events.c.body).where(of_asset).order_by(events.c.id),
        "FORGET_EVENTS_OF_ASSET": update(events).where(of_asset).values(asset_key=null(), partition=null(), check_name=null()),
        "READERS_OF_ASSET": select(events.c.id, events.c.body).where(
            and_(events.c.event_type == literal_column("'ASSET_MATERIALIZATION'"), events.c.body.like(bindparam("pattern")))
        ),
        "REPLACE_EVENT": update(events).where(events.c.id == bindparam("event_id")).values(body=bindparam("event_body")),
        "MOVE_EVENTS_OF_ASSET": update(events).where(of_asset).values(asset_key=bindparam("new_key")),
        "FORGET_EVENTS_OF_PARTITIONS": update(events)
        .where(and_(of_asset, OneOf(events.c.partition, "partitions")))
        .values(asset_key=null(), partition=null(), check_name=null()),
    }


def _not_the_latest() -> list[ColumnElement[bool]]:
    """Conditions that an event is not the one by which an asset, a partition or a check is known. By their primary keys."""
    one = literal_column("1", Integer())
    of_asset = and_(
        assets.c.asset_key == literal_column("events.asset_key"),
        literal_column("events.id").in_([assets.c.materialization_id, assets.c.observation_id, assets.c.planned_id]),
    )
    of_partition = and_(
        asset_partitions.c.asset_key == literal_column("events.asset_key"),
        asset_partitions.c.partition == literal_column("events.partition"),
        literal_column("events.id").in_(
            [asset_partitions.c.materialization_id, asset_partitions.c.observation_id, asset_partitions.c.planned_id]
        ),
    )
    of_check = and_(
        asset_checks.c.asset_key == literal_column("events.asset_key"),
        asset_checks.c.check_name == literal_column("events.check_name"),
        literal_column("events.id").in_([asset_checks.c.planned_id, asset_checks.c.evaluation_id]),
    )
    of_check_partition = and_(
        asset_check_partitions.c.asset_key == literal_column("events.asset_key"),
        asset_check_partitions.c.check_name == literal_column("events.check_name"),
        asset_check_partitions.c.partition == literal_column("events.partition"),
        literal_column("events.id").in_([asset_check_partitions.c.planned_id, asset_check_partitions.c.evaluation_id]),
    )
    return [~exists(select(one).where(known)) for known in (of_asset, of_partition, of_check, of_check_partition)]


def _of_event_ids(dialect: str) -> dict[str, Any]:
    """Waiting for the turn to write, reading and taking the latest storage id. SQLite does both by itself."""
    if dialect == "sqlite":
        latest = select(sqlite_sequence.c.seq).where(sqlite_sequence.c.name == literal_column("'events'"))
        return {"TURN": literal_column(""), "LATEST_EVENT_ID": latest, "TAKE_EVENT_IDS": literal_column("")}
    this = counters.c.name == literal_column("'events'")
    transaction = cast(func.txid_current(), Text())
    notified = func.pg_notify(literal_column(f"'{POSTGRESQL_SCHEMA}'"), literal_column("''"))
    return {
        # Heard by whoever listens when this transaction is committed; with this statement it costs no way to the server.
        "TURN": select(counters.c.latest, transaction, notified).where(this).with_for_update(),
        "LATEST_EVENT_ID": select(counters.c.latest).where(this),
        "TAKE_EVENT_IDS": update(counters).where(this).values(latest=bindparam("latest")),
    }


def _upsert(dialect: str, table: Table, key: Sequence[str], marks: Sequence[str]) -> Any:
    row: dict[str, Any] = {name: bindparam(name) for name in (*key, *marks)}
    statement = insert(dialect, table).values({"id": _next_row(table), **row} if "id" in table.c else row)
    later = statement.excluded
    taken: Mapping[str, Any] = {
        mark: case((later[_EVENT_OF_MARK[mark]].is_not(None), later[mark]), else_=table.c[mark]) for mark in marks
    }
    return statement.on_conflict_do_update(index_elements=list(key), set_=taken)


def _partition_groups(dialect: str) -> Any:
    """The partitions of an asset as two texts, read in one go: rows of their own would cost twice the time.

    One row holds those that are materialized with no later plan, with commas between, and how many they are; the other, without
    a number, those with a later plan, each with its run and whether it is materialized. What stands between these are parameters.
    SQLite takes half the time where it need not ask for the separator of each row, so whoever reads counts the commas.
    """
    joined = func.string_agg if dialect == "postgresql" else func.group_concat
    comma = () if dialect == "sqlite" else (literal_column("','", Text()),)
    unit, part = bindparam("between_partitions", type_=Text()), bindparam("between_parts", type_=Text())
    zero, yes, no = literal_column("0", Integer()), literal_column("'1'", Text()), literal_column("'0'", Text())
    partition, this_asset = asset_partitions.c.partition, asset_partitions.c.asset_key == bindparam("asset_key")
    written, planned = asset_partitions.c.materialization_id, asset_partitions.c.planned_id
    parts = (asset_partitions.c.planned_run_id, case((written.is_not(None), yes), else_=no), partition)
    later = parts[0].concat(part).concat(parts[1]).concat(part).concat(parts[2])
    standing = select(joined(partition, *comma), func.count()).where(this_asset, written >= func.coalesce(planned, zero))
    to_come = select(joined(later, unit), cast(null(), Integer())).where(this_asset, planned > func.coalesce(written, zero))
    return standing.union_all(to_come.with_hint(asset_partitions, "INDEXED BY asset_partitions_to_come", "sqlite"))


def _of_assets(dialect: str) -> dict[str, Any]:
    this_asset = {table: table.c.asset_key == bindparam("asset_key") for table in (assets, asset_partitions)}
    written, seen = events.alias("written"), events.alias("seen")
    record = (
        select(assets, written.c.body.label("written_body"), seen.c.body.label("seen_body"))
        .select_from(assets)
        .outerjoin(written, written.c.id == assets.c.materialization_id)
        .outerjoin(seen, seen.c.id == assets.c.observation_id)
    )
    return {
        "MARK_ASSET": _upsert(dialect, assets, ["asset_key"], _MARKS),
        "MARK_PARTITION": _upsert(dialect, asset_partitions, ["asset_key", "partition"], _MARKS),
        "ASSET_KEYS": select(assets.c.asset_key),
        "ASSET": record,
        "ASSET_MARKS": select(assets.c.asset_key, *(assets.c[mark] for mark in _MARKS)).where(
            OneOf(assets.c.asset_key, "asset_keys")
        ),
        "LATEST_MATERIALIZATIONS": _latest_materializations(dialect),
        "PARTITION_MARKS": select(asset_partitions.c.partition, *(asset_partitions.c[mark] for mark in _MARKS)).where(
            this_asset[asset_partitions]
        ),
        "PARTITION_GROUPS": _partition_groups(dialect),
        "ALL_RUN_STATES": select(runs.c.run_id, runs.c.status, runs.c.start_time, runs.c.end_time),
        "ALL_STEPS": select(
            run_steps.c.run_id,
            run_steps.c.step_key,
            run_steps.c.status,
            run_steps.c.start_time,
            run_steps.c.end_time,
            run_steps.c.attempts,
        ),
        "ALL_ASSET_MARKS": select(assets.c.asset_key, *(assets.c[mark] for mark in _MARKS)),
        "ALL_PARTITION_MARKS": select(
            asset_partitions.c.asset_key, asset_partitions.c.partition, *(asset_partitions.c[mark] for mark in _MARKS)
        ),
        "ASSET_ID": select(assets.c.id).where(this_asset[assets]),
        "SET_ASSET_ID": update(assets).where(this_asset[assets]).values(id=bindparam("id")),
        "DELETE_ASSET": delete(assets).where(this_asset[assets]),
        "DELETE_PARTITIONS": delete(asset_partitions).where(this_asset[asset_partitions]),
    }


def _latest_materializations(dialect: str) -> Any:
    """Asked for thousands at a time: on SQLite a join with the list is a third faster than `IN`."""
    row = select(assets.c.asset_key, events.c.id, events.c.body)
    latest = events.c.id == assets.c.materialization_id
    if dialect != "sqlite":
        return row.join(events, latest).where(OneOf(assets.c.asset_key, "asset_keys"))
    asked = func.json_each(bindparam("asset_keys")).table_valued("value").alias("asked")
    return row.select_from(asked.join(assets, assets.c.asset_key == asked.c.value).join(events, latest))


def _of_dynamic_partitions(dialect: str) -> dict[str, Any]:
    of_definition = dynamic_partitions.c.definition == bindparam("definition")
    this = and_(of_definition, dynamic_partitions.c.partition == bindparam("partition"))
    row: dict[str, Any] = {name: bindparam(name) for name in ("definition", "partition", "create_timestamp")}
    return {
        "ADD_DYNAMIC_PARTITION": insert(dialect, dynamic_partitions)
        .values(row)
        .on_conflict_do_nothing(index_elements=["definition", "partition"]),
        "DYNAMIC_PARTITIONS": select(dynamic_partitions.c.id, dynamic_partitions.c.partition).where(of_definition),
        "DELETE_DYNAMIC_PARTITION": delete(dynamic_partitions).where(this),
    }


def _conditions() -> dict[str, ColumnElement[bool]]:
    one = literal_column("1", Integer())
    of_the_run = run_tags.c.run == literal_column("runs.id")
    tag = and_(run_tags.c.key == bindparam("tag_key"), TagOneOf(run_tags.c.value, "tag_values"))
    backfill = and_(of_the_run, run_tags.c.key == bindparam("backfill_tag"))
    return {
        "WHERE_RUN_ID": runs.c.run_id == bindparam("run_id"),
        "WHERE_RUN_ID_IN": OneOf(runs.c.run_id, "run_ids"),
        "WHERE_JOB_NAME": runs.c.job_name == bindparam("job_name"),
        "WHERE_STATUS_IN": OneOf(runs.c.status, "statuses"),
        "WHERE_SNAPSHOT_ID": runs.c.snapshot_id == bindparam("snapshot_id"),
        "WHERE_TAG_IN": runs.c.id.in_(select(run_tags.c.run).where(tag)),
        "WHERE_TAG": and_(run_tags.c.key == bindparam("tag_key"), TagIs(run_tags.c.value, "tag_value")),
        "WHERE_NO_SUBRUN": ~exists(select(one).where(backfill)),
        "WHERE_UPDATED_AFTER": runs.c.update_timestamp > bindparam("updated_after"),
        "WHERE_UPDATED_BEFORE": runs.c.update_timestamp < bindparam("updated_before"),
        "WHERE_CREATED_AFTER": runs.c.create_timestamp > bindparam("created_after"),
        "WHERE_CREATED_BEFORE": runs.c.create_timestamp < bindparam("created_before"),
        "WHERE_RUN_AFTER": runs.c.id > bindparam("after_run"),
        "WHERE_RUN_BEFORE": runs.c.id < bindparam("before_run"),
        "WHERE_TAG_KEY_IN": OneOf(run_tags.c.key, "tag_keys"),
        "WHERE_TAG_BEGINS": func.substr(
            run_tags.c.value, literal_column("1", Integer()), bindparam("prefix_length", type_=Integer())
        )
        == bindparam("value_prefix"),
        "WHERE_EVENT_OF_JOB_IN": events.c.run_id.in_(select(runs.c.run_id).where(OneOf(runs.c.job_name, "job_names"))),
        "WHERE_EVENT_OF_RUN": events.c.run_id == bindparam("run_id"),
        "WHERE_EVENT_TYPE": events.c.event_type == bindparam("event_type"),
        "WHERE_EVENT_TYPE_IN": OneOf(events.c.event_type, "event_types"),
        "WHERE_EVENT_OF_ASSET": events.c.asset_key == bindparam("asset_key"),
        "WHERE_EVENT_OF_CHECK": events.c.check_name == bindparam("check_name"),
        "WHERE_PARTITION_IN": OneOf(events.c.partition, "partitions"),
        "WHERE_EVENT_AFTER": events.c.id > bindparam("after"),
        "WHERE_EVENT_BEFORE": events.c.id < bindparam("before"),
        "WHERE_EVENT_LATER_THAN": events.c.timestamp > bindparam("after_timestamp"),
        "WHERE_EVENT_EARLIER_THAN": events.c.timestamp < bindparam("before_timestamp"),
        "WHERE_EVENT_ID_IN": OneOf(events.c.id, "event_ids"),
        "WHERE_ASSET_KEY_IN": OneOf(assets.c.asset_key, "asset_keys"),
        "WHERE_ASSET_KEY_AFTER": assets.c.asset_key > bindparam("asset_cursor"),
        "WHERE_ASSET_KEY_FROM": assets.c.asset_key >= bindparam("prefix_from"),
        "WHERE_ASSET_KEY_BELOW": assets.c.asset_key < bindparam("prefix_below"),
        "WHERE_MARKED_PARTITION_IN": OneOf(asset_partitions.c.partition, "partitions"),
        "WHERE_DYNAMIC_PARTITION_IN": OneOf(dynamic_partitions.c.partition, "partitions"),
        "WHERE_DYNAMIC_PARTITION_AFTER": dynamic_partitions.c.id > bindparam("after_row"),
        "WHERE_DYNAMIC_PARTITION_BEFORE": dynamic_partitions.c.id < bindparam("before_row"),
    }
