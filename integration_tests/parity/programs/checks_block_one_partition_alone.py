"""A blocking check of a partitioned asset: a bad day stops what lies below that day, other days go on."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05")
BAD = {"2024-01-02"}


@dg.asset(partitions_def=DAYS)
def trips(context: dg.AssetExecutionContext):
    return -1 if context.partition_key in BAD else 5


@dg.asset_check(asset=trips, partitions_def=DAYS, blocking=True)
def positive(context: dg.AssetCheckExecutionContext, trips):
    return dg.AssetCheckResult(passed=trips > 0, metadata={"value": trips, "day": context.partition_key})


@dg.asset_check(asset=trips, partitions_def=DAYS)
def not_huge(trips):
    return dg.AssetCheckResult(passed=trips > 10, severity=dg.AssetCheckSeverity.WARN)


@dg.asset(partitions_def=DAYS)
def daily(trips):
    return trips * 2


@dg.asset(deps=[daily])
def report(): ...


@dg.asset(partitions_def=DAYS)
def beside():
    return 1


EVERYTHING = [trips, positive, not_huge, daily, beside]


def ran(instance, key, assets=EVERYTHING, **options) -> dict:
    result = dg.materialize(assets, instance=instance, partition_key=key, raise_on_error=False, **options)
    return {
        "success": result.success,
        "steps": [pair for pair in seen.step_events(result) if pair[0] in ("STEP_SUCCESS", "STEP_FAILURE", "STEP_SKIPPED", "ASSET_CHECK_EVALUATION")],
        "made": sorted(event.asset_key.to_user_string() for event in result.get_asset_materialization_events()),
        "found": sorted([each.check_name, each.passed, each.partition if hasattr(each, "partition") else None] for each in result.get_asset_check_evaluations()),
    }


def facts() -> dict:
    with dg.DagsterInstance.ephemeral() as instance:
        days = {key: ran(instance, key) for key in ("2024-01-01", "2024-01-02", "2024-01-03")}
        made = {name: sorted(instance.get_materialized_partitions(dg.AssetKey(name))) for name in ("trips", "daily", "beside")}
        BAD.clear()
        mended = ran(instance, "2024-01-02")
        record = instance.get_latest_asset_check_evaluation_record(dg.AssetCheckKey(trips.key, "positive"))
        evaluation = record.event.dagster_event.event_specific_data
        latest = [record.status.value, evaluation.passed, seen.metadata(evaluation.metadata), evaluation.blocking]
        BAD.add("2024-01-04")
        without = ran(instance, "2024-01-04", selection=dg.AssetSelection.all() - dg.AssetSelection.all_asset_checks())
    return {"days": days, "made": made, "mended": mended, "latest": latest, "without checks": without}
