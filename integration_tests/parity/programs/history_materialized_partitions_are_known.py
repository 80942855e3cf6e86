"""Which partitions of an asset were written is known."""

import seen

import dagster as dg


def facts() -> dict:
    key, kind = dg.AssetKey("a"), dg.DagsterEventType
    with dg.instance_for_test() as instance:
        for partition in ("x", "y", "x", None):
            instance.report_runless_asset_event(dg.AssetMaterialization("a", partition=partition))
        instance.report_runless_asset_event(dg.AssetObservation("a", partition="z"))
        places = instance.get_latest_storage_id_by_partition(key, kind.ASSET_MATERIALIZATION)
        records = instance.fetch_materializations(key, limit=9, ascending=True).records
        by_place = {record.storage_id: number for number, record in enumerate(records)}
        return {
            "partitions": sorted(instance.get_materialized_partitions(key)),
            "latest": {partition: by_place[place] for partition, place in sorted(places.items())},
            "some": sorted(instance.get_latest_storage_id_by_partition(key, kind.ASSET_MATERIALIZATION, {"x", "q"})),
            "observed": sorted(instance.get_latest_storage_id_by_partition(key, kind.ASSET_OBSERVATION)),
            "after": sorted(instance.get_materialized_partitions(key, after_cursor=records[1].storage_id)),
            "before": sorted(instance.get_materialized_partitions(key, before_cursor=records[1].storage_id)),
            "unknown": sorted(instance.get_materialized_partitions(dg.AssetKey("nobody"))),
        }
