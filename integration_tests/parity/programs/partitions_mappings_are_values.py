"""Mappings as values: equality, hashes, what they are printed and written as, what they refuse."""

import pickle

import seen

import dagster as dg

MAPPINGS = {
    "identity": lambda: dg.IdentityPartitionMapping(),
    "all": lambda: dg.AllPartitionMapping(),
    "last": lambda: dg.LastPartitionMapping(),
    "windows": lambda: dg.TimeWindowPartitionMapping(),
    "windows with offsets": lambda: dg.TimeWindowPartitionMapping(start_offset=-2, end_offset=-1),
    "windows, lenient": lambda: dg.TimeWindowPartitionMapping(allow_nonexistent_upstream_partitions=True),
    "static": lambda: dg.StaticPartitionMapping({"a": "1", "b": ["1", "2"]}),
    "specific": lambda: dg.SpecificPartitionsPartitionMapping(["a", "b"]),
    "single": lambda: dg.MultiToSingleDimensionPartitionMapping(),
    "single by name": lambda: dg.MultiToSingleDimensionPartitionMapping(partition_dimension_name="day"),
    "multi": lambda: dg.MultiPartitionMapping({"day": dg.DimensionPartitionMapping("date", dg.IdentityPartitionMapping())}),
    "dimension": lambda: dg.DimensionPartitionMapping("date", dg.TimeWindowPartitionMapping(-1, -1)),
}
WRITTEN = ["identity", "all", "last", "windows", "windows with offsets", "static", "specific", "single", "multi"]


def described(name) -> dict:
    one, again = MAPPINGS[name](), MAPPINGS[name]()
    facts = {"equal": one == again, "class": type(one).__name__, "pickled": pickle.loads(pickle.dumps(one)) == one}
    if isinstance(one, dg.PartitionMapping):
        facts["described"] = bool(one.description)
    return facts


def facts() -> dict:
    pairs = [
        ("windows", "windows with offsets"), ("windows", "windows, lenient"), ("single", "single by name"),
        ("static", "specific"),
    ]  # fmt: skip
    deps = [
        dg.AssetDep("up", partition_mapping=dg.TimeWindowPartitionMapping(-1, -1)) == dg.AssetDep("up", partition_mapping=dg.TimeWindowPartitionMapping(-1, -1)),
        dg.AssetDep("up", partition_mapping=dg.TimeWindowPartitionMapping(-1, -1)) == dg.AssetDep("up"),
    ]

    @dg.asset(deps=[dg.AssetDep("up", partition_mapping=dg.LastPartitionMapping())], ins={"other": dg.AssetIn(partition_mapping=dg.AllPartitionMapping())})
    def down(other): ...

    mapping = MAPPINGS["windows with offsets"]()
    return {
        "described": {name: described(name) for name in MAPPINGS},
        "unequal": [MAPPINGS[one]() != MAPPINGS[other]() for one, other in pairs],
        "deps": deps,
        "fields": [mapping.start_offset, mapping.end_offset, mapping.allow_nonexistent_upstream_partitions],
        "of an asset": {
            dep.asset_key.to_user_string(): type(dep.partition_mapping).__name__ for dep in next(iter(down.specs)).deps
        },
        "asked": [type(down.get_partition_mapping(dg.AssetKey(name))).__name__ for name in ("up", "other")],
        "replaced": type(
            next(iter(down.specs)).replace_attributes(deps=[dg.AssetDep("up", partition_mapping=dg.IdentityPartitionMapping())]).deps.__iter__().__next__().partition_mapping
        ).__name__,
        "refused": {
            name: seen.outcome(call)
            for name, call in {
                "offset": lambda: dg.TimeWindowPartitionMapping(start_offset="x"),
                "static of a list": lambda: dg.StaticPartitionMapping(["a"]),
                "static of numbers": lambda: dg.StaticPartitionMapping({"a": 1}),
                "multi of mappings": lambda: dg.MultiPartitionMapping({"a": dg.IdentityPartitionMapping()}),
                "dimension": lambda: dg.DimensionPartitionMapping("a", None),
                "in of a string": lambda: dg.AssetIn(partition_mapping="identity"),
                "dep of a string": lambda: dg.AssetDep("up", partition_mapping="identity"),
                "of no dimension": lambda: dg.MultiToSingleDimensionPartitionMapping(3),
            }.items()
        },
        "two mappings": seen.outcome(
            lambda: dg.asset(
                name="x",
                deps=[dg.AssetDep("up", partition_mapping=dg.LastPartitionMapping())],
                ins={"up": dg.AssetIn(partition_mapping=dg.AllPartitionMapping())},
            )(lambda up: None)
        ),
    }
