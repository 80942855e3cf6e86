"""The public attributes of `AssetExecutionContext`, and other annotations of it."""

import seen

import dagster as dg


@dg.asset(key_prefix="k", op_tags={"cpu": "1"}, group_name="g", metadata={"m": 1})
def probe(context: dg.AssetExecutionContext, other):
    return {
        "type": type(context).__name__,
        "asset key": context.asset_key.to_user_string(),
        "for output": context.asset_key_for_output().to_user_string(),
        "for input": context.asset_key_for_input("other").to_user_string(),
        "selected": sorted(k.to_user_string() for k in context.selected_asset_keys),
        "selected checks": sorted(context.selected_asset_check_keys),
        "outputs": sorted(context.selected_output_names),
        "job": context.job_name,
        "job def": context.job_def.name,
        "run is": [context.run.run_id == context.run_id, context.dagster_run.run_id == context.run_id],
        "run status": context.run.status.value,
        "op": context.op_def.name,
        "op config": seen.plain(context.op_config),
        "handle": context.op_handle.name,
        "retry": context.retry_number,
        "has partition": [context.has_partition_key, context.has_partition_key_range],
        "partition": seen.outcome(lambda: context.partition_key),
        "partitions": seen.outcome(lambda: list(context.partition_keys)),
        "window": seen.outcome(lambda: context.partition_time_window),
        "has assets def": context.has_assets_def,
        "assets def": [k.to_user_string() for k in context.assets_def.keys],
        "spec": seen.plain(context.assets_def.get_asset_spec().metadata),
        "is subset": context.is_subset,
        "run config": seen.plain(context.run_config),
        "resources": sorted(context.resources._asdict()),
        "mapping key": context.get_mapping_key(),
        "current": dg.AssetExecutionContext.get() is context,
        "inner type": type(context.op_execution_context).__name__,
        "output for key": context.output_for_asset_key(dg.AssetKey(["k", "probe"])),
        "instance": context.instance.is_ephemeral,
        "log": type(context.log).__name__,
        "provenance": seen.plain(context.get_asset_provenance(context.asset_key)),
    }


@dg.asset
def other():
    return 1


@dg.asset
def by_name_only(context):
    return type(context).__name__


@dg.asset
def as_op_context(context: dg.OpExecutionContext):
    return [type(context).__name__, context.asset_key.to_user_string()]


@dg.asset
def underscored(_context):
    return type(_context).__name__


@dg.asset
def loads_another(context: dg.AssetExecutionContext, other):
    return context.load_asset_value(dg.AssetKey("other"))


@dg.asset
def no_context():
    return dg.AssetExecutionContext.get().asset_key.to_user_string()


def refused() -> dict:
    def wrong_annotation():
        @dg.asset
        def a(context: int):
            return 1

    def annotated_other_name():
        @dg.asset
        def a(ctx: dg.AssetExecutionContext):
            return 1

        return sorted(a.keys_by_input_name)

    def outside():
        return dg.AssetExecutionContext.get()

    return {f.__name__: seen.outcome(f) for f in (wrong_annotation, annotated_other_name, outside)}


def facts() -> dict:
    assets = [probe, other, by_name_only, as_op_context, underscored, loads_another, no_context]
    with dg.instance_for_test() as instance:
        result = dg.materialize(assets, instance=instance)
        return {
            "probe": result.output_for_node("k__probe"),
            **{a.op.name: result.output_for_node(a.op.name) for a in assets[2:]},
            "refused": refused(),
        }
