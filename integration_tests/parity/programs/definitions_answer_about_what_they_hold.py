"""What can be asked of `Definitions`: keys, specs, assets, jobs, merge, map."""

import seen

import dagster as dg


@dg.asset(group_name="raw", kinds={"csv"})
def orders():
    """All orders."""
    return 1


@dg.asset(deps=["elsewhere"])
def report(orders):
    return 2


external = dg.AssetSpec("outside", group_name="x")
job = dg.define_asset_job("reports", selection="report")
defs = dg.Definitions(assets=[orders, report, external], jobs=[job], resources={"r": 1}, metadata={"m": 1})
others = dg.Definitions(assets=[dg.AssetSpec("third")], resources={"q": 2})


def keys(found) -> list[str]:
    return sorted(key.to_user_string() for key in found)


def merged() -> dict:
    both = dg.Definitions.merge(defs, others)
    return {
        "keys": keys(both.resolve_all_asset_keys()),
        "resources": sorted(both.resources),
        "jobs": [j.name for j in both.jobs],
        "clash of resources": seen.outcome(
            lambda: dg.Definitions.merge(defs, dg.Definitions(resources={"r": 2})), mentions=["r"]
        ),
        "same resource": seen.outcome(lambda: sorted(dg.Definitions.merge(defs, dg.Definitions(resources={"r": 1})).resources)),
        "clash of assets": seen.outcome(
            lambda: dg.Definitions.validate_loadable(dg.Definitions.merge(defs, dg.Definitions(assets=[orders])))
        ),
        "none": keys(dg.Definitions.merge().resolve_all_asset_keys()),
    }


def mapped() -> dict:
    everywhere = defs.map_asset_specs(func=lambda spec: spec.merge_attributes(tags={"seen": "yes"}))
    return {spec.key.to_user_string(): seen.tags(spec.tags) for spec in everywhere.resolve_all_asset_specs()}


def facts() -> dict:
    graph = defs.resolve_asset_graph()
    specs = {spec.key.to_user_string(): spec for spec in defs.resolve_all_asset_specs()}
    return {
        "keys": keys(defs.resolve_all_asset_keys()),
        "specs": {
            name: [spec.group_name, sorted(spec.kinds), spec.description, keys(d.asset_key for d in spec.deps)]
            for name, spec in sorted(specs.items())
        },
        "graph keys": keys(graph.get_all_asset_keys()),
        "roots": keys(graph.root_materializable_asset_keys),
        "parents": keys(graph.get(report.key).parent_keys),
        "children": keys(graph.get(orders.key).child_keys),
        "assets def": keys(defs.resolve_assets_def("report").keys),
        "by list": keys(defs.resolve_assets_def(["orders"]).keys),
        "get_assets_def": keys(defs.get_assets_def("orders").keys),
        "unknown asset": seen.outcome(lambda: defs.resolve_assets_def("nobody")),
        "unknown job": seen.outcome(lambda: defs.resolve_job_def("nobody")),
        "jobs": sorted(j.name for j in defs.resolve_all_job_defs()),
        "attributes": [len(list(defs.assets)), [j.name for j in defs.jobs], sorted(defs.resources), sorted(defs.metadata)],
        "implicit job": defs.resolve_implicit_global_asset_job_def().name,
        "implicit job when empty": seen.outcome(lambda: dg.Definitions().resolve_implicit_global_asset_job_def().name),
        "merged": merged(),
        "mapped": mapped(),
        "job selection": keys(defs.resolve_job_def("reports").asset_layer.selected_asset_keys),
        "validated": seen.outcome(lambda: dg.Definitions.validate_loadable(defs)),
        "spec of an asset": orders.get_asset_spec().description,
        "selection": keys(dg.AssetSelection.groups("raw").resolve([orders, report])),
    }
