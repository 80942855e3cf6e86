"""What `Output` and `MaterializeResult` say arrives in the materialization."""

import seen

import dagster as dg


@dg.asset(metadata={"on the definition": "kept there"}, tags={"tier": "1"})
def by_output():
    return dg.Output(
        5,
        metadata={"rows": 5, "share": 0.5, "note": "n"},
        data_version=dg.DataVersion("v5"),
        tags={"run": "full"},
    )


@dg.asset(deps=[by_output])
def by_result():
    return dg.MaterializeResult(
        metadata={"url": dg.MetadataValue.url("https://example.org")},
        data_version=dg.DataVersion("w1"),
        tags={"quality": "good"},
    )


@dg.asset
def by_result_with_value(by_output):
    return dg.MaterializeResult(value=by_output + 1, metadata={"rows": 6})


@dg.asset
def by_context(context: dg.AssetExecutionContext, by_output):
    context.add_output_metadata({"first": 1})
    context.add_output_metadata({"second": [1, 2]})
    return by_output


@dg.asset
def by_asset_metadata(context: dg.AssetExecutionContext):
    context.add_asset_metadata({"third": True})
    return dg.Output(1, metadata={"own": None})


@dg.asset
def by_materialize_result_with_key():
    return dg.MaterializeResult(asset_key="by_materialize_result_with_key", metadata={"x": 1})


def facts() -> dict:
    assets = [by_output, by_result, by_result_with_value, by_context, by_asset_metadata, by_materialize_result_with_key]
    with dg.instance_for_test() as instance:
        result = dg.materialize(assets, instance=instance, resources={"io_manager": dg.mem_io_manager})
        return {
            "materializations": seen.materializations(result),
            "values": {name: seen.plain(result.output_for_node(name)) for name in ("by_output", "by_result_with_value")},
            "events of a result without value": [p for p in seen.events(result) if p[1] == "by_result"],
            "definition metadata": seen.plain(by_output.metadata_by_key[dg.AssetKey("by_output")]),
        }
