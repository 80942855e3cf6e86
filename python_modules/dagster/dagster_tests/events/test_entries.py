from typing import Any, get_args

import pytest
from hypothesis import given

from dagster.errors import DagsterInvariantViolationError
from dagster.events.data import AnyEventData
from dagster.events.entries import EventLogEntry
from dagster.events.events import DagsterEvent
from dagster.events.types import DagsterEventType
from dagster_tests.events.samples import DATA, entries


def entry_with(data: Any) -> EventLogEntry:
    event = DagsterEvent(event_type_value="ENGINE_EVENT", job_name="j", event_specific_data=data, message="from the event")
    return EventLogEntry(None, 10, "own", "r", 1.0, dagster_event=event)


def test_there_is_a_sample_of_every_kind_of_data() -> None:
    assert {type(data) for data in DATA} == set(get_args(AnyEventData))


@pytest.mark.parametrize("data", DATA, ids=lambda data: type(data).__name__)
def test_every_kind_of_data_is_read_as_it_was_written(data: Any) -> None:
    entry = entry_with(data)
    assert EventLogEntry.from_json(entry.to_json()) == entry


@given(entries())
def test_any_entry_is_read_as_it_was_written(entry: EventLogEntry) -> None:
    assert EventLogEntry.from_json(entry.to_json()) == entry


def test_what_has_its_default_is_not_written() -> None:
    assert "tags" not in entry_with(None).to_json()
    assert "step_key" not in entry_with(None).to_json()


def test_the_text_of_the_event_comes_first() -> None:
    assert entry_with(None).message == "from the event"
    assert EventLogEntry(None, 20, "own", "r", 1.0).message == "own"


def test_a_logged_line_holds_no_event() -> None:
    line = EventLogEntry(None, 20, "own", "r", 1.0)
    assert not line.is_dagster_event
    assert line.dagster_event_type is None
    assert (line.asset_materialization, line.asset_observation, line.asset_check_evaluation, line.tags) == (None,) * 4
    with pytest.raises(DagsterInvariantViolationError, match="no framework event"):
        line.get_dagster_event()


def test_an_entry_says_what_was_written() -> None:
    entry = next(entry_with(data) for data in DATA if hasattr(data, "materialization"))
    assert entry.asset_materialization is not None
    assert entry.tags == {"t": "v"}
    assert entry.dagster_event_type is DagsterEventType.ENGINE_EVENT
