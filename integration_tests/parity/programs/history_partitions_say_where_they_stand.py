"""Each partition of an asset says whether it was written or failed."""

import seen

import dagster as dg


PARTITIONS = dg.StaticPartitionsDefinition(["a", "b", "c"])


@dg.asset(partitions_def=PARTITIONS)
def parted(context: dg.AssetExecutionContext):
    if context.partition_key == "b":
        raise ValueError("no b")
    return context.partition_key


def facts() -> dict:
    with dg.instance_for_test() as instance:
        for partition in ("a", "b"):
            dg.materialize([parted], instance=instance, partition_key=partition, raise_on_error=False)
        status = instance.get_status_by_partition(dg.AssetKey("parted"), ["a", "b", "c"], PARTITIONS)
        before = {key: value.value if value else None for key, value in status.items()}
        runs = instance.get_runs(dg.RunsFilter(tags={"dagster/partition": "b"}))
        return {
            "status": before,
            "by tag": [run.status.value for run in runs],
            "of the run": seen.plain(
                {k.to_user_string(): sorted(v) for k, v in instance.get_asset_partitions_for_run(runs[0].run_id).items()}
            ),
            "materialized": sorted(instance.get_materialized_partitions(dg.AssetKey("parted"))),
        }
