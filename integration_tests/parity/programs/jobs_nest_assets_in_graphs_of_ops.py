"""`AssetsDefinition.from_op` and `from_graph`: keys, dependencies, groups, partitions, runs and refusals."""

import seen

import dagster as dg


@dg.op(description="Adds one.", tags={"t": "1"}, code_version="v1")
def add_one(x):
    return x + 1


@dg.op
def one():
    return 1


@dg.op(out={"low": dg.Out(int, metadata={"m": 1}), "high": dg.Out(int, is_required=False)})
def bounds(x):
    yield dg.Output(x - 1, "low")
    yield dg.Output(x + 1, "high", metadata={"n": 2})


@dg.graph
def three():
    return add_one(add_one.alias("again")(one()))


@dg.graph(out={"low": dg.GraphOut(), "high": dg.GraphOut()})
def both(x):
    found = bounds(x)
    return {"low": found.low, "high": found.high}


@dg.graph
def renaming(given):
    return add_one(given)


def told(definition) -> dict:
    return {
        "keys": sorted(key.to_user_string() for key in definition.keys),
        "inputs": {name: key.to_user_string() for name, key in sorted(definition.keys_by_input_name.items())},
        "outputs": {name: key.to_user_string() for name, key in sorted(definition.keys_by_output_name.items())},
        "groups": sorted(set(definition.group_names_by_key.values())),
        "subset": definition.can_subset,
        "deps": {key.to_user_string(): sorted(dep.to_user_string() for dep in deps) for key, deps in sorted(definition.asset_deps.items())},
        "node": definition.node_def.name,
        "versions": seen.plain({key.to_user_string(): value for key, value in definition.code_versions_by_key.items()}),
        "descriptions": seen.plain({key.to_user_string(): value for key, value in definition.descriptions_by_key.items()}),
    }


def facts() -> dict:
    base = dg.AssetsDefinition.from_op(one, keys_by_output_name={"result": dg.AssetKey("base")}, group_name="g")
    more = dg.AssetsDefinition.from_op(add_one, keys_by_input_name={"x": dg.AssetKey("base")}, key_prefix="pre")
    pair = dg.AssetsDefinition.from_op(
        bounds,
        keys_by_input_name={"x": dg.AssetKey("base")},
        keys_by_output_name={"low": dg.AssetKey("low"), "high": dg.AssetKey(["deep", "high"])},
        tags_by_output_name={"low": {"a": "b"}},
        metadata_by_output_name={"low": {"m": 2}},
        descriptions_by_output_name={"low": "The low."},
        internal_asset_deps={"low": {dg.AssetKey("base")}, "high": {dg.AssetKey("base"), dg.AssetKey("low")}},
    )
    graph = dg.AssetsDefinition.from_graph(three, keys_by_output_name={"result": dg.AssetKey("three")}, resource_defs={})
    split = dg.AssetsDefinition.from_graph(both, keys_by_input_name={"x": dg.AssetKey("three")}, group_name="h")
    renamed = dg.AssetsDefinition.from_graph(renaming, keys_by_input_name={"given": dg.AssetKey(["low"])})
    daily = dg.AssetsDefinition.from_graph(
        three, keys_by_output_name={"result": dg.AssetKey("daily")}, partitions_def=dg.StaticPartitionsDefinition(["a", "b"])
    )
    assets = [base, more, pair, graph, split.with_attributes(asset_key_replacements={dg.AssetKey("low"): dg.AssetKey("low2")}), renamed]
    result = dg.materialize(assets)
    of_day = dg.materialize([daily], partition_key="a")
    return {
        "told": [told(each) for each in (base, more, pair, graph, split, renamed, daily)],
        "steps": [event.step_key for event in result.get_step_success_events()],
        "materialized": sorted(event.asset_key.to_user_string() for event in result.get_asset_materialization_events()),
        "values": [result.asset_value(key) for key in (["pre", "add_one"], "three", "low", ["deep", "high"], "renaming", "low2")],
        "of a day": [event.partition for event in of_day.get_asset_materialization_events()],
        "unknown output": seen.outcome(
            lambda: dg.AssetsDefinition.from_op(one, keys_by_output_name={"other": dg.AssetKey("base")}), mentions=["other"]
        ),
        "unknown input": seen.outcome(
            lambda: dg.AssetsDefinition.from_op(add_one, keys_by_input_name={"y": dg.AssetKey("base")}), mentions=["y"]
        ),
        "deps on nobody": seen.outcome(
            lambda: dg.AssetsDefinition.from_op(
                bounds, keys_by_input_name={"x": dg.AssetKey("a")}, internal_asset_deps={"low": {dg.AssetKey("nobody")}}
            ),
        ),
    }
