"""Which partitions upstream must be there and are not, and what runs do then; windows of two time zones."""

from datetime import datetime, timezone

import seen

import dagster as dg

NOW = datetime(2024, 1, 10, 5, 30, tzinfo=timezone.utc)
DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-20")
FROM_THE_FIFTH = dg.DailyPartitionsDefinition("2024-01-05", end_date="2024-01-20")
UNTIL_THE_SIXTH = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-06")
WEEKS = dg.WeeklyPartitionsDefinition("2023-12-31", end_date="2024-01-28")
MONTHS = dg.MonthlyPartitionsDefinition("2023-11-01")
NEW_YORK = dg.DailyPartitionsDefinition("2024-01-01", timezone="America/New_York")
LETTERS = dg.StaticPartitionsDefinition(["a", "b", "c"])
OTHERS = dg.StaticPartitionsDefinition(["b", "c", "d"])


def missing(mapping, keys, below, above):
    result = mapping.get_upstream_mapped_partitions_result_for_partitions(
        below.subset_with_partition_keys(keys), below, above, current_time=NOW
    )
    return [sorted(result.partitions_subset.get_partition_keys()), sorted(result.required_but_nonexistent_partition_keys)]


def run(above, below, key, mapping=None):
    loaded = []

    class Memory(dg.IOManager):
        def handle_output(self, context, obj): ...

        def load_input(self, context):
            loaded.append(list(context.asset_partition_keys))

    @dg.asset(partitions_def=above)
    def raw(): ...

    @dg.asset(partitions_def=below, ins={"raw": dg.AssetIn(partition_mapping=mapping)})
    def made(raw): ...

    resources = {"io_manager": Memory()}
    said = seen.outcome(
        lambda: dg.materialize([raw, made], selection=[made], partition_key=key, resources=resources).success,
        ["2024-01-03", "raw", "made"],
    )
    return [said, loaded]


def facts() -> dict:
    window = dg.TimeWindowPartitionMapping
    return {
        "before the start": missing(window(), ["2024-01-03", "2024-01-05"], DAYS, FROM_THE_FIFTH),
        "before the start, reaching back": missing(window(-1, -1), ["2024-01-04", "2024-01-05"], DAYS, FROM_THE_FIFTH),
        "after the end": missing(window(), ["2024-01-05", "2024-01-06"], DAYS, UNTIL_THE_SIXTH),
        "after the end, reaching back": missing(window(-1, -1), ["2024-01-06", "2024-01-07"], DAYS, UNTIL_THE_SIXTH),
        "not over yet": missing(window(), ["2024-01-07"], WEEKS, DAYS),
        "not over yet, reaching ahead": missing(window(0, 1), ["2024-01-09"], DAYS, DAYS),
        "partly before": missing(window(), ["2023-12-31"], WEEKS, DAYS),
        "partly before, reaching back": missing(window(-1, 0), ["2023-12-31"], WEEKS, DAYS),
        "weeks of a month": missing(window(), ["2023-12-01"], MONTHS, WEEKS),
        "allowed": missing(window(allow_nonexistent_upstream_partitions=True), ["2023-12-31"], WEEKS, DAYS),
        "same keys": missing(dg.IdentityPartitionMapping(), ["a", "b"], LETTERS, OTHERS),
        "same days": missing(dg.IdentityPartitionMapping(), ["2024-01-03", "2024-01-05"], DAYS, FROM_THE_FIFTH),
        "runs": [
            run(FROM_THE_FIFTH, DAYS, "2024-01-03"),
            run(FROM_THE_FIFTH, DAYS, "2024-01-05", window(-1, -1)),
            run(DAYS, WEEKS, "2023-12-31"),
            run(DAYS, WEEKS, "2023-12-31", window(allow_nonexistent_upstream_partitions=True)),
            run(DAYS, DAYS, "2024-01-01", window(-1, -1)),
            run(OTHERS, LETTERS, "a"),
        ],
        "two zones": seen.outcome(lambda: missing(window(), ["2024-01-03"], NEW_YORK, DAYS), ["UTC", "America/New_York"]),
        "no partitions below": seen.outcome(
            lambda: window().get_upstream_mapped_partitions_result_for_partitions(None, None, DAYS, current_time=NOW)
        ),
        "no partitions below, same keys": seen.outcome(
            lambda: dg.IdentityPartitionMapping().get_upstream_mapped_partitions_result_for_partitions(None, None, LETTERS)
        ),
    }
