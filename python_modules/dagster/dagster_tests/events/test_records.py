from dagster.events.entries import EventLogEntry
from dagster.events.events import DagsterEvent
from dagster.events.records import AssetEntry, AssetRecordsFilter, EventLogRecord
from dagster.events.types import DagsterEventType
from dagster.keys import AssetKey
from dagster_tests.events.samples import DATA, KEY

MATERIALIZED = next(data for data in DATA if hasattr(data, "materialization"))


def record() -> EventLogRecord:
    event = DagsterEvent(
        event_type_value=DagsterEventType.ASSET_MATERIALIZATION.value, job_name="j", event_specific_data=MATERIALIZED
    )
    return EventLogRecord(7, EventLogEntry(None, 10, "", "r", 1.5, dagster_event=event))


def test_a_record_answers_for_its_entry() -> None:
    found = record()
    assert (found.run_id, found.timestamp, found.event_type) == ("r", 1.5, DagsterEventType.ASSET_MATERIALIZATION)
    assert (found.asset_key, found.partition_key) == (KEY, "p")
    assert found.asset_event is found.asset_materialization
    assert found.asset_observation is None


def test_a_record_of_a_logged_line_is_about_no_asset() -> None:
    line = EventLogRecord(1, EventLogEntry(None, 20, "x", "r", 1.0))
    assert (line.asset_key, line.partition_key, line.asset_event) == (None, None, None)


def test_a_cursor_narrows_the_bounds() -> None:
    asked = AssetRecordsFilter(AssetKey("a"), after_storage_id=5, before_storage_id=20)
    kind = DagsterEventType.ASSET_MATERIALIZATION
    ascending = asked.to_event_records_filter(kind, cursor="9", ascending=True)
    assert (ascending.after_cursor, ascending.before_cursor) == (9, 20)
    descending = asked.to_event_records_filter(kind, cursor="9")
    assert (descending.after_cursor, descending.before_cursor) == (5, 9)


def test_a_cursor_of_zero_is_a_cursor() -> None:
    found = AssetRecordsFilter(AssetKey("a")).to_event_records_filter(
        DagsterEventType.ASSET_MATERIALIZATION, cursor="0", ascending=True
    )
    assert found.after_cursor == 0


def test_without_bounds_there_are_none() -> None:
    found = AssetRecordsFilter(AssetKey("a")).to_event_records_filter(DagsterEventType.ASSET_OBSERVATION)
    assert (found.after_cursor, found.before_cursor) == (None, None)


def test_the_projection_of_an_asset_shows_its_latest_materialization() -> None:
    found = record()
    entry = AssetEntry(asset_key=KEY, last_materialization_record=found)
    assert entry.last_materialization is found.event_log_entry
    assert entry.last_materialization_storage_id == 7
    assert AssetEntry(asset_key=KEY).last_materialization_storage_id is None
