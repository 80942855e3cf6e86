from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster.automation.schedule_times import Due, due, next_time, times_of
from dagster.specs.schedules import ScheduleSpec

BERLIN, UTC = ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")


def spec(cron: str | list[str], timezone: str | None = None) -> ScheduleSpec:
    return ScheduleSpec(name="s", cron_schedule=cron, job_name="j", execution_timezone=timezone)


def at(text: str, zone: ZoneInfo = UTC) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()


def shown(times: Iterable[int], zone: ZoneInfo) -> list[str]:
    return [datetime.fromtimestamp(each, zone).strftime("%d %H:%M") for each in times]


def test_what_was_due_until_a_time_is_not_due_again() -> None:
    hourly = spec("0 * * * *")
    assert due(hourly, at("2024-05-01T10:00"), at("2024-05-01T10:59:59")) == Due()
    assert due(hourly, at("2024-05-01T10:00"), at("2024-05-01T11:00")).times == (int(at("2024-05-01T11:00")),)
    assert due(hourly, at("2024-05-01T09:59:59.5"), at("2024-05-01T10:00")).times == (int(at("2024-05-01T10:00")),)


def test_after_a_while_without_anybody_only_the_latest_are_made_up_for() -> None:
    found = due(spec("0 * * * *"), at("2024-05-01T00:00"), at("2024-05-01T12:30"))
    assert shown(found.times, UTC) == ["01 08:00", "01 09:00", "01 10:00", "01 11:00", "01 12:00"]
    assert found.left_out == 7
    assert due(spec("0 * * * *"), at("2024-05-01T00:00"), at("2024-05-01T12:30"), catch_up=0) == Due(left_out=12)


def test_several_cron_strings_are_one_list_of_times_each_once() -> None:
    both = spec(["0 9 * * *", "30 9 * * 3", "0 9 * * 3"])
    assert shown(times_of(both, at("2024-05-01T00:00"), at("2024-05-03T00:00")), UTC) == ["01 09:00", "01 09:30", "02 09:00"]
    assert next_time(both, at("2024-05-01T09:00")) == at("2024-05-01T09:30")


@pytest.mark.parametrize(
    ("cron", "day", "expected"),
    [
        ("30 2 * * *", "2024-03-31", ["31 03:00"]),
        ("30 2 * * *", "2024-10-27", ["27 02:30"]),
        ("0 2,3 * * *", "2024-03-31", ["31 03:00"]),
        ("0 */12 * * *", "2024-10-27", ["27 00:00", "27 12:00"]),
    ],
)
def test_a_time_of_the_day_comes_once_on_days_when_the_clock_is_changed(cron: str, day: str, expected: list[str]) -> None:
    begin = at(f"{day}T00:00", BERLIN) - 1
    end = at(f"{day}T23:59", BERLIN)
    assert shown(times_of(spec(cron, "Europe/Berlin"), begin, end), BERLIN) == expected


@pytest.mark.parametrize(("day", "hours"), [("2024-03-31", 23), ("2024-10-27", 25), ("2024-05-01", 24)])
def test_each_elapsed_hour_has_one_tick_of_an_hourly_schedule(day: str, hours: int) -> None:
    begin = at(f"{day}T00:00", BERLIN)
    end = at(str(date.fromisoformat(day) + timedelta(days=1)) + "T00:00", BERLIN)
    times = list(times_of(spec("0 * * * *", "Europe/Berlin"), begin - 1, end - 1))
    assert len(times) == hours
    assert {later - earlier for earlier, later in pairwise(times)} == {3600}


_ZONES = st.sampled_from(("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Sao_Paulo", "UTC"))


@given(_ZONES, st.integers(2005, 2030), st.integers(0, 23), st.integers(0, 59))
def test_each_local_day_has_one_tick_of_a_daily_schedule(zone: str, year: int, hour: int, minute: int) -> None:
    begin, end = (datetime(number, 1, 1, tzinfo=ZoneInfo(zone)).timestamp() for number in (year, year + 1))
    times = list(times_of(spec(f"{minute} {hour} * * *", zone), begin - 1, end - 1))
    days = Counter(datetime.fromtimestamp(each, ZoneInfo(zone)).date() for each in times)
    assert set(days.values()) == {1}
    assert len(days) == (date(year + 1, 1, 1) - date(year, 1, 1)).days


@given(st.lists(st.integers(0, 90_000), max_size=8).map(sorted), st.sampled_from(("*/7 * * * *", "0 * * * *", "13 2 * * *")))
def test_looking_often_or_seldom_finds_the_same_times(looks: list[int], cron: str) -> None:
    begin = at("2024-03-30T20:00")
    declared = spec(cron, "Europe/Berlin")
    found, done = list[int](), begin
    for look in looks:
        found += due(declared, done, begin + look, catch_up=10_000).times
        done = begin + look
    assert found == list(times_of(declared, begin, done))
