"""A wiped asset is forgotten, and can be written again."""

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
        run = dg.materialize([good], instance=instance)
        instance.report_runless_asset_event(dg.AssetMaterialization("kept"))
        key = dg.AssetKey("good")
        instance.wipe_assets([key])
        forgotten = {
            "keys": [k.to_user_string() for k in instance.all_asset_keys()],
            "has": instance.has_asset_key(key),
            "latest": seen.plain(instance.get_latest_materialization_event(key)),
            "records": len(instance.get_asset_records([key])),
            "fetched": len(instance.fetch_materializations(key, limit=5).records),
            "log of the run": len(instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)),
            "run": instance.has_run(run.run_id),
        }
        instance.report_runless_asset_event(dg.AssetMaterialization("good", metadata={"again": True}))
        again = instance.get_latest_materialization_event(key)
        instance.wipe_assets([dg.AssetKey("nobody")])
        return {
            "forgotten": forgotten,
            "again": [again.asset_materialization.metadata["again"].value, len(instance.fetch_materializations(key, limit=5).records)],
        }
