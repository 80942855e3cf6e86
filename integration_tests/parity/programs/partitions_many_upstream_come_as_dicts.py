"""Inputs of many partitions: a dict by key, its annotation, what is missing, values that are None, several upstream at once."""

import typing

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05")
WEEKS = dg.WeeklyPartitionsDefinition("2023-12-31", end_date="2024-01-07")
HOURS = dg.HourlyPartitionsDefinition("2024-01-01-00:00", end_date="2024-01-02-00:00")


@dg.asset(partitions_def=DAYS)
def raw(context: dg.AssetExecutionContext):
    return int(context.partition_key[-2:])


@dg.asset(partitions_def=DAYS)
def nothing() -> None: ...


def below(annotation, above=raw, definition=None, metadata=None, mapping=None):
    def function(raw):
        return seen.plain(raw)

    if annotation is not None:
        function.__annotations__["raw"] = annotation
    return dg.asset(name="below", partitions_def=definition, ins={"raw": dg.AssetIn(above.key, metadata=metadata, partition_mapping=mapping)})(function)


def made(days, asset, key=None, above=raw) -> object:
    with dg.DagsterInstance.ephemeral() as instance:
        for day in days:
            dg.materialize([above], instance=instance, partition_key=f"2024-01-0{day}")
        result = dg.materialize([above, asset], selection=[asset], instance=instance, partition_key=key, raise_on_error=False)
        if result.success:
            return result.output_for_node("below")
        return "failed"


def facts() -> dict:
    every = (1, 2, 3, 4)
    lenient = {"allow_missing_partitions": True}
    return {
        "no annotation": made(every, below(None)),
        "dict": made(every, below(dict)),
        "dict of int": made(every, below(dict[str, int])),
        "typing.Dict": made(every, below(typing.Dict[str, int])),  # noqa: UP006
        "mapping": made(every, below(typing.Mapping[str, int])),
        "dict of str": made(every, below(dict[str, str])),
        "int": made(every, below(int)),
        "any": made(every, below(typing.Any)),
        "missing": made((1, 3), below(dict)),
        "missing, lenient": made((1, 3), below(dict, metadata=lenient)),
        "all missing, lenient": made((), below(dict, metadata=lenient)),
        "week": made(every, below(dict, definition=WEEKS), "2023-12-31"),
        "one of many": made((1,), below(None, metadata=lenient), None),
        "one day": made(every, below(int, definition=DAYS), "2024-01-02"),
        "one day as dict": made(every, below(dict, definition=DAYS), "2024-01-02"),
        "hour of a day": made(every, below(int, definition=HOURS), "2024-01-01-05:00"),
        "last": made(every, below(int, mapping=dg.LastPartitionMapping())),
        "specific": made(every, below(dict, mapping=dg.SpecificPartitionsPartitionMapping(["2024-01-02", "2024-01-04"]))),
        "specific one": made(every, below(None, mapping=dg.SpecificPartitionsPartitionMapping(["2024-01-02"]))),
        "two days": made(every, below(dict, definition=DAYS, mapping=dg.TimeWindowPartitionMapping(-1, 0)), "2024-01-03"),
        "two days at the start": made(every, below(None, definition=DAYS, mapping=dg.TimeWindowPartitionMapping(-1, 0)), "2024-01-01"),
        "none values": made((1, 2, 3, 4), below(None, nothing), above=nothing),
    }
