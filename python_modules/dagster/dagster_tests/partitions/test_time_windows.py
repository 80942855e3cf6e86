import pickle
from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dagster.errors import CheckError, DagsterInvalidDefinitionError, ParameterCheckError
from dagster.partitions.fixed_windows import (
    DailyPartitionsDefinition,
    HourlyPartitionsDefinition,
    MonthlyPartitionsDefinition,
    WeeklyPartitionsDefinition,
)
from dagster.partitions.periods import ScheduleType
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.partitions.windows import TimestampWithTimezone
from dagster_tests.partitions.definitions_for_tests import clock

DAYS = DailyPartitionsDefinition("2024-02-27", end_date="2024-03-03", timezone="Europe/Berlin")
MONTHS = MonthlyPartitionsDefinition("2024-02-27", minute_offset=7, hour_offset=5, day_offset=4)


def windows(cron: str, **options: Any) -> TimeWindowPartitionsDefinition:
    return TimeWindowPartitionsDefinition(**{"start": "2024-01-01", "fmt": "%Y-%m-%d", "cron_schedule": cron, **options})


def test_definitions_with_the_same_windows_are_equal_whatever_their_class() -> None:
    same = TimeWindowPartitionsDefinition(
        start=clock(2024, 2, 27), end="2024-03-03", fmt="%Y-%m-%d", cron_schedule="0 0 * * *", timezone="Europe/Berlin"
    )
    assert same == DAYS
    assert hash(same) == hash(DAYS)
    assert same.get_serializable_unique_identifier() == DAYS.get_serializable_unique_identifier()


def test_definitions_that_differ_in_anything_differ() -> None:
    others = [
        DailyPartitionsDefinition("2024-02-27"),
        DailyPartitionsDefinition("2024-02-27", end_date="2024-03-03"),
        DailyPartitionsDefinition("2024-02-27", end_date="2024-03-03", timezone="Europe/Berlin", end_offset=1),
        DailyPartitionsDefinition("2024-02-27", end_date="2024-03-03", timezone="Europe/Berlin", hour_offset=1),
        DailyPartitionsDefinition("2024-02-27", end_date="2024-03-03", timezone="Europe/Berlin", exclusions=["0 0 * * 1"]),
    ]
    assert 6 == len({DAYS, *others})
    assert 6 == len({each.get_serializable_unique_identifier() for each in (DAYS, *others)})


def test_start_and_end_may_be_left_out_of_a_comparison() -> None:
    assert DAYS.equal_except_for_start_or_end(DailyPartitionsDefinition("2020-01-01", timezone="Europe/Berlin"))
    assert not DAYS.equal_except_for_start_or_end(DailyPartitionsDefinition("2024-02-27", end_date="2024-03-03"))


def test_of_a_datetime_the_reading_of_the_clock_counts() -> None:
    there = datetime(2024, 2, 27, 5, tzinfo=ZoneInfo("Europe/Berlin"))
    assert datetime(2024, 2, 27, 5, tzinfo=timezone.utc) == DailyPartitionsDefinition(there).start


def test_a_definition_survives_pickling() -> None:
    for each in (DAYS, MONTHS, windows("0 0 1 */3 *", exclusions=[clock(2024, 4, 1)])):
        copy = pickle.loads(pickle.dumps(each))
        assert (each, type(each), each.get_partition_keys()) == (copy, type(copy), copy.get_partition_keys())


def test_a_definition_is_frozen_but_for_what_a_subclass_adds() -> None:
    class Marked(DailyPartitionsDefinition):
        def __init__(self) -> None:
            super().__init__("2024-02-27", end_date="2024-03-03", timezone="Europe/Berlin")
            self.mark = "ours"

    with pytest.raises(AttributeError, match="frozen"):
        Marked().fmt = "%Y"
    assert ("ours", "ours") == (Marked().mark, pickle.loads(pickle.dumps(DAYS)) == Marked() and Marked().mark)


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (DAYS, "Daily, starting 2024-02-27 Europe/Berlin."),
        (
            HourlyPartitionsDefinition("2024-02-27-00:00", end_offset=1),
            "Hourly, starting 2024-02-27-00:00 UTC. End offsetted by 1 partition.",
        ),
        (
            WeeklyPartitionsDefinition("2024-02-27", end_offset=-2),
            "Weekly, starting 2024-02-27 UTC. End offsetted by -2 partitions.",
        ),
        (windows("0 0 1 */3 *"), "0 0 1 */3 *, starting 2024-01-01 UTC."),
    ],
)
def test_a_definition_describes_itself(definition: TimeWindowPartitionsDefinition, expected: str) -> None:
    assert expected == str(definition)


def test_the_parts_of_a_period_are_known() -> None:
    assert (7, 5, 4) == (MONTHS.minute_offset, MONTHS.hour_offset, MONTHS.day_offset)
    assert ScheduleType.MONTHLY is MONTHS.schedule_type
    assert (True, False) == (DAYS.is_basic_daily, DAYS.is_basic_hourly)
    with pytest.raises(CheckError, match="no day_offset"):
        _ = DAYS.day_offset
    with pytest.raises(CheckError, match="do not all begin at the same minute"):
        _ = windows("*/5 * * * *").minute_offset


def test_a_schedule_ticks_when_a_window_begins_or_at_other_parts() -> None:
    assert "7 5 4 * *" == MONTHS.get_cron_schedule()
    assert "8 9 10 * *" == MONTHS.get_cron_schedule(minute_of_hour=8, hour_of_day=9, day_of_month=10)
    assert "0 5 * * 3" == WeeklyPartitionsDefinition("2024-02-27").get_cron_schedule(hour_of_day=5, day_of_week=3)


@pytest.mark.parametrize("parts", [{"day_of_week": 1}, {"day_of_month": 1}])
def test_a_day_has_no_day_to_replace(parts: dict[str, int]) -> None:
    with pytest.raises(CheckError):
        DAYS.get_cron_schedule(**parts)
    with pytest.raises(CheckError, match="is no hourly, daily, weekly or monthly schedule"):
        windows("*/5 * * * *").get_cron_schedule(**parts)


def test_a_schedule_type_stands_for_a_cron_string() -> None:
    week = TimeWindowPartitionsDefinition(
        start="2024-01-01", fmt="%Y-%m-%d", schedule_type=ScheduleType.WEEKLY, day_offset=2, hour_offset=3
    )
    assert "0 3 * * 2" == week.cron_schedule


def test_an_instant_with_a_zone_may_be_the_start() -> None:
    start = TimestampWithTimezone(datetime(2024, 2, 27, tzinfo=timezone.utc).timestamp(), "UTC")
    assert "2024-02-27" == windows("0 0 * * *", start=start).get_first_partition_key()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"cron": "foo"}, "'foo' is no cron schedule"),
        ({"cron": "0 0 * * *", "start": "27.2.2024"}, "start '27.2.2024' of the partitions is not written in their format"),
        ({"cron": "0 0 * * *", "end": "never"}, "end 'never' of the partitions is not written in their format"),
        ({"cron": "0 0 * * *", "timezone": "Mars/Olympus"}, "no time zone 'Mars/Olympus'"),
        ({"cron": "0 0 * * *", "exclusions": ["2024-02-29"]}, "exclusion '2024-02-29' is no cron string"),
    ],
)
def test_what_cannot_be_read_is_refused(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=sentence):
        windows(**options)


@pytest.mark.parametrize(
    "options",
    [
        {"cron": None},
        {"cron": "0 0 * * *", "hour_offset": 3},
        {"cron": "0 0 * * *", "schedule_type": ScheduleType.DAILY},
        {"cron": "0 0 * * *", "exclusions": [3]},
    ],
)
def test_arguments_that_do_not_go_together_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(CheckError):
        windows(**options)


def test_arguments_of_a_wrong_type_are_refused() -> None:
    with pytest.raises(ParameterCheckError, match='"start"'):
        windows("0 0 * * *", start=None)
    with pytest.raises(ParameterCheckError, match='"end_offset"'):
        windows("0 0 * * *", end_offset="1")
    with pytest.raises(DagsterInvalidDefinitionError, match="cron"):
        DailyPartitionsDefinition("2024-02-27", hour_offset=25)


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (
            HourlyPartitionsDefinition("2024-02-27-00:00", end_date="2024-02-27-02:30", minute_offset=15),
            ["2024-02-27-00:15", "2024-02-27-01:15"],
        ),
        (WeeklyPartitionsDefinition("2024-02-27", end_date="2024-03-14", day_offset=3), ["2024-02-28", "2024-03-06"]),
        (MonthlyPartitionsDefinition("2024-01", end_date="2024-03", fmt="%Y-%m", day_offset=15), ["2024-01"]),
        (
            MonthlyPartitionsDefinition("2024-01-10", end_date="2024-07-31", day_offset=31),
            ["2024-01-31", "2024-03-31", "2024-05-31"],
        ),
        (
            windows("0 0 * * 1-5", end="2024-01-09"),
            ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05", "2024-01-08"],
        ),
        (windows("0 0 13 * 5", end="2024-01-20"), ["2024-01-05", "2024-01-12", "2024-01-13"]),
    ],
)
def test_periods_have_their_keys(definition: TimeWindowPartitionsDefinition, expected: list[str]) -> None:
    assert expected == definition.get_partition_keys()
