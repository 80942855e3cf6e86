"""A time without a zone at which partitions are looked at is one of their own zone."""

import datetime as dt

import dagster as dg

ZONES = ["America/New_York", "Asia/Tokyo", "UTC"]
HOURS = [0, 3, 12, 20, 23]


def facts() -> dict:
    found = {}
    for zone in ZONES:
        days = dg.DailyPartitionsDefinition("2024-01-01", timezone=zone)
        hours = dg.HourlyPartitionsDefinition("2024-01-04-00:00", timezone=zone)
        both = dg.MultiPartitionsDefinition({"day": days, "side": dg.StaticPartitionsDefinition(["left"])})
        for hour in HOURS:
            now = dt.datetime(2024, 1, 5, hour)
            with_zone = now.replace(tzinfo=dt.timezone.utc)
            with dg.partition_loading_context(effective_dt=now):
                inside = [days.get_last_partition_key(), days.has_partition_key("2024-01-04"), days.get_num_partitions()]
            found[f"{zone} {hour}"] = [
                days.get_partition_keys(current_time=now)[-1],
                days.get_partition_keys(current_time=with_zone)[-1],
                hours.get_partition_keys(current_time=now)[-1],
                both.get_partition_keys(current_time=now)[-1],
                inside,
            ]
    return found
