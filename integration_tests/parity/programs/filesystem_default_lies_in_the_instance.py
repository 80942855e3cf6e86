"""Without any IO manager values lie below the instance's storage and are read by later runs."""

import os

import seen

import dagster as dg


@dg.asset(key_prefix="a")
def first():
    return {"x": 1}


@dg.asset(ins={"first": dg.AssetIn(["a", "first"])})
def second(first):
    return first["x"] + 1


def facts() -> dict:
    instance = dg.DagsterInstance.get()
    both = dg.materialize([first, second], instance=instance)
    alone = dg.materialize([first, second], selection=[second], instance=instance)
    storage = os.path.join(instance.storage_directory())
    return {
        "storage": storage,
        "files": [path for path in seen.files_below(storage) if "compute_logs" not in path],
        "path metadata": {k: m["metadata"].get("path") for k, m in seen.materializations(both).items()},
        "second alone": alone.output_for_node("second"),
        "runs": len(instance.get_runs()),
        "is ephemeral": [instance.is_ephemeral, dg.DagsterInstance.ephemeral().is_ephemeral],
    }
