"""What is written and asked about checks, in Core. Part of `questions`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    Integer,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from dagster.storage.core.tables import asset_check_partitions, asset_checks, asset_partitions, runs

_CHECK_MARKS = ("planned_id", "planned_run_id", "evaluation_id", "evaluation_run_id", "passed")


def of_checks(dialect: str, upsert: Callable[[str, Table, Sequence[str], Sequence[str]], Any]) -> dict[str, Any]:
    """The questions by name.

    Args:
        dialect: of the database.
        upsert: makes the statement that takes over marks, of a table with a key.
    """
    of_asset = asset_checks.c.asset_key == bindparam("asset_key")
    return {
        "MARK_CHECK": upsert(dialect, asset_checks, ["asset_key", "check_name"], _CHECK_MARKS),
        "MARK_CHECK_PARTITION": upsert(dialect, asset_check_partitions, ["asset_key", "check_name", "partition"], _CHECK_MARKS),
        "CHECK_MARKS": select(*(asset_checks.c[mark] for mark in _CHECK_MARKS)).where(
            and_(of_asset, asset_checks.c.check_name == bindparam("check_name"))
        ),
        "CHECK_PARTITION_GROUPS": _partition_groups(dialect),
        "ALL_CHECK_MARKS": select(
            asset_checks.c.asset_key, asset_checks.c.check_name, *(asset_checks.c[mark] for mark in _CHECK_MARKS)
        ),
        "ALL_CHECK_PARTITION_MARKS": select(
            asset_check_partitions.c.asset_key,
            asset_check_partitions.c.check_name,
            asset_check_partitions.c.partition,
            *(asset_check_partitions.c[mark] for mark in _CHECK_MARKS),
        ),
        "DELETE_CHECKS": delete(asset_checks).where(of_asset),
        "DELETE_CHECK_PARTITIONS": delete(asset_check_partitions).where(
            asset_check_partitions.c.asset_key == bindparam("asset_key")
        ),
        "WIPE_CHECKS": delete(asset_checks),
        "WIPE_CHECK_PARTITIONS": delete(asset_check_partitions),
    }


def _partition_groups(dialect: str) -> Any:
    """The partitions of a check as one text for each place where some stand, as those of assets are read.

    A plan counts if it is later than what was found, and by another run. What is about an earlier materialization is left out.
    """
    between = literal_column("31", Integer())  # a character that no key contains: as in `rows`
    joined = func.group_concat if dialect == "sqlite" else func.string_agg
    character = func.char if dialect == "sqlite" else func.chr
    marks, zero = asset_check_partitions.c, literal_column("0", Integer())
    keys = joined(marks.partition, character(between))
    of_check = and_(marks.asset_key == bindparam("asset_key"), marks.check_name == bindparam("check_name"))
    is_planned_later = and_(
        marks.planned_id > func.coalesce(marks.evaluation_id, zero),
        or_(marks.evaluation_run_id.is_(None), marks.evaluation_run_id != marks.planned_run_id),
    )
    is_later = case((is_planned_later, literal_column("1", Integer())), else_=zero) == literal_column("1", Integer())
    place = case((is_planned_later, marks.planned_id), else_=marks.evaluation_id)
    run = case((is_planned_later, marks.planned_run_id), else_=marks.evaluation_run_id)
    written = asset_partitions.c
    is_up_to_date = or_(
        written.materialization_id.is_(None),
        place > written.materialization_id,
        and_(run != literal_column("''"), run == written.materialization_run_id),
    )
    same_partition = and_(written.asset_key == marks.asset_key, written.partition == marks.partition)
    of_assets = asset_check_partitions.outerjoin(asset_partitions, same_partition)
    wanted = and_(of_check, is_up_to_date)
    found = (
        select(cast(null(), Text()), marks.passed, keys)
        .select_from(of_assets)
        .where(and_(wanted, ~is_later))
        .group_by(marks.passed)
    )
    planned = (
        select(runs.c.status, cast(null(), Boolean()), keys)
        .select_from(of_assets.outerjoin(runs, runs.c.run_id == marks.planned_run_id))
        .where(and_(wanted, is_later))
        .group_by(runs.c.status)
    )
    return union_all(found, planned)
