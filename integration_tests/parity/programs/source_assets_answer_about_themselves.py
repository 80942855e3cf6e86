"""`SourceAsset`: its attributes, its spec in a project, and what others load from it."""

import seen

import dagster as dg


class Shelf(dg.IOManager):
    def load_input(self, context):
        return 7

    def handle_output(self, context, obj): ...


full = dg.SourceAsset(
    ["p", "s"], description="d", metadata={"a": 1}, group_name="g", tags={"x": "y"}, io_manager_key="shelf"
)
plain = dg.SourceAsset("plain")
with_shelf = dg.SourceAsset("with_shelf", io_manager_def=Shelf())


@dg.asset
def below(with_shelf):
    return with_shelf + 1


@dg.asset(deps=[full, plain])
def ordered(): ...


def attributes(source) -> dict:
    return {
        "key": source.key.to_user_string(),
        "description": source.description,
        "metadata": seen.metadata(source.metadata),
        "group": source.group_name,
        "tags": dict(source.tags or {}),
        "executable": source.is_executable,
        "observable": source.is_observable,
        "io manager key": source.io_manager_key,
        "loaded by": source.get_io_manager_key(),
        "resources": sorted(source.required_resource_keys),
        "own resources": sorted(source.resource_defs),
        "partitions": seen.plain(source.partitions_def),
        "op tags": seen.plain(source.op_tags),
    }


def facts() -> dict:
    defs = dg.Definitions(assets=[full, plain, with_shelf, below, ordered], resources={"shelf": Shelf()})
    node = defs.resolve_assets_def(full.key)
    result = dg.materialize_to_memory([with_shelf, below]) if False else dg.materialize([with_shelf, below])
    return {
        "full": attributes(full),
        "plain": attributes(plain),
        "with a shelf": attributes(with_shelf),
        "moved": attributes(plain.with_attributes(group_name="h", key=dg.AssetKey("z"))),
        "moved from a group": seen.outcome(lambda: full.with_attributes(group_name="h"), ["g", "h"]),
        "a number as key": seen.outcome(lambda: dg.SourceAsset(3)),
        "spec": {
            "metadata": seen.plain(dict(node.get_asset_spec(full.key).metadata)),
            "group": node.get_asset_spec(full.key).group_name,
            "is": [node.is_executable, node.is_materializable, node.is_observable, node.is_external],
        },
        "keys": sorted(key.to_user_string() for key in defs.resolve_all_asset_keys()),
        "external": sorted(key.to_user_string() for key in defs.resolve_asset_graph().external_asset_keys),
        "loaded": result.output_for_node("below"),
        "events": seen.step_events(result),
        "dep": dg.AssetSpec("x", deps=[full]).deps[0].asset_key.to_user_string(),
        "without its resource": seen.outcome(
            lambda: dg.Definitions.validate_loadable(dg.Definitions(assets=[full])), ["shelf"]
        ),
        "run of it alone": seen.step_events(dg.materialize([plain])),
        "op": seen.outcome(lambda: plain.op),
    }
