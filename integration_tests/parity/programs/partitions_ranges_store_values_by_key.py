"""Files and a run over a range: what stores one file for each partition refuses values of many, and nothing but them."""

import os

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-10")
RANGE = {"dagster/asset_partition_range_start": "2024-01-03", "dagster/asset_partition_range_end": "2024-01-05"}
BASE = os.path.join(os.environ["DAGSTER_HOME"], "files")
RESOURCES = {"io_manager": dg.FilesystemIOManager(base_dir=BASE)}
WHOLE = dg.BackfillPolicy.single_run()


@dg.asset(partitions_def=DAYS, backfill_policy=WHOLE)
def by_key(context: dg.AssetExecutionContext):
    return {key: int(key[-2:]) for key in context.partition_keys}


@dg.asset(partitions_def=DAYS, backfill_policy=WHOLE)
def doubled(by_key: dict):
    return {key: 2 * value for key, value in by_key.items()}


@dg.asset(partitions_def=DAYS)
def one_day(by_key):
    return by_key


@dg.asset
def every_day(by_key):
    return by_key


@dg.asset(partitions_def=DAYS, backfill_policy=WHOLE)
def no_dict(context: dg.AssetExecutionContext):
    return 5


@dg.asset(partitions_def=DAYS, backfill_policy=WHOLE)
def too_few(context: dg.AssetExecutionContext):
    return {"2024-01-03": 1}


@dg.asset(partitions_def=DAYS, backfill_policy=WHOLE)
def too_many(context: dg.AssetExecutionContext):
    return dict.fromkeys(["2024-01-02", *context.partition_keys], 1)


@dg.asset(partitions_def=DAYS, backfill_policy=WHOLE)
def nothing(context: dg.AssetExecutionContext) -> None:
    context.log.info("nothing is stored")


@dg.asset(partitions_def=DAYS, backfill_policy=WHOLE)
def results(context: dg.AssetExecutionContext):
    return dg.MaterializeResult(metadata={"days": len(context.partition_keys)})


def made(*assets, selection=None, tags=RANGE, key=None):
    result = dg.materialize(
        list(assets),
        selection=selection,
        tags=tags if key is None else None,
        partition_key=key,
        resources=RESOURCES,
        raise_on_error=False,
    )
    return [
        result.success,
        sorted(seen.materializations(result)),
        sorted(e.partition or "" for e in result.get_asset_materialization_events()),
    ]


def facts() -> dict:
    return {
        "by key": made(by_key, doubled),
        "files": seen.files_below(BASE),
        "alone": made(by_key, doubled, selection=[doubled]),
        "one day": made(by_key, one_day, selection=[one_day], key="2024-01-04"),
        "one day, not there": made(by_key, one_day, selection=[one_day], key="2024-01-07")[0],
        "every day": made(by_key, every_day, selection=[every_day], tags=None)[0],
        "no dict": made(no_dict),
        "too few": made(too_few)[:1],
        "too many": made(too_many)[:1],
        "nothing": made(nothing),
        "results": made(results),
        "files at the end": seen.files_below(BASE),
    }
