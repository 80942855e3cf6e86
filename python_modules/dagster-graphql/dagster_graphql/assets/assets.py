"""What is known of assets: the value of an `Asset` is its key, everything else is asked of storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dagster.events.entries import EventLogEntry
from dagster.events.records import AssetRecord, AssetRecordsFilter, EventLogRecord
from dagster.keys import AssetKey
from dagster.runs.runs import RunRecord, RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.workspace.descriptions import AssetNode
from dagster_graphql.catalogs import Placed
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.selectors import Input, asset_key, asset_keys

DOMAIN = Domain.beside(__file__)

MOST_EVENTS = 1000
"""How many events of one asset are answered at a time."""

UNSTARTED = (DagsterRunStatus.QUEUED, DagsterRunStatus.NOT_STARTED)
IN_PROGRESS = (DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING)


class AssetConnection(msgspec.Struct, frozen=True, kw_only=True):
    """A page of assets, in the order of their keys."""

    nodes: list[AssetKey]
    cursor: str | None


class AssetRecordConnection(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the assets of which something is known, in the order of their keys."""

    assets: list[AssetKey]
    cursor: str | None


class EventHistory(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the events about an asset, latest first."""

    results: list[EventLogEntry]
    cursor: str


class AssetLatestInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Where an asset stands.

    Attributes:
        asset_key: the asset.
        latest_materialization: None if there is none.
        unstarted_run_ids, in_progress_run_ids: of the runs that are to make it and have not ended.
        latest_run_id: of the run that last made it, or is to.
    """

    asset_key: AssetKey
    latest_materialization: EventLogEntry | None
    unstarted_run_ids: list[str]
    in_progress_run_ids: list[str]
    latest_run_id: str | None


def id_of(key: AssetKey) -> str:
    """The key as a text that no other key has, by which assets are ordered."""
    return key.to_string()


def conditions_for(
    key: AssetKey,
    partitions: Sequence[str] | None,
    before_timestamp_millis: str | None,
    after_timestamp_millis: str | None = None,
) -> AssetRecordsFilter:
    """Conditions for the events about an asset."""
    return AssetRecordsFilter(
        key,
        asset_partitions=list(partitions) if partitions is not None else None,
        before_timestamp=_seconds(before_timestamp_millis),
        after_timestamp=_seconds(after_timestamp_millis),
    )


def _seconds(milliseconds: str | None) -> float | None:
    return None if milliseconds is None else int(milliseconds) / 1000.0


def materializations(
    key: AssetKey,
    context: RequestContext,
    *,
    partitions: Sequence[str] | None = None,
    before_timestamp_millis: str | None = None,
    after_timestamp_millis: str | None = None,
    limit: int | None = None,
) -> list[EventLogEntry]:
    """The materializations of an asset, latest first. The latest one alone is read for all assets of the request at once."""
    if limit == 1 and partitions is None and before_timestamp_millis is None and after_timestamp_millis is None:
        latest = context.loaders.latest_materializations.load(key)
        return [latest.event_log_entry] if latest is not None else []
    conditions = conditions_for(key, partitions, before_timestamp_millis, after_timestamp_millis)
    return _entries(context.instance.fetch_materializations(conditions, _most(limit)).records)


def observations(
    key: AssetKey,
    context: RequestContext,
    *,
    partitions: Sequence[str] | None = None,
    before_timestamp_millis: str | None = None,
    after_timestamp_millis: str | None = None,
    limit: int | None = None,
) -> list[EventLogEntry]:
    """The observations of an asset, latest first."""
    if limit == 1 and partitions is None and before_timestamp_millis is None and after_timestamp_millis is None:
        record = context.loaders.asset_records.load(key)
        latest = record.asset_entry.last_observation_record if record is not None else None
        return [latest.event_log_entry] if latest is not None else []
    conditions = conditions_for(key, partitions, before_timestamp_millis, after_timestamp_millis)
    return _entries(context.instance.fetch_observations(conditions, _most(limit)).records)


def _entries(records: Sequence[EventLogRecord]) -> list[EventLogEntry]:
    return [record.event_log_entry for record in records]


def _most(limit: int | None) -> int:
    return MOST_EVENTS if limit is None else max(0, min(limit, MOST_EVENTS))


_FETCHED = {
    "MATERIALIZATION": "fetch_materializations",
    "OBSERVATION": "fetch_observations",
    "FAILED_TO_MATERIALIZE": "fetch_failed_materializations",
}


@DOMAIN.field("Asset", "assetEventHistory")
def _history(
    key: AssetKey,
    context: RequestContext,
    *,
    limit: int,
    event_type_selectors: Sequence[str],
    partitions: Sequence[str] | None = None,
    before_timestamp_millis: str | None = None,
    after_timestamp_millis: str | None = None,
    cursor: str | None = None,
) -> EventHistory:
    conditions = conditions_for(key, partitions, before_timestamp_millis, after_timestamp_millis)
    if cursor:
        conditions = msgspec.structs.replace(conditions, before_storage_id=int(cursor))
    most = _most(limit)
    found: list[EventLogRecord] = []
    for kind in event_type_selectors:
        found.extend(getattr(context.instance, _FETCHED[kind])(conditions, most).records)
    page = sorted(found, key=lambda record: record.storage_id, reverse=True)[:most]
    return EventHistory(results=_entries(page), cursor=str(page[-1].storage_id) if page else cursor or "")


def _record(key: AssetKey, context: RequestContext) -> AssetRecord | None:
    return context.loaders.asset_records.load(key)


def _definition(key: AssetKey, context: RequestContext) -> Placed[AssetNode] | None:
    return context.catalog.assets.get(key)


def _latest_id(key: AssetKey, context: RequestContext) -> str | None:
    latest = context.loaders.latest_materializations.load(key)
    return str(latest.storage_id) if latest is not None else None


def _latest_time(key: AssetKey, context: RequestContext) -> float | None:
    latest = context.loaders.latest_materializations.load(key)
    return latest.timestamp * 1000 if latest is not None else None


def _latest_observation_time(key: AssetKey, context: RequestContext) -> float | None:
    record = _record(key, context)
    latest = record.asset_entry.last_observation_record if record is not None else None
    return latest.timestamp * 1000 if latest is not None else None


def _is_known(key: AssetKey, context: RequestContext) -> bool:
    return key in context.catalog.assets or context.loaders.asset_marks.load(key) is not None


DOMAIN.type(
    "Asset",
    AssetKey,
    plain={"id": id_of, "key": lambda key: key, "latestFailedToMaterializeTimestamp": lambda _key: None},
    asked={
        "assetMaterializations": materializations,
        "assetObservations": observations,
        "definition": _definition,
        "latestEventSortKey": _latest_id,
        "latestMaterializationTimestamp": _latest_time,
        "latestObservationTimestamp": _latest_observation_time,
        "hasDefinitionOrRecord": _is_known,
    },
)
DOMAIN.type("AssetConnection", AssetConnection)
DOMAIN.type("AssetRecordConnection", AssetRecordConnection)
DOMAIN.type("AssetRecord", AssetKey, {"id": id_of, "key": lambda key: key})
DOMAIN.type("AssetResultEventHistoryConnection", EventHistory)
DOMAIN.type(
    "AssetLatestInfo",
    AssetLatestInfo,
    plain={"id": lambda info: info.asset_key.to_user_string()},
    asked={"latestRun": lambda info, context: context.loaders.runs.load(info.latest_run_id) if info.latest_run_id else None},
)
DOMAIN.choose("AssetResultEventType", lambda entry: _HISTORY_TYPES[entry.dagster_event.event_type_value])
_HISTORY_TYPES: Mapping[str, str] = {
    "ASSET_MATERIALIZATION": "MaterializationEvent",
    "ASSET_OBSERVATION": "ObservationEvent",
    "ASSET_FAILED_TO_MATERIALIZE": "FailedToMaterializeEvent",
}


def expect_assets(context: RequestContext, keys: Sequence[AssetKey]) -> None:
    """Says that what is known of these assets will be asked for."""
    loaders = context.loaders
    for loader in (loaders.latest_materializations, loaders.asset_records, loaders.asset_marks, loaders.staleness):
        loader.expect(keys)
    checks = context.catalog.checks_of_asset
    if checks:
        loaders.latest_check_records.expect([check.value.key for key in keys for check in checks.get(key, ())])


def _page(
    keys: Sequence[AssetKey], prefix: Sequence[str] | None, cursor: str | None, limit: int | None
) -> tuple[list[AssetKey], str | None]:
    wanted = [key for key in keys if not prefix or key.has_prefix(prefix)]
    by_id = sorted((id_of(key), key) for key in wanted)
    after = [(text, key) for text, key in by_id if not cursor or text > cursor]
    page = after if limit is None else after[: max(0, limit)]
    return [key for _, key in page], page[-1][0] if page else None


@DOMAIN.query("assetsOrError")
def assets(
    context: RequestContext,
    *,
    prefix: Sequence[str] | None = None,
    asset_keys: Sequence[Input] | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> AssetConnection:
    """A page of the assets that are declared or of which something is known, in the order of their keys."""
    if asset_keys is not None:
        given = [asset_key(each) for each in asset_keys]
    else:
        given = list({*context.catalog.assets, *context.instance.all_asset_keys()})
    keys, after = _page(given, prefix, cursor, limit)
    expect_assets(context, keys)
    return AssetConnection(nodes=keys, cursor=after)


@DOMAIN.query("assetRecordsOrError")
def asset_records(
    context: RequestContext, *, prefix: Sequence[str] | None = None, cursor: str | None = None, limit: int | None = None
) -> AssetRecordConnection:
    """A page of the assets of which something is known, in the order of their keys."""
    keys, after = _page(context.instance.all_asset_keys(), prefix, cursor, limit)
    return AssetRecordConnection(assets=keys, cursor=after)


@DOMAIN.query("assetOrError")
def asset(_context: RequestContext, *, asset_key: Input) -> AssetKey:
    """What is known of an asset, which may be nothing."""
    return AssetKey(asset_key["path"])


@DOMAIN.query("assetsLatestInfo")
def latest_info(context: RequestContext, *, asset_keys: Sequence[Input]) -> list[AssetLatestInfo]:
    """Where assets stand, in the order of their keys."""
    return latest_infos(context, sorted({asset_key(each) for each in asset_keys}, key=id_of))


def latest_infos(context: RequestContext, keys: Sequence[AssetKey]) -> list[AssetLatestInfo]:
    """Where these assets stand, in this order. Four queries."""
    expect_assets(context, keys)
    loaders = context.loaders
    marks = {key: mark for key in keys if (mark := loaders.asset_marks.load(key)) is not None}
    last_runs = {key: mark.last_run_id for key, mark in marks.items() if mark.last_run_id}
    loaders.runs.expect(set(last_runs.values()))
    going_on = _runs_going_on(context, keys)
    return [
        AssetLatestInfo(
            asset_key=key,
            latest_materialization=latest.event_log_entry
            if (latest := loaders.latest_materializations.load(key)) is not None
            else None,
            unstarted_run_ids=[run_id for run_id, status in going_on.get(key, ()) if status in UNSTARTED],
            in_progress_run_ids=[run_id for run_id, status in going_on.get(key, ()) if status in IN_PROGRESS],
            latest_run_id=last_runs.get(key),
        )
        for key in keys
    ]


def _runs_going_on(
    context: RequestContext, keys: Sequence[AssetKey]
) -> Mapping[AssetKey, Sequence[tuple[str, DagsterRunStatus]]]:
    """The runs that have not ended and are to make these assets, and have not done so yet, oldest first."""
    records: Sequence[RunRecord] = context.instance.get_run_records(RunsFilter(statuses=[*UNSTARTED, *IN_PROGRESS]))
    wanted, found = set(keys), dict[AssetKey, list[tuple[str, DagsterRunStatus]]]()
    for record in reversed(records):
        run: Any = record.dagster_run
        for key in (run.planned_assets or run.asset_selection or frozenset[AssetKey]()) & wanted:
            mark = context.loaders.asset_marks.load(key)
            if mark is None or mark.materialization_run_id != run.run_id:
                found.setdefault(key, []).append((run.run_id, run.status))
    return found


__all__ = ["asset_keys", "expect_assets", "id_of", "materializations", "observations"]
