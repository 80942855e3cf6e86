"""Tags can be added to a run that is stored."""

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
        run_id = dg.materialize([good], instance=instance, tags={"a": "1", "b": "1"}).run_id
        instance.add_run_tags(run_id, {"b": "2", "c": "3"})
        return {
            "tags": dict(sorted(instance.get_run_by_id(run_id).tags.items())),
            "found by the new": len(instance.get_runs(dg.RunsFilter(tags={"b": "2", "c": "3"}))),
            "found by the old": len(instance.get_runs(dg.RunsFilter(tags={"b": "1"}))),
            "keys": list(instance.get_run_tag_keys()),
            "unknown run": seen.outcome(lambda: instance.add_run_tags("nobody", {"a": "b"}), ["nobody"]),
        }
