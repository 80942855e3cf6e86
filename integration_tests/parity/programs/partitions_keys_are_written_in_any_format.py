"""Keys of time in formats of one's own: what they look like, what is read back, what is refused."""

import datetime as dt
import os

import seen

import dagster as dg


def days(fmt, start="2024-02-27", **options):
    text = dt.datetime.strptime(start, "%Y-%m-%d").strftime(fmt)
    end = dt.datetime(2024, 3, 2).strftime(fmt)
    return dg.DailyPartitionsDefinition(text, end_date=end, fmt=fmt, **options)


FORMATS = [
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%Y%m%d",
    "%b %d %Y",
    "%B %d, %Y",
    "%Y-%j",
    "%y%m%d",
    "day=%Y-%m-%d",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %I %p",
    "%A %d %b %Y",
    "%x",
    "%d|%m|%Y",
]
HOURS = [
    "%Y%m%d%H",
    "%Y-%m-%dT%H",
    "%Y-%m-%d %I%p",
    "%Y/%m/%d/%H",
    "%Y-%m-%d-%H:%M:%S.%f",
    "%Y-%m-%d %H:%M%z",
    "%Y-%m-%d %H:%M %Z",
]


def described(definition) -> dict:
    keys = definition.get_partition_keys()
    return {
        "keys": keys,
        "starts": [definition.time_window_for_partition_key(key).start.isoformat() for key in keys],
        "exist": [definition.has_partition_key(key) for key in keys],
        "again": [
            definition.get_partition_key_for_timestamp(definition.start_time_for_partition_key(key).timestamp()) for key in keys
        ],
        "next": definition.get_next_partition_key(keys[0]) if keys else None,
        "subset": list(definition.subset_with_partition_keys(keys[:2]).get_partition_keys()),
        "range": list(definition.get_partition_keys_in_range(dg.PartitionKeyRange(keys[1], keys[2]))) if len(keys) > 2 else None,
    }


def hours(fmt, zone):
    start, end = (dt.datetime(2024, 11, 3, hour) for hour in (4, 8))
    return dg.HourlyPartitionsDefinition(start, end_date=end, fmt=fmt, timezone=zone)


def facts() -> dict:
    odd = days("%Y-%m-%d")
    return {
        "days": {fmt: seen.outcome(lambda fmt=fmt: described(days(fmt))) for fmt in FORMATS},
        "hours": {
            f"{fmt} {zone}": seen.outcome(lambda fmt=fmt, zone=zone: described(hours(fmt, zone)))
            for fmt in HOURS
            for zone in ("UTC", "Asia/Kolkata")
        },
        "asked with": {
            key: odd.has_partition_key(key)
            for key in ("2024-02-28", "2024-2-28", "2024-02-8", "24-02-28", "2024-02-28T00:00", "2024-02-30", " 2024-02-28")
        },
        "start in another format": "raises" in seen.outcome(lambda: dg.DailyPartitionsDefinition("2024/02/27", fmt="%Y-%m-%d")),
        "hours written by the day": seen.outcome(
            lambda: dg.HourlyPartitionsDefinition("2024-02-27", end_date="2024-02-28", fmt="%Y-%m-%d").get_partition_keys()[:3]
        ),
        "slashes as files": stored(days("%Y/%m/%d"), "2024/02/28"),
    }


def stored(definition, key):
    folder = os.path.join(os.environ["DAGSTER_HOME"], "files")

    @dg.asset(partitions_def=definition)
    def visits():
        return 1

    dg.materialize([visits], partition_key=key, resources={"io_manager": dg.FilesystemIOManager(base_dir=folder)})
    return seen.files_below(folder)
