"""The attributes of what `@asset` makes."""

import seen

import dagster as dg


@dg.asset(
    key_prefix=["p"],
    op_tags={"cpu": "2", "nested": {"a": 1}},
    required_resource_keys={"db"},
    resource_defs={"db": dg.ResourceDefinition.hardcoded_resource(3)},
    description="D",
    io_manager_key="shelf",
    retry_policy=dg.RetryPolicy(max_retries=2),
    pool="slots",
)
def full(context, up):
    """Unused."""
    return up


@dg.asset
def small():
    return 1


def facts() -> dict:
    key = dg.AssetKey(["p", "full"])
    return {
        "key": full.key.to_user_string(),
        "keys": [k.to_user_string() for k in full.keys],
        "op name": full.op.name,
        "op description": full.op.description,
        "op tags": seen.plain(full.op.tags),
        "op pool": full.op.pool,
        "retries": full.op.retry_policy.max_retries,
        "small retry": seen.plain(small.op.retry_policy),
        "inputs": {n: k.to_user_string() for n, k in full.keys_by_input_name.items()},
        "outputs": {n: k.to_user_string() for n, k in full.keys_by_output_name.items()},
        "input names": list(full.input_names),
        "dependency keys": [k.to_user_string() for k in full.dependency_keys],
        "resource keys": sorted(full.required_resource_keys),
        "small resource keys": sorted(small.required_resource_keys),
        "resources": sorted(full.resource_defs),
        "io manager": full.get_io_manager_key_for_asset_key(key),
        "small io manager": small.get_io_manager_key_for_asset_key(small.key),
        "is": [full.is_executable, full.is_materializable, full.is_external, full.is_observable, full.can_subset],
        "partitions": seen.plain(full.partitions_def),
        "backfill": seen.plain(full.backfill_policy),
        "specs": len(list(full.specs)),
        "name of the class": type(full).__name__,
        "is instance": isinstance(full, dg.AssetsDefinition),
        "spec by key": full.specs_by_key[key].description,
        "unknown spec": seen.outcome(lambda: full.get_asset_spec(dg.AssetKey("nobody"))),
        "two keys": seen.outcome(lambda: small.with_attributes(asset_key_replacements={small.key: key}).key),
        "group replaced": small.with_attributes(group_names_by_key={small.key: "g"}).group_names_by_key[small.key],
    }
