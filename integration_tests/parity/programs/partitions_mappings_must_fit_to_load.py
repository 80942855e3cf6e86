"""Which mappings between which partitions a project may have that is validated as loadable."""

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-02-01")
LETTERS = dg.StaticPartitionsDefinition(["a", "b", "c"])
PARTITIONS = {
    "none": None,
    "days": DAYS,
    "hours": dg.HourlyPartitionsDefinition("2024-01-01-00:00", end_date="2024-01-02-00:00"),
    "letters": LETTERS,
    "one letter": dg.StaticPartitionsDefinition(["x"]),
    "dynamic": dg.DynamicPartitionsDefinition(name="files"),
    "both": dg.MultiPartitionsDefinition({"day": DAYS, "letter": LETTERS}),
}
SAME = dg.IdentityPartitionMapping()
MAPPINGS = {
    "windows": dg.TimeWindowPartitionMapping(),
    "static": dg.StaticPartitionMapping({"a": "a"}),
    "single dimension": dg.MultiToSingleDimensionPartitionMapping(),
    "same": SAME,
    "dimensions": dg.MultiPartitionMapping({}),
    "unknown dimension below": dg.MultiPartitionMapping({"nowhere": dg.DimensionPartitionMapping("day", SAME)}),
    "unknown dimension above": dg.MultiPartitionMapping({"day": dg.DimensionPartitionMapping("nowhere", SAME)}),
    "last": dg.LastPartitionMapping(),
    "all": dg.AllPartitionMapping(),
    "specific": dg.SpecificPartitionsPartitionMapping(["nowhere"]),
    "inferred": None,
}


def validated(mapping, upstream, downstream) -> bool | list:
    @dg.asset(partitions_def=upstream)
    def raw(): ...

    @dg.asset(partitions_def=downstream, deps=[dg.AssetDep("raw", partition_mapping=mapping)])
    def made(): ...

    try:
        dg.Definitions.validate_loadable(dg.Definitions(assets=[raw, made]))
    except dg.DagsterInvalidDefinitionError as refused:
        return [word in str(refused) for word in ("raw", "made")]
    return True


def facts() -> dict:
    return {
        f"{name}: {above} above {below}": validated(mapping, upstream, downstream)
        for name, mapping in MAPPINGS.items()
        for above, upstream in PARTITIONS.items()
        for below, downstream in PARTITIONS.items()
    }
