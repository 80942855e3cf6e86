"""Two assets in a chain: every event of the run, in the result and in the stored log."""

import seen

import dagster as dg


@dg.asset
def raw_orders(context: dg.AssetExecutionContext):
    context.log.info("reading")
    return [3, 1, 2]


@dg.asset
def sorted_orders(raw_orders):
    return sorted(raw_orders)


def facts() -> dict:
    with dg.instance_for_test() as instance:
        result = dg.materialize([raw_orders, sorted_orders], instance=instance)
        return {
            "success": result.success,
            "events": seen.events(result),
            "log": seen.log(instance, result.run_id),
            "node events": sorted([e.step_key, e.event_type_value] for e in result.all_node_events),
            "event type names": sorted({e.event_type.name for e in result.all_events}),
            "job": result.dagster_run.job_name,
        }
