"""Inputs through every mapping: what contexts and IO managers say of them, and the values that arrive."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05")
HOURS = dg.HourlyPartitionsDefinition("2024-01-01-00:00", end_date="2024-01-05-00:00")
LETTERS = dg.StaticPartitionsDefinition(["a", "b"])
BOTH = dg.MultiPartitionsDefinition({"day": DAYS, "letter": LETTERS})
OF_INPUT = [
    "asset_partition_key_for_input",
    "asset_partition_keys_for_input",
    "asset_partition_key_range_for_input",
    "asset_partitions_time_window_for_input",
]
OF_MANAGER = [
    "has_partition_key",
    "has_asset_partitions",
    "asset_partition_key",
    "asset_partition_keys",
    "asset_partition_key_range",
]


def shown(call):
    try:
        value = call()
    except Exception:
        return "refused"
    if isinstance(value, (dg.PartitionKeyRange, dg.TimeWindow)):
        return [seen.plain(value.start), seen.plain(value.end)]
    return seen.plain(sorted(str(key) for key in value) if isinstance(value, list) else value)


def loaded(below, above, key, mapping=None):
    told = {}

    class Memory(dg.IOManager):
        def handle_output(self, context, obj): ...

        def load_input(self, context):
            told["manager"] = [shown(lambda name=name: getattr(context, name)) for name in OF_MANAGER]

    @dg.asset(partitions_def=above)
    def raw(): ...

    @dg.asset(partitions_def=below, ins={"raw": dg.AssetIn(partition_mapping=mapping)})
    def made(context: dg.AssetExecutionContext, raw):
        told["context"] = [shown(lambda name=name: getattr(context, name)("raw")) for name in OF_INPUT]

    result = dg.materialize([raw, made], selection=[made], partition_key=key, resources={"io_manager": Memory()})
    return [result.success, told]


def values(instance) -> list:
    @dg.asset(partitions_def=DAYS)
    def raw(context: dg.AssetExecutionContext):
        return int(context.partition_key[-2:])

    @dg.asset(partitions_def=DAYS, ins={"raw": dg.AssetIn(partition_mapping=dg.TimeWindowPartitionMapping(-1, 0))})
    def two_days(raw):
        return raw

    @dg.asset(ins={"raw": dg.AssetIn(partition_mapping=dg.LastPartitionMapping())})
    def newest(raw):
        return raw

    @dg.asset
    def all_days(raw):
        return raw

    both = [raw, two_days]
    kept = [
        dg.materialize(both, instance=instance, partition_key=f"2024-01-0{day}").asset_value("two_days") for day in (1, 2, 3, 4)
    ]
    result = dg.materialize([raw, newest, all_days], selection=[newest, all_days], instance=instance)
    return [*kept, result.asset_value("newest"), result.asset_value("all_days")]


def facts() -> dict:
    window = dg.TimeWindowPartitionMapping
    with dg.DagsterInstance.ephemeral() as instance:
        arrived = values(instance)
    return {
        "day of hours": loaded(DAYS, HOURS, "2024-01-03"),
        "hour of a day": loaded(HOURS, DAYS, "2024-01-03-07:00"),
        "day before": loaded(DAYS, DAYS, "2024-01-03", window(-1, -1)),
        "two days": loaded(DAYS, DAYS, "2024-01-03", window(-1, 0)),
        "last": loaded(DAYS, DAYS, "2024-01-02", dg.LastPartitionMapping()),
        "all below nothing": loaded(None, LETTERS, None),
        "last below nothing": loaded(None, DAYS, None, dg.LastPartitionMapping()),
        "specific": loaded(LETTERS, LETTERS, "a", dg.SpecificPartitionsPartitionMapping(["b"])),
        "static": loaded(LETTERS, LETTERS, "a", dg.StaticPartitionMapping({"a": "b", "b": "a"})),
        "static of none": loaded(LETTERS, LETTERS, "a", dg.StaticPartitionMapping({"a": "b"})),
        "all": loaded(LETTERS, LETTERS, "a", dg.AllPartitionMapping()),
        "dimensions of a day": loaded(DAYS, BOTH, "2024-01-03"),
        "day of dimensions": loaded(BOTH, DAYS, dg.MultiPartitionKey({"day": "2024-01-03", "letter": "a"})),
        "no partitions above": loaded(LETTERS, None, "a"),
        "values": seen.plain(arrived),
    }
