"""What `@multi_asset` makes of specs and of outs: keys, names, dependencies, attributes."""

import seen

import dagster as dg


def described(definition) -> dict:
    return {
        "name": definition.op.name,
        "outputs": {name: key.to_user_string() for name, key in definition.keys_by_output_name.items()},
        "inputs": {
            name: key.to_user_string()
            for name, key in definition.keys_by_input_name.items()
        },
        "can subset": definition.can_subset,
        "resources": sorted(definition.required_resource_keys),
        "specs": {
            spec.key.to_user_string(): {
                "deps": sorted(dep.asset_key.to_user_string() for dep in spec.deps),
                "group": spec.group_name,
                "skippable": spec.skippable,
                "code version": spec.code_version,
                "owners": list(spec.owners),
                "tags": dict(spec.tags),
                "kinds": sorted(spec.kinds),
                "description": spec.description,
                "metadata": seen.plain(dict(spec.metadata)),
            }
            for spec in definition.specs
        },
    }


@dg.multi_asset(
    specs=[
        dg.AssetSpec("a", deps=["u"], description="A", kinds={"table"}),
        dg.AssetSpec(["x", "b"], deps=["v"], skippable=True, code_version="own", owners=["team:t"]),
    ],
    group_name="g",
    code_version="1",
)
def of_specs(): ...


@dg.multi_asset(
    outs={
        "a": dg.AssetOut(metadata={"m": 1}, tags={"t": "u"}, kinds={"k"}, description="A", code_version="2"),
        "b": dg.AssetOut(key_prefix=["p", "q"], is_required=False, io_manager_key="shelf"),
        "c": dg.AssetOut(key=["whole", "key"]),
    },
    deps=["u"],
    name="given",
    code_version="1",
)
def of_outs(v, w):
    """Of all outs."""


@dg.multi_asset(
    outs={"a": dg.AssetOut(), "b": dg.AssetOut(), "c": dg.AssetOut()},
    deps=["u"],
    internal_asset_deps={"a": {dg.AssetKey("u")}, "b": {dg.AssetKey("a"), dg.AssetKey("v")}},
)
def with_internal_deps(v): ...


@dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b")], can_subset=True, ins=None, required_resource_keys={"db"})
def in_parts(context):
    """Documented."""


@dg.multi_asset(specs=[dg.AssetSpec("a", deps=["orders"])], ins={"taken": dg.AssetIn("orders")})
def taking(taken): ...


def facts() -> dict:
    return {
        "specs": described(of_specs),
        "outs": described(of_outs),
        "internal deps": described(with_internal_deps),
        "in parts": described(in_parts),
        "taking": described(taking),
        "io managers": [
            of_outs.get_io_manager_key_for_asset_key(dg.AssetKey(["p", "q", "b"])),
            of_outs.get_io_manager_key_for_asset_key(dg.AssetKey("a")),
        ],
        "description": in_parts.op.description,
        "required": [[out.name, out.is_required] for out in of_outs.op.output_defs],
        "required in parts": [[out.name, out.is_required] for out in in_parts.op.output_defs],
    }
