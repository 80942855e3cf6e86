"""The record of an asset holds its latest events."""

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
        instance.report_runless_asset_event(dg.AssetMaterialization(["x", "y"], metadata={"n": 1}))
        records = {r.asset_entry.asset_key.to_user_string(): r.asset_entry for r in instance.get_asset_records()}
        entry = records["good"]
        return {
            "known": sorted(records),
            "latest run": named[entry.last_run_id],
            "latest": named[entry.last_materialization.run_id],
            "record": entry.last_materialization_record.storage_id == entry.last_materialization_storage_id,
            "never written": seen.plain(records["bad"].last_materialization),
            "runless": [records["x/y"].last_run_id, records["x/y"].last_materialization.run_id],
            "some": [r.asset_entry.asset_key.to_user_string() for r in instance.get_asset_records([dg.AssetKey("good")])],
            "unknown": len(instance.get_asset_records([dg.AssetKey("nobody")])),
        }
