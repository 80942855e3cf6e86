"""Arguments of `@multi_asset` that contradict each other or the function."""

import seen

import dagster as dg

KEY = dg.AssetKey
SPECS = {"specs": [dg.AssetSpec("a"), dg.AssetSpec("b", deps=["a"])]}
OUTS = {"outs": {"a": dg.AssetOut(), "b": dg.AssetOut()}}


def decorated(function=lambda: None, **given):
    function.__name__ = "made"
    return dg.multi_asset(**given)(function)


def outcome(mentions=(), function=None, **given):
    def made():
        definition = decorated(function or (lambda: None), **given)
        return sorted(key.to_user_string() for key in definition.keys)

    return seen.outcome(made, mentions)


def facts() -> dict:
    return {
        "specs and outs": outcome(["outs", "specs"], **SPECS, **OUTS),
        "nothing": outcome(),
        "specs and deps": outcome(["deps"], **SPECS, deps=["u"]),
        "specs and internal deps": outcome(["internal_asset_deps"], **SPECS, internal_asset_deps={"b": {KEY("a")}}),
        "an unknown output": outcome(["zz"], **OUTS, internal_asset_deps={"zz": {KEY("a")}}),
        "an unknown key": outcome(["zz"], **OUTS, internal_asset_deps={"a": {KEY("zz")}}),
        "an input of nobody": outcome(["u"], **OUTS, deps=["u"], internal_asset_deps={"b": {KEY("a")}}),
        "an argument of no spec": outcome(["u"], function=lambda u: None, **SPECS),
        "an argument of no spec renamed": outcome(["u"], function=lambda x: None, ins={"x": dg.AssetIn("u")}, **SPECS),
        "an unknown argument": outcome(ins={"x": dg.AssetIn("u")}, **OUTS),
        "two groups": outcome(["group_name"], specs=[dg.AssetSpec("a", group_name="g")], group_name="h"),
        "two groups of outs": outcome(["group_name"], outs={"a": dg.AssetOut(group_name="g")}, group_name="h"),
        "a check of another asset": outcome(["zz"], **SPECS, check_specs=[dg.AssetCheckSpec("c", asset="zz")]),
        "a check twice": outcome(
            ["c"], **SPECS, check_specs=[dg.AssetCheckSpec("c", asset="a"), dg.AssetCheckSpec("c", asset="a")]
        ),
        "itself": outcome(["depends on itself"], specs=[dg.AssetSpec("a", deps=["a"])]),
        "no specs": outcome(specs=["a"]),
        "no outs": outcome(outs={"a": "b"}),
        "an unknown argument of the decorator": outcome(zzz=1, **SPECS),
        "a name with a space": outcome(["a b"], name="a b", **SPECS),
        "without arguments": seen.outcome(lambda: dg.multi_asset(lambda: None)),
        "the same spec twice": outcome(specs=[dg.AssetSpec("a"), dg.AssetSpec("a")]),
    }
