"""Runs are found by when they were made and changed."""

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
    with dg.instance_for_test() as instance:
        named = three_runs(instance)
        middle = instance.get_run_records()[1]

        def found(**bounds) -> list:
            return [named[run.run_id] for run in instance.get_runs(filters=dg.RunsFilter(**bounds))]

        return {
            "created after": found(created_after=middle.create_timestamp),
            "created before": found(created_before=middle.create_timestamp),
            "updated after": found(updated_after=middle.update_timestamp),
            "updated before": found(updated_before=middle.update_timestamp),
        }
