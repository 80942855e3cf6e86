"""The latest materializations of many assets come with one question."""

import seen

import dagster as dg


def facts() -> dict:
    with dg.instance_for_test() as instance:
        for name, number in (("a", 1), ("b", 2), ("a", 3)):
            instance.report_runless_asset_event(dg.AssetMaterialization(name, metadata={"n": number}, partition=str(number)))
        instance.report_runless_asset_event(dg.AssetObservation("seen"))
        keys = [dg.AssetKey(name) for name in ("a", "b", "seen", "nobody")]
        latest = instance.get_latest_materialization_events(keys)

        def number(event):
            return event.asset_materialization.metadata["n"].value if event else None

        one = instance.get_latest_materialization_event(dg.AssetKey("a"))
        return {
            "of many": {name: number(latest.get(dg.AssetKey(name))) for name in ("a", "b", "seen", "nobody")},
            "of one": number(one),
            "of nobody": number(instance.get_latest_materialization_event(dg.AssetKey("nobody"))),
            "entry": [one.job_name, one.step_key, one.run_id, one.level, one.is_dagster_event],
            "partition": one.dagster_event.partition,
            "of none": len(instance.get_latest_materialization_events([])),
        }
