"""Subsets of partitions: union, intersection, difference, membership, ranges, what they are written as and read from."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-15")
LETTERS = dg.StaticPartitionsDefinition(list("abcdef"))
BOTH = dg.MultiPartitionsDefinition(
    {
        "day": dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-04"),
        "letter": dg.StaticPartitionsDefinition(["a", "b"]),
    }
)
HOURS = dg.HourlyPartitionsDefinition("2024-11-03-00:00", end_date="2024-11-04-00:00", timezone="America/New_York")
NAMES = dg.DynamicPartitionsDefinition(name="names")


def keys_of(definition, positions):
    every = list(definition.get_partition_keys())
    return [every[position] for position in positions if position < len(every)]


def described(subset, definition) -> dict:
    return {
        "keys": sorted(map(str, subset.get_partition_keys())),
        "length": len(subset),
        "empty": subset.is_empty,
        "ranges": sorted(list(map(str, found)) for found in subset.get_partition_key_ranges(definition)),
        "missing": sorted(map(str, subset.get_partition_keys_not_in_subset(definition))),
    }


def algebra(definition) -> dict:
    one = definition.subset_with_partition_keys(keys_of(definition, [0, 1, 2, 5]))
    other = definition.subset_with_partition_keys(keys_of(definition, [2, 3, 5, 6]))
    nothing = definition.empty_subset()
    every = definition.subset_with_all_partitions()
    first = list(definition.get_partition_keys())[0]
    return {
        "one": described(one, definition),
        "or": described(one | other, definition),
        "and": described(one & other, definition),
        "minus": described(one - other, definition),
        "minus itself": described(one - one, definition),
        "nothing": described(nothing, definition),
        "all": described(every, definition),
        "all minus": described(every - one, definition),
        "with all": [one | every == every, one & every == one, one | nothing == one, (one & nothing).is_empty],
        "membership": [key in one for key in definition.get_partition_keys()],
        "unknown": "no such key" in one,
        "added": described(nothing.with_partition_keys([first]), definition),
        "added range": described(
            nothing.with_partition_key_range(definition, dg.PartitionKeyRange(*map(str, keys_of(definition, [0, 3])))), definition
        ),
        "equal": [
            one == definition.subset_with_partition_keys(keys_of(definition, [5, 2, 1, 0])),
            one == other,
            nothing == definition.empty_subset(),
        ],
        "round trip": described(definition.deserialize_subset(one.serialize()), definition),
        "again equal": definition.deserialize_subset(one.serialize()) == one,
    }


def facts() -> dict:
    return {
        "days": algebra(DAYS),
        "letters": algebra(LETTERS),
        "both": algebra(BOTH),
        "hours": algebra(HOURS),
        "written": seen.plain(
            [LETTERS.subset_with_partition_keys(["b", "a"]).serialize(), NAMES.subset_with_partition_keys(["x"]).serialize()]
        ),
        "names": [
            sorted((NAMES.subset_with_partition_keys(["x", "y"]) | NAMES.subset_with_partition_keys(["z"])).get_partition_keys()),
            sorted((NAMES.subset_with_partition_keys(["x", "y"]) & NAMES.subset_with_partition_keys(["y"])).get_partition_keys()),
            "x" in NAMES.subset_with_partition_keys(["x"]),
        ],
    }
