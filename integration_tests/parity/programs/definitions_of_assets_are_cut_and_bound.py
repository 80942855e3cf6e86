"""Subsets, source assets, and functions bound to other assets."""

import seen

import dagster as dg

KEY = dg.AssetKey


@dg.asset(group_name="g", tags={"x": "y"}, metadata={"m": 1}, description="d")
def one():
    return 1


@dg.asset
def taking(one):
    return one + 1


@dg.multi_asset(
    specs=[dg.AssetSpec("p", deps=["u"]), dg.AssetSpec("q", deps=["p", "v"])],
    can_subset=True,
    check_specs=[dg.AssetCheckSpec("c", asset="p")],
)
def parts(): ...


@dg.multi_asset(specs=[dg.AssetSpec("p"), dg.AssetSpec("q")])
def whole(): ...


def cut(keys, checks=None) -> dict:
    subset = parts.subset_for({KEY(key) for key in keys}, checks)
    return {
        "keys": sorted(key.to_user_string() for key in subset.keys),
        "checks": sorted(key.to_user_string() for key in subset.check_keys),
        "is subset": subset.is_subset,
        "can subset": subset.can_subset,
        "outputs": {name: key.to_user_string() for name, key in subset.keys_by_output_name.items()},
        "deps": sorted(key.to_user_string() for key in subset.keys_by_input_name.values()),
    }


def source(of) -> list:
    return [of.key.to_user_string(), of.group_name, dict(of.tags or {}), seen.metadata(of.metadata), of.io_manager_key]


def facts() -> dict:
    bound = dg.AssetsDefinition(
        node_def=taking.node_def,
        keys_by_input_name={"one": KEY("uno")},
        keys_by_output_name={"result": KEY(["x", "new"])},
        group_names_by_key={KEY(["x", "new"]): "h"},
        tags_by_key={KEY(["x", "new"]): {"a": "b"}},
        metadata_by_key={KEY(["x", "new"]): {"n": 2}},
    )
    uno = one.with_attributes(asset_key_replacements={KEY("one"): KEY("uno")})
    result = dg.materialize_to_memory([uno, bound])
    spec = bound.get_asset_spec()
    return {
        "cut": cut(["p"]),
        "cut with unknown": cut(["p", "zz"]),
        "cut without checks": cut(["p"], set()),
        "cut to a check": cut(["q"], {dg.AssetCheckKey(KEY("p"), "c")}),
        "one that cannot": seen.outcome(lambda: whole.subset_for({KEY("p")}, None), ["can_subset", "whole"]),
        "source": source(one.to_source_asset()),
        "sources": sorted(each.key.to_user_string() for each in parts.to_source_assets()),
        "source by key": source(parts.to_source_asset("p")),
        "source without a key": seen.outcome(lambda: parts.to_source_asset()),
        "source of another key": seen.outcome(lambda: one.to_source_asset("zz"), ["zz"]),
        "bound": [
            spec.key.to_user_string(),
            [dep.asset_key.to_user_string() for dep in spec.deps],
            spec.group_name,
            dict(spec.tags),
            seen.plain(dict(spec.metadata)),
        ],
        "bound run": seen.step_events(result),
        "bound value": result.asset_value(KEY(["x", "new"])),
        "external": [
            [each.is_executable, each.get_asset_spec().group_name, sorted(key.to_user_string() for key in each.keys)]
            for each in [dg.AssetsDefinition(specs=[dg.AssetSpec("e", deps=["f"])])]
        ],
        "nothing": seen.outcome(lambda: dg.AssetsDefinition()),
        "questions": [
            parts.has_output_for_asset_key(KEY("p")),
            parts.has_output_for_asset_key(KEY("zz")),
            parts.get_output_name_for_asset_check_key(dg.AssetCheckKey(KEY("p"), "c")),
            sorted(parts.check_specs_by_output_name),
            parts.check_key.to_user_string(),
            parts.has_keys,
            parts.has_check_keys,
            sorted(key.to_user_string() for key in parts.asset_and_check_keys),
            sorted(key.to_user_string() for key in parts.get_checks_targeting_keys(frozenset([KEY("p")]))),
            parts.get_op_def_for_asset_key(KEY("p")).name,
        ],
    }
