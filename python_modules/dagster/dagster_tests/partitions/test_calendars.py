import itertools
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster.partitions.calendars import calendar_of
from dagster.partitions.zones import moment_of

ZONES = ["UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu", "Pacific/Apia"]
CRONS = [
    "0 * * * *",
    "30 * * * *",
    "*/20 * * * *",
    "0 0 * * *",
    "30 2 * * *",
    "0 1,2,3 * * *",
    "0 */2 * * *",
    "0 1 * * 0",
    "0 2 10 * *",
]
ODD_CRONS = ["0 2 31 * *", "30 1 * 3,11 0"]
INSTANTS = st.integers(min_value=1_200_000_000, max_value=2_000_000_000)
CALENDARS = st.builds(calendar_of, st.sampled_from(CRONS), st.sampled_from(ZONES))
ANY_CALENDARS = st.builds(calendar_of, st.sampled_from(CRONS + ODD_CRONS), st.sampled_from(ZONES))


def shown(cron: str, zone: str, begin: datetime, end: datetime) -> list[str]:
    calendar = calendar_of(cron, zone)
    starts = calendar.between(int(begin.timestamp()), int(end.timestamp()))
    return [moment_of(start, calendar.zone).strftime("%d %H:%M%z") for start in starts]


def day(month: int, day: int) -> datetime:
    return datetime(2024, month, day, 12, tzinfo=timezone.utc)


@given(calendar=ANY_CALENDARS, begin=INSTANTS, days=st.integers(1, 100))
def test_stepping_finds_what_listing_finds(calendar, begin: int, days: int) -> None:
    end = begin + days * 86_400
    listed = list(calendar.between(begin, end))
    stepped: list[int] = []
    start = calendar.at_or_after(begin)
    while start is not None and start < end:
        stepped.append(start)
        start = calendar.at_or_after(start + 1)
    assert stepped == listed
    assert sorted(set(listed)) == listed
    assert len(listed) == calendar.count(begin, end)


@given(calendar=ANY_CALENDARS, instant=INSTANTS)
def test_windows_tile_time(calendar, instant: int) -> None:
    start = calendar.at_or_before(instant)
    end = calendar.at_or_after(instant + 1)
    assert start <= instant < end
    assert calendar.at_or_after(start + 1) == end
    assert calendar.at_or_before(end - 1) == start
    assert calendar.at_or_after(start) == calendar.at_or_before(start) == start


@given(calendar=CALENDARS, begin=INSTANTS, first=st.integers(0, 10**8), second=st.integers(0, 10**8))
def test_counts_add_up(calendar, begin: int, first: int, second: int) -> None:
    middle, end = begin + first, begin + first + second
    assert calendar.count(begin, end) == calendar.count(begin, middle) + calendar.count(middle, end)


@given(zone=st.sampled_from(ZONES), hour=st.integers(0, 23), minute=st.integers(0, 59), begin=INSTANTS)
def test_each_local_day_that_there_was_has_one_start_of_a_daily_calendar(zone: str, hour: int, minute: int, begin: int) -> None:
    calendar = calendar_of(f"{minute} {hour} * * *", zone)
    days = [moment_of(start, calendar.zone).date() for start in calendar.between(begin, begin + 400 * 86_400)]
    assert sorted(set(days)) == days
    assert {1} >= {(after - before).days for before, after in itertools.pairwise(days)} - {2}


@given(zone=st.sampled_from(["UTC", "America/New_York", "Europe/Berlin", "America/Santiago"]), begin=INSTANTS)
def test_each_elapsed_hour_has_one_start_of_an_hourly_calendar(zone: str, begin: int) -> None:
    starts = list(calendar_of("0 * * * *", zone).between(begin, begin + 400 * 86_400))
    assert {3_600} == {after - before for before, after in itertools.pairwise(starts)}


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        ("30 2 * * *", ["09 02:30-0500", "10 03:00-0400", "11 02:30-0400"]),
        ("0 2,3 * * *", ["09 02:00-0500", "09 03:00-0500", "10 03:00-0400", "11 02:00-0400", "11 03:00-0400"]),
        ("0 1-4/3 * * *", ["09 01:00-0500", "09 04:00-0500", "10 01:00-0500", "10 04:00-0400", "11 01:00-0400", "11 04:00-0400"]),
    ],
)
def test_a_time_of_day_that_is_skipped_is_the_instant_of_the_jump_once(cron: str, expected: list[str]) -> None:
    assert expected == shown(cron, "America/New_York", day(3, 8), day(3, 11))


def test_a_time_of_day_that_is_shown_twice_is_the_second_showing() -> None:
    assert ["02 01:30-0400", "03 01:30-0500", "04 01:30-0500"] == shown("30 1 * * *", "America/New_York", day(11, 1), day(11, 4))


def test_an_hour_that_is_shown_twice_has_two_starts_and_a_skipped_one_none() -> None:
    autumn = shown(
        "0 * * * *", "Europe/Berlin", datetime(2024, 10, 27, tzinfo=timezone.utc), datetime(2024, 10, 27, 3, tzinfo=timezone.utc)
    )
    spring = shown(
        "0 * * * *", "Europe/Berlin", datetime(2024, 3, 31, tzinfo=timezone.utc), datetime(2024, 3, 31, 3, tzinfo=timezone.utc)
    )
    assert ["27 02:00+0200", "27 02:00+0100", "27 03:00+0100"] == autumn
    assert ["31 01:00+0100", "31 03:00+0200", "31 04:00+0200"] == spring


def test_a_midnight_that_is_skipped_still_begins_its_day() -> None:
    assert ["07 00:00-0400", "08 01:00-0300", "09 00:00-0300"] == shown("0 0 * * *", "America/Santiago", day(9, 6), day(9, 9))


def test_a_clock_that_jumps_by_half_an_hour_keeps_the_minute() -> None:
    found = shown(
        "0 * * * *",
        "Australia/Lord_Howe",
        datetime(2024, 4, 6, 13, tzinfo=timezone.utc),
        datetime(2024, 4, 6, 17, tzinfo=timezone.utc),
    )
    assert ["07 00:00+1100", "07 01:00+1100", "07 02:00+1030", "07 03:00+1030"] == found


def test_a_day_that_an_island_skipped_is_no_day() -> None:
    begin, end = datetime(2011, 12, 28, 12, tzinfo=timezone.utc), datetime(2012, 1, 1, tzinfo=timezone.utc)
    assert ["29", "31", "01"] == [each[:2] for each in shown("0 0 * * *", "Pacific/Apia", begin, end)]


def test_a_million_hours_over_all_changes_of_the_clock_are_counted() -> None:
    begin, end = (int(datetime(year, 1, 1, 5, tzinfo=timezone.utc).timestamp()) for year in (1970, 2085))
    assert (end - begin) // 3_600 == calendar_of("0 * * * *", "America/New_York").count(begin, end)
