"""Runs come newest first, in pages that go on after a cursor."""

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

        def page(**how) -> list:
            return [named[run.run_id] for run in instance.get_runs(**how)]

        return {
            "all": page(),
            "first": page(limit=2),
            "rest": page(cursor=ids["run 2"]),
            "rest of one": page(cursor=ids["run 3"], limit=1),
            "after the last": page(cursor=ids["run 1"]),
            "upwards": page(ascending=True),
            "upwards from": page(ascending=True, cursor=ids["run 1"]),
            "unknown cursor": page(cursor="nobody"),
            "tagged": page(filters=dg.RunsFilter(tags={"team": "a"}), limit=1),
            "tagged rest": page(filters=dg.RunsFilter(tags={"team": "a"}), cursor=ids["run 3"]),
            "ids": [named[run_id] for run_id in instance.get_run_ids(limit=2)],
        }
