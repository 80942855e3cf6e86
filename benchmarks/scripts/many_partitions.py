"""Subsets of a million partitions: `many_partitions.py windows|static|dimensions`.

Built of 500 ranges of a thousand keys, joined with 500 others, written as text; all of them as one. Processor time in seconds.
"""

import json
import sys
import time
from datetime import datetime, timezone

import dagster as dg

COUNT, RANGE = 1_000_000, 1_000


def windows():
    definition = dg.TimeWindowPartitionsDefinition(start="2010-01-01-00:00", fmt="%Y-%m-%d-%H:%M", cron_schedule="*/5 * * * *")
    return definition, definition.get_partition_keys(datetime(2019, 7, 5, 5, 20, tzinfo=timezone.utc))


def static():
    definition = dg.StaticPartitionsDefinition([f"customer-{number:07}" for number in range(COUNT)])
    return definition, definition.get_partition_keys()


def dimensions():
    days = dg.DailyPartitionsDefinition("2020-01-01", end_date="2022-09-27")
    shops = dg.StaticPartitionsDefinition([f"shop-{number:04}" for number in range(1_000)])
    definition = dg.MultiPartitionsDefinition({"day": days, "shop": shops})
    return definition, definition.get_partition_keys()


def ranges(keys, offset):
    """Every other thousand of the keys; with dimensions, that is every other day."""
    firsts = range(offset * RANGE, len(keys), 2 * RANGE)
    return [dg.PartitionKeyRange(keys[first], keys[first + RANGE - 1]) for first in firsts]


def built(definition, some):
    subset = definition.empty_subset()
    for key_range in some:
        subset = subset.with_partition_key_range(definition, key_range)
    return subset


def cpu(call):
    started = time.process_time()
    found = call()
    return time.process_time() - started, found


def main(kind):
    definition, keys = {"windows": windows, "static": static, "dimensions": dimensions}[kind]()
    assert len(keys) == COUNT
    even, odd = ranges(keys, 0), ranges(keys, 1)
    build_all, everything = cpu(definition.subset_with_all_partitions)
    build, some = cpu(lambda: built(definition, even))
    others = built(definition, odd)
    union, both = cpu(lambda: some | others)
    serialize, text = cpu(some.serialize)
    assert len(some) == COUNT // 2
    assert len(both) == COUNT
    assert definition.deserialize_subset(text) == some
    print(json.dumps({"all": build_all, "build": build, "union": union, "serialize": serialize, "held": len(everything)}))


if __name__ == "__main__":
    main(sys.argv[1])
