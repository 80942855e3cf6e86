"""Reading tables by partition: what sections of a table a manager is asked for, over days, ranges, letters and dimensions."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-10")
LETTERS = dg.StaticPartitionsDefinition(["a", "b", "c"])
BOTH = dg.MultiPartitionsDefinition({"day": DAYS, "letter": LETTERS})
WEEKS = dg.WeeklyPartitionsDefinition("2023-12-31", end_date="2024-01-07")
RANGE = {"dagster/asset_partition_range_start": "2024-01-03", "dagster/asset_partition_range_end": "2024-01-05"}


class Tables(dg.IOManager):
    """Says which rows it would delete and read."""

    def __init__(self):
        self.said = []

    def rows(self, context):
        if not context.has_asset_partitions:
            return "everything"
        definition = context.asset_partitions_def
        if isinstance(definition, dg.TimeWindowPartitionsDefinition):
            window = context.asset_partitions_time_window
            return [window.start.isoformat(), window.end.isoformat()]
        if isinstance(definition, dg.MultiPartitionsDefinition):
            return sorted(sorted(key.keys_by_dimension.items()) for key in context.asset_partition_keys)
        return sorted(context.asset_partition_keys)

    def handle_output(self, context, obj):
        expression = (context.definition_metadata or {}).get("partition_expr")
        self.said.append(["write", context.asset_key.to_user_string(), expression, self.rows(context)])

    def load_input(self, context):
        expression = (context.upstream_output.definition_metadata or {}).get("partition_expr")
        self.said.append(["read", context.asset_key.to_user_string(), expression, self.rows(context), seen.plain(context.metadata or {})])


def ran(above, below, key=None, mapping=None, tags=None, only_below=False) -> list:
    @dg.asset(partitions_def=above, metadata={"partition_expr": "at"}, backfill_policy=dg.BackfillPolicy.single_run() if above else None)
    def raw():
        return 1

    @dg.asset(
        partitions_def=below,
        ins={"raw": dg.AssetIn(partition_mapping=mapping, metadata={"columns": ["a"]})},
        backfill_policy=dg.BackfillPolicy.single_run() if below else None,
    )
    def made(raw):
        return raw

    tables = Tables()
    selection = [made] if only_below else None
    result = dg.materialize([raw, made], selection=selection, partition_key=key, tags=tags, resources={"io_manager": tables}, raise_on_error=False)
    return [result.success, tables.said]


def facts() -> dict:
    return {
        "a day": ran(DAYS, DAYS, "2024-01-03"),
        "days": ran(DAYS, DAYS, tags=RANGE),
        "a letter": ran(LETTERS, LETTERS, "b"),
        "a cell": ran(BOTH, BOTH, "2024-01-03|b"),
        "a week of days": ran(DAYS, WEEKS, "2023-12-31", only_below=True),
        "all days": ran(DAYS, None, only_below=True),
        "all letters": ran(LETTERS, None, only_below=True),
        "three days": ran(DAYS, DAYS, "2024-01-05", dg.TimeWindowPartitionMapping(-2, 0), only_below=True),
        "three days before each of a range": ran(DAYS, DAYS, tags=RANGE, mapping=dg.TimeWindowPartitionMapping(-1, 0)),
        "row of cells": ran(BOTH, DAYS, "2024-01-03", only_below=True),
        "column of cells": ran(BOTH, LETTERS, "b", only_below=True)[0],
        "nothing parted": ran(None, None),
    }
