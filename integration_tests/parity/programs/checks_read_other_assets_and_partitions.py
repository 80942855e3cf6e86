"""Checks that need more than their asset: additional inputs and dependencies, with mappings of partitions, orders of steps."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05")


@dg.asset(partitions_def=DAYS)
def trips(context: dg.AssetExecutionContext):
    return int(context.partition_key[-2:])


@dg.asset
def limit():
    return 3


@dg.asset_check(asset=trips, partitions_def=DAYS, additional_ins={"limit": dg.AssetIn("limit")})
def below(trips, limit):
    return dg.AssetCheckResult(passed=trips < limit, metadata={"trips": trips, "limit": limit})


@dg.asset_check(asset=limit, additional_ins={"trips": dg.AssetIn("trips")})
def every_day(limit, trips):
    return dg.AssetCheckResult(passed=True, metadata={"days": len(trips)})


@dg.asset_check(asset=limit, additional_deps=[trips], partitions_def=DAYS)
def after_trips(context):
    return dg.AssetCheckResult(passed=True, metadata={"day": context.partition_key})


@dg.asset_check(asset=trips)
def of_no_day(context, trips):
    return dg.AssetCheckResult(passed=True, metadata={"days": len(trips) if isinstance(trips, dict) else trips, "key": context.has_partition_key})


@dg.multi_asset_check(
    specs=[dg.AssetCheckSpec("first", asset=trips), dg.AssetCheckSpec("second", asset=limit, additional_deps=[trips])], can_subset=True
)
def several(context):
    for key in sorted(context.selected_asset_check_keys, key=str):
        yield dg.AssetCheckResult(passed=True, asset_key=key.asset_key, check_name=key.name)


def ran(instance, *assets, key=None, selection=None) -> object:
    def run():
        result = dg.materialize(list(assets), instance=instance, partition_key=key, selection=selection, raise_on_error=False)
        found = {each.check_name: seen.metadata(each.metadata) for each in result.get_asset_check_evaluations()}
        order = [step for kind, step in seen.step_events(result) if kind in ("STEP_SUCCESS", "STEP_FAILURE")]
        return [result.success, found, order]

    return seen.outcome(run)


def facts() -> dict:
    told = {}
    with dg.DagsterInstance.ephemeral() as instance:
        told["with the limit"] = ran(instance, trips, limit, below, key="2024-01-02")
        told["below alone"] = ran(instance, trips, limit, below, key="2024-01-02", selection=dg.AssetSelection.checks(below))
        dg.materialize([trips], instance=instance, partition_key="2024-01-03")
        told["every day, some missing"] = ran(instance, trips, limit, every_day, selection=dg.AssetSelection.checks(every_day))
        dg.materialize([trips], instance=instance, partition_key="2024-01-01")
        told["every day"] = ran(instance, trips, limit, every_day, selection=dg.AssetSelection.checks(every_day))
        told["after trips"] = ran(instance, trips, limit, after_trips, key="2024-01-02")
        told["of no day"] = ran(instance, trips, of_no_day, key="2024-01-02")
        told["of no day, alone"] = ran(instance, trips, of_no_day, selection=dg.AssetSelection.checks(of_no_day))
        told["several"] = ran(instance, trips, limit, several, key="2024-01-02")
    told["refused"] = {
        "its own asset as input": seen.outcome(lambda: dg.asset_check(asset=trips, additional_ins={"trips": dg.AssetIn("trips")})(lambda trips: None)),
        "the day before": seen.outcome(
            lambda: dg.asset_check(
                asset=trips,
                partitions_def=DAYS,
                additional_ins={"before": dg.AssetIn("trips", partition_mapping=dg.TimeWindowPartitionMapping(-1, -1))},
            )(lambda before: None)
        ),
        "its own asset as dependency": seen.outcome(lambda: dg.asset_check(asset=trips, additional_deps=[trips])(lambda: None)),
        "unknown argument": seen.outcome(lambda: dg.asset_check(asset=trips, additional_ins={"nothing": dg.AssetIn("limit")})(lambda: None)),
        "argument of nothing": seen.outcome(lambda: dg.asset_check(asset=trips)(lambda first, second: None)),
    }
    return told
