"""Windows where a clock is put forward or back: hours elapse, times of the day are one each day."""

import datetime as dt

import dagster as dg

NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"


def at(month, day, hour=0, minute=0):
    return dt.datetime(2024, month, day, hour, minute)


def hours(zone, start, end, **options):
    return dg.HourlyPartitionsDefinition(start, end_date=end, timezone=zone, **options)


def days(start, end, fmt="%Y-%m-%d %H:%M", **options):
    return dg.DailyPartitionsDefinition(start, end_date=end, timezone=NEW_YORK, fmt=fmt, **options)


def cron(schedule, start, end, fmt="%Y-%m-%d-%H:%M", zone=NEW_YORK):
    return dg.TimeWindowPartitionsDefinition(start=start, end=end, fmt=fmt, cron_schedule=schedule, timezone=zone)


DEFINITIONS = {
    "hours, New York, autumn": hours(NEW_YORK, at(11, 2, 22), at(11, 3, 5)),
    "hours, New York, spring": hours(NEW_YORK, at(3, 9, 22), at(3, 10, 5)),
    "half hours, New York, autumn": hours(NEW_YORK, at(11, 2, 22), at(11, 3, 5), minute_offset=30),
    "hours, Berlin, autumn": hours(BERLIN, at(10, 26, 22), at(10, 27, 5)),
    "hours, Berlin, spring": hours(BERLIN, at(3, 30, 22), at(3, 31, 5)),
    "hours, Kathmandu": hours("Asia/Kathmandu", at(4, 6, 23), at(4, 7, 2)),
    "days, autumn": days(at(11, 1), at(11, 6)),
    "days, spring": days(at(3, 8), at(3, 13)),
    "days from 1:30, autumn": days(at(11, 1), at(11, 6), hour_offset=1, minute_offset=30),
    "days from 2:00, spring": days(at(3, 8), at(3, 13), hour_offset=2),
    "days from 2:30, spring": days(at(3, 8), at(3, 13), hour_offset=2, minute_offset=30),
    "days from 2:30 named by the day": days(at(3, 8), at(3, 13), hour_offset=2, minute_offset=30, fmt="%Y-%m-%d"),
    "weeks, autumn": dg.WeeklyPartitionsDefinition(at(10, 20), end_date=at(11, 20), timezone=NEW_YORK, hour_offset=1),
    "months": dg.MonthlyPartitionsDefinition(at(10, 1), end_date=dt.datetime(2025, 2, 1), timezone=NEW_YORK, hour_offset=1),
    "with the offset in the key": cron("0 * * * *", at(11, 3), at(11, 3, 4), fmt="%Y-%m-%dT%H:%M:%S%z"),
    "each 20 minutes, autumn": cron("*/20 * * * *", at(11, 3, 0, 20), at(11, 3, 3)),
    "each 20 minutes, spring": cron("*/20 * * * *", at(3, 10, 1, 20), at(3, 10, 4)),
    "each second hour, autumn": cron("0 */2 * * *", at(11, 2, 22), at(11, 3, 8)),
    "each second hour, spring": cron("0 */2 * * *", at(3, 9, 22), at(3, 10, 8)),
    "some hours, autumn": cron("0 1-5 * * *", at(11, 2, 22), at(11, 3, 8)),
    "two times a day, autumn": cron("30 1,3 * * *", at(11, 2), at(11, 4, 8)),
    "midnight shown twice": dg.DailyPartitionsDefinition(at(4, 5), end_date=at(4, 9), timezone="America/Santiago"),
}


def described(definition) -> dict:
    keys = definition.get_partition_keys()
    windows = [definition.time_window_for_partition_key(key) for key in keys]
    return {
        "keys": keys,
        "local": [[window.start.isoformat(), window.end.isoformat()] for window in windows],
        "elapsed seconds": [window.end.timestamp() - window.start.timestamp() for window in windows],
        "starts": [window.start.timestamp() for window in windows],
        "count": definition.get_num_partitions(),
        "exist": [definition.has_partition_key(key) for key in keys],
        "again": [definition.get_partition_key_for_timestamp(window.start.timestamp()) for window in windows],
    }


def facts() -> dict:
    return {name: described(definition) for name, definition in DEFINITIONS.items()}
