"""Questions that cannot be asked are refused."""

import seen

import dagster as dg


def facts() -> dict:
    kind = dg.DagsterEventType
    with dg.instance_for_test() as instance:
        return {
            "partitions without an asset": seen.outcome(
                lambda: dg.EventRecordsFilter(kind.ASSET_MATERIALIZATION, asset_partitions=["x"])
            ),
            "a step is no change of a run": seen.outcome(lambda: dg.RunStatusChangeRecordsFilter(kind.STEP_START)),
            "dequeued is no change of a run": seen.outcome(lambda: dg.RunStatusChangeRecordsFilter(kind.RUN_DEQUEUED)),
            "tags of nobody": seen.outcome(lambda: instance.add_run_tags("nobody", {"a": "b"}), ["nobody"]),
            "twice the same run": twice(instance),
        }


def twice(instance) -> dict:
    run = dg.DagsterRun(job_name="j")
    instance.add_run(run)
    return seen.outcome(lambda: instance.add_run(run), [run.run_id])
