"""Which mapping a dependency gets that says none: for every pair of kinds of partitions, told by what a run reads."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-15")
DEFINITIONS = {
    "none": None,
    "days": DAYS,
    "other days": dg.DailyPartitionsDefinition("2024-01-03", end_date="2024-01-12"),
    "hours": dg.HourlyPartitionsDefinition("2024-01-01-00:00", end_date="2024-01-15-00:00"),
    "weeks": dg.WeeklyPartitionsDefinition("2023-12-31", end_date="2024-01-14"),
    "letters": dg.StaticPartitionsDefinition(["a", "b"]),
    "same letters": dg.StaticPartitionsDefinition(["a", "b"]),
    "more letters": dg.StaticPartitionsDefinition(["a", "b", "c"]),
    "day and letter": dg.MultiPartitionsDefinition({"day": DAYS, "letter": dg.StaticPartitionsDefinition(["a", "b"])}),
    "week and letter": dg.MultiPartitionsDefinition(
        {"week": dg.WeeklyPartitionsDefinition("2023-12-31", end_date="2024-01-14"), "letter": dg.StaticPartitionsDefinition(["a", "b"])}
    ),
    "letter and size": dg.MultiPartitionsDefinition(
        {"letter": dg.StaticPartitionsDefinition(["a", "b"]), "size": dg.StaticPartitionsDefinition(["S", "M"])}
    ),
}
KEYS = {
    "none": None,
    "days": "2024-01-07",
    "other days": "2024-01-07",
    "hours": "2024-01-07-05:00",
    "weeks": "2024-01-07",
    "letters": "a",
    "same letters": "a",
    "more letters": "c",
    "day and letter": "2024-01-07|a",
    "week and letter": dg.MultiPartitionKey({"week": "2024-01-07", "letter": "a"}),
    "letter and size": "a|S",
}


def summed(keys):
    keys = sorted(map(str, keys))
    return [len(keys), keys[:3], keys[-1:]]


def read(below, above) -> object:
    told = {}

    class Memory(dg.IOManager):
        def handle_output(self, context, obj): ...

        def load_input(self, context):
            told["read"] = summed(context.asset_partition_keys) if context.has_asset_partitions else "whole"

    @dg.asset(partitions_def=DEFINITIONS[above])
    def raw(): ...

    @dg.asset(partitions_def=DEFINITIONS[below])
    def made(raw): ...

    try:
        result = dg.materialize(
            [raw, made], selection=[made], partition_key=KEYS[below], resources={"io_manager": Memory()}, raise_on_error=False
        )
    except Exception as error:
        return seen.raised(error)
    return [result.success, told.get("read")]


def facts() -> dict:
    return {f"{below} of {above}": read(below, above) for below in DEFINITIONS for above in DEFINITIONS}
