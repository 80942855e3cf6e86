"""A run over a range of partitions: what its contexts say, what is loaded and stored, what is recorded of each partition."""

import seen

import dagster as dg

START, END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"
DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-10")
LETTERS = dg.StaticPartitionsDefinition(["a", "b", "c", "d"])
BOTH = dg.MultiPartitionsDefinition({"day": dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-04"), "letter": LETTERS})
WHOLE = dg.BackfillPolicy.single_run()
CONTEXT = [
    "has_partition_key",
    "has_partition_key_range",
    "partition_key",
    "partition_keys",
    "partition_key_range",
    "partition_time_window",
]
OUTPUT = [
    "has_partition_key",
    "has_asset_partitions",
    "partition_key",
    "asset_partition_key",
    "asset_partition_keys",
]
ENDS = ["asset_partition_key_range", "asset_partitions_time_window"]


def plain(value):
    if isinstance(value, (dg.PartitionKeyRange, dg.TimeWindow)):
        return [seen.plain(value.start), seen.plain(value.end)]
    return sorted(str(key) for key in value) if isinstance(value, (list, tuple, set)) else seen.plain(value)


def asked(what, names) -> dict:
    told = {}
    for name in names:
        try:
            told[name] = plain(getattr(what, name))
        except Exception as error:
            told[name] = seen.raised(error)
    return told


def ran(definition, first, last, policy=WHOLE) -> dict:
    told = {}
    output = OUTPUT if definition is BOTH else [*OUTPUT, *ENDS]

    class Watching(dg.IOManager):
        def handle_output(self, context, obj):
            told[f"output of {context.asset_key.to_user_string()}"] = asked(context, output)

        def load_input(self, context):
            told["input"] = asked(context, output[1:])
            return 1

    @dg.asset(partitions_def=definition, backfill_policy=policy)
    def raw(context: dg.AssetExecutionContext):
        told["context"] = asked(context, CONTEXT)
        told["of output"] = plain(context.asset_partition_keys_for_output())
        return 1

    @dg.asset(partitions_def=definition, backfill_policy=policy)
    def made(context: dg.AssetExecutionContext, raw):
        told["of input"] = plain(context.asset_partition_keys_for_input("raw"))
        if definition is not BOTH:
            told["range of input"] = plain(context.asset_partition_key_range_for_input("raw"))
        return raw

    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [raw, made],
            instance=instance,
            tags={START: first, END: last},
            resources={"io_manager": Watching()},
            raise_on_error=False,
        )
        told["success"] = result.success
        told["materialized"] = sorted(
            [event.asset_key.to_user_string(), event.step_materialization_data.materialization.partition]
            for event in result.get_asset_materialization_events()
        )
        told["planned"] = sorted(
            [event.asset_key.to_user_string(), event.event_specific_data.partition or ""]
            for event in result.get_asset_materialization_planned_events()
        )
        told["known"] = sorted(instance.get_materialized_partitions(dg.AssetKey("raw")))
        told["tags"] = seen.tags(instance.get_run_by_id(result.run_id).tags)
    return told


def facts() -> dict:
    return {
        "days": ran(DAYS, "2024-01-03", "2024-01-05"),
        "letters": ran(LETTERS, "b", "d"),
        "both": ran(BOTH, "2024-01-01|b", "2024-01-02|c"),
        "one": ran(DAYS, "2024-01-03", "2024-01-03"),
        "without a policy": ran(DAYS, "2024-01-03", "2024-01-04", None),
        "several runs": ran(DAYS, "2024-01-03", "2024-01-04", dg.BackfillPolicy.multi_run(2)),
    }
