"""Selections over assets with checks: what strings and expressions choose, in `materialize` and in jobs."""

import seen

import dagster as dg


@dg.asset(group_name="raw", check_specs=[dg.AssetCheckSpec("inside", asset="up")])
def up():
    yield dg.AssetCheckResult(passed=True)
    yield dg.Output(1)


@dg.asset(group_name="marts")
def down(up):
    return up


@dg.asset_check(asset=up)
def up_check(): 
    return dg.AssetCheckResult(passed=True)


@dg.asset_check(asset=down, blocking=True)
def down_check():
    return dg.AssetCheckResult(passed=True)


@dg.multi_asset_check(specs=[dg.AssetCheckSpec("both", asset="up"), dg.AssetCheckSpec("both", asset="down")], can_subset=True)
def both(context):
    for key in sorted(context.selected_asset_check_keys, key=str):
        yield dg.AssetCheckResult(passed=True, asset_key=key.asset_key, check_name=key.name)


EVERYTHING = [up, down, up_check, down_check, both]
S = dg.AssetSelection
SELECTIONS = {
    "all": S.all(),
    "up": S.assets(up),
    "up by string": "up",
    "up and below": S.assets(up).downstream(),
    "above down": "+down",
    "group": S.groups("marts"),
    "without checks": S.assets(up).without_checks(),
    "checks of up": S.checks_for_assets(up),
    "checks of both": S.checks_for_assets(up, down),
    "one check": S.checks(up_check),
    "by key": S.checks(dg.AssetCheckKey(dg.AssetKey("up"), "both")),
    "all checks": S.all_asset_checks(),
    "all without checks": S.all() - S.all_asset_checks(),
    "all without one": S.all() - S.checks(down_check),
    "down and a check of up": S.assets(down) | S.checks(up_check),
    "down without its checks, and all of up": S.assets(down).without_checks() | S.assets(up),
    "and": S.checks_for_assets(up) & S.checks(up_check, down_check),
    "inside alone": S.checks(dg.AssetCheckKey(dg.AssetKey("up"), "inside")),
    "definition": [down],
    "definitions of checks": [down, up_check],
}


def ran(selection) -> object:
    def run():
        with dg.DagsterInstance.ephemeral() as instance:
            dg.materialize([up, down], instance=instance, selection=S.all() - S.all_asset_checks())
            result = dg.materialize(EVERYTHING, selection=selection, instance=instance, raise_on_error=False)
        return [
            result.success,
            sorted(event.asset_key.to_user_string() for event in result.get_asset_materialization_events()),
            sorted(f"{each.asset_key.to_user_string()}:{each.check_name}" for each in result.get_asset_check_evaluations()),
        ]

    return seen.outcome(run)


def resolved(selection) -> object:
    graph = dg.Definitions(assets=[up, down], asset_checks=[up_check, down_check, both]).resolve_asset_graph()

    def ask():
        chosen = selection if isinstance(selection, S) else S.from_coercible(selection)
        checks = sorted(f"{key.asset_key.to_user_string()}:{key.name}" for key in chosen.resolve_checks(graph))
        return [sorted(key.to_user_string() for key in chosen.resolve(graph)), checks]

    return seen.outcome(ask)


def facts() -> dict:
    names = [name for name in SELECTIONS if name != "definitions of checks"]
    return {"ran": {name: ran(SELECTIONS[name]) for name in names}, "resolved": {name: resolved(SELECTIONS[name]) for name in names}}
