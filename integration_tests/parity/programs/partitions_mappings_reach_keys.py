"""Which keys depend on each other by the mappings without time: up, down, nothing, and without partitions below."""

from datetime import datetime, timezone

import dagster as dg

NOW = datetime(2024, 1, 10, 5, 30, tzinfo=timezone.utc)
DAYS = dg.DailyPartitionsDefinition("2024-01-01")
LETTERS = dg.StaticPartitionsDefinition(["a", "b", "c"])
OTHERS = dg.StaticPartitionsDefinition(["a", "b", "d"])
NUMBERS = dg.StaticPartitionsDefinition(["1", "2"])
NOT_YET = dg.DailyPartitionsDefinition("2400-01-01")


def up(mapping, keys, below, above):
    held = None if keys is None else below.subset_with_partition_keys(keys)
    result = mapping.get_upstream_mapped_partitions_result_for_partitions(held, below, above, current_time=NOW)
    return sorted(result.partitions_subset.get_partition_keys())


def down(mapping, keys, above, below):
    held = above.subset_with_partition_keys(keys)
    return sorted(mapping.get_downstream_partitions_for_partitions(held, above, below, current_time=NOW).get_partition_keys())


def facts() -> dict:
    same, everything, last = dg.IdentityPartitionMapping(), dg.AllPartitionMapping(), dg.LastPartitionMapping()
    specific = dg.SpecificPartitionsPartitionMapping(["a"])
    static = dg.StaticPartitionMapping({"a": "1", "b": {"1", "2"}, "c": ["2"]})
    return {
        "identity": [
            up(same, ["a", "b"], LETTERS, LETTERS),
            down(same, ["a", "c"], LETTERS, OTHERS),
            up(same, [], LETTERS, OTHERS),
        ],
        "identity of days": [down(same, ["2024-01-03", "2024-01-07"], DAYS, dg.DailyPartitionsDefinition("2024-01-05"))],
        "all up": [up(everything, keys, LETTERS, OTHERS) for keys in (["a"], [])],
        "all days": len(up(everything, ["a"], LETTERS, DAYS)),
        "all below nothing": up(everything, None, None, LETTERS),
        "all down": [down(everything, keys, LETTERS, OTHERS) for keys in (["a"], [])],
        "last up": [up(last, keys, LETTERS, DAYS) for keys in (["a"], [])],
        "last below nothing": up(last, None, None, DAYS),
        "last of none": up(last, ["a"], LETTERS, NOT_YET),
        "last down": [down(last, [f"2024-01-0{day}"], DAYS, LETTERS) for day in (8, 9)],
        "specific up": [up(specific, ["c"], LETTERS, LETTERS), up(specific, None, None, LETTERS)],
        "specific down": [down(specific, keys, LETTERS, NUMBERS) for keys in (["a"], ["b"], ["a", "b"], [])],
        "static up": [up(static, keys, NUMBERS, LETTERS) for keys in (["1"], ["2"], ["1", "2"], [])],
        "static below nothing": up(static, None, None, LETTERS),
        "static down": [down(static, [key], LETTERS, NUMBERS) for key in "abc"],
    }
