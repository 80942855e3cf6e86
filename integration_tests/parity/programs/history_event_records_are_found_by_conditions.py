"""Records of one type of event are found over all runs."""

import seen

import dagster as dg


@dg.asset
def good(context: dg.AssetExecutionContext):
    return dg.Output(1, metadata={"rows": 3})


@dg.asset
def bad():
    raise ValueError("no")


def facts() -> dict:
    kind = dg.DagsterEventType
    with dg.instance_for_test() as instance:
        dg.materialize([good], instance=instance)
        for number in range(4):
            instance.report_runless_asset_event(dg.AssetMaterialization("b", partition=str(number % 2)))
        every = instance.get_event_records(dg.EventRecordsFilter(kind.ASSET_MATERIALIZATION), ascending=True)

        def found(*conditions, how=None, **more) -> list:
            asked = dg.EventRecordsFilter(*conditions, **more)
            return [[r.asset_key.to_user_string(), r.partition_key] for r in instance.get_event_records(asked, **(how or {}))]

        b, places = dg.AssetKey("b"), [record.storage_id for record in every if record.asset_key == dg.AssetKey("b")]
        return {
            "all": len(every),
            "of one asset": found(kind.ASSET_MATERIALIZATION, b),
            "limit": found(kind.ASSET_MATERIALIZATION, b, how={"limit": 1}),
            "up": found(kind.ASSET_MATERIALIZATION, b, how={"limit": 2, "ascending": True}),
            "partition": found(kind.ASSET_MATERIALIZATION, b, ["1"]),
            "after": found(kind.ASSET_MATERIALIZATION, b, after_cursor=places[1]),
            "before": found(kind.ASSET_MATERIALIZATION, b, before_cursor=places[1]),
            "ids": found(kind.ASSET_MATERIALIZATION, b, storage_ids=places[:2]),
            "planned": found(kind.ASSET_MATERIALIZATION_PLANNED, dg.AssetKey("good")),
            "observed": found(kind.ASSET_OBSERVATION, b),
        }
