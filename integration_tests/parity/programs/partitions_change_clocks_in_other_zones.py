"""Clocks that change elsewhere: south of the equator, at midnight, by no whole hour, not any more."""

import datetime as dt

import dagster as dg

UTC = dt.timezone.utc
# Zone, a day before a change, a day after it.
CHANGES = {
    "Sydney, autumn": ("Australia/Sydney", dt.datetime(2024, 4, 6), dt.datetime(2024, 4, 8)),
    "Sydney, spring": ("Australia/Sydney", dt.datetime(2024, 10, 5), dt.datetime(2024, 10, 7)),
    "Auckland": ("Pacific/Auckland", dt.datetime(2024, 9, 28), dt.datetime(2024, 9, 30)),
    "London, spring": ("Europe/London", dt.datetime(2024, 3, 30), dt.datetime(2024, 4, 1)),
    "London, autumn": ("Europe/London", dt.datetime(2024, 10, 26), dt.datetime(2024, 10, 28)),
    "Sao Paulo, as it was": ("America/Sao_Paulo", dt.datetime(2018, 2, 16), dt.datetime(2018, 2, 19)),
    "Dublin": ("Europe/Dublin", dt.datetime(2024, 10, 26), dt.datetime(2024, 10, 28)),
    "Phoenix": ("America/Phoenix", dt.datetime(2024, 3, 9), dt.datetime(2024, 3, 11)),
    "Denver": ("America/Denver", dt.datetime(2024, 3, 9), dt.datetime(2024, 3, 11)),
    "St. John's": ("America/St_Johns", dt.datetime(2024, 11, 2), dt.datetime(2024, 11, 4)),
}


def windows(definition, keys):
    found = [definition.time_window_for_partition_key(key) for key in keys]
    return [[window.start.isoformat(), window.end.isoformat()] for window in found]


def described(definition, start, end) -> dict:
    keys = definition.get_partition_keys()
    some = dg.TimeWindow(
        *(each.replace(tzinfo=definition.time_window_for_partition_key(keys[0]).start.tzinfo) for each in (start, end))
    )
    return {
        "keys": keys,
        "windows": windows(definition, keys)[:8],
        "within": definition.get_num_partitions_in_window(some),
        "again": all(
            key == definition.get_partition_key_for_timestamp(definition.start_time_for_partition_key(key).timestamp())
            for key in keys
        ),
        "next": [definition.get_next_partition_key(key) for key in keys[:5]],
        "subset": len(definition.subset_with_partition_keys(keys).get_partition_keys()),
        "ranges": [list(found) for found in definition.subset_with_partition_keys(keys).get_partition_key_ranges(definition)],
    }


def mapped(zone, start, end) -> list:
    days = dg.DailyPartitionsDefinition(start, end_date=end, timezone=zone)
    hours = dg.HourlyPartitionsDefinition(start, end_date=end, timezone=zone)
    mapping = dg.TimeWindowPartitionMapping()
    told = []
    for key in days.get_partition_keys():
        above = mapping.get_upstream_mapped_partitions_result_for_partitions(days.subset_with_partition_keys([key]), days, hours)
        below = mapping.get_downstream_partitions_for_partitions(above.partitions_subset, hours, days)
        keys = list(above.partitions_subset.get_partition_keys())
        told.append([key, len(keys), keys[:1], keys[-1:], list(below.get_partition_keys())])
    return told


def facts() -> dict:
    return {
        name: {
            "days": described(dg.DailyPartitionsDefinition(start, end_date=end, timezone=zone), start, end),
            "days from 2": described(
                dg.DailyPartitionsDefinition(start, end_date=end, timezone=zone, hour_offset=2, fmt="%Y-%m-%d %H:%M"), start, end
            ),
            "hours": described(dg.HourlyPartitionsDefinition(start, end_date=end, timezone=zone), start, end),
            "each 3 hours": described(
                dg.TimeWindowPartitionsDefinition(
                    start=start, end=end, timezone=zone, cron_schedule="0 */3 * * *", fmt="%Y-%m-%d-%H:%M"
                ),
                start,
                end,
            ),
            "days of hours": mapped(zone, start, end),
        }
        for name, (zone, start, end) in CHANGES.items()
    }
