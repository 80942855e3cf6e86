import pytest

from dagster.automation.cursors import AutomationCursor, EntityState, NodeState
from dagster.automation.entity_subsets import Keys, Stretches
from dagster.errors import CheckError


def test_a_cursor_is_written_and_read() -> None:
    nodes = {"a": NodeState(true=Stretches(((1, 5), (9, 12)))), "b": NodeState(text="seen", candidates=False)}
    cursor = AutomationCursor(
        evaluation_id=7,
        timestamp=1.5,
        place=9,
        entities={"orders": EntityState(requested=Keys(frozenset("xy")), nodes=nodes), "report": EntityState(requested=True)},
        requested={"other": True},
    )
    assert AutomationCursor.from_json(cursor.to_json()) == cursor


def test_another_text_is_no_cursor() -> None:
    with pytest.raises(CheckError, match="no cursor of an evaluation"):
        AutomationCursor.from_json("17")
