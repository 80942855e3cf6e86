"""A run and its steps are told in numbers."""

import seen

import dagster as dg


@dg.asset
def good(context: dg.AssetExecutionContext):
    return dg.Output(1, metadata={"rows": 3})


@dg.asset
def bad():
    raise ValueError("no")


def facts() -> dict:
    with dg.instance_for_test() as instance:
        run_id = dg.materialize([good, bad], instance=instance, raise_on_error=False).run_id
        stats = instance.get_run_stats(run_id)
        steps = instance.get_run_step_stats(run_id)
        nobody = instance.get_run_stats("nobody")
        return {
            "counts": [stats.steps_succeeded, stats.steps_failed, stats.materializations, stats.expectations],
            "times": [stats.start_time is not None, stats.end_time is not None, stats.enqueued_time, stats.launch_time],
            "run": stats.run_id == run_id,
            "steps": sorted([s.step_key, s.status.value, s.attempts, len(s.attempts_list), len(s.materialization_events)] for s in steps),
            "in order": [s.start_time <= s.end_time for s in steps],
            "some": [s.step_key for s in instance.get_run_step_stats(run_id, ["good"])],
            "no step": len(instance.get_run_step_stats("nobody")),
            "no run": [nobody.steps_succeeded, nobody.start_time],
        }
