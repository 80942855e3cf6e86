"""Definitions of partitions as values: pickled, serialized, compared, used as keys, in conditions of equality of jobs."""

import datetime as dt
import pickle

import seen

import dagster as dg

DEFINITIONS = {
    "days": lambda: dg.DailyPartitionsDefinition("2024-01-01", timezone="Asia/Tokyo", end_offset=1),
    "days with an end": lambda: dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-02-01"),
    "days without holidays": lambda: dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-02-01", exclusions=[dt.datetime(2024, 1, 6), "0 0 * * 0"]),
    "hours": lambda: dg.HourlyPartitionsDefinition("2024-01-01-05:00", minute_offset=10),
    "weeks": lambda: dg.WeeklyPartitionsDefinition("2024-01-01", day_offset=2),
    "months": lambda: dg.MonthlyPartitionsDefinition("2024-01-01", fmt="%Y-%m-%d"),
    "cron": lambda: dg.TimeWindowPartitionsDefinition("2024-01-01", "%Y-%m-%d", cron_schedule="0 0 * * 1-5"),
    "static": lambda: dg.StaticPartitionsDefinition(["b", "a"]),
    "dynamic": lambda: dg.DynamicPartitionsDefinition(name="files"),
    "multi": lambda: dg.MultiPartitionsDefinition({"b": dg.StaticPartitionsDefinition(["x"]), "a": dg.DailyPartitionsDefinition("2024-01-01")}),
    "multi dynamic": lambda: dg.MultiPartitionsDefinition({"b": dg.DynamicPartitionsDefinition(name="f"), "a": dg.StaticPartitionsDefinition(["x"])}),
}
VALUES = {
    "range": dg.PartitionKeyRange("a", "b"),
    "window": dg.TimeWindow(dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc), dt.datetime(2024, 1, 2, tzinfo=dt.timezone.utc)),
    "key": dg.MultiPartitionKey({"b": "1", "a": "2"}),
    "by partition": dg.DataVersionsByPartition({"a": "1"}),
}


def described(name) -> dict:
    one, other = DEFINITIONS[name](), DEFINITIONS[name]()
    facts = {
        "equal": [one == other, one != other, hash(one) == hash(other)],
        "pickled": pickle.loads(pickle.dumps(one)) == one,
        "str": str(one),
        "as a key": {one: 1}.get(other),
        "unequal": [one == DEFINITIONS[another]() for another in DEFINITIONS if another != name],
    }
    if name not in ("days without holidays", "cron"):
        facts["serialized"] = seen.outcome(lambda: dg.deserialize_value(dg.serialize_value(one)) == one)
    return facts


def values() -> dict:
    key_range, window = VALUES["range"], VALUES["window"]
    start, end = key_range
    return {
        "range": [start, end, key_range.start, key_range == dg.PartitionKeyRange("a", "b"), hash(key_range) == hash(dg.PartitionKeyRange("a", "b"))],
        "window": [seen.plain(window.start), seen.plain(window.end), len(tuple(window)), window == dg.TimeWindow(*window), seen.plain(window.duration) if hasattr(window, "duration") and isinstance(window.duration, str) else None],
        "pickled": {name: pickle.loads(pickle.dumps(value)) == value for name, value in VALUES.items()},
        "serialized": {name: seen.outcome(lambda value=value: dg.deserialize_value(dg.serialize_value(value)) == value) for name, value in VALUES.items() if name in ("range",)},
    }


def facts() -> dict:
    return {
        "definitions": {name: described(name) for name in DEFINITIONS},
        "values": values(),
        "refused": {
            "range of numbers": seen.outcome(lambda: dg.PartitionKeyRange(1, 2)),
            "window of text": seen.outcome(lambda: dg.TimeWindow("a", "b")),
            "start after the end": seen.outcome(lambda: dg.DailyPartitionsDefinition("2024-02-01", end_date="2024-01-01").get_partition_keys()),
            "no start": seen.outcome(lambda: dg.DailyPartitionsDefinition()),
            "unknown zone": "raises" in seen.outcome(lambda: dg.DailyPartitionsDefinition("2024-01-01", timezone="Mars/Base").get_partition_keys()),
        },
    }
