"""What IO managers are told of partitions: keys, ranges, windows, definitions, tags, identifiers; of one, of several, of dimensions."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-10", timezone="Europe/Berlin")
LETTERS = dg.StaticPartitionsDefinition(["a", "b"])
BOTH = dg.MultiPartitionsDefinition({"day": DAYS, "letter": LETTERS})
WEEKS = dg.WeeklyPartitionsDefinition("2023-12-31", end_date="2024-01-07", timezone="Europe/Berlin")
NAMES = [
    "has_partition_key",
    "partition_key",
    "has_asset_partitions",
    "asset_partition_key",
    "asset_partition_keys",
    "asset_partition_key_range",
    "asset_partitions_time_window",
    "asset_partitions_def",
]


def plain(value):
    if isinstance(value, (dg.PartitionKeyRange, dg.TimeWindow)):
        return [seen.plain(value.start), seen.plain(value.end)]
    if isinstance(value, dg.PartitionsDefinition):
        return str(value)
    return sorted(map(str, value)) if isinstance(value, (list, tuple, set)) else seen.plain(value)


def told(context) -> dict:
    facts = {}
    for name in NAMES:
        try:
            facts[name] = plain(getattr(context, name))
        except Exception as error:
            facts[name] = seen.raised(error)
    facts["identifier"] = list(context.get_identifier())[1:] if not context.has_asset_key else list(context.get_asset_identifier())
    return facts


def ran(above, below, key, mapping=None, **options) -> dict:
    facts = {}

    class Telling(dg.IOManager):
        def handle_output(self, context, obj):
            facts[f"output {context.asset_key.to_user_string()}"] = told(context)

        def load_input(self, context):
            facts["input"] = told(context)
            facts["upstream"] = context.upstream_output.asset_key.to_user_string()
            facts["metadata"] = sorted(context.upstream_output.definition_metadata or {})

    @dg.asset(partitions_def=above, metadata={"table": "x"})
    def raw():
        return 1

    @dg.asset(partitions_def=below, ins={"raw": dg.AssetIn(partition_mapping=mapping)})
    def made(raw):
        return raw

    result = dg.materialize([raw, made], selection=options.get("selection"), partition_key=key, resources={"io_manager": Telling()}, raise_on_error=False)
    return {**facts, "success": result.success}


def by_hand() -> dict:
    asked = {
        "key": {"partition_key": "2024-01-02", "asset_partitions_def": DAYS},
        "key without a definition": {"partition_key": "2024-01-02"},
        "range": {"asset_partition_key_range": dg.PartitionKeyRange("2024-01-02", "2024-01-04"), "asset_partitions_def": DAYS},
        "letters": {"asset_partition_key_range": dg.PartitionKeyRange("a", "b"), "asset_partitions_def": LETTERS},
        "nothing": {},
    }
    facts = {}
    for name, given in asked.items():
        facts[name] = [
            seen.outcome(lambda given=given: told(dg.build_output_context(asset_key="x", **given))),
            seen.outcome(lambda given=given: told(dg.build_input_context(asset_key="x", **given))),
        ]
    return facts


def facts() -> dict:
    below = {"selection": ["made"]}
    return {
        "days": ran(DAYS, DAYS, "2024-01-02"),
        "letters": ran(LETTERS, LETTERS, "b"),
        "both": ran(BOTH, BOTH, "2024-01-02|a"),
        "week of days": ran(DAYS, WEEKS, "2023-12-31", **below),
        "whole of letters": ran(LETTERS, None, None, **below),
        "letters of the whole": ran(None, LETTERS, "a"),
        "none": ran(None, None, None),
        "day before": ran(DAYS, DAYS, "2024-01-05", dg.TimeWindowPartitionMapping(-2, -1)),
        "first day": ran(DAYS, DAYS, "2024-01-01", dg.TimeWindowPartitionMapping(-2, -1)),
        "by hand": by_hand(),
    }
