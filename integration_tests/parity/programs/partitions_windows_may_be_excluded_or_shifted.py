"""`exclusions` and `end_offset`: which windows exist when, and what lies between them."""

import datetime as dt

import seen

import dagster as dg

UTC = dt.timezone.utc


def days(**options):
    return dg.DailyPartitionsDefinition("2024-02-27", **options)


def shifted() -> dict:
    moments = [dt.datetime(2024, 2, 25, 5), dt.datetime(2024, 2, 29, 5), dt.datetime(2024, 3, 1), dt.datetime(2024, 3, 1, 5), dt.datetime(2024, 3, 5)]
    return {
        f"{offset}, {end}": [days(end_offset=offset, end_date=end).get_partition_keys(current_time=moment) for moment in moments]
        for offset in (-2, -1, 0, 1, 2, 5)
        for end in (None, "2024-03-01", "2024-03-05")
    }


def excluded() -> dict:
    some = days(end_date="2024-03-06", exclusions=["0 0 * * 0", dt.datetime(2024, 3, 1)])
    ends = days(end_date="2024-03-05", exclusions=[dt.datetime(2024, 2, 27), dt.datetime(2024, 3, 4)])
    nights = dg.HourlyPartitionsDefinition("2024-02-27-00:00", end_date="2024-02-28-00:00", exclusions=["* 0-20 * * *"])
    here = dt.datetime(2024, 3, 1, tzinfo=UTC)
    return {
        "keys": some.get_partition_keys(),
        "count": some.get_num_partitions(),
        "str": str(some),
        "exists": [some.has_partition_key(key) for key in ("2024-02-29", "2024-03-01", "2024-03-03")],
        "next key": some.get_next_partition_key("2024-02-29"),
        "next window": some.get_next_partition_window(here).start.isoformat(),
        "previous window": some.get_prev_partition_window(dt.datetime(2024, 3, 2, tzinfo=UTC)).start.isoformat(),
        "at a moment": some.get_partition_key_for_timestamp(here.timestamp()),
        "range": list(some.get_partition_keys_in_range(dg.PartitionKeyRange("2024-02-28", "2024-03-04"))),
        "by index": some.get_partition_keys_between_indexes(1, 5),
        "within": some.get_num_partitions_in_window(dg.TimeWindow(dt.datetime(2024, 2, 28, tzinfo=UTC), dt.datetime(2024, 3, 3, tzinfo=UTC))),
        "start is excluded": [some.is_window_start_excluded(each) for each in (here, dt.datetime(2024, 2, 28, tzinfo=UTC))],
        "first and last": [ends.get_first_partition_key(), ends.get_last_partition_key(), ends.get_num_partitions()],
        "before the first": ends.get_prev_partition_window(dt.datetime(2024, 2, 28, tzinfo=UTC)),
        "after the last": ends.get_next_partition_window(dt.datetime(2024, 3, 4, tzinfo=UTC)),
        "nights": nights.get_partition_keys(),
        "at another time of the day": days(end_date="2024-03-02", exclusions=[dt.datetime(2024, 2, 29, 5)]).get_partition_keys(),
        "not counted by the offset": [
            days(end_offset=offset, exclusions=[dt.datetime(2024, 2, 28), dt.datetime(2024, 3, 1)]).get_partition_keys(
                current_time=dt.datetime(2024, 3, 2, 5, tzinfo=UTC)
            )
            for offset in (-1, 0, 1, 2)
        ],
        "equal": some == days(end_date="2024-03-06", exclusions=["0 0 * * 0", dt.datetime(2024, 3, 1)]),
        "no cron string": seen.outcome(lambda: days(exclusions=["2024-02-29"])),
    }


def facts() -> dict:
    return {"shifted": shifted(), "excluded": seen.plain(excluded()), "str": [str(days(end_offset=offset)) for offset in (-1, 1, 2)]}
