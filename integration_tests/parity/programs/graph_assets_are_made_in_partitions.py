"""Graph assets and assets of several outputs with partitions: keys inside, checks of them, values read by mapping."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05")


@dg.op
def fetch(context: dg.OpExecutionContext):
    return int(context.partition_key[-2:])


@dg.op
def double(context: dg.OpExecutionContext, number):
    return number * 2


@dg.op(out={"even": dg.Out(is_required=False), "odd": dg.Out(is_required=False)})
def split(number):
    yield dg.Output(number, "even" if number % 2 == 0 else "odd")


@dg.op
def join(above):
    return sum(above.values()) if isinstance(above, dict) else above


@dg.op
def small(number):
    return dg.AssetCheckResult(passed=number < 5)


@dg.graph_asset(partitions_def=DAYS, check_specs=[dg.AssetCheckSpec("small", asset="day")])
def day():
    number = double(fetch())
    return {"result": number, "day_small": small(number)}


@dg.graph_asset(partitions_def=DAYS)
def plain_day():
    return double(fetch())


@dg.graph_asset(partitions_def=DAYS, ins={"above": dg.AssetIn("plain_day", partition_mapping=dg.TimeWindowPartitionMapping(-1, 0))})
def two_days(above):
    return join(above)


@dg.graph_multi_asset(outs={"even": dg.AssetOut(is_required=False), "odd": dg.AssetOut(is_required=False)}, partitions_def=DAYS)
def parted():
    even, odd = split(fetch())
    return {"even": even, "odd": odd}


@dg.multi_asset(specs=[dg.AssetSpec("left", partitions_def=DAYS), dg.AssetSpec("right", deps=["left"], partitions_def=DAYS)], can_subset=True)
def sides(context: dg.AssetExecutionContext):
    for key in sorted(context.selected_asset_keys):
        yield dg.MaterializeResult(key, metadata={"day": context.partition_key})


@dg.multi_asset(
    specs=[dg.AssetSpec("mixed", partitions_def=DAYS), dg.AssetSpec("unmixed", partitions_def=dg.StaticPartitionsDefinition(["a"]))], can_subset=True
)
def differing(context: dg.AssetExecutionContext):
    for key in sorted(context.selected_asset_keys):
        yield dg.MaterializeResult(key)


def made(instance, *assets, key, selection=None) -> object:
    def run():
        result = dg.materialize(list(assets), instance=instance, partition_key=key, selection=selection, raise_on_error=False)
        return [
            result.success,
            sorted([event.asset_key.to_user_string(), event.partition] for event in result.get_asset_materialization_events()),
            sorted([each.check_name, each.passed, each.partition] for each in result.get_asset_check_evaluations()),
            [pair for pair in seen.step_events(result) if pair[0] in ("STEP_SUCCESS", "STEP_FAILURE", "STEP_SKIPPED")],
        ]

    return {name: value for name, value in seen.outcome(run).items() if name != "cause"}


def facts() -> dict:
    with dg.DagsterInstance.ephemeral() as instance:
        told = {
            "plain": [made(instance, plain_day, key=f"2024-01-0{number}") for number in (1, 2)],
            "two days": [made(instance, plain_day, two_days, selection=["two_days"], key=f"2024-01-0{number}") for number in (2, 3)],
            "parted": [made(instance, parted, key=f"2024-01-0{number}") for number in (1, 2)],
            "sides": [made(instance, sides, key="2024-01-02"), made(instance, sides, key="2024-01-03", selection=["right"])],
            "with a check": [made(instance, day, key=f"2024-01-0{number}") for number in (1, 4)],
            "differing": [made(instance, differing, key="a", selection=["unmixed"]), made(instance, differing, key="a")],
            "materialized": {
                name: sorted(instance.get_materialized_partitions(dg.AssetKey(name))) for name in ("plain_day", "even", "odd", "left", "right", "two_days")
            },
        }
    told["definitions"] = [str(plain_day.partitions_def), str(parted.partitions_def), str(sides.partitions_def)]
    told["refused"] = seen.outcome(
        lambda: dg.multi_asset(specs=[dg.AssetSpec("x", partitions_def=DAYS), dg.AssetSpec("y", partitions_def=dg.StaticPartitionsDefinition(["a"]))])(lambda: None)
    )
    return told
