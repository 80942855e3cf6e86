"""Which windows of time depend on each other: other lengths, offsets, other ends, exclusions, days when the clock is moved."""

from datetime import datetime, timezone

import dagster as dg

NOW = datetime(2024, 1, 10, 5, 30, tzinfo=timezone.utc)
LATER = datetime(2024, 12, 1, tzinfo=timezone.utc)
DAYS = dg.DailyPartitionsDefinition("2024-01-01")
HOURS = dg.HourlyPartitionsDefinition("2024-01-01-00:00")
WEEKS = dg.WeeklyPartitionsDefinition("2023-12-31")
MONTHS = dg.MonthlyPartitionsDefinition("2023-11-01")
FROM_THE_FIFTH = dg.DailyPartitionsDefinition("2024-01-05")
UNTIL_THE_SIXTH = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-06")
AHEAD = dg.DailyPartitionsDefinition("2024-01-01", end_offset=1)
WORKDAYS = dg.DailyPartitionsDefinition("2024-01-01", exclusions=["0 0 * * 6", "0 0 * * 0"])
AT_SIX = dg.DailyPartitionsDefinition("2024-01-01", hour_offset=6)
SLASHES = dg.TimeWindowPartitionsDefinition(start="01/01/2024", fmt="%d/%m/%Y", cron_schedule="0 0 * * *")
NEW_YORK = dg.DailyPartitionsDefinition("2024-03-01", timezone="America/New_York")
NEW_YORK_HOURS = dg.HourlyPartitionsDefinition("2024-03-01-00:00", timezone="America/New_York")


def upstream(keys, downstream, above, *offsets, now=NOW, **options):
    mapping = dg.TimeWindowPartitionMapping(*offsets, **options)
    held = downstream.subset_with_partition_keys(keys)
    result = mapping.get_upstream_mapped_partitions_result_for_partitions(held, downstream, above, current_time=now)
    there, missing = result.partitions_subset, result.required_but_nonexistent_subset
    return [list(there.get_partition_keys()), list(missing.get_partition_keys())]


def downstream(keys, above, below, *offsets, now=NOW):
    mapping = dg.TimeWindowPartitionMapping(*offsets)
    held = above.subset_with_partition_keys(keys)
    return list(mapping.get_downstream_partitions_for_partitions(held, above, below, current_time=now).get_partition_keys())


def facts() -> dict:
    offsets = [(0, 0), (-1, -1), (-1, 0), (-2, 0), (0, 1), (1, 1)]
    pairs = {"days": (DAYS, DAYS), "days of hours": (DAYS, HOURS), "weeks of days": (WEEKS, DAYS), "days of weeks": (DAYS, WEEKS)}
    keys = {"days": "2024-01-03", "days of hours": "2024-01-03", "weeks of days": "2023-12-31", "days of weeks": "2024-01-08"}
    above = {
        "days": "2024-01-03",
        "days of hours": "2024-01-03-23:00",
        "weeks of days": "2024-01-03",
        "days of weeks": "2023-12-31",
    }
    return {
        "up": {f"{name} {each}": upstream([keys[name]], *pair, *each) for name, pair in pairs.items() for each in offsets},
        "down": {
            f"{name} {each}": downstream([above[name]], *pair[::-1], *each) for name, pair in pairs.items() for each in offsets
        },
        "hours of days": [upstream([f"2024-01-0{day}"], HOURS, DAYS) for day in ("3-05:00", "1-00:00")],
        "several": upstream(["2024-01-03", "2024-01-06"], DAYS, DAYS, -2, 0),
        "months of weeks": [upstream(["2023-12-01"], MONTHS, WEEKS), downstream(["2023-12-31"], WEEKS, MONTHS)],
        "other start": [downstream([f"2024-01-0{day}"], DAYS, FROM_THE_FIFTH) for day in (3, 7)],
        "other end": [downstream([f"2024-01-0{day}"], DAYS, UNTIL_THE_SIXTH) for day in (3, 8)],
        "ahead": [downstream(["2024-01-09"], DAYS, AHEAD), upstream(["2024-01-09"], DAYS, AHEAD, 0, 1)],
        "other format": upstream(["2024-01-03"], DAYS, SLASHES),
        "shifted days": [upstream(["2024-01-03"], AT_SIX, DAYS), downstream(["2024-01-03"], DAYS, AT_SIX)],
        "exclusions": [
            upstream(["2024-01-05", "2024-01-06"], DAYS, WORKDAYS),
            upstream(["2024-01-08"], WORKDAYS, WORKDAYS, -1, -1),
            upstream(["2024-01-08"], WORKDAYS, DAYS, -1, -1),
            downstream(["2024-01-06"], DAYS, WORKDAYS),
            downstream(["2024-01-05"], WORKDAYS, WORKDAYS, -1, -1),
        ],
        "clock moved": [
            len(upstream([day], NEW_YORK, NEW_YORK_HOURS, now=LATER)[0]) for day in ("2024-03-09", "2024-03-10", "2024-11-03")
        ],
        "clock moved before": [
            upstream(["2024-03-11"], NEW_YORK, NEW_YORK, -1, -1, now=LATER),
            len(upstream(["2024-03-11"], NEW_YORK, NEW_YORK_HOURS, -1, 0, now=LATER)[0]),
            downstream(["2024-11-03-01:00"], NEW_YORK_HOURS, NEW_YORK, now=LATER),
        ],
    }
