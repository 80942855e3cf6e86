"""The events of an asset are found by partition, time and place in the log."""

import seen

import dagster as dg


def facts() -> dict:
    with dg.instance_for_test() as instance:
        for partition in ("x", "y", "x", "z"):
            instance.report_runless_asset_event(dg.AssetMaterialization("a", partition=partition))
        key = dg.AssetKey("a")
        records = instance.fetch_materializations(key, limit=10, ascending=True).records

        def found(**conditions) -> list:
            asked = dg.AssetRecordsFilter(asset_key=key, **conditions)
            return [record.partition_key for record in instance.fetch_materializations(asked, limit=10).records]

        return {
            "one partition": found(asset_partitions=["x"]),
            "two partitions": found(asset_partitions=["y", "z"]),
            "unknown partition": found(asset_partitions=["nope"]),
            "after a place": found(after_storage_id=records[1].storage_id),
            "before a place": found(before_storage_id=records[1].storage_id),
            "places": found(storage_ids=[records[0].storage_id, records[3].storage_id]),
            "after a time": found(after_timestamp=records[2].timestamp),
            "before a time": found(before_timestamp=records[1].timestamp),
            "partition and place": found(asset_partitions=["x"], after_storage_id=records[0].storage_id),
        }
