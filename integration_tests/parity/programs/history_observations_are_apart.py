"""Observations are kept apart from materializations."""

import seen

import dagster as dg


def facts() -> dict:
    with dg.instance_for_test() as instance:
        instance.report_runless_asset_event(dg.AssetObservation("a", metadata={"n": 1}, tags={"k": "v"}))
        instance.report_runless_asset_event(dg.AssetMaterialization("a"))
        instance.report_runless_asset_event(dg.AssetObservation("a", partition="p", description="seen"))
        key = dg.AssetKey("a")
        observations = instance.fetch_observations(key, limit=5).records
        entry = instance.get_asset_records([key])[0].asset_entry
        return {
            "observations": [
                [o.partition_key, seen.metadata(o.asset_observation.metadata), seen.tags(o.asset_observation.tags)]
                for o in observations
            ],
            "description": observations[0].asset_observation.description,
            "materializations": len(instance.fetch_materializations(key, limit=5).records),
            "first": len(instance.fetch_observations(key, limit=1, ascending=True).records),
            "not of the other kind": [observations[0].asset_materialization is None, observations[0].asset_event is not None],
            "latest is a materialization": entry.last_materialization is not None,
            "key": seen.plain(observations[0].asset_key),
        }
