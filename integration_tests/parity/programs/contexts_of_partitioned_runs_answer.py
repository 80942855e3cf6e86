"""Everything that contexts say of partitions: in runs without, with one key, with a range; of assets, ops, inputs, outputs."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-10", timezone="Europe/Berlin")
LETTERS = dg.StaticPartitionsDefinition(["a", "b"])
NAMES = [
    "has_partition_key",
    "has_partition_key_range",
    "partition_key",
    "partition_keys",
    "partition_key_range",
    "partition_time_window",
    "has_partitions_def",
]
OF_OUTPUT = [
    "asset_partition_key_for_output",
    "asset_partition_keys_for_output",
    "asset_partition_key_range_for_output",
    "asset_partitions_time_window_for_output",
    "asset_partitions_def_for_output",
]


def plain(value):
    if isinstance(value, (dg.PartitionKeyRange, dg.TimeWindow)):
        return [type(value).__name__, seen.plain(value.start), seen.plain(value.end)]
    if isinstance(value, dg.PartitionsDefinition):
        return str(value)
    return [str(key) for key in value] if isinstance(value, (list, tuple)) else seen.plain(value)


def answer(call):
    try:
        return plain(call())
    except AttributeError:
        return "no such attribute"
    except Exception as error:
        return seen.raised(error)


def told(context, output="result") -> dict:
    of_output = {name: answer(lambda name=name: getattr(context, name)(output)) for name in OF_OUTPUT}
    return {**{name: answer(lambda name=name: getattr(context, name)) for name in NAMES}, **of_output}


def asset_of(partitions_def, **options) -> dict:
    found = {}

    @dg.asset(partitions_def=partitions_def)
    def made(context: dg.AssetExecutionContext):
        found.update(told(context))

    result = dg.materialize([made], raise_on_error=False, **options)
    return {**found, "success": result.success}


def ops_of(partitions_def, **options) -> dict:
    found = {}

    @dg.op
    def work(context: dg.OpExecutionContext):
        found.update(told(context))

    @dg.job(partitions_def=partitions_def)
    def job():
        work()

    result = job.execute_in_process(raise_on_error=False, **options)
    return {**found, "success": result.success}


def several() -> dict:
    found = {}

    @dg.multi_asset(specs=[dg.AssetSpec("one"), dg.AssetSpec("two")], partitions_def=DAYS)
    def both(context: dg.AssetExecutionContext):
        found.update({name: told(context, name) for name in ("one", "two", "three")})

    dg.materialize([both], partition_key="2024-01-02")
    return found


def inside_graph() -> dict:
    found = {}

    @dg.op
    def first(context: dg.OpExecutionContext):
        found["first"] = told(context)
        return 1

    @dg.op
    def second(context: dg.OpExecutionContext, x):
        found["second"] = told(context)
        return x

    @dg.graph_asset(partitions_def=DAYS)
    def made():
        return second(first())

    dg.materialize([made], partition_key="2024-01-02")
    return found


def unpartitioned_beside() -> dict:
    found = {}

    @dg.asset
    def plain_one(context: dg.AssetExecutionContext):
        found["plain"] = told(context)

    @dg.asset(partitions_def=LETTERS, deps=[plain_one])
    def parted(context: dg.AssetExecutionContext):
        found["parted"] = told(context)

    result = dg.materialize([plain_one, parted], partition_key="a", raise_on_error=False)
    return {**found, "success": result.success, "partitions": [e.partition for e in result.get_asset_materialization_events()]}


def facts() -> dict:
    ranged = {"tags": {"dagster/asset_partition_range_start": "2024-01-02", "dagster/asset_partition_range_end": "2024-01-04"}}
    return {
        "no partitions": asset_of(None),
        "day": asset_of(DAYS, partition_key="2024-01-02"),
        "letter": asset_of(LETTERS, partition_key="b"),
        "range": asset_of(DAYS, **ranged),
        "key not given": asset_of(DAYS),
        "key by tag": asset_of(DAYS, tags={"dagster/partition": "2024-01-03"}),
        "ops without": ops_of(None),
        "ops of a day": ops_of(DAYS, partition_key="2024-01-02"),
        "ops of a letter": ops_of(LETTERS, partition_key="b"),
        "ops, key not given": ops_of(DAYS),
        "several": several(),
        "inside of a graph": inside_graph(),
        "beside": unpartitioned_beside(),
    }
