"""External assets with partitions that are read: through IO managers, mappings and dependencies alone, with versions reported."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2023-12-31", end_date="2024-01-08")
WEEKS = dg.WeeklyPartitionsDefinition("2023-12-31", end_date="2024-01-07")


class Outside(dg.IOManager):
    def handle_output(self, context, obj): ...

    def load_input(self, context):
        if not context.has_asset_partitions:
            return "everything"
        return [str(key) for key in context.asset_partition_keys]


old = dg.SourceAsset("old", partitions_def=DAYS, io_manager_key="outside")
new = dg.AssetSpec("new", partitions_def=DAYS).with_io_manager_key("outside")
whole = dg.AssetSpec("whole").with_io_manager_key("outside")


@dg.asset(partitions_def=DAYS)
def day(old, new, whole):
    return [old, new, whole]


@dg.asset(partitions_def=WEEKS)
def week(old, new):
    return [old, new]


@dg.asset
def everything(old, new):
    return [old, new]


@dg.asset(partitions_def=DAYS, ins={"new": dg.AssetIn(partition_mapping=dg.TimeWindowPartitionMapping(-1, -1))})
def day_after(new):
    return new


@dg.asset(partitions_def=DAYS, deps=[dg.AssetDep("new")])
def no_value():
    return 1


def facts() -> dict:
    told = {}
    resources = {"outside": Outside()}
    with dg.DagsterInstance.ephemeral() as instance:

        def made(asset, key=None):
            result = dg.materialize([old, new, whole, asset], selection=[asset], partition_key=key, instance=instance, resources=resources)
            tags = result.get_asset_materialization_events()[0].step_materialization_data.materialization.tags
            return [result.output_for_node(asset.op.name), {name: value for name, value in sorted(tags.items()) if "input_data_version" in name and len(value) < 20}]

        told["day"] = made(day, "2024-01-02")
        told["week"] = made(week, "2023-12-31")
        told["everything"] = made(everything)
        told["day after"] = [made(day_after, "2024-01-02"), seen.outcome(lambda: made(day_after, "2023-12-31"))]
        told["no value"] = made(no_value, "2024-01-02")
        instance.report_runless_asset_event(dg.AssetMaterialization("new", partition="2024-01-02", tags={"dagster/data_version": "v"}))
        told["reported"] = sorted(instance.get_materialized_partitions(dg.AssetKey("new")))
        told["no value again"] = made(no_value, "2024-01-02")[0]
    told["definitions"] = [str(old.partitions_def), str(new.partitions_def)]
    return told
