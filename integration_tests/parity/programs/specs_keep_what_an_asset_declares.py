"""Groups, owners, tags, kinds, metadata, versions and descriptions on the spec."""

import seen

import dagster as dg


@dg.asset(
    group_name="sales",
    owners=["ada@example.org", "team:data"],
    tags={"tier": "1", "domain/area": "north"},
    kinds={"python", "Pandas"},
    metadata={"rows": 3, "link": dg.MetadataValue.url("https://example.org")},
    code_version="7",
    description="Explicit.",
)
def full():
    """Not this one."""
    return 1


@dg.asset
def documented():
    """First line.

    Second paragraph,
        indented.
    """
    return 1


@dg.asset
def bare():
    return 1


@dg.asset(group_name="sales/north")
def in_a_tree():
    return 1


SPECS = {
    "full spec": dg.AssetSpec(
        "s",
        deps=["up", dg.AssetDep("other")],
        group_name="g",
        owners=["team:x"],
        kinds={"a", "b"},
        skippable=True,
        code_version="1",
    ),
    "bare spec": dg.AssetSpec(["a", "b"]),
}


def of_spec(spec: dg.AssetSpec) -> dict:
    return {
        "key": spec.key.to_user_string(),
        "deps": [d.asset_key.to_user_string() for d in spec.deps],
        "group": spec.group_name,
        "owners": list(spec.owners),
        "tags": seen.tags(spec.tags),
        "kinds": sorted(spec.kinds),
        "metadata": seen.plain(spec.metadata),
        "description": spec.description,
        "code version": spec.code_version,
        "skippable": spec.skippable,
    }


def changed() -> dict:
    base = SPECS["full spec"]
    replaced = base.replace_attributes(key="t", deps=["only"], group_name=None, tags={"x": "y"})
    merged = base.merge_attributes(deps=["more"], metadata={"m": 1}, owners=["b@c.de"], tags={"x": "y"}, kinds={"c"})
    mapped = full.map_asset_specs(lambda spec: spec.replace_attributes(group_name="other"))
    return {
        "replaced": of_spec(replaced),
        "merged": of_spec(merged),
        "mapped": of_spec(next(iter(mapped.specs))),
        "equal": base == SPECS["full spec"].replace_attributes(),
        "frozen": seen.outcome(lambda: setattr(base, "group_name", "h")).get("returns", "refused"),
    }


def facts() -> dict:
    assets = {a.op.name: a for a in (full, documented, bare, in_a_tree)}
    full_key = dg.AssetKey("full")
    return {
        **{name: of_spec(asset.get_asset_spec()) for name, asset in assets.items()},
        **{name: of_spec(spec) for name, spec in SPECS.items()},
        "changed": changed(),
        "by key": {
            "groups": full.group_names_by_key[full_key],
            "owners": list(full.owners_by_key[full_key]),
            "tags": seen.tags(full.tags_by_key[full_key]),
            "descriptions": full.descriptions_by_key[full_key],
            "versions": full.code_versions_by_key[full_key],
        },
        "default group": bare.group_names_by_key[dg.AssetKey("bare")],
        "resolved group": dg.Definitions(assets=[bare]).resolve_all_asset_specs()[0].group_name,
    }
