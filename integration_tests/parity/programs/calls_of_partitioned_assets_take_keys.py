"""Partitioned assets are called in tests: with a key, a range, neither; what their contexts and results say then."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-10")
LETTERS = dg.StaticPartitionsDefinition(["a", "b", "c"])
BOTH = dg.MultiPartitionsDefinition({"day": DAYS, "letter": LETTERS})


@dg.asset(partitions_def=DAYS)
def day(context: dg.AssetExecutionContext):
    window = context.partition_time_window
    return [context.partition_key, context.has_partition_key, window.start.isoformat(), window.end.isoformat()]


@dg.asset(partitions_def=DAYS)
def days(context: dg.AssetExecutionContext):
    found = context.partition_key_range
    return [found.start, found.end, list(context.partition_keys), context.has_partition_key_range]


@dg.asset(partitions_def=LETTERS)
def letter(context: dg.AssetExecutionContext, above: int):
    return [context.partition_key, above, context.asset_partition_key_for_output()]


@dg.asset(partitions_def=BOTH)
def both(context: dg.AssetExecutionContext):
    key = context.partition_key
    return [str(key), isinstance(key, dg.MultiPartitionKey), sorted(key.keys_by_dimension.items())]


@dg.asset(partitions_def=LETTERS)
def window_of_letter(context: dg.AssetExecutionContext):
    return context.partition_time_window


@dg.multi_asset(specs=[dg.AssetSpec("x"), dg.AssetSpec("y")], partitions_def=LETTERS)
def two(context: dg.AssetExecutionContext):
    for name in ("x", "y"):
        yield dg.MaterializeResult(name, metadata={"key": context.partition_key})


@dg.op
def an_op(context: dg.OpExecutionContext):
    return [context.has_partition_key, context.partition_key]


@dg.asset_check(asset=day)
def a_check(context: dg.AssetCheckExecutionContext):
    return dg.AssetCheckResult(passed=context.has_partition_key, metadata={"key": context.partition_key if context.has_partition_key else "none"})


def called(function, *values, **options):
    def call():
        result = function(dg.build_asset_context(**options), *values)
        return result if not hasattr(result, "__next__") else [[r.asset_key.to_user_string(), seen.metadata(r.metadata)] for r in result]

    return seen.outcome(call)


def facts() -> dict:
    key_range = dg.PartitionKeyRange("2024-01-02", "2024-01-04")
    return {
        "day": called(day, partition_key="2024-01-02"),
        "day, not there": called(day, partition_key="2025-01-02"),
        "day, no day": called(day, partition_key="x"),
        "without a key": called(day),
        "a range for a key": called(day, partition_key_range=key_range),
        "days": called(days, partition_key_range=key_range),
        "a key for days": called(days, partition_key="2024-01-02"),
        "range of one": called(days, partition_key_range=dg.PartitionKeyRange("2024-01-02", "2024-01-02")),
        "range turned round": called(days, partition_key_range=dg.PartitionKeyRange("2024-01-04", "2024-01-02")),
        "both given": called(day, partition_key="2024-01-02", partition_key_range=key_range),
        "letter": called(letter, 5, partition_key="b"),
        "multi": called(both, partition_key=dg.MultiPartitionKey({"day": "2024-01-02", "letter": "a"})),
        "multi by string": called(both, partition_key="2024-01-02|a"),
        "window of a letter": called(window_of_letter, partition_key="a"),
        "two": called(two, partition_key="c"),
        "op": seen.outcome(lambda: an_op(dg.build_op_context(partition_key="q"))),
        "op without": seen.outcome(lambda: an_op(dg.build_op_context())),
    }
