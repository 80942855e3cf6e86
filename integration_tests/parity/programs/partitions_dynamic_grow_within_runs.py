"""Partitions that steps and sensors add: known at once to what comes after, also within the run that added them."""

import seen

import dagster as dg

FILES = dg.DynamicPartitionsDefinition(name="files")
DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-03")
FILE_DAYS = dg.MultiPartitionsDefinition({"file": FILES, "day": DAYS})


@dg.asset
def found(context: dg.AssetExecutionContext):
    context.instance.add_dynamic_partitions("files", ["b.csv", "a.csv", "c.csv"])
    return list(context.instance.get_dynamic_partitions("files"))


@dg.asset(deps=[found])
def counted(context: dg.AssetExecutionContext):
    return FILES.get_partition_keys(dynamic_partitions_store=context.instance)


@dg.asset(partitions_def=FILES)
def table(context: dg.AssetExecutionContext):
    return f"rows of {context.partition_key}"


@dg.asset
def union(table):
    return table


@dg.asset(partitions_def=FILE_DAYS)
def cells(context: dg.AssetExecutionContext):
    return dict(context.partition_key.keys_by_dimension)


@dg.sensor(target=[table])
def watch(context: dg.SensorEvaluationContext):
    return dg.SensorResult(
        run_requests=[],
        dynamic_partitions_requests=[FILES.build_add_request(["d.csv", "e.csv"]), FILES.build_delete_request(["b.csv"])],
    )


def facts() -> dict:
    told = {}
    with dg.DagsterInstance.ephemeral() as instance:

        def make(*assets, key=None, selection=None):
            return dg.materialize(list(assets), instance=instance, partition_key=key, selection=selection)

        told["before"] = [
            instance.get_dynamic_partitions("files"),
            instance.has_dynamic_partition("files", "a.csv"),
            FILES.get_partition_keys(dynamic_partitions_store=instance),
        ]
        told["too early"] = seen.outcome(lambda: make(table, key="a.csv").success, ["a.csv"])
        told["without a store"] = seen.outcome(lambda: FILES.get_partition_keys())
        told["within the run"] = make(found, counted).output_for_node("counted")
        told["tables"] = [make(table, key=key).output_for_node("table") for key in ("a.csv", "c.csv")]
        told["union of what is there"] = seen.outcome(lambda: make(table, union, selection=[union]).output_for_node("union"))
        make(table, key="b.csv")
        told["union"] = seen.plain(make(table, union, selection=[union]).output_for_node("union"))
        told["cells"] = seen.plain(
            make(cells, key=dg.MultiPartitionKey({"file": "b.csv", "day": "2024-01-02"})).output_for_node("cells")
        )
        told["keys of both"] = [str(key) for key in FILE_DAYS.get_partition_keys(dynamic_partitions_store=instance)]
        told["no such file"] = seen.outcome(lambda: make(cells, key="2024-01-02|z.csv").success)
        instance.delete_dynamic_partition("files", "a.csv")
        told["deleted"] = [
            list(instance.get_dynamic_partitions("files")),
            sorted(instance.get_materialized_partitions(table.key)),
        ]
        told["of a deleted one"] = seen.outcome(lambda: make(table, key="a.csv").success)
        told["deleted again"] = seen.outcome(lambda: instance.delete_dynamic_partition("files", "a.csv"))
        instance.add_dynamic_partitions("files", ["a.csv"])
        told["added again"] = list(instance.get_dynamic_partitions("files"))
        ranged = {"dagster/asset_partition_range_start": "b.csv", "dagster/asset_partition_range_end": "a.csv"}

        @dg.asset(partitions_def=FILES, backfill_policy=dg.BackfillPolicy.single_run())
        def at_once(context: dg.AssetExecutionContext):
            return {key: key for key in context.partition_keys}

        made = dg.materialize([at_once], instance=instance, tags=ranged, resources={"io_manager": dg.InMemoryIOManager()})
        told["range"] = sorted(made.output_for_node("at_once"))
        sensed = watch.evaluate_tick(dg.build_sensor_context(instance, definitions=dg.Definitions([table], sensors=[watch])))
        told["requests"] = [
            [type(each).__name__, each.partitions_def_name, list(each.partition_keys)]
            for each in sensed.dynamic_partitions_requests
        ]
        told["refused"] = {
            "a text": seen.outcome(lambda: instance.add_dynamic_partitions("files", "text")),
            "without a name": seen.outcome(lambda: dg.DynamicPartitionsDefinition()),
            "separator": seen.outcome(lambda: instance.add_dynamic_partitions("files", ["a|b"])),
            "new lines": seen.outcome(lambda: instance.add_dynamic_partitions("files", ["a\nb"])),
            "an ellipsis": seen.outcome(lambda: instance.add_dynamic_partitions("files", ["a...b"])),
        }
        told["at the end"] = list(instance.get_dynamic_partitions("files"))
    return told
