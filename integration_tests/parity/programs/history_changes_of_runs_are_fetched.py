"""The changes of runs from status to status can be fetched over all runs."""

import seen

import dagster as dg


@dg.asset
def good(context: dg.AssetExecutionContext):
    return dg.Output(1, metadata={"rows": 3})


@dg.asset
def bad():
    raise ValueError("no")


def three_runs(instance) -> dict:
    """Run ids and the names by which the facts tell them."""
    runs = [
        dg.materialize([good], instance=instance, tags={"n": "1", "team": "a"}),
        dg.materialize([good], instance=instance, tags={"n": "2", "team": "b"}),
        dg.materialize([good, bad], instance=instance, raise_on_error=False, tags={"n": "3", "team": "a"}),
    ]
    return {run.run_id: f"run {number}" for number, run in enumerate(runs, start=1)}


def facts() -> dict:
    kind = dg.DagsterEventType
    with dg.instance_for_test() as instance:
        named = three_runs(instance)

        def found(asked, limit=10, **how) -> list:
            return [named[record.run_id] for record in instance.fetch_run_status_changes(asked, limit, **how).records]

        up = instance.fetch_run_status_changes(kind.RUN_START, 10, ascending=True).records
        first = instance.fetch_run_status_changes(kind.RUN_START, 2)
        rest = instance.fetch_run_status_changes(kind.RUN_START, 2, cursor=first.cursor)
        return {
            "started": found(kind.RUN_START),
            "succeeded": found(kind.RUN_SUCCESS),
            "failed": found(kind.RUN_FAILURE),
            "canceled": found(kind.RUN_CANCELED),
            "up": found(kind.RUN_START, ascending=True),
            "pages": [[named[r.run_id] for r in first.records], [named[r.run_id] for r in rest.records]],
            "after": found(dg.RunStatusChangeRecordsFilter(kind.RUN_START, after_storage_id=up[0].storage_id)),
            "before": found(dg.RunStatusChangeRecordsFilter(kind.RUN_START, before_storage_id=up[1].storage_id)),
            "after a time": found(dg.RunStatusChangeRecordsFilter(kind.RUN_START, after_timestamp=up[1].timestamp)),
            "of a step": seen.outcome(lambda: instance.fetch_run_status_changes(kind.STEP_START, 1)),
        }
