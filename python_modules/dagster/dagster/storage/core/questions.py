"""What is written and asked, in Core. A name here is the name of its text in `dagster.storage.statements`.

Names that begin with WHERE are conditions that are joined to a question with AND; those of runs stand in `FROM runs`, those of
events in `FROM events`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Table,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal_column,
    null,
    select,
    update,
)
from sqlalchemy import insert as plain_insert

from dagster.storage.core.dialects import OneOf, insert
from dagster.storage.core.tables import (
    asset_checks,
    asset_partitions,
    assets,
    events,
    run_steps,
    run_tags,
    runs,
    schema_version,
    sqlite_sequence,
)

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
_CHECK_MARKS = ("planned_id", "planned_run_id", "evaluation_id", "evaluation_run_id", "passed")


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def questions(dialect: str) -> dict[str, Any]:
    """Everything that is written and asked, by name, in the order in which it is to stand in the file."""
    return {**_of_the_file(), **_of_runs(dialect), **_of_events(), **_of_assets(dialect), **_conditions()}


def _kept(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The parameter of the column's name, or what is stored if that is null."""
    later: BindParameter[Any] = bindparam(str(column.key))
    return func.coalesce(later, column)


def _of_the_file() -> dict[str, Any]:
    return {
        "SCHEMA_VERSION_OF_FILE": select(schema_version.c.version),
        "SET_SCHEMA_VERSION": plain_insert(schema_version),
    }


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
        "REPLACE_RUN": update(runs)
        .where(this_run)
        .values(body=bindparam("body"), attempt=bindparam("attempt"), update_timestamp=bindparam("now")),
        "DELETE_RUN": delete(runs).where(this_run),
        "TAG_RUN": tag.values(run=bindparam("run"), key=bindparam("key"), value=bindparam("value")).on_conflict_do_update(
            index_elements=["run", "key"], set_={"value": tag.excluded.value}
        ),
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


def _of_events() -> dict[str, Any]:
    of_asset, of_run = events.c.asset_key == bindparam("asset_key"), events.c.run_id == bindparam("run_id")
    return {
        "LATEST_EVENT_ID": select(sqlite_sequence.c.seq).where(sqlite_sequence.c.name == literal_column("'events'")),
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
        "DELETE_EVENTS": delete(events).where(of_run),
        "ASSETS_OF_RUN": select(events.c.asset_key).where(and_(of_run, events.c.asset_key.is_not(None))).distinct(),
        "EVENTS_OF_ASSET": select(events.c.id, events.c.body).where(of_asset).order_by(events.c.id),
        "FORGET_EVENTS_OF_ASSET": update(events).where(of_asset).values(asset_key=null(), partition=null(), check_name=null()),
        "FORGET_EVENTS_OF_PARTITIONS": update(events)
        .where(and_(of_asset, OneOf(events.c.partition, "partitions")))
        .values(asset_key=null(), partition=null(), check_name=null()),
    }


def _upsert(dialect: str, table: Table, key: Sequence[str], marks: Sequence[str]) -> Any:
    statement = insert(dialect, table).values({name: bindparam(name) for name in (*key, *marks)})
    later = statement.excluded
    taken: Mapping[str, Any] = {
        mark: case((later[_EVENT_OF_MARK[mark]].is_not(None), later[mark]), else_=table.c[mark]) for mark in marks
    }
    return statement.on_conflict_do_update(index_elements=list(key), set_=taken)


def _of_assets(dialect: str) -> dict[str, Any]:
    this_asset = {table: table.c.asset_key == bindparam("asset_key") for table in (assets, asset_partitions, asset_checks)}
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
        "MARK_CHECK": _upsert(dialect, asset_checks, ["asset_key", "check_name"], _CHECK_MARKS),
        "ASSET_KEYS": select(assets.c.asset_key),
        "ASSET": record,
        "ASSET_MARKS": select(assets.c.asset_key, *(assets.c[mark] for mark in _MARKS)).where(
            OneOf(assets.c.asset_key, "asset_keys")
        ),
        "LATEST_MATERIALIZATIONS": select(assets.c.asset_key, events.c.id, events.c.body)
        .join(events, events.c.id == assets.c.materialization_id)
        .where(OneOf(assets.c.asset_key, "asset_keys")),
        "PARTITION_MARKS": select(asset_partitions.c.partition, *(asset_partitions.c[mark] for mark in _MARKS)).where(
            this_asset[asset_partitions]
        ),
        "CHECK_MARKS": select(*(asset_checks.c[mark] for mark in _CHECK_MARKS)).where(
            and_(this_asset[asset_checks], asset_checks.c.check_name == bindparam("check_name"))
        ),
        "ASSET_ID": select(assets.c.id).where(this_asset[assets]),
        "SET_ASSET_ID": update(assets).where(this_asset[assets]).values(id=bindparam("id")),
        "DELETE_ASSET": delete(assets).where(this_asset[assets]),
        "DELETE_PARTITIONS": delete(asset_partitions).where(this_asset[asset_partitions]),
        "DELETE_CHECKS": delete(asset_checks).where(this_asset[asset_checks]),
    }


def _conditions() -> dict[str, ColumnElement[bool]]:
    one = literal_column("1", Integer())
    of_the_run = run_tags.c.run == literal_column("runs.id")
    tag = and_(of_the_run, run_tags.c.key == bindparam("tag_key"), OneOf(run_tags.c.value, "tag_values"))
    backfill = and_(of_the_run, run_tags.c.key == bindparam("backfill_tag"))
    return {
        "WHERE_RUN_ID": runs.c.run_id == bindparam("run_id"),
        "WHERE_RUN_ID_IN": OneOf(runs.c.run_id, "run_ids"),
        "WHERE_JOB_NAME": runs.c.job_name == bindparam("job_name"),
        "WHERE_STATUS_IN": OneOf(runs.c.status, "statuses"),
        "WHERE_SNAPSHOT_ID": runs.c.snapshot_id == bindparam("snapshot_id"),
        "WHERE_TAG_IN": exists(select(one).where(tag)),
        "WHERE_NO_SUBRUN": ~exists(select(one).where(backfill)),
        "WHERE_UPDATED_AFTER": runs.c.update_timestamp > bindparam("updated_after"),
        "WHERE_UPDATED_BEFORE": runs.c.update_timestamp < bindparam("updated_before"),
        "WHERE_CREATED_AFTER": runs.c.create_timestamp > bindparam("created_after"),
        "WHERE_CREATED_BEFORE": runs.c.create_timestamp < bindparam("created_before"),
        "WHERE_RUN_AFTER": runs.c.id > bindparam("after_run"),
        "WHERE_RUN_BEFORE": runs.c.id < bindparam("before_run"),
        "WHERE_EVENT_OF_RUN": events.c.run_id == bindparam("run_id"),
        "WHERE_EVENT_TYPE": events.c.event_type == bindparam("event_type"),
        "WHERE_EVENT_TYPE_IN": OneOf(events.c.event_type, "event_types"),
        "WHERE_EVENT_OF_ASSET": events.c.asset_key == bindparam("asset_key"),
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
    }
