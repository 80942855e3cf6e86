"""An `AssetSpec` without code is a node of the graph and is loaded by its IO manager."""

import seen

import dagster as dg


class Shelf(dg.IOManager):
    def __init__(self):
        self.loads = []

    def handle_output(self, context, obj):
        self.loads.append(["handled", context.asset_key.to_user_string(), repr(obj)])

    def load_input(self, context):
        self.loads.append(["loaded", context.asset_key.to_user_string(), context.upstream_output.name])
        self.loads.append(["metadata", sorted(context.upstream_output.definition_metadata)])
        return f"value of {context.asset_key.to_user_string()}"


external = dg.AssetSpec("from_outside", group_name="outside", metadata={"table": "t"}).with_io_manager_key("shelf")


@dg.asset(io_manager_key="shelf")
def inside(from_outside):
    return from_outside.upper()


@dg.asset(deps=[dg.AssetSpec("never_defined")])
def beside():
    return 1


def facts() -> dict:
    shelf = Shelf()
    defs = dg.Definitions(assets=[external, inside, beside], resources={"shelf": shelf})
    graph = defs.resolve_asset_graph()
    with dg.instance_for_test() as instance:
        result = defs.resolve_implicit_global_asset_job_def().execute_in_process(instance=instance)
        by_materialize = dg.materialize([external, inside], instance=instance, resources={"shelf": shelf})
        return {
            "value": seen.plain(result.asset_value("inside")),
            "by materialize": by_materialize.success,
            "shelf": shelf.loads,
            "events": seen.events(result),
            "keys": sorted(k.to_user_string() for k in graph.get_all_asset_keys()),
            "materializable": sorted(k.to_user_string() for k in graph.materializable_asset_keys),
            "external": sorted(k.to_user_string() for k in graph.external_asset_keys),
            "executable": sorted(k.to_user_string() for k in graph.executable_asset_keys),
            "group": defs.resolve_assets_def("from_outside").get_asset_spec().group_name,
            "planned": sorted(e.asset_key.to_user_string() for e in result.get_asset_materialization_planned_events()),
            "only external": seen.outcome(lambda: dg.materialize([external], resources={"shelf": shelf}).success),
        }
