"""Of which data a materialization was made: the materializations furthest upstream to which the inputs lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from dagster.events.records import AssetRecordsFilter, EventLogRecord, EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.instance.data_histories import made_of
from dagster.keys import AssetKey
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.staleness.staleness import Node

DOMAIN = Domain.beside(__file__)


class UsedData(msgspec.Struct, frozen=True, kw_only=True):
    """A materialization of which another one was made.

    Attributes:
        asset_key: what was materialized.
        downstream_asset_key: what was made of it.
        timestamp: of the materialization, in milliseconds since the epoch.
    """

    asset_key: AssetKey
    downstream_asset_key: AssetKey
    timestamp: str


def _milliseconds(record: EventLogRecord) -> str:
    return str(int(record.timestamp * 1000))


def _at(key: AssetKey, context: RequestContext, milliseconds: str) -> EventLogRecord | None:
    """The materialization of an asset at a moment."""
    seconds = int(milliseconds) / 1000.0
    around = AssetRecordsFilter(key, after_timestamp=seconds - 0.002, before_timestamp=seconds + 0.002)
    records = context.instance.fetch_materializations(around, 10).records
    return next((record for record in records if _milliseconds(record) == milliseconds), None)


def _inputs(record: EventLogRecord) -> Mapping[AssetKey, int]:
    """The storage ids of what it was made from."""
    provenance = made_of(record).provenance
    if provenance is None:
        return {}
    return {key: place for key, place in provenance.input_storage_ids.items() if place is not None}


def _materialized(context: RequestContext, places: Mapping[AssetKey, int]) -> Iterator[EventLogRecord]:
    """The materializations at these places. One query."""
    if places:
        wanted = EventRecordsFilter(DagsterEventType.ASSET_MATERIALIZATION, storage_ids=list(places.values()))
        yield from context.instance.get_event_records(wanted)


@DOMAIN.field("AssetNode", "assetMaterializationUsedData")
def _used_data(node: Node, context: RequestContext, *, timestamp_millis: str) -> list[UsedData]:
    """A query for each materialization on the way."""
    own = _at(node.value.spec.key, context, timestamp_millis)
    found: dict[int, EventLogRecord] = {}
    seen: set[int] = set()
    left = [own] if own is not None else []
    while left:
        record = left.pop()
        upstream = list(_materialized(context, _inputs(record)))
        if not upstream and record is not own:
            found[record.storage_id] = record
        left.extend(each for each in upstream if each.storage_id not in seen)
        seen.update(each.storage_id for each in upstream)
    told = [
        UsedData(asset_key=record.asset_key, downstream_asset_key=node.value.spec.key, timestamp=_milliseconds(record))
        for record in found.values()
        if record.asset_key is not None
    ]
    return sorted(told, key=lambda each: each.asset_key)


DOMAIN.type("MaterializationUpstreamDataVersion", UsedData)
