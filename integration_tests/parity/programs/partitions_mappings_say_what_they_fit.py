"""Partition mappings as values, and between which partitions each may stand; policies of backfills."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01")
DEFINITIONS = {
    "days": DAYS,
    "hours": dg.HourlyPartitionsDefinition("2024-01-01-00:00"),
    "days elsewhere": dg.DailyPartitionsDefinition("2024-01-01", timezone="Europe/Berlin"),
    "letters": dg.StaticPartitionsDefinition(["a", "b"]),
    "numbers": dg.StaticPartitionsDefinition(["1", "2"]),
    "named": dg.DynamicPartitionsDefinition(name="named"),
    "days and letters": dg.MultiPartitionsDefinition({"date": DAYS, "letter": dg.StaticPartitionsDefinition(["a", "b"])}),
    "nothing": None,
}

MAPPINGS = {
    "identity": dg.IdentityPartitionMapping,
    "all": dg.AllPartitionMapping,
    "last": dg.LastPartitionMapping,
    "specific": lambda: dg.SpecificPartitionsPartitionMapping(["a"]),
    "static": lambda: dg.StaticPartitionMapping({"a": "1", "b": ["1", "2"]}),
    "static with unknown keys": lambda: dg.StaticPartitionMapping({"z": "9"}),
    "time window": lambda: dg.TimeWindowPartitionMapping(start_offset=-1, end_offset=0),
    "multi": lambda: dg.MultiPartitionMapping({"date": dg.DimensionPartitionMapping("date", dg.IdentityPartitionMapping())}),
    "multi to single": lambda: dg.MultiToSingleDimensionPartitionMapping("date"),
}


def fits(mapping, upstream, downstream) -> bool:
    try:
        mapping.validate_partition_mapping(upstream, downstream)
    except Exception:
        return False
    return True


def fitting(mapping) -> dict:
    upstream = {name: each for name, each in DEFINITIONS.items() if each is not None}
    return {name: [below for below in DEFINITIONS if fits(mapping, each, DEFINITIONS[below])] for name, each in upstream.items()}


def refusal(mapping: str, upstream: str, downstream: str):
    given = (DEFINITIONS[upstream], DEFINITIONS[downstream])
    return seen.outcome(lambda: MAPPINGS[mapping]().validate_partition_mapping(*given))


def facts() -> dict:
    window = dg.TimeWindowPartitionMapping(-1, 2, allow_nonexistent_upstream_partitions=True)
    static = MAPPINGS["static"]().downstream_partition_keys_by_upstream_partition_key
    policies = [dg.BackfillPolicy.single_run(), dg.BackfillPolicy.multi_run(), dg.BackfillPolicy.multi_run(10), dg.BackfillPolicy()]
    return {
        "fits": {name: fitting(mapping()) for name, mapping in MAPPINGS.items()},
        "equal": {name: mapping() == mapping() for name, mapping in MAPPINGS.items()},
        "different": [dg.TimeWindowPartitionMapping(-1) == dg.TimeWindowPartitionMapping(), static == {"a": "2"}],
        "fields": [window.start_offset, window.end_offset, window.allow_nonexistent_upstream_partitions, seen.plain(static)],
        "described": {name: bool(mapping().description) for name, mapping in MAPPINGS.items()},
        "refusals": [refusal("identity", "days", "hours"), refusal("static", "days", "numbers"), refusal("time window", "days", "letters")],
        "backfills": [[each.max_partitions_per_run, each.policy_type.name, str(each)] for each in policies],
    }
