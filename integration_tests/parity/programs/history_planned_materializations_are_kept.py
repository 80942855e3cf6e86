"""What a run is going to write is known before it writes."""

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
        first = dg.materialize([good, bad], instance=instance, raise_on_error=False)
        good_key, bad_key = dg.AssetKey("good"), dg.AssetKey("bad")
        info = instance.get_latest_planned_materialization_info(bad_key)
        fetched = instance.fetch_planned_materializations(bad_key, limit=5).records
        entries = {key.to_user_string(): instance.get_asset_records([key])[0].asset_entry for key in (good_key, bad_key)}
        return {
            "run": info.run_id == first.run_id,
            "place": info.storage_id == fetched[0].storage_id,
            "unknown": seen.plain(instance.get_latest_planned_materialization_info(dg.AssetKey("nobody"))),
            "fetched": [record.event_type.value for record in fetched],
            "planned is a run": {key: entry.last_run_id == first.run_id for key, entry in entries.items()},
            "materialized": {key: entry.last_materialization is not None for key, entry in entries.items()},
            "known": sorted(key.to_user_string() for key in instance.all_asset_keys()),
        }
