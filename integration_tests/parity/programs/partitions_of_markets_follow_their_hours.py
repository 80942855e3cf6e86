"""Cron periods as markets and shops have them: several hours a day, some days of the week, zones that change."""

import datetime as dt

import seen

import dagster as dg

NEW_YORK, TOKYO, LONDON = "America/New_York", "Asia/Tokyo", "Europe/London"


def cron(schedule, start, end, fmt="%Y-%m-%d-%H:%M", zone="UTC", **options):
    return dg.TimeWindowPartitionsDefinition(start=start, end=end, fmt=fmt, cron_schedule=schedule, timezone=zone, **options)


DEFINITIONS = {
    "market hours": cron("30 9-15 * * 1-5", "2024-03-07-00:00", "2024-03-12-00:00", zone=NEW_YORK),
    "twice a day": cron("0 9,17 * * *", "2024-03-29-00:00", "2024-04-02-00:00", zone=LONDON),
    "each 15 minutes": cron("*/15 * * * *", "2024-01-01-00:10", "2024-01-01-01:20"),
    "each 7 minutes": cron("*/7 * * * *", "2024-01-01-00:00", "2024-01-01-02:00"),
    "each 6 hours": cron("0 */6 * * *", "2024-10-26-00:00", "2024-10-28-00:00", zone="Europe/Paris"),
    "Mondays and Thursdays": cron("0 6 * * 1,4", "2024-03-01", "2024-03-20", fmt="%Y-%m-%d", zone=TOKYO),
    "quarters from April": cron("0 0 1 1,4,7,10 *", "2023-04", "2024-05", fmt="%Y-%m"),
    "twice a month": cron("0 0 1,15 * *", "2024-01-01", "2024-04-01", fmt="%Y-%m-%d"),
    "weekly alias": cron("@weekly", "2024-01-01", "2024-02-01", fmt="%Y-%m-%d"),
    "monthly alias": cron("@monthly", "2024-01-15", "2024-05-15", fmt="%Y-%m-%d"),
    "yearly alias": cron("@yearly", "2020", "2024", fmt="%Y"),
    "hourly alias": cron("@hourly", "2024-01-01-00:00", "2024-01-01-03:00"),
    "ahead": cron("0 9,17 * * *", "2024-03-29-00:00", None, zone=LONDON, end_offset=2),
    "names": cron("0 0 * jan,feb mon-wed", "2024-01-01", "2024-03-01", fmt="%Y-%m-%d"),
}
NOW = dt.datetime(2024, 4, 2, 12, tzinfo=dt.timezone.utc)


def described(definition) -> dict:
    keys = definition.get_partition_keys(current_time=NOW if definition.end is None else None)
    windows = [definition.time_window_for_partition_key(key) for key in keys]
    return {
        "keys": keys,
        "windows": [[window.start.isoformat(), window.end.isoformat()] for window in windows],
        "cron": definition.get_cron_schedule(),
        "str": str(definition),
        "basic": [definition.is_basic_daily, definition.is_basic_hourly],
        "type": seen.plain(definition.schedule_type) if hasattr(definition, "schedule_type") else None,
        "at starts": [definition.get_partition_key_for_timestamp(window.start.timestamp()) for window in windows[:5]],
        "before ends": [definition.get_partition_key_for_timestamp(window.end.timestamp() - 1) for window in windows[:5]],
        "previous": [
            found and found.start.isoformat() for found in (definition.get_prev_partition_window(w.start) for w in windows[:4])
        ],
    }


def facts() -> dict:
    return {
        "definitions": {name: described(definition) for name, definition in DEFINITIONS.items()},
        "offset options": {
            name: seen.outcome(lambda call=call: call())
            for name, call in {
                "minute": lambda: DEFINITIONS["market hours"].get_cron_schedule(minute_of_hour=5),
                "hour": lambda: dg.DailyPartitionsDefinition("2024-01-01").get_cron_schedule(hour_of_day=5),
                "minute of hours": lambda: dg.HourlyPartitionsDefinition("2024-01-01-00:00").get_cron_schedule(minute_of_hour=5),
                "hour of hours": lambda: dg.HourlyPartitionsDefinition("2024-01-01-00:00").get_cron_schedule(hour_of_day=5),
                "weekday": lambda: dg.WeeklyPartitionsDefinition("2024-01-01").get_cron_schedule(day_of_week=3, hour_of_day=2),
                "weekday of days": lambda: dg.DailyPartitionsDefinition("2024-01-01").get_cron_schedule(day_of_week=3),
                "day of month": lambda: dg.MonthlyPartitionsDefinition("2024-01-01").get_cron_schedule(day_of_month=3),
                "day of weeks": lambda: dg.WeeklyPartitionsDefinition("2024-01-01").get_cron_schedule(day_of_month=3),
                "offsets stay": lambda: dg.DailyPartitionsDefinition("2024-01-01", hour_offset=4).get_cron_schedule(
                    minute_of_hour=9
                ),
            }.items()
        },
    }
