"""`with_attributes` and `map_asset_specs`: the same function with other attributes of its assets."""

import seen

import dagster as dg

KEY = dg.AssetKey.from_user_string


@dg.asset(group_name="g", tags={"x": "y"}, metadata={"m": 1})
def full(): ...


@dg.asset
def plain(full):
    return 1


@dg.multi_asset(specs=[dg.AssetSpec("p", deps=["u"]), dg.AssetSpec("q", deps=["p", "v"])])
def several(): ...


def described(*definitions) -> list:
    return [
        sorted(
            [
                spec.key.to_user_string(),
                sorted(dep.asset_key.to_user_string() for dep in spec.deps),
                spec.group_name,
                dict(spec.tags),
                seen.plain(dict(spec.metadata)),
            ]
            for spec in getattr(each, "specs", None) or [each]
        )
        for each in definitions
    ]


def group(name):
    return lambda spec: spec.replace_attributes(group_name=name)


def facts() -> dict:
    moved = plain.with_attributes(
        asset_key_replacements={KEY("plain"): KEY("x/plain"), KEY("full"): KEY("x/full")}
    )
    mapped = plain.map_asset_specs(lambda spec: spec.merge_attributes(tags={"more": "1"}))
    return {
        "group": described(plain.with_attributes(group_names_by_key={KEY("plain"): "z"})),
        "group of one that has one": seen.outcome(
            lambda: full.with_attributes(group_names_by_key={KEY("full"): "z"}), ["group_name", "full"]
        ),
        "tags": described(plain.with_attributes(tags_by_key={KEY("plain"): {"a": "b"}})),
        "tags of one that has some": seen.outcome(
            lambda: full.with_attributes(tags_by_key={KEY("full"): {"a": "b"}}), ["tags"]
        ),
        "tags of another": described(full.with_attributes(tags_by_key={KEY("zz"): {"a": "b"}})),
        "metadata": described(full.with_attributes(metadata_by_key={KEY("full"): {"n": 2}})),
        "moved": described(moved),
        "moved inputs": {name: key.to_user_string() for name, key in moved.keys_by_input_name.items()},
        "moved step": moved.op.name,
        "moved run": seen.step_events(
            dg.materialize_to_memory([moved, full.with_attributes(asset_key_replacements={KEY("full"): KEY("x/full")})])
        ),
        "mapped": described(several.map_asset_specs(group("gg"))),
        "mapped keys": seen.outcome(
            lambda: several.map_asset_specs(lambda spec: spec.replace_attributes(key=spec.key.with_prefix("x"))),
            ["x/p"],
        ),
        "mapped without its argument": seen.outcome(
            lambda: plain.map_asset_specs(lambda spec: spec.replace_attributes(deps=[])), ["full"]
        ),
        "mapped function": described(*dg.map_asset_specs(group("h"), [several, dg.AssetSpec("ext")])),
        "mapped still runs": seen.step_events(dg.materialize_to_memory([full, mapped])),
        "mapped tags": described(mapped),
        "hooks": [full.with_attributes(hook_defs=set()).hook_defs == full.hook_defs],
        "original": described(full, plain, several),
    }
