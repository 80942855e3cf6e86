"""Runs are found by status, tags, ids, job and several of these at once."""

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
        ids = {name: run_id for run_id, name in named.items()}
        status = dg.DagsterRunStatus
        filters = {
            "success": dg.RunsFilter(statuses=[status.SUCCESS]),
            "two statuses": dg.RunsFilter(statuses=[status.SUCCESS, status.FAILURE]),
            "no such status": dg.RunsFilter(statuses=[status.QUEUED]),
            "one tag": dg.RunsFilter(tags={"team": "a"}),
            "one of two values": dg.RunsFilter(tags={"n": ["1", "2"]}),
            "two tags": dg.RunsFilter(tags={"team": "a", "n": "3"}),
            "tags that exclude each other": dg.RunsFilter(tags={"team": "b", "n": "3"}),
            "unknown tag": dg.RunsFilter(tags={"nope": "1"}),
            "ids": dg.RunsFilter(run_ids=[ids["run 1"], ids["run 3"], "nobody"]),
            "unknown job": dg.RunsFilter(job_name="nope"),
            "job": dg.RunsFilter(job_name=instance.get_run_by_id(ids["run 1"]).job_name),
            "ids and status": dg.RunsFilter(run_ids=list(named), statuses=[status.FAILURE]),
            "nothing asked": dg.RunsFilter(),
        }
        return {
            name: [[named[run.run_id] for run in instance.get_runs(filters=asked)], instance.get_runs_count(asked)]
            for name, asked in filters.items()
        }
