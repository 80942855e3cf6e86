"""What an event says once an asset has another key. Pure; each kind of storage writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from dagster.events.asset_events import AssetCheckEvaluation
from dagster.events.data import (
    AssetCheckEvaluationPlanned,
    AssetMaterializationPlannedData,
    AssetObservationData,
    AssetWipedData,
    EngineEventData,
    StepMaterializationData,
)
from dagster.events.data_versions import INPUT_DATA_VERSION_TAG_PREFIX, INPUT_EVENT_POINTER_TAG_PREFIX
from dagster.events.entries import EventLogEntry
from dagster.keys import AssetKey


def input_tags(key: AssetKey) -> tuple[str, str]:
    """The tags by which materializations say that they were made from an asset."""
    name = key.to_user_string()
    return f"{INPUT_DATA_VERSION_TAG_PREFIX}/{name}", f"{INPUT_EVENT_POINTER_TAG_PREFIX}/{name}"


def moved_entry(entry: EventLogEntry, old: AssetKey, new: AssetKey) -> EventLogEntry:
    """The entry with a new key for an asset: that it is about, or that what it is about was made from."""
    event = entry.dagster_event
    if event is None or event.event_specific_data is None:
        return entry
    data = _moved_data(event.event_specific_data, old, new)
    return replace(entry, dagster_event=replace(event, event_specific_data=data))


def _moved_data(data: Any, old: AssetKey, new: AssetKey) -> Any:
    match data:
        case StepMaterializationData():
            written = data.materialization
            tags = _moved_tags(written.tags or {}, old, new)
            return replace(data, materialization=replace(written, asset_key=_moved(written.asset_key, old, new), tags=tags))
        case AssetObservationData():
            seen = data.asset_observation
            return replace(data, asset_observation=replace(seen, asset_key=_moved(seen.asset_key, old, new)))
        case AssetMaterializationPlannedData() | AssetCheckEvaluationPlanned() | AssetCheckEvaluation() | AssetWipedData():
            return replace(data, asset_key=_moved(data.asset_key, old, new))
        case EngineEventData() if data.cached_asset is not None:
            return replace(data, cached_asset=_moved(data.cached_asset, old, new))
        case _:
            return data


def _moved(key: AssetKey, old: AssetKey, new: AssetKey) -> AssetKey:
    return new if key == old else key


def _moved_tags(tags: Mapping[str, str], old: AssetKey, new: AssetKey) -> dict[str, str]:
    names = dict(zip(input_tags(old), input_tags(new), strict=True))
    return {names.get(name, name): value for name, value in tags.items()}
