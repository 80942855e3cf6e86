"""Keys, windows and descriptions of hourly, daily, weekly, monthly and cron partitions."""

import datetime as dt

import seen

import dagster as dg

UTC = dt.timezone.utc

DEFINITIONS = {
    "hours": dg.HourlyPartitionsDefinition("2024-02-28-22:00", end_date="2024-02-29-03:30"),
    "hours at a quarter past": dg.HourlyPartitionsDefinition("2024-02-28-22:00", end_date="2024-02-29-03:30", minute_offset=15),
    "days": dg.DailyPartitionsDefinition("2024-02-27", end_date="2024-03-03"),
    "days from three": dg.DailyPartitionsDefinition("2024-02-27", end_date="2024-03-03", hour_offset=3, minute_offset=5),
    "days written otherwise": dg.DailyPartitionsDefinition("20240227", end_date="20240301", fmt="%Y%m%d"),
    "days from a datetime": dg.DailyPartitionsDefinition(dt.datetime(2024, 2, 27, 5), end_date=dt.datetime(2024, 3, 1, 7)),
    "weeks": dg.WeeklyPartitionsDefinition("2024-02-27", end_date="2024-04-01"),
    "weeks from Wednesday": dg.WeeklyPartitionsDefinition("2024-02-27", end_date="2024-04-01", day_offset=3, hour_offset=5),
    "weeks from day 7": dg.WeeklyPartitionsDefinition("2024-02-27", end_date="2024-04-01", day_offset=7),
    "months": dg.MonthlyPartitionsDefinition("2024-02-27", end_date="2024-06-01"),
    "months from the 15th": dg.MonthlyPartitionsDefinition("2024-02", end_date="2024-06", fmt="%Y-%m", day_offset=15),
    "months from the 31st": dg.MonthlyPartitionsDefinition("2024-01-10", end_date="2024-12-31", day_offset=31),
    "quarters": dg.TimeWindowPartitionsDefinition("2024-01-01", "%Y-%m-%d", end="2025-01-01", cron_schedule="0 0 1 */3 *"),
    "years": dg.TimeWindowPartitionsDefinition("2020", "%Y", end="2024", cron_schedule="0 0 1 1 *"),
    "workdays": dg.TimeWindowPartitionsDefinition("2024-01-01", "%Y-%m-%d", end="2024-01-12", cron_schedule="0 0 * * 1-5"),
    "13ths or Fridays": dg.TimeWindowPartitionsDefinition("2024-01-01", "%Y-%m-%d", end="2024-01-31", cron_schedule="0 0 13 * 5"),
    "last days": dg.TimeWindowPartitionsDefinition("2024-01-01", "%Y-%m-%d", end="2024-06-01", cron_schedule="0 0 L * *"),
    "Mondays": dg.TimeWindowPartitionsDefinition("2024-01-01", "%Y-%m-%d", end="2024-02-01", cron_schedule="0 0 * * MON"),
    "alias": dg.TimeWindowPartitionsDefinition("2024-01-01", "%Y-%m-%d", end="2024-01-04", cron_schedule="@daily"),
    "none": dg.DailyPartitionsDefinition("2024-02-27", end_date="2024-02-01"),
}


def window(found):
    return found and [found.start.isoformat(), found.end.isoformat()]


def described(definition) -> dict:
    keys = definition.get_partition_keys()
    return {
        "str": str(definition),
        "keys": keys,
        "count": definition.get_num_partitions(),
        "ends": [definition.get_first_partition_key(), definition.get_last_partition_key()],
        "windows": [window(definition.time_window_for_partition_key(key)) for key in keys],
        "exist": [definition.has_partition_key(key) for key in keys],
        "again": [definition.get_partition_key_for_timestamp(definition.start_time_for_partition_key(key).timestamp()) for key in keys],
        "cron": definition.cron_schedule,
        "basic": [definition.is_basic_daily, definition.is_basic_hourly],
        "last window": window(definition.get_last_partition_window()),
        "as of a moment": definition.get_partition_keys(current_time=dt.datetime(2024, 3, 7, 12, tzinfo=UTC))[-1:],
    }


def offsets() -> dict:
    names = {
        "hours at a quarter past": ["minute_offset"],
        "days from three": ["minute_offset", "hour_offset"],
        "weeks from Wednesday": ["minute_offset", "hour_offset", "day_offset"],
        "months from the 15th": ["minute_offset", "hour_offset", "day_offset"],
    }
    return {each: [getattr(DEFINITIONS[each], name) for name in names[each]] for each in names}


def asked_of_days() -> dict:
    days = DEFINITIONS["days"]
    span = dg.TimeWindow(dt.datetime(2024, 2, 28, 3, tzinfo=UTC), dt.datetime(2024, 3, 1, 5, tzinfo=UTC))
    around = dt.datetime(2024, 2, 28, 5, tzinfo=UTC)
    return {
        "next key": [days.get_next_partition_key(key) for key in ("2024-02-28", "2024-03-02")],
        "next window": window(days.get_next_partition_window(around)),
        "previous window": window(days.get_prev_partition_window(around)),
        "after the end": days.get_next_partition_window(dt.datetime(2024, 3, 3, tzinfo=UTC)),
        "before the start": days.get_prev_partition_window(dt.datetime(2024, 2, 27, tzinfo=UTC)),
        "without bounds": window(days.get_next_partition_window(dt.datetime(2024, 3, 3, tzinfo=UTC), respect_bounds=False)),
        "within": list(days.get_partition_keys_in_time_window(span)),
        "how many within": days.get_num_partitions_in_window(span),
        "any within": days.has_any_partitions_in_window(span),
        "range within": list(days.get_partition_key_range_for_time_window(span)),
        "by index": days.get_partition_keys_between_indexes(1, 3),
        "range": list(days.get_partition_keys_in_range(dg.PartitionKeyRange("2024-02-28", "2024-03-01"))),
        "turned round": list(days.get_partition_keys_in_range(dg.PartitionKeyRange("2024-03-01", "2024-02-28"))),
        "windows of keys": [window(each) for each in days.time_windows_for_partition_keys(frozenset({"2024-03-02", "2024-02-28"}))],
        "at a start": [days.get_partition_key_for_timestamp(1709078400.0, end_closed=closed) for closed in (False, True)],
        "less": [days.less_than("2024-02-28", "2024-02-29"), days.less_than("2024-02-28", "2024-02-28")],
        "exist": {key: days.has_partition_key(key) for key in ("2024-03-03", "2024-02-26", "2024-2-28", "2024-02-28 ", "x", "")},
        "key of a day": [days.get_partition_key(each) for each in (dt.date(2024, 2, 28), dt.datetime(2024, 2, 28, 5), "2024-02-28")],
        "valid": days.filter_valid_partition_keys({"2024-02-28", "zz"}),
        "tags": dict(days.get_tags_for_partition_key("2024-02-28")),
        "schedules": [days.get_cron_schedule(), days.get_cron_schedule(minute_of_hour=5, hour_of_day=2)],
        "equal": [
            days == dg.DailyPartitionsDefinition(dt.datetime(2024, 2, 27), end_date="2024-03-03"),
            days == dg.TimeWindowPartitionsDefinition("2024-02-27", "%Y-%m-%d", end="2024-03-03", cron_schedule="0 0 * * *"),
            days == dg.DailyPartitionsDefinition("2024-02-27"),
            hash(days) == hash(dg.DailyPartitionsDefinition("2024-02-27", end_date="2024-03-03")),
        ],
    }


REFUSED = {
    "an unreadable start": lambda: dg.DailyPartitionsDefinition("27.2.2024"),
    "no cron string": lambda: dg.TimeWindowPartitionsDefinition("2024-01-01", "%Y-%m-%d", cron_schedule="foo"),
    "six fields": lambda: dg.TimeWindowPartitionsDefinition("2024-01-01", "%Y-%m-%d", cron_schedule="0 0 * * * 5"),
    "hour 25": lambda: dg.DailyPartitionsDefinition("2024-02-27", hour_offset=25),
    "day 32": lambda: dg.MonthlyPartitionsDefinition("2024-02-27", day_offset=32),
    "minute -1": lambda: dg.HourlyPartitionsDefinition("2024-02-27-00:00", minute_offset=-1),
    "an unknown key": lambda: dg.DailyPartitionsDefinition("2024-02-27").get_partition_key("yesterday"),
}


def facts() -> dict:
    return {
        "definitions": {name: described(definition) for name, definition in DEFINITIONS.items()},
        "days": seen.plain(asked_of_days()),
        "offsets": offsets(),
        "refused": {name: "raises" in seen.outcome(call) for name, call in REFUSED.items()},
        "refused with": {name: seen.outcome(REFUSED[name]) for name in ("no cron string", "six fields", "hour 25", "day 32", "minute -1")},
    }
