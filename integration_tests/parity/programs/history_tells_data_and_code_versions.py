"""The latest record that tells a data version is known."""

import seen

import dagster as dg


@dg.asset(code_version="7")
def versioned():
    return dg.Output(1, data_version=dg.DataVersion("v1"))


def facts() -> dict:
    with dg.instance_for_test() as instance:
        dg.materialize([versioned], instance=instance)
        instance.report_runless_asset_event(dg.AssetObservation("source", tags={"dagster/data_version": "s1"}))
        instance.report_runless_asset_event(
            dg.AssetMaterialization("parted", partition="x", tags={"dagster/data_version": "p1"})
        )
        key, source, parted = (dg.AssetKey(name) for name in ("versioned", "source", "parted"))
        of = instance.get_latest_data_version_record
        return {
            "written": of(key).asset_materialization.tags["dagster/data_version"],
            "observed": of(source, is_source=True).asset_observation.tags["dagster/data_version"],
            "partition": of(parted, partition_key="x").asset_materialization.tags["dagster/data_version"],
            "other partition": seen.plain(of(parted, partition_key="y")),
            "of nobody": seen.plain(of(dg.AssetKey("nobody"))),
            "as source": seen.plain(of(key, is_source=True)),
            "code": seen.plain(instance.get_latest_materialization_code_versions([key, dg.AssetKey("nobody")])),
        }
