from datetime import datetime, timezone
from typing import Any

import pytest

from dagster import MetadataValue, TableColumn, TableSchema
from dagster.define.check_verdicts import (
    FRESH_UNTIL,
    Bounds,
    Freshness,
    bounds_verdict,
    in_words,
    last_update_verdict,
    partition_verdict,
    schema_verdict,
)

NOON = datetime(2024, 5, 1, 12, tzinfo=timezone.utc).timestamp()
HOUR = 3600.0


@pytest.mark.parametrize(
    ("bounds", "passed"),
    [
        ({"min_value": 5}, True),
        ({"min_value": 5, "exclusive_min": True}, False),
        ({"max_value": 5}, True),
        ({"max_value": 5, "exclusive_max": True}, False),
        ({"min_value": 6}, False),
        ({"max_value": 4}, False),
        ({"min_value": 4, "max_value": 6}, True),
    ],
)
def test_a_number_lies_within_its_bounds(bounds: Any, passed: bool) -> None:
    assert bounds_verdict("n", Bounds(**bounds), {"n": MetadataValue.int(5)}).passed is passed


@pytest.mark.parametrize(
    ("metadata", "told"),
    [
        (None, "Asset has not been materialized"),
        ({}, "Metadata key `n` not found"),
        ({"n": MetadataValue.text("x")}, "Value `x` is not a number"),
        ({"n": MetadataValue.bool(True)}, "Value `True` is not a number"),
    ],
)
def test_what_is_no_number_does_not_pass(metadata: Any, told: str) -> None:
    found = bounds_verdict("n", Bounds(min_value=1), metadata)
    assert (found.passed, found.description) == (False, told)


def schema(**columns: str) -> dict[str, Any]:
    return {"dagster/column_schema": MetadataValue.table_schema(TableSchema([TableColumn(*each) for each in columns.items()]))}


def test_columns_are_compared_with_those_before() -> None:
    before, after = schema(x="int", y="int"), schema(y="str", z="int")
    assert [schema_verdict(found).passed for found in ([], [after], [after, after], [after, before])] == [True, True, True, False]
    told = schema_verdict([after, before]).description
    assert all(words in told for words in ("Added columns: z", "Removed columns: x", "- y: int -> str"))
    assert [schema_verdict(found).passed for found in ([after, {}], [{}, after])] == [False, False]


def test_an_asset_is_fresh_until_its_time_is_over() -> None:
    wanted = Freshness(timezone="UTC", lower_bound_delta_seconds=HOUR)
    never, late, fresh = (last_update_verdict(wanted, NOON, at) for at in (None, NOON - HOUR - 1, NOON - HOUR + 1))
    assert [found.passed for found in (never, late, fresh)] == [False, False, True]
    assert fresh.metadata[FRESH_UNTIL].value == NOON + 1
    assert FRESH_UNTIL not in late.metadata


def test_deadlines_are_in_their_own_zone() -> None:
    wanted = Freshness(timezone="Europe/Berlin", lower_bound_delta_seconds=HOUR, deadline_cron="0 9 * * *")
    deadline = datetime(2024, 5, 1, 7, tzinfo=timezone.utc).timestamp()
    late, fresh = (last_update_verdict(wanted, NOON, at) for at in (deadline - HOUR - 1, deadline - HOUR + 1))
    assert (late.passed, fresh.passed) == (False, True)
    assert fresh.metadata[FRESH_UNTIL].value == deadline + 24 * HOUR


def test_the_newest_partition_is_there_by_its_deadline() -> None:
    wanted = Freshness(timezone="UTC", deadline_cron="0 9 * * *")
    verdicts = [
        partition_verdict(wanted, NOON, expected, is_made=is_made, last_updated=updated)
        for expected, is_made, updated in [("a", True, NOON), ("a", False, NOON), ("a", False, None), (None, False, None)]
    ]
    assert [found.passed for found in verdicts] == [True, False, False, True]
    assert verdicts[0].metadata[FRESH_UNTIL].value == datetime(2024, 5, 2, 9, tzinfo=timezone.utc).timestamp()


def test_lengths_of_time_are_told_in_words() -> None:
    assert [in_words(seconds) for seconds in (0, 1, 3600, 86_400 * 2 + 3600 + 5)] == [
        "0 seconds",
        "1 second",
        "1 hour",
        "2 days, 1 hour",
    ]
