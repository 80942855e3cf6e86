"""Weeks and months that begin elsewhere than usual: which keys they have, and which of them a moment belongs to."""

import datetime as dt

import seen

import dagster as dg

UTC = dt.timezone.utc
MOMENTS = [
    dt.datetime(2024, 3, 10, 2, 30, tzinfo=UTC),
    dt.datetime(2024, 2, 29, 23, 59, tzinfo=UTC),
    dt.datetime(2024, 3, 31, 0, 30, tzinfo=UTC),
]


def described(definition) -> dict:
    keys = definition.get_partition_keys()
    windows = [definition.time_window_for_partition_key(key) for key in keys]
    return {
        "keys": keys,
        "starts": [window.start.isoformat() for window in windows],
        "last end": windows[-1].end.isoformat() if windows else None,
        "hours": [round((window.end.timestamp() - window.start.timestamp()) / 3600) for window in windows],
        "at": [seen.outcome(lambda m=moment: definition.get_partition_key_for_timestamp(m.timestamp())) for moment in MOMENTS],
        "cron": definition.cron_schedule,
        "str": str(definition),
    }


def weeks(day, start="2024-02-21", **options):
    return described(dg.WeeklyPartitionsDefinition(start, end_date=dt.datetime(2024, 4, 10), day_offset=day, **options))


def months(day, start="2024-01-20", **options):
    return described(dg.MonthlyPartitionsDefinition(start, end_date=dt.datetime(2024, 6, 20), day_offset=day, **options))


def facts() -> dict:
    return {
        "weeks": {day: weeks(day) for day in range(7)},
        "weeks from hours": {day: weeks(day, hour_offset=22, minute_offset=30, timezone="America/New_York") for day in (0, 3, 6)},
        "weeks in formats": [weeks(1, start="21.02.2024", fmt="%d.%m.%Y")["keys"]],
        "weeks, start within the day": weeks(3, start=dt.datetime(2024, 2, 21, 12))["keys"],
        "weeks, start on the day": weeks(3, start=dt.datetime(2024, 2, 21, 0))["keys"],
        "months": {day: months(day) for day in (1, 2, 15, 28, 30, 31)},
        "months in Auckland": months(1, timezone="Pacific/Auckland", hour_offset=3),
        "months, short keys": months(10, start="2024-01", fmt="%Y-%m"),
        "fiscal": described(
            dg.MonthlyPartitionsDefinition(
                "2024-01-26", end_date="2024-07-01", day_offset=26, hour_offset=6, timezone="Asia/Kolkata"
            )
        ),
        "until the end itself": [
            dg.WeeklyPartitionsDefinition("2024-01-07", end_date="2024-01-21").get_partition_keys(),
            dg.WeeklyPartitionsDefinition("2024-01-07", end_date="2024-01-20").get_partition_keys(),
            dg.MonthlyPartitionsDefinition("2024-01-01", end_date="2024-03-01").get_partition_keys(),
            dg.MonthlyPartitionsDefinition("2024-01-01", end_date="2024-02-29").get_partition_keys(),
        ],
        "zero and more": [
            seen.outcome(lambda: dg.MonthlyPartitionsDefinition("2024-01-01", day_offset=0)),
            seen.outcome(lambda: dg.WeeklyPartitionsDefinition("2024-01-01", day_offset=8)),
            seen.outcome(lambda: dg.WeeklyPartitionsDefinition("2024-01-01", hour_offset=24)),
            seen.outcome(lambda: dg.MonthlyPartitionsDefinition("2024-01-01", minute_offset=60)),
        ],
    }
