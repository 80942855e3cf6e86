from datetime import datetime, timedelta, timezone
from itertools import islice

import pytest
from croniter import croniter
from hypothesis import given
from hypothesis import strategies as st

from dagster.partitions.wall_times import CronTimes, Cycle, Dated, Monthly, WallTimes, is_cron, is_hourly, wall_times

MINUTES = st.sampled_from(["0", "30", "*/5", "*/20", "7,31", "1-4", "0-30/10", "*"])
HOURS = st.sampled_from(["*", "0", "3", "23", "*/2", "9-17", "1,3", "0-23"])
DAYS = st.sampled_from(["*", "*", "1", "15", "28", "31", "1-7", "*/10"])
MONTHS = st.sampled_from(["*", "*", "2,3", "*/3", "6-9"])
WEEKDAYS = st.sampled_from(["*", "*", "0", "7", "1-5", "1,3", "6", "*/2"])
CRONS = st.builds(lambda *fields: " ".join(fields), MINUTES, HOURS, DAYS, MONTHS, WEEKDAYS)
WALLS = st.integers(min_value=1_000_000_000, max_value=2_500_000_000)


def croniter_after(cron: str, begin: int) -> list[int]:
    times = croniter(cron, float(begin - 1))
    return [int(times.get_next(float)) for _ in range(6)]


@given(cron=CRONS, begin=WALLS)
def test_arithmetic_finds_what_croniter_finds(cron: str, begin: int) -> None:
    expected = croniter_after(cron, begin)
    times = wall_times(cron)
    assert expected == list(times.between(begin, expected[-1] + 1))
    assert expected[0] == times.at_or_after(begin)
    assert len(expected) == times.count(begin, expected[-1] + 1)
    assert all(start in times for start in expected)
    assert begin not in times or begin == expected[0]


@given(cron=CRONS, wall=WALLS)
def test_the_last_at_or_before_is_followed_by_the_first_after(cron: str, wall: int) -> None:
    times = wall_times(cron)
    last = times.at_or_before(wall)
    assert last is not None
    assert last <= wall
    following = times.at_or_after(last + 1)
    assert following is not None
    assert following > wall
    assert [last] == list(times.between(last, following))


@given(cron=CRONS, begin=WALLS, first=st.integers(0, 10**7), second=st.integers(0, 10**7))
def test_counts_add_up(cron: str, begin: int, first: int, second: int) -> None:
    times = wall_times(cron)
    middle, end = begin + first, begin + first + second
    assert times.count(begin, end) == times.count(begin, middle) + times.count(middle, end)


@pytest.mark.parametrize(
    ("cron", "kind"),
    [
        ("0 * * * *", Cycle(3_600, (0,))),
        ("30 3 * * *", Cycle(86_400, (12_600,))),
        ("0 0 * * 0", Cycle(604_800, (3 * 86_400,))),
        ("@daily", Cycle(86_400, (0,))),
        ("15 2 28 * *", Monthly(28, 8_100)),
        ("0 0 31 * *", Dated((0,), frozenset({31}), None, None)),
        ("0 0 1 1 *", Dated((0,), frozenset({1}), frozenset({1}), None)),
        ("0 0 1 * 1", Dated((0,), frozenset({1}), None, frozenset({1}))),
        ("0 0 * * MON", CronTimes("0 0 * * MON")),
    ],
)
def test_common_periods_are_arithmetic_and_the_rest_is_left_to_croniter(cron: str, kind: WallTimes) -> None:
    assert kind == wall_times(cron)


@pytest.mark.parametrize(
    "cron", ["", "foo", "0 0 * *", "60 0 * * *", "0 25 * * *", "0 0 32 * *", "0 0 * * * 5", "*/0 * * * *", "-1 0 * * *"]
)
def test_what_is_no_cron_string_is_refused(cron: str) -> None:
    assert not is_cron(cron)


@pytest.mark.parametrize("cron", ["* * * * *", "0 0 L * *", "0 0 * * MON-FRI", "@hourly", "5/15 * * * *", "0 0 1,15 */3 *"])
def test_what_is_a_cron_string_is_accepted(cron: str) -> None:
    assert is_cron(cron)


def test_every_hour_is_every_hour_however_it_is_written() -> None:
    assert [True, True, True, False, False] == [
        is_hourly(cron) for cron in ("0 * * * *", "@hourly", "0 */1 * * 1", "0 */2 * * *", "0 1-23 * * *")
    ]


def test_the_last_day_of_each_month_is_found() -> None:
    begin = int(datetime(2024, 1, 1, tzinfo=timezone.utc).timestamp())
    starts = islice(wall_times("0 0 L * *").between(begin, begin + 366 * 86_400), 3)
    found = [(datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=start)).day for start in starts]
    assert [31, 29, 31] == found


def test_a_day_that_never_comes_has_no_time() -> None:
    times = wall_times("0 0 30 2 *")
    assert times.at_or_after(0) is None
    assert times.at_or_before(10**9) is None
    assert list(times.between(0, 10**9)) == []
