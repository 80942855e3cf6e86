"""The tags of all runs can be listed by key, prefix and limit."""

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
        three_runs(instance)

        def listed(*arguments, **how) -> list:
            return [[key, sorted(values)] for key, values in instance.get_run_tags(*arguments, **how)]

        return {
            "keys": list(instance.get_run_tag_keys()),
            "two": listed(["n", "team"]),
            "unknown": listed(["nope"]),
            "prefix": listed(["n", "team"], value_prefix="a"),
            "limit": listed(["n"], limit=2),
        }
