"""A partition key given to `materialize`: context, IO path, events, projections."""

import os

import seen

import dagster as dg

COLOURS = dg.StaticPartitionsDefinition(["red", "green", "dark blue", "a/b"])


BASE = os.path.join(os.environ["DAGSTER_HOME"], "paints")
RESOURCES = {"io_manager": dg.FilesystemIOManager(base_dir=BASE)}


@dg.asset(partitions_def=COLOURS)
def paint(context: dg.AssetExecutionContext):
    return {
        "key": context.partition_key,
        "has": context.has_partition_key,
        "keys": list(context.partition_keys),
        "for output": context.asset_partition_key_for_output(),
    }


@dg.asset(partitions_def=COLOURS)
def wall(context: dg.AssetExecutionContext, paint):
    return [paint["key"], context.asset_partition_key_for_input("paint")]


@dg.asset
def house():
    return "whole"


@dg.asset
def all_walls(wall):
    return dict(sorted(wall.items()))


def facts() -> dict:
    with dg.instance_for_test() as instance:
        results = {}
        for key in COLOURS.get_partition_keys():
            result = dg.materialize([paint, wall, house], partition_key=key, instance=instance, resources=RESOURCES)
            results[key] = {
                "wall": result.output_for_node("wall"),
                "paint": seen.plain(result.output_for_node("paint")),
                "materializations": {k: [m["partition"], m["metadata"]] for k, m in seen.materializations(result).items()},
                "tags": seen.tags(result.dagster_run.tags),
            }
        together = dg.materialize([wall, paint, all_walls], selection=[all_walls], instance=instance, resources=RESOURCES)
        return {
            "results": results,
            "all walls": together.output_for_node("all_walls"),
            "files": seen.files_below(BASE),
            "materialized": sorted(instance.get_materialized_partitions(dg.AssetKey("wall"))),
            "of none": sorted(instance.get_materialized_partitions(dg.AssetKey("house"))),
            "unknown key": seen.outcome(lambda: dg.materialize([paint], partition_key="pink", instance=instance)),
            "no key": seen.outcome(lambda: dg.materialize([paint], instance=instance)),
            "key for unpartitioned": seen.outcome(
                lambda: dg.materialize([house], partition_key="red", instance=instance).success
            ),
            "runs": sorted(r.tags.get("dagster/partition", "none") for r in instance.get_runs()),
            "fetched": fetched(instance),
        }


def fetched(instance) -> list:
    filter_ = dg.AssetRecordsFilter(asset_key=dg.AssetKey("paint"), asset_partitions=["red"])
    return [r.partition_key for r in instance.fetch_materializations(filter_, limit=5).records]
