"""Which partitions with several dimensions depend on each other, and on partitions of one."""

from datetime import datetime, timezone

import dagster as dg

NOW = datetime(2024, 1, 5, 5, 30, tzinfo=timezone.utc)
DAYS = dg.DailyPartitionsDefinition("2024-01-01")
WEEKS = dg.WeeklyPartitionsDefinition("2023-12-24")
NUMBERS = dg.StaticPartitionsDefinition(["1", "2"])
LETTERS = dg.StaticPartitionsDefinition(["a", "b", "c"])
NUMBERED = dg.MultiPartitionsDefinition({"day": DAYS, "number": NUMBERS})
LETTERED = dg.MultiPartitionsDefinition({"day": DAYS, "letter": LETTERS})


def up(mapping, keys, below, above):
    result = mapping.get_upstream_mapped_partitions_result_for_partitions(
        below.subset_with_partition_keys(keys), below, above, current_time=NOW
    )
    return [sorted(result.partitions_subset.get_partition_keys()), result.required_but_nonexistent_subset.is_empty]


def down(mapping, keys, above, below):
    held = above.subset_with_partition_keys(keys)
    return sorted(mapping.get_downstream_partitions_for_partitions(held, above, below, current_time=NOW).get_partition_keys())


def numbered(day: str, number: str):
    return dg.MultiPartitionKey({"day": day, "number": number})


def lettered(day: str, letter: str):
    return dg.MultiPartitionKey({"day": day, "letter": letter})


def facts() -> dict:
    single = dg.MultiToSingleDimensionPartitionMapping
    letters = dg.StaticPartitionMapping({"a": "1", "b": {"1", "2"}, "c": ["2"]})
    day_before = dg.DimensionPartitionMapping("day", dg.TimeWindowPartitionMapping(-1, -1))
    both = dg.MultiPartitionMapping({"day": day_before, "letter": dg.DimensionPartitionMapping("number", letters)})
    days = dg.MultiPartitionMapping({"day": dg.DimensionPartitionMapping("day", dg.IdentityPartitionMapping())})
    key, other = numbered("2024-01-03", "1"), lettered("2024-01-03", "a")
    return {
        "of days": [up(single(), [key], NUMBERED, DAYS), down(single(), [key], NUMBERED, DAYS)],
        "over days": [up(single(), ["2024-01-03"], DAYS, NUMBERED), down(single(), ["2024-01-03"], DAYS, NUMBERED)],
        "of numbers": [up(single("number"), [key], NUMBERED, NUMBERS), up(single(), ["2"], NUMBERS, NUMBERED)],
        "over numbers": [down(single("number"), ["1"], NUMBERS, NUMBERED), down(single(), [key], NUMBERED, NUMBERS)],
        "of weeks": [up(single(), [key], NUMBERED, WEEKS)[0], down(single(), [key], NUMBERED, WEEKS)],
        "over weeks": down(single(), ["2023-12-24"], WEEKS, NUMBERED),
        "each dimension": [up(both, [key], NUMBERED, LETTERED), down(both, [other], LETTERED, NUMBERED)],
        "before the first": up(both, [numbered("2024-01-01", "1")], NUMBERED, LETTERED),
        "several": up(both, [key, numbered("2024-01-03", "2"), numbered("2024-01-04", "2")], NUMBERED, LETTERED),
        "one dimension": [up(days, [key], NUMBERED, LETTERED), down(days, [other], LETTERED, NUMBERED)],
        "no dimension": [len(up(dg.MultiPartitionMapping({}), [key], NUMBERED, LETTERED)[0])],
        "nothing": [up(both, [], NUMBERED, LETTERED), down(both, [], LETTERED, NUMBERED), up(single(), [], NUMBERED, DAYS)],
    }
