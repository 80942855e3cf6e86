import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster.errors import DagsterInvalidInvocationError, DagsterUnknownPartitionError
from dagster.partitions.fixed_windows import DailyPartitionsDefinition, HourlyPartitionsDefinition
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import partition_loading_context
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.partitions.windows import TimeWindow
from dagster_tests.partitions.definitions_for_tests import clock, definitions, utc

DAYS = DailyPartitionsDefinition("2024-02-27", end_date="2024-03-03")
SOME = DailyPartitionsDefinition("2024-02-27", end_date="2024-03-05", exclusions=["0 0 * * 0", clock(2024, 3, 1)])
PERIODS = st.integers(min_value=0, max_value=40 * 86_400).map(lambda seconds: timedelta(seconds=seconds))


@given(definition=definitions(), after=PERIODS)
@settings(deadline=None)
def test_a_key_names_its_window_and_the_window_its_key(definition: TimeWindowPartitionsDefinition, after: timedelta) -> None:
    with partition_loading_context(definition.start + after):
        keys = definition.get_partition_keys()
        assert len(set(keys)) == len(keys)
        keys = [*keys[:10], *keys[-10:]]
        windows = [definition.time_window_for_partition_key(key) for key in keys]
        assert keys == [definition.get_partition_key_for_timestamp(window.start.timestamp()) for window in windows]
        assert keys == [definition.get_partition_key_for_timestamp(window.end.timestamp(), end_closed=True) for window in windows]
        assert all(definition.has_partition_key(key) for key in keys)


@given(definition=definitions(), after=PERIODS, start=st.integers(0, 60), length=st.integers(0, 60))
@settings(deadline=None)
def test_positions_are_those_of_the_list(
    definition: TimeWindowPartitionsDefinition, after: timedelta, start: int, length: int
) -> None:
    with partition_loading_context(definition.start + after):
        keys = definition.get_partition_keys()
        assert definition.get_partition_keys_between_indexes(start, start + length) == keys[start : start + length]
        assert definition.get_partition_keys_between_indexes(-1, len(keys) + 5) == keys[-1:]
        positions = range(0, len(keys), max(1, len(keys) // 20))
        assert [definition.get_partition_index(keys[each]) for each in positions] == list(positions)
        assert definition.get_partition_index("1999-01-01") is None


@given(definition=definitions(), after=PERIODS)
@settings(deadline=None)
def test_counting_says_how_many_are_listed(definition: TimeWindowPartitionsDefinition, after: timedelta) -> None:
    with partition_loading_context(definition.start + after):
        keys = definition.get_partition_keys()
        assert len(keys) == definition.get_num_partitions()
        assert ([None, *keys][-1], [*keys, None][0]) == (
            definition.get_last_partition_key(),
            definition.get_first_partition_key(),
        )
        assert keys[1:3] == definition.get_partition_keys_between_indexes(1, 3)


@given(definition=definitions(), after=PERIODS)
@settings(deadline=None)
def test_windows_tile_time_where_none_is_excluded(definition: TimeWindowPartitionsDefinition, after: timedelta) -> None:
    with partition_loading_context(definition.start + after):
        windows = [definition.time_window_for_partition_key(key) for key in definition.get_partition_keys()]
    for before, following in itertools.pairwise(windows):
        assert before.start.timestamp() < before.end.timestamp() <= following.start.timestamp()
        assert definition.exclusions or before.end.timestamp() == following.start.timestamp()


@given(definition=definitions(), after=PERIODS)
@settings(deadline=None)
def test_walking_from_window_to_window_meets_each_key(definition: TimeWindowPartitionsDefinition, after: timedelta) -> None:
    with partition_loading_context(definition.start + after):
        keys, walked = definition.get_partition_keys()[:40], []
        key = definition.get_first_partition_key()
        while key is not None and len(walked) < len(keys):
            walked.append(key)
            window = definition.time_window_for_partition_key(key)
            previous = definition.get_prev_partition_window(window.start)
            assert (previous is None) is (len(walked) == 1)
            key = definition.get_next_partition_key(key)
        assert keys == walked


@given(definition=definitions(), after=PERIODS, limit=st.integers(1, 200), ascending=st.booleans())
@settings(deadline=None)
def test_pages_put_together_are_the_list(
    definition: TimeWindowPartitionsDefinition, after: timedelta, limit: int, ascending: bool
) -> None:
    with partition_loading_context(definition.start + after) as context:
        keys, paged, cursor = list(definition.get_partition_keys()), [], None
        while True:
            page = definition.get_paginated_partition_keys(context, limit, ascending, cursor)
            paged.extend(page.results)
            cursor = page.cursor
            if not page.has_more:
                break
        assert (keys if ascending else keys[::-1]) == paged


def test_a_window_exists_when_it_is_over() -> None:
    days = DailyPartitionsDefinition("2024-02-27")
    assert ["2024-02-27"] == days.get_partition_keys(utc(2024, 2, 28))
    assert [] == days.get_partition_keys(utc(2024, 2, 27, 23, 59, 59))
    assert ["2024-02-27"] == days.get_partition_keys(clock(2024, 2, 28))


@pytest.mark.parametrize(
    ("end_offset", "expected"),
    [
        (-1, ["27"]),
        (0, ["27", "28"]),
        (1, ["27", "28", "29"]),
        (2, ["27", "28", "29", "01"]),
        (9, ["27", "28", "29", "01", "02"]),
    ],
)
def test_an_end_offset_moves_the_last_window_up_to_the_end(end_offset: int, expected: list[str]) -> None:
    days = DailyPartitionsDefinition("2024-02-27", end_date="2024-03-03", end_offset=end_offset)
    assert expected == [key[-2:] for key in days.get_partition_keys(utc(2024, 2, 29, 5))]


def test_excluded_windows_do_not_exist_and_are_not_counted_by_the_offset() -> None:
    days = DailyPartitionsDefinition("2024-02-27", end_offset=2, exclusions=[clock(2024, 3, 1)])
    assert ["27", "28", "29", "02"] == [key[-2:] for key in days.get_partition_keys(utc(2024, 2, 29, 5))]
    assert ["27", "28", "29", "02", "04"] == [key[-2:] for key in SOME.get_partition_keys()]
    assert (False, 5) == (SOME.has_partition_key("2024-03-01"), SOME.get_num_partitions())
    assert "2024-02-29" == SOME.get_partition_key_for_timestamp(utc(2024, 3, 1, 5).timestamp())
    assert "2024-03-02" == SOME.get_next_partition_key("2024-02-29")


def test_when_all_windows_are_excluded_there_are_none() -> None:
    none = DailyPartitionsDefinition("2024-02-27", end_date="2024-03-05", exclusions=["0 0 * * *"])
    assert ([], None, 0) == (none.get_partition_keys(), none.get_first_partition_key(), none.get_num_partitions())


@pytest.mark.parametrize("key", ["2024-02-26", "2024-03-03", "2024-2-28", "yesterday", "", "2024-02-28 ", "2024-W09-3"])
def test_a_key_that_is_outside_or_written_otherwise_does_not_exist(key: str) -> None:
    assert not DAYS.has_partition_key(key)
    with pytest.raises(DagsterUnknownPartitionError, match="2024-02-27 to 2024-03-02, written like '%Y-%m-%d'"):
        DAYS.validate_partition_key(key)


def test_the_refusal_of_a_key_names_the_closest_one() -> None:
    with pytest.raises(DagsterUnknownPartitionError) as refused:
        DAYS.get_partition_key("2025-01-01")
    assert ("2025-01-01", ("2024-03-02",)) == (refused.value.partition_key, refused.value.close)


def test_a_key_is_found_for_a_day_and_for_a_reading_of_the_clock() -> None:
    found = {DAYS.get_partition_key(each) for each in ("2024-02-28", date(2024, 2, 28), clock(2024, 2, 28, 23))}
    assert {"2024-02-28"} == found


def test_a_range_of_keys_includes_both_ends_and_must_exist() -> None:
    assert ["2024-02-29", "2024-03-01"] == DAYS.get_partition_keys_in_range(PartitionKeyRange("2024-02-29", "2024-03-01"))
    assert [] == DAYS.get_partition_keys_in_range(PartitionKeyRange("2024-03-01", "2024-02-29"))
    with pytest.raises(DagsterInvalidInvocationError, match="'2024-03-28' is no partition"):
        DAYS.get_partition_keys_in_range(PartitionKeyRange("2024-03-01", "2024-03-28"))


def test_the_windows_within_a_window_are_those_that_begin_in_it() -> None:
    window = TimeWindow(utc(2024, 2, 28, 3), utc(2024, 3, 1, 5))
    assert ["2024-02-29", "2024-03-01"] == DAYS.get_partition_keys_in_time_window(window)
    assert (2, True) == (DAYS.get_num_partitions_in_window(window), DAYS.has_any_partitions_in_window(window))
    assert PartitionKeyRange("2024-02-28", "2024-02-29") == DAYS.get_partition_key_range_for_time_window(window)


def test_windows_of_several_keys_come_in_order_and_only_if_they_exist() -> None:
    keys = frozenset({"2024-03-01", "2024-02-28", "2030-01-01"})
    assert [28, 1] == [window.start.day for window in DAYS.time_windows_for_partition_keys(keys)]
    assert 3 == len(DAYS.time_windows_for_partition_keys(keys, validate=False))


def test_an_hour_that_the_clock_shows_twice_has_two_keys() -> None:
    hours = HourlyPartitionsDefinition("2024-11-03-01:00", end_date="2024-11-03-03:00", timezone="America/New_York")
    assert ["2024-11-03-01:00", "2024-11-03-01:00-0500", "2024-11-03-02:00"] == hours.get_partition_keys()
    second = hours.time_window_for_partition_key("2024-11-03-01:00-0500")
    assert utc(2024, 11, 3, 6).timestamp() == second.start.timestamp()


def test_a_million_windows_are_counted_and_looked_up_without_being_listed() -> None:
    hours = HourlyPartitionsDefinition("1900-01-01-00:00", end_date="2020-01-01-00:00")
    assert 1_051_896 == hours.get_num_partitions()
    assert hours.has_partition_key("1999-12-31-23:00")
    assert "2019-12-31-23:00" == hours.get_last_partition_key()
