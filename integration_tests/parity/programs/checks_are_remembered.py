"""What an instance knows of checks after runs: the latest evaluation, planned ones, conditions that look at checks."""

import seen
from ticking import ticks

import dagster as dg

AC = dg.AutomationCondition
PASSES = []


@dg.asset
def raw():
    return 1


@dg.asset_check(asset=raw)
def good():
    return dg.AssetCheckResult(passed=PASSES.pop(0), metadata={"left": len(PASSES)})


@dg.asset_check(asset=raw, blocking=True)
def safe():
    return dg.AssetCheckResult(passed=True)


CONDITIONS = {
    "failed": AC.any_deps_match(AC.any_checks_match(AC.check_failed())),
    "passed": AC.any_deps_match(AC.all_checks_match(AC.check_passed())),
    "safe_ones": AC.any_deps_match(AC.all_checks_match(AC.check_passed(), blocking_only=True)),
    "absent": AC.any_deps_match(AC.any_checks_match(AC.missing())),
    "released": AC.all_deps_blocking_checks_passed(),
    "busy": AC.any_deps_match(AC.any_checks_match(AC.in_progress() | AC.execution_failed())),
}
BELOW = [dg.asset(lambda: None, name=name, deps=[raw], automation_condition=each) for name, each in CONDITIONS.items()]


def conditions() -> list:
    PASSES[:] = [False, True, False]
    project = dg.Definitions([raw, *BELOW], asset_checks=[good, safe])
    with dg.DagsterInstance.ephemeral() as instance:

        def make(*selected):
            return lambda: dg.materialize(list(selected), instance=instance)

        everything = make(raw, good, safe)
        acts = [None, everything, everything, everything, None, make(raw), make(raw, safe)]
        return ticks(project, instance, acts)


def own_conditions() -> dict:
    told = {}
    for name, condition in {
        "missing": AC.missing(),
        "eager": AC.eager(),
        "updated above": AC.any_deps_updated(),
        "cron": AC.on_cron("* * * * *"),
        "missing above": AC.any_deps_missing(),
        "on missing": AC.on_missing(),
    }.items():

        @dg.asset_check(asset=raw, automation_condition=condition)
        def own():
            return dg.AssetCheckResult(passed=True)

        with dg.DagsterInstance.ephemeral() as instance:

            def make(*selected, instance=instance):
                return lambda: dg.materialize(list(selected), instance=instance)

            acts = [None, None, make(raw), None, make(raw, own), None]
            told[name] = [total for total, _ in ticks(dg.Definitions([raw], asset_checks=[own]), instance, acts)]
    return told


def latest() -> list:
    PASSES[:] = [True, False]
    told = []
    with dg.DagsterInstance.ephemeral() as instance:
        for _ in range(2):
            dg.materialize([raw, good], instance=instance)
            record = instance.get_latest_asset_check_evaluation_record(dg.AssetCheckKey(dg.AssetKey("raw"), "good"))
            evaluation = record.event.dagster_event.asset_check_evaluation_data
            told.append([record.status.value, evaluation.passed, seen.metadata(evaluation.metadata)])
    return told


def facts() -> dict:
    return {"conditions": conditions(), "own conditions": own_conditions(), "latest": latest()}
