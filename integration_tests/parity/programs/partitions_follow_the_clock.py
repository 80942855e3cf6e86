"""Which partitions exist when: each kind at moments just before and after a window ends, with `end_offset`, in zones."""

import datetime as dt

import dagster as dg

UTC = dt.timezone.utc
DEFINITIONS = {
    "days": dg.DailyPartitionsDefinition("2024-03-01"),
    "days in New York": dg.DailyPartitionsDefinition("2024-03-01", timezone="America/New_York"),
    "days in Tokyo from 6": dg.DailyPartitionsDefinition("2024-03-01", timezone="Asia/Tokyo", hour_offset=6),
    "days, one ahead": dg.DailyPartitionsDefinition("2024-02-01", end_offset=1),
    "days, two behind": dg.DailyPartitionsDefinition("2024-03-01", end_offset=-2),
    "days with an end": dg.DailyPartitionsDefinition("2024-03-01", end_date="2024-03-10"),
    "hours": dg.HourlyPartitionsDefinition("2024-03-09-20:00"),
    "hours in New York": dg.HourlyPartitionsDefinition("2024-03-09-20:00", timezone="America/New_York"),
    "hours at half past": dg.HourlyPartitionsDefinition("2024-03-09-20:00", minute_offset=30),
    "weeks": dg.WeeklyPartitionsDefinition("2024-02-01"),
    "weeks from Wednesday": dg.WeeklyPartitionsDefinition("2024-02-01", day_offset=3, hour_offset=12),
    "months": dg.MonthlyPartitionsDefinition("2024-01-01"),
    "months, one ahead": dg.MonthlyPartitionsDefinition("2024-01-01", end_offset=1, timezone="Europe/Berlin"),
    "workdays": dg.TimeWindowPartitionsDefinition("2024-03-01", "%Y-%m-%d", cron_schedule="0 0 * * 1-5"),
    "not yet": dg.DailyPartitionsDefinition("2030-01-01"),
}
MOMENTS = [
    dt.datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC),
    dt.datetime(2024, 3, 1, 0, 0, 0, tzinfo=UTC),
    dt.datetime(2024, 3, 2, 0, 0, 0, tzinfo=UTC),
    dt.datetime(2024, 3, 9, 21, 30, tzinfo=UTC),
    dt.datetime(2024, 3, 10, 4, 59, 59, 999999, tzinfo=UTC),
    dt.datetime(2024, 3, 10, 5, 0, tzinfo=UTC),
    dt.datetime(2024, 3, 10, 6, 59, 59, tzinfo=UTC),
    dt.datetime(2024, 3, 10, 7, 0, tzinfo=UTC),
    dt.datetime(2024, 3, 11, 4, 0, tzinfo=UTC),
    dt.datetime(2024, 3, 31, 22, 0, tzinfo=UTC),
    dt.datetime(2024, 4, 1, 0, 0, tzinfo=UTC),
]


def window(found):
    return found and [found.start.isoformat(), found.end.isoformat()]


def at(definition, moment) -> list:
    keys = definition.get_partition_keys(current_time=moment)
    with dg.partition_loading_context(effective_dt=moment):
        inside = [
            definition.get_num_partitions(),
            definition.get_first_partition_key(),
            definition.get_last_partition_key(),
            window(definition.get_last_partition_window()),
            definition.has_partition_key("2024-03-09"),
            len(definition.subset_with_all_partitions().get_partition_keys()),
        ]
    return [len(keys), keys[:1], keys[-1:], inside]


def facts() -> dict:
    return {name: {moment.isoformat(): at(definition, moment) for moment in MOMENTS} for name, definition in DEFINITIONS.items()}
