"""Ten years of hours as partitions: all keys, at first and again, membership in a subset of 877 ranges, keys of timestamps.

The same program on both sides. Processor time, in seconds: of one call; of 1,000 memberships; of one timestamp.
"""

import json
import time

import dagster as dg

HOURS = dg.HourlyPartitionsDefinition("2014-01-01-00:00", end_date="2024-01-01-00:00", timezone="America/New_York")
TESTS = 1_000
BEGIN, STEP_SECONDS = 1_400_000_000, 200_000


def cpu(call):
    started = time.process_time()
    found = call()
    return time.process_time() - started, found


def main():
    first, keys = cpu(HOURS.get_partition_keys)
    again, _ = cpu(HOURS.get_partition_keys)
    subset = HOURS.subset_with_partition_keys([key for place, key in enumerate(keys) if place % 100 < 50])
    asked = keys[:: len(keys) // TESTS][:TESTS]
    tests, held = cpu(lambda: sum(key in subset for key in asked))
    timestamps = range(BEGIN, BEGIN + TESTS * STEP_SECONDS, STEP_SECONDS)
    named, _ = cpu(lambda: [HOURS.get_partition_key_for_timestamp(each) for each in timestamps])
    assert len(keys) == 87_648
    assert held == sum(keys.index(key) % 100 < 50 for key in asked)
    assert len(subset.get_partition_key_ranges(HOURS)) == 877
    said = {"first": first, "again": again, "tests": tests, "named": named / TESTS}
    print(json.dumps(said))


if __name__ == "__main__":
    main()
