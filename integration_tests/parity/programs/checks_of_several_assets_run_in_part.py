"""Functions that check several assets: run whole and in part, results in every form, what is owed, what is refused."""

import seen

import dagster as dg


@dg.asset
def a(): ...


@dg.asset
def b(): ...


def specs(*names):
    return [dg.AssetCheckSpec(name, asset=asset) for asset, name in names]


PAIRS = [("a", "one"), ("a", "two"), ("b", "one")]


def ran(function, can_subset=False, selection=None, pairs=PAIRS, **options) -> dict:
    check = dg.multi_asset_check(name="several", specs=specs(*pairs), can_subset=can_subset, **options)(function)
    result = dg.materialize([a, b, check], selection=selection, raise_on_error=False)
    return {
        "success": result.success,
        "found": [[each.asset_key.to_user_string(), each.check_name, each.passed, each.severity.value] for each in result.get_asset_check_evaluations()],
        "events": [pair for pair in seen.step_events(result) if pair[1] == "several" and not pair[0].startswith("RESOURCE_INIT")],
    }


def whole(context):
    for asset, name in PAIRS:
        yield dg.AssetCheckResult(passed=True, asset_key=asset, check_name=name)


def selected(context):
    for key in sorted(context.selected_asset_check_keys, key=str):
        yield dg.AssetCheckResult(passed=key.name == "one", asset_key=key.asset_key, check_name=key.name, severity=dg.AssetCheckSeverity.WARN)


def as_list(context):
    return [dg.AssetCheckResult(passed=True, asset_key=asset, check_name=name) for asset, name in PAIRS]


def one_missing(context):
    yield dg.AssetCheckResult(passed=True, asset_key="a", check_name="one")


def twice(context):
    for _ in range(2):
        yield from whole(context)


def unknown(context):
    yield from whole(context)
    yield dg.AssetCheckResult(passed=True, asset_key="a", check_name="three")


def without_names(context):
    yield dg.AssetCheckResult(passed=True)


def by_asset(context):
    yield dg.AssetCheckResult(passed=True, asset_key="b")


def by_check(context):
    yield dg.AssetCheckResult(passed=True, check_name="two")


def wrong_kind(context):
    yield True


def failing_midway(context):
    yield dg.AssetCheckResult(passed=False, asset_key="a", check_name="one")
    raise ValueError("no")


def facts() -> dict:
    only_b = dg.AssetSelection.checks(dg.AssetCheckKey(dg.AssetKey("b"), "one"))
    only_a = dg.AssetSelection.checks_for_assets(a)
    functions = [whole, as_list, one_missing, twice, unknown, without_names, by_asset, by_check, wrong_kind, failing_midway]
    return {
        "functions": {function.__name__: ran(function) for function in functions},
        "in part": {name: ran(selected, True, selection) for name, selection in (("b", only_b), ("a", only_a), ("all", None))},
        "whole, asked in part": seen.outcome(lambda: ran(whole, False, only_b)),
        "more than asked": ran(whole, True, only_b),
        "less than asked": ran(one_missing, True, only_a),
        "asked for nothing of it": ran(selected, True, dg.AssetSelection.assets(a).without_checks()),
        "single": ran(without_names, pairs=[("a", "one")]),
        "refused": {
            "no specs": seen.outcome(lambda: dg.multi_asset_check(specs=[])(lambda: None)),
            "duplicates": seen.outcome(lambda: dg.multi_asset_check(specs=specs(("a", "one"), ("a", "one")))(lambda: None)),
        },
        "declared": [
            sorted(key.to_user_string() if hasattr(key, "to_user_string") else str(key) for key in dg.multi_asset_check(specs=specs(*PAIRS))(whole).check_keys),
            dg.multi_asset_check(specs=specs(*PAIRS), name="n", description="d", op_tags={"t": "1"}, can_subset=True)(whole).op.name,
        ],
    }
