"""Values of many types between two assets, on a file system instance and in memory."""

import datetime
import decimal

import dagster as dg

VALUES = {
    "none": None,
    "true": True,
    "int": 10**30,
    "float": 0.1,
    "str": "žluťoučký\n",
    "empty_str": "",
    "bytes": b"\x00\xff",
    "list": [1, [2, [3]], None],
    "dict": {"a": {"b": [1.5]}},
    "int_keys": {1: "one", 2: "two"},
    "tuple": (1, ("x", 2)),
    "nested_tuple": [(1, 2), {"k": (3,)}],
    "a_set": {1, 2, 3},
    "frozen": frozenset({"a"}),
    "complex": 1 + 2j,
    "date": datetime.date(2024, 2, 29),
    "moment": datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.timezone.utc),
    "decimal": decimal.Decimal("1.10"),
    "bool_in_list": [True, 1, 1.0, False, 0],
    "infinite": float("inf"),
    "surrogate": "\ud800",
}


def pair(name, value):
    @dg.asset(name=f"a_{name}")
    def first():
        return value

    @dg.asset(name=f"a_{name}_again", ins={"given": dg.AssetIn(f"a_{name}")})
    def second(given):
        return [repr(given), type(given).__name__]

    return [first, second]


ASSETS = [asset for name, value in VALUES.items() for asset in pair(name, value)]


def facts() -> dict:
    with dg.instance_for_test() as instance:
        stored = dg.materialize(ASSETS, instance=instance)
        loaded = {name: stored.output_for_node(f"a_{name}_again") for name in VALUES}
    memory = dg.materialize_to_memory(ASSETS)
    return {
        "through files": loaded,
        "in memory": {name: memory.output_for_node(f"a_{name}_again") for name in VALUES},
        "same type": {name: type(memory.output_for_node(f"a_{name}")).__name__ for name in VALUES},
    }
