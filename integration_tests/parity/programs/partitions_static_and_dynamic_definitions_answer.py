"""What static and dynamic partitions say about their keys, and what they refuse."""

import pickle

import seen

import dagster as dg

COLOURS = dg.StaticPartitionsDefinition(["red", "green", "dark blue", "a/b"])
COMPUTED = dg.DynamicPartitionsDefinition(lambda moment: ["x", "y", "three"])
NAMED = dg.DynamicPartitionsDefinition(name="customers")


def described(definition) -> dict:
    with dg.partition_loading_context() as context:
        return {
            "str": str(definition),
            "keys": list(definition.get_partition_keys()),
            "count": definition.get_num_partitions(),
            "ends": [definition.get_first_partition_key(), definition.get_last_partition_key()],
            "exist": [definition.has_partition_key(key) for key in ("red", "x", "three", "pink")],
            "valid": definition.filter_valid_partition_keys({"red", "three", "pink"}),
            "tags": dict(definition.get_tags_for_partition_key("red")),
            "unknown key": seen.outcome(lambda: definition.validate_partition_key("pink", context)),
            "page": page(definition.get_paginated_partition_keys(context, 2, ascending=True)),
            "page from the end": page(definition.get_paginated_partition_keys(context, 2, ascending=False)),
            "second page": page(
                definition.get_paginated_partition_keys(
                    context, 2, True, definition.get_paginated_partition_keys(context, 2, True).cursor
                )
            ),
        }


def page(found) -> list:
    return [list(found.results), found.has_more]


def ranges() -> dict:
    pairs = [("green", "a/b"), ("a/b", "green"), ("red", "red"), ("pink", "red"), ("x", "y")]
    return {
        f"{start} to {end}": seen.outcome(
            lambda start=start, end=end: list(COLOURS.get_partition_keys_in_range(dg.PartitionKeyRange(start, end)))
        )
        for start, end in pairs
    }


KEYS = ["a...b", "a\nb", "a\tb", "a\x00b", "a\rb", "a\x07b", "a,b", 'a"b', "a|b", "", " a ", "[a]", "a%b", "a\\b", "ü"]


def facts() -> dict:
    return {
        "static": seen.plain(described(COLOURS)),
        "computed": seen.plain(described(COMPUTED)),
        "repr": repr(COLOURS),
        "ranges": ranges(),
        "keys": {ascii(key): seen.outcome(lambda key=key: dg.StaticPartitionsDefinition([key]).get_num_partitions()) for key in KEYS},
        "twice": seen.outcome(lambda: dg.StaticPartitionsDefinition(["a", "b", "a"]), ["a"]),
        "none": [dg.StaticPartitionsDefinition([]).get_first_partition_key(), dg.StaticPartitionsDefinition([]).get_num_partitions()],
        "equal": [
            COLOURS == dg.StaticPartitionsDefinition(COLOURS.get_partition_keys()),
            COLOURS == dg.StaticPartitionsDefinition(COLOURS.get_partition_keys()[::-1]),
            hash(COLOURS) == hash(dg.StaticPartitionsDefinition(COLOURS.get_partition_keys())),
            COLOURS == pickle.loads(pickle.dumps(COLOURS)),
            NAMED == dg.DynamicPartitionsDefinition(name="customers"),
            NAMED == dg.DynamicPartitionsDefinition(name="suppliers"),
        ],
        "named": [str(NAMED), NAMED.name],
        "neither": seen.outcome(lambda: dg.DynamicPartitionsDefinition()),
        "both": seen.outcome(lambda: dg.DynamicPartitionsDefinition(lambda moment: [], name="x")),
        "requests": [
            [type(request).__name__, request.partitions_def_name, list(request.partition_keys)]
            for request in (NAMED.build_add_request(["a", "b"]), NAMED.build_delete_request(["a"]))
        ],
        "request equals": NAMED.build_add_request(["a"]) == dg.AddDynamicPartitionsRequest("customers", ["a"]),
        "without a store": "raises" in seen.outcome(lambda: NAMED.get_partition_keys()),
        "partition": [dg.Partition(3).name, dg.Partition("v", "n").name, dg.Partition("v", "n").value],
    }
