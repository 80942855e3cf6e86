"""`Definitions.merge` and its siblings; mapping over specs; more resources and metadata."""

import seen

import dagster as dg


@dg.asset(group_name="g")
def a():
    return 1


@dg.asset
def b(a): ...


@dg.asset
def other(): ...


job = dg.define_asset_job("j")
first = dg.Definitions(assets=[a, b, dg.AssetSpec("ext")], jobs=[job], resources={"x": 1}, metadata={"m": 1})


def specs(defs) -> list:
    return sorted(
        [spec.key.to_user_string(), sorted(dep.asset_key.to_user_string() for dep in spec.deps), spec.group_name]
        for spec in defs.resolve_all_asset_specs()
    )


def group(name):
    return lambda spec: spec.replace_attributes(group_name=name)


def merged(*parts) -> dict:
    return seen.outcome(lambda: specs(dg.Definitions.merge(*parts)))


def facts() -> dict:
    D = dg.Definitions
    updated = first.with_definition_metadata_update(lambda metadata: {**metadata, "more": 5})
    source = D(assets=[a, dg.SourceAsset("src")])
    return {
        "merged": merged(first, D(assets=[other])),
        "merged with itself": merged(first, first),
        "merged nothing": merged(),
        "merged other things": seen.outcome(lambda: D.merge(first, 5)),
        "merged duplicates": merged(D(assets=[a]), D(assets=[dg.AssetSpec("a")])),
        "unbound": specs(D.merge_unbound_defs(D(assets=[a]), D(assets=[b]))),
        "the same resource": seen.outcome(lambda: sorted(D.merge(D(resources={"x": 1}), D(resources={"x": 1})).resources)),
        "different resources": seen.outcome(lambda: D.merge(D(resources={"x": 1}), D(resources={"x": 2})), ["x"]),
        "more resources": seen.outcome(lambda: dict(first.with_resources({"y": 2}).resources)),
        "no more resources": seen.outcome(lambda: dict(first.with_resources(None).resources)),
        "other resources": seen.outcome(lambda: first.with_resources({"x": 2}), ["x"]),
        "metadata": seen.metadata(D.merge(D(metadata={"x": 1}), D(metadata={"y": 2})).metadata),
        "metadata of one name": seen.metadata(D.merge(D(metadata={"x": 1}), D(metadata={"x": 2})).metadata),
        "mapped": specs(first.map_asset_specs(func=group("z"))),
        "mapped resolved": specs(first.map_resolved_asset_specs(func=group("z"))),
        "mapped selected": specs(first.map_resolved_asset_specs(func=group("z"), selection="key:a")),
        "mapped upstream": specs(first.map_resolved_asset_specs(func=group("z"), selection="+key:b")),
        "mapped selected plainly": seen.outcome(lambda: first.map_asset_specs(func=group("z"), selection="key:a"), ["map_resolved_asset_specs"]),
        "mapped keys": seen.outcome(
            lambda: first.map_resolved_asset_specs(func=lambda spec: spec.replace_attributes(key=spec.key.with_prefix("p")))
        ),
        "mapped sources": seen.outcome(lambda: source.map_resolved_asset_specs(func=group("z")), ["SourceAsset"]),
        "mapped permissively": specs(first.permissive_map_resolved_asset_specs(group("z"), "key:a")),
        "updated": [seen.plain(dict(spec.metadata)) for each in updated.assets[:2] for spec in each.specs],
        "updated job": [seen.plain(dict(each.metadata or {})) for each in updated.jobs],
        "updated project": seen.metadata(updated.metadata),
        "job over all": [first.has_implicit_global_asset_job_def(), D().has_implicit_global_asset_job_def()],
        "job for": first.resolve_implicit_job_def_def_for_assets([a.key]).name,
        "original": specs(first),
    }
