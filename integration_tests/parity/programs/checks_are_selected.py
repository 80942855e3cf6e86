"""Which checks a selection runs: of assets, alone, without, of jobs, of a part of a job, of functions that do several."""

import seen

import dagster as dg


@dg.asset
def a():
    return 1


@dg.asset(deps=[a])
def b():
    return 1


def check(name: str, asset):
    return dg.asset_check(asset=asset, name=name)(lambda: dg.AssetCheckResult(passed=True))


a1, a2, b1 = check("first", a), check("second", a), check("first", b)


@dg.multi_asset_check(specs=[dg.AssetCheckSpec("whole", asset="a"), dg.AssetCheckSpec("whole", asset="b")])
def whole():
    yield dg.AssetCheckResult(passed=True, asset_key="a", check_name="whole")
    yield dg.AssetCheckResult(passed=True, asset_key="b", check_name="whole")


@dg.multi_asset_check(specs=[dg.AssetCheckSpec("part", asset="a"), dg.AssetCheckSpec("part", asset="b")], can_subset=True)
def parts(context):
    for key in sorted(context.selected_asset_check_keys):
        yield dg.AssetCheckResult(passed=True, asset_key=key.asset_key, check_name=key.name)


@dg.asset(check_specs=[dg.AssetCheckSpec("inside", asset="c")])
def c():
    yield dg.Output(1)
    yield dg.AssetCheckResult(passed=True)


SIMPLE = [a, b, a1, a2, b1]


def ran(result) -> list:
    steps = [event.step_key for event in result.all_events if event.event_type_value == "STEP_START"]
    return [steps, [each.asset_check_key.to_user_string() for each in result.get_asset_check_evaluations()]]


def selected(assets, selection) -> dict:
    return seen.outcome(lambda: ran(dg.materialize(assets, selection=selection)))


def of_jobs() -> dict:
    some = dg.AssetSelection
    selections = {
        "everything": None,
        "one_asset": [a],
        "one_check": some.checks(a1),
        "both_kinds": some.checks(a1) | some.assets(b),
        "no_checks": some.all() - some.all_asset_checks(),
        "text": "key:a",
    }
    jobs = [
        dg.define_asset_job(name, selection=each) if each is not None else dg.define_asset_job(name)
        for name, each in selections.items()
    ]
    project = dg.Definitions([a, b], asset_checks=[a1, a2, b1, parts], jobs=jobs)
    told = {name: ran(project.resolve_job_def(name).execute_in_process()) for name in selections if name not in ("one_check",)}
    whole_job = project.resolve_job_def("everything")
    return {**told, "a part": ran(whole_job.execute_in_process(asset_selection=[dg.AssetKey("a")]))}


def facts() -> dict:
    some = dg.AssetSelection
    return {
        "all": selected(SIMPLE, None),
        "asset": selected(SIMPLE, [a]),
        "asset without": selected(SIMPLE, some.assets(a).without_checks()),
        "checks": selected(SIMPLE, some.all_asset_checks()),
        "these checks": selected(SIMPLE, some.checks(a1, b1)),
        "key of a check": selected(SIMPLE, some.checks(dg.AssetCheckKey(dg.AssetKey("a"), "second"))),
        "checks of an asset": selected(SIMPLE, some.checks_for_assets(a)),
        "check and asset": selected(SIMPLE, some.checks(a1) | some.assets(b).without_checks()),
        "all but one": selected(SIMPLE, some.all() - some.checks(a2)),
        "downstream": selected(SIMPLE, some.assets(a).downstream(include_self=False)),
        "whole": selected([a, b, whole], None),
        "part of a whole": selected([a, b, whole], [a]),
        "part": selected([a, b, parts], [a]),
        "part of checks": selected([a, b, parts], some.checks(dg.AssetCheckKey(dg.AssetKey("b"), "part"))),
        "inside": selected([c], [c]),
        "inside without": selected([c], some.assets(c).without_checks()),
        "inside alone": selected([c], some.all_asset_checks()),
        "unknown": selected(SIMPLE, some.checks(dg.AssetCheckKey(dg.AssetKey("a"), "unknown"))),
        "jobs": of_jobs(),
    }
