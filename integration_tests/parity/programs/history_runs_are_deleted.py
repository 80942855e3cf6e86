"""A deleted run takes its events along."""

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
        instance.delete_run(ids["run 2"])
        key = dg.AssetKey("good")
        return {
            "left": [named[run.run_id] for run in instance.get_runs()],
            "has": instance.has_run(ids["run 2"]),
            "log": len(instance.all_logs(ids["run 2"])),
            "tags": [len(instance.get_runs(dg.RunsFilter(tags={"n": n}))) for n in "123"],
            "latest": named[instance.get_latest_materialization_event(key).run_id],
            "unknown": seen.outcome(lambda: instance.delete_run("nobody")),
        }
