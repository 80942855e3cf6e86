"""`output_required=False` without an output skips what loads it, and what depends on that."""

import seen

import dagster as dg


@dg.asset(output_required=False)
def maybe():
    if False:
        yield dg.Output(1)


@dg.asset
def child(maybe):
    return maybe


@dg.asset
def grandchild(child):
    return child


@dg.asset(deps=[maybe])
def child_without_loading():
    return 1


@dg.asset
def beside():
    return 2


@dg.asset
def of_both(beside, maybe):
    return 3


@dg.asset(output_required=False)
def given():
    yield dg.Output(4)


@dg.asset
def child_of_given(given):
    return given


def facts() -> dict:
    with dg.instance_for_test() as instance:
        assets = [maybe, child, grandchild, child_without_loading, beside, of_both, given, child_of_given]
        result = dg.materialize(assets, instance=instance)
        return {
            "success": result.success,
            "status": result.dagster_run.status.value,
            "events": seen.step_events(result),
            "skipped": sorted(e.step_key for e in result.get_step_skipped_events()),
            "is_node_skipped": {a.op.name: result.is_node_skipped(a.op.name) for a in assets},
            "is_node_success": {a.op.name: result.is_node_success(a.op.name) for a in assets},
            "asking for a skipped value": seen.outcome(lambda: result.output_for_node("child"), mentions=["child"]),
            "materialized": sorted(key.to_user_string() for key in instance.all_asset_keys()),
            "latest of the skipped": seen.plain(instance.get_latest_materialization_event(dg.AssetKey("child"))),
        }
