"""Events about assets can be reported from outside of runs."""

import seen

import dagster as dg


def facts() -> dict:
    with dg.instance_for_test() as instance:
        instance.report_runless_asset_event(
            dg.AssetMaterialization("a", description="d", metadata={"n": 1, "url": dg.MetadataValue.url("https://x")}, tags={"k": "v"})
        )
        event = instance.get_latest_materialization_event(dg.AssetKey("a"))
        stored = event.asset_materialization
        return {
            "entry": [event.run_id, event.step_key, event.job_name, event.level, event.user_message],
            "event": [event.dagster_event.event_type_value, event.dagster_event.job_name, event.dagster_event.step_key],
            "stored": [stored.description, seen.metadata(stored.metadata), seen.tags(stored.tags), stored.partition],
            "runs": instance.get_runs_count(),
            "of no run": len(instance.all_logs("")) >= 0,
            "wrong kind": seen.outcome(lambda: instance.report_runless_asset_event("nonsense"), ["AssetMaterialization"]),
        }
