"""Multi-partitions: order of keys, parts of a key, the dimension that is time."""

import pickle

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-03")
COLOURS = dg.StaticPartitionsDefinition(["red", "blue"])
SIZES = dg.StaticPartitionsDefinition(["S", "M"])
SALES = dg.MultiPartitionsDefinition({"date": DAYS, "colour": COLOURS})
SHIRTS = dg.MultiPartitionsDefinition({"size": SIZES, "colour": COLOURS})


def described(definition) -> dict:
    keys = definition.get_partition_keys()
    with dg.partition_loading_context() as context:
        first = definition.get_paginated_partition_keys(context, 3, ascending=True)
        return {
            "str": str(definition),
            "keys": list(keys),
            "parts": [dict(key.keys_by_dimension) for key in keys],
            "classes": [isinstance(key, dg.MultiPartitionKey) for key in keys],
            "count": definition.get_num_partitions(),
            "ends": [definition.get_first_partition_key(), definition.get_last_partition_key()],
            "names": definition.partition_dimension_names,
            "primary": [definition.primary_dimension.name, definition.secondary_dimension.name],
            "time": definition.has_time_window_dimension,
            "page": [list(first.results), first.has_more],
            "from the end": list(definition.get_paginated_partition_keys(context, 3, ascending=False).results),
            "tags": dict(definition.get_tags_for_partition_key(keys[0])),
            "valid": definition.filter_valid_partition_keys({keys[0], "x", "x|y"}),
        }


def of_sales() -> dict:
    keys = ["red|2024-01-01", "2024-01-01|red", "pink|2024-01-01", "red", "a|b|c", ""]
    window = SALES.time_window_for_partition_key("red|2024-01-02")
    with dg.partition_loading_context() as context:
        return {
            "exist": {key: SALES.has_partition_key(key) for key in keys},
            "format": {key: SALES.is_valid_key_format(key) for key in keys},
            "from a string": dict(SALES.get_partition_key_from_str("red|2024-01-01").keys_by_dimension),
            "window": [window.start.isoformat(), window.end.isoformat()],
            "time dimension": SALES.time_window_dimension.name,
            "of a dimension": SALES.get_partitions_def_for_dimension("colour") == COLOURS,
            "by colour": list(SALES.get_multipartition_keys_with_dimension_value("colour", "blue")),
            "by date": list(SALES.get_multipartition_keys_with_dimension_values("date", ["2024-01-02"])),
            "range": ranged("red|2024-01-01", "blue|2024-01-02"),
            "range of one colour": ranged("red|2024-01-01", "red|2024-01-02"),
            "range turned round": ranged("blue|2024-01-01", "red|2024-01-02"),
            "range of an unknown colour": ranged("pink|2024-01-01", "red|2024-01-02"),
            "unknown key": seen.outcome(lambda: SALES.validate_partition_key("pink|2024-01-01", context)),
            "equal": [
                SALES == dg.MultiPartitionsDefinition({"colour": COLOURS, "date": DAYS}),
                SALES == SHIRTS,
                hash(SALES) == hash(dg.MultiPartitionsDefinition({"colour": COLOURS, "date": DAYS})),
            ],
        }


def ranged(start, end):
    return seen.outcome(lambda: [str(key) for key in SALES.get_partition_keys_in_range(dg.PartitionKeyRange(start, end))])


def a_key() -> dict:
    key = dg.MultiPartitionKey({"date": "2024-01-01", "colour": "red"})
    return {
        "str": str(key),
        "equals its string": key == "red|2024-01-01",
        "hash": hash(key) == hash("red|2024-01-01"),
        "parts": dict(key.keys_by_dimension),
        "pickled": dict(pickle.loads(pickle.dumps(key)).keys_by_dimension),
        "one part": str(dg.MultiPartitionKey({"a": "x"})),
        "three parts": str(dg.MultiPartitionKey({"c": "x", "a": "y", "b": "z"})),
    }


def facts() -> dict:
    return {
        "sales": seen.plain(described(SALES)),
        "shirts": described(SHIRTS)["keys"],
        "asked": of_sales(),
        "key": a_key(),
        "one dimension": seen.outcome(lambda: dg.MultiPartitionsDefinition({"a": COLOURS})),
        "nested": seen.outcome(lambda: dg.MultiPartitionsDefinition({"a": SALES, "b": SIZES})),
        "separator in a key": seen.outcome(
            lambda: dg.MultiPartitionsDefinition({"a": dg.StaticPartitionsDefinition(["x|y"]), "b": SIZES})
        ),
        "computed keys": seen.outcome(
            lambda: dg.MultiPartitionsDefinition({"a": dg.DynamicPartitionsDefinition(lambda moment: ["x"]), "b": SIZES})
        ),
    }
