"""Tags given to `materialize` and jobs, and what a stored run says of itself."""

import seen

import dagster as dg


@dg.asset
def tagged(context: dg.AssetExecutionContext):
    context.instance.add_run_tags(context.run_id, {"added": "while running"})
    return [seen.tags(context.run_tags), context.has_tag("team"), context.get_tag("team"), context.get_tag("none")]


@dg.asset(tags={"asset": "tag"}, op_tags={"op": "tag"})
def quiet():
    return 1


def facts() -> dict:
    with dg.instance_for_test() as instance:
        result = dg.materialize([tagged, quiet], instance=instance, tags={"team": "data", "dagster/priority": "3"})
        run = instance.get_run_by_id(result.run_id)
        return {
            "in context": result.output_for_node("tagged"),
            "stored": seen.tags(run.tags),
            "of the result": seen.tags(result.dagster_run.tags),
            "run": {
                "job": run.job_name,
                "status": run.status.value,
                "is": [run.is_finished, run.is_success, run.is_failure],
                "config": seen.plain(run.run_config),
                "steps": seen.plain(run.step_keys_to_execute),
                "selection": seen.plain(run.asset_selection),
                "checks": seen.plain(run.asset_check_selection),
                "parent": run.parent_run_id,
                "root": run.root_run_id,
                "previous": run.previous_run_id if hasattr(run, "previous_run_id") else "no such attribute",
            },
            "bad tag": seen.outcome(lambda: dg.materialize([quiet], instance=instance, tags={"a b": "c"}).success),
            "number as tag": seen.outcome(lambda: dg.materialize([quiet], instance=instance, tags={"a": 1}).success),
            "tags of many runs": [seen.tags(r.tags) for r in instance.get_runs()][-1],
        }
