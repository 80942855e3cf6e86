"""Assets that graphs of ops make: steps by place, materializations by the op that gives them, config, failures."""

import seen

import dagster as dg


@dg.op
def one():
    return 1


@dg.op
def add(a, b):
    return a + b


@dg.op
def ident(x):
    return x


@dg.op(config_schema={"n": int})
def times(context, x):
    return x * context.op_config["n"]


@dg.op
def fails(x):
    raise ValueError("no")


@dg.op(out=dg.DynamicOut())
def pieces(x):
    yield dg.DynamicOutput(x, "a")
    yield dg.DynamicOutput(x + 1, "b")


@dg.op
def total(xs):
    return sum(xs)


@dg.op
def with_metadata(context):
    context.log_event(dg.AssetMaterialization("inside"))
    context.add_output_metadata({"a": 1})
    return dg.Output(3, metadata={"b": 2})


@dg.asset
def up():
    return 10


@dg.graph_asset(group_name="g", metadata={"m": 1}, tags={"t": "v"}, kinds={"k"}, owners=["team:x"], key_prefix="p", description="d")
def sums(up):
    return add(ident(up), one())


@dg.graph_multi_asset(outs={"x": dg.AssetOut(), "y": dg.AssetOut(key_prefix="z")}, group_name="gm")
def several(up):
    return {"x": one(), "y": ident(up)}


@dg.asset(ins={"sums": dg.AssetIn(key_prefix="p")})
def down(sums, x):
    return sums + x


@dg.graph_asset
def scaled(up):
    return times(up)


@dg.graph_asset(config={"times": {"config": {"n": 7}}})
def decided(up):
    return times(up)


@dg.graph_asset
def broken(up):
    return ident(fails(up))


@dg.graph_asset
def dynamic(up):
    return total(pieces(up).map(ident).collect())


@dg.graph_asset(ins={"renamed": dg.AssetIn("up")}, name="told")
def telling(renamed):
    return add(renamed, with_metadata())


@dg.graph_asset(partitions_def=dg.StaticPartitionsDefinition(["a", "b"]))
def parted():
    return one()


@dg.graph(out={"o1": dg.GraphOut(), "o2": dg.GraphOut()})
def two(number):
    return {"o1": ident(number), "o2": one()}


def facts() -> dict:
    result = dg.materialize([up, sums, several, down])
    failed = dg.materialize([up, broken], raise_on_error=False)
    mapped = dg.materialize([up, dynamic])
    told = dg.materialize([up, telling])
    of_partition = dg.materialize([parted], partition_key="a")
    from_op = dg.AssetsDefinition.from_op(ident, keys_by_input_name={"x": dg.AssetKey("up")})
    keys_out = {"o1": dg.AssetKey("o1"), "o2": dg.AssetKey("second")}
    from_graph = dg.AssetsDefinition.from_graph(two, keys_by_input_name={"number": dg.AssetKey("up")}, keys_by_output_name=keys_out)
    config = {"ops": {"scaled": {"ops": {"times": {"config": {"n": 5}}}}}}
    return {
        "events": seen.step_events(result),
        "values": {key: result.asset_value(key.split("/")) for key in ("x", "z/y", "p/sums", "down")},
        "by place": [result.output_for_node("p__sums"), result.output_for_node("p__sums.ident"), result.output_for_node("several", "y")],
        "materializations": sorted(seen.materializations(result)),
        "failed": seen.step_events(failed),
        "mapped": [seen.step_events(mapped), mapped.asset_value("dynamic")],
        "told": [seen.step_events(told), sorted(e.asset_key.to_user_string() for e in told.get_asset_materialization_events())],
        "of a partition": [e.partition for e in of_partition.get_asset_materialization_events()],
        "config": dg.materialize([up, scaled], run_config=config).asset_value("scaled"),
        "config is missing": seen.outcome(lambda: dg.materialize([up, scaled])),
        "config decided": dg.materialize([up, decided]).asset_value("decided"),
        "of one op and one graph": seen.step_events(dg.materialize([up, from_op, from_graph])),
        "definition": [
            seen.plain(sums.key),
            seen.plain(sums.group_names_by_key),
            seen.plain(sums.tags_by_key),
            seen.plain(sums.descriptions_by_key),
            seen.plain(sums.keys_by_input_name),
            seen.plain(sums.keys_by_output_name),
            sums.node_def.name,
            seen.plain(several.asset_deps),
            seen.plain(from_graph.keys),
        ],
        "its op": seen.outcome(lambda: sums.op),
    }
