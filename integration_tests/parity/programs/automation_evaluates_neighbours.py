"""Conditions about other assets: dependencies, what lies downstream, one certain asset; functions that make several."""

import seen
from ticking import said, ticks

import dagster as dg

AC = dg.AutomationCondition


def asset(name: str, condition=None, deps=()):
    return dg.asset(lambda: None, name=name, deps=list(deps), automation_condition=condition)


def dependencies() -> list:
    some = dg.AssetSelection.assets
    conditions = {
        "any": AC.any_deps_match(AC.missing()),
        "all": AC.all_deps_match(AC.missing()),
        "allowed": AC.any_deps_match(AC.missing()).allow(some("u")),
        "ignored": AC.any_deps_match(AC.missing()).ignore(some("u")),
        "all allowed": AC.all_deps_match(AC.missing()).allow(some("u")),
        "both": AC.all_deps_match(AC.missing()).allow(some("u", "v")).ignore(some("u")),
        "none": AC.all_deps_match(AC.missing()).allow(dg.AssetSelection.groups("nowhere")),
        "nested": AC.any_deps_match(AC.any_deps_match(AC.missing())),
    }
    above = [asset("root"), asset("u", deps=["root"]), asset("v")]
    named = [asset(name.replace(" ", "_"), condition, ["u", "v"]) for name, condition in conditions.items()]
    with dg.DagsterInstance.ephemeral() as instance:

        def make(each):
            return lambda: dg.materialize([each], instance=instance)

        return ticks(dg.Definitions([*above, *named]), instance, [None, make(above[1]), make(above[2]), make(above[0])])


def without_dependencies() -> list:
    conditions = {
        "any": AC.any_deps_match(AC.missing()),
        "all": AC.all_deps_match(AC.missing()),
        "missing": AC.any_deps_missing(),
    }
    named = [asset(name, condition) for name, condition in conditions.items()]
    undeclared = asset("undeclared", AC.any_deps_match(AC.missing()), ["nowhere"])
    with dg.DagsterInstance.ephemeral() as instance:
        return ticks(dg.Definitions([*named, undeclared]), instance, [None])


def downstream() -> list:
    assets = [
        asset("top", AC.any_downstream_conditions()),
        asset("low", AC.missing(), ["top"]),
        asset("middle", AC.any_downstream_conditions(), ["top"]),
        asset("lowest", AC.initial_evaluation(), ["middle"]),
        asset("alone", AC.any_downstream_conditions()),
    ]
    with dg.DagsterInstance.ephemeral() as instance:

        def make(each):
            return lambda: dg.materialize([each], instance=instance)

        return ticks(dg.Definitions(assets), instance, [None, None, make(assets[1]), make(assets[0])])


def one_asset() -> list:
    assets = [
        asset("u"),
        asset("watching", AC.asset_matches("u", AC.missing())),
        asset("after", AC.asset_matches("u", AC.newly_updated())),
    ]
    with dg.DagsterInstance.ephemeral() as instance:
        return ticks(dg.Definitions(assets), instance, [None, lambda: dg.materialize([assets[0]], instance=instance), None])


def several() -> list:
    @dg.multi_asset(
        specs=[
            dg.AssetSpec("one", automation_condition=AC.missing()),
            dg.AssetSpec("two", automation_condition=AC.initial_evaluation()),
            dg.AssetSpec("three"),
        ]
    )
    def whole(): ...

    @dg.multi_asset(specs=[dg.AssetSpec("four", automation_condition=AC.missing()), dg.AssetSpec("five")], can_subset=True)
    def parts(): ...

    after = [asset(f"after_{name}", AC.any_deps_match(AC.will_be_requested()), [name]) for name in ("three", "five")]
    with dg.DagsterInstance.ephemeral() as instance:
        return ticks(dg.Definitions([whole, parts, *after]), instance, [None, None])


def selected() -> dict:
    assets = [asset("a", AC.missing()), asset("b", AC.missing(), ["a"]), dg.AssetSpec("c", automation_condition=AC.missing())]
    with dg.DagsterInstance.ephemeral() as instance:

        def asked(**options):
            result = dg.evaluate_automation_conditions(dg.Definitions(assets), instance, **options)
            return [result.total_requested, said(result, "abc"), result.get_num_requested(dg.AssetKey("b"))]

        listed = dg.evaluate_automation_conditions(assets[:2], instance)
        unknown = dg.AssetKey("unknown")
        return {
            "all": asked(),
            "one": asked(asset_selection=dg.AssetSelection.assets("b")),
            "list": [listed.total_requested, seen.plain(listed.get_requested_partitions(dg.AssetKey("a")))],
            "unknown": [listed.get_num_requested(unknown), seen.plain(listed.get_requested_partitions(unknown))],
        }


def facts() -> dict:
    return {
        "dependencies": dependencies(),
        "without dependencies": without_dependencies(),
        "downstream": downstream(),
        "one asset": one_asset(),
        "several": several(),
        "selected": selected(),
    }
