"""Blocking checks: what waits for them, what runs when they fail, the error, retries."""

import seen

import dagster as dg


@dg.asset
def raw():
    return 1


@dg.asset(deps=[raw])
def clean():
    return 1


@dg.asset(deps=[clean])
def report():
    return 1


@dg.asset
def aside():
    return 1


def check(name: str, asset, passed: bool, blocking: bool = True, severity=dg.AssetCheckSeverity.ERROR, **options):
    @dg.asset_check(asset=asset, name=name, blocking=blocking, **options)
    def made():
        return dg.AssetCheckResult(passed=passed, severity=severity)

    return made


def run(*checks, raise_on_error: bool = False, **options):
    result = dg.materialize([raw, clean, report, aside, *checks], raise_on_error=raise_on_error, **options)
    steps = [[event.event_type_value, event.step_key] for event in result.all_events if event.event_type_value in WATCHED]
    return [result.success, steps]


WATCHED = ("STEP_START", "ASSET_CHECK_EVALUATION", "STEP_SUCCESS", "STEP_FAILURE", "STEP_UP_FOR_RETRY", "STEP_SKIPPED")


@dg.multi_asset(
    specs=[dg.AssetSpec("one"), dg.AssetSpec("two", deps=["one"])],
    check_specs=[dg.AssetCheckSpec("a", asset="one", blocking=True), dg.AssetCheckSpec("b", asset="two", blocking=True)],
)
def both():
    yield dg.AssetCheckResult(passed=False, asset_key="one", check_name="a")
    yield dg.MaterializeResult(asset_key="one")
    yield dg.MaterializeResult(asset_key="two")
    yield dg.AssetCheckResult(passed=False, asset_key="two", check_name="b")


@dg.asset(deps=["two"])
def after_both(): ...


def inside() -> list:
    result = dg.materialize([both, after_both], raise_on_error=False)
    steps = [[event.event_type_value, event.step_key] for event in result.all_events if event.is_step_event]
    return [result.success, steps]


def facts() -> dict:
    warning = dg.AssetCheckSeverity.WARN
    return {
        "passes": run(check("good", raw, True)),
        "fails": run(check("bad", raw, False)),
        "warns": run(check("warns", raw, False, severity=warning)),
        "does not block": run(check("lets_pass", raw, False, blocking=False)),
        "in the middle": run(check("bad", clean, False), check("good", raw, True)),
        "two": run(check("bad", raw, False), check("worse", raw, False)),
        "alone": run(check("bad", raw, False), selection=dg.AssetSelection.all_asset_checks()),
        "not selected": run(check("bad", raw, False), selection=dg.AssetSelection.all().without_checks()),
        "only downstream": run(check("bad", raw, False), selection=[clean, report]),
        "tried again": run(check("bad", raw, False, retry_policy=dg.RetryPolicy(max_retries=1))),
        "inside": inside(),
        "error": seen.outcome(
            lambda: run(check("bad", raw, False), raise_on_error=True), ["1 blocking asset check failed", "raw: bad"]
        ),
        "errors": seen.outcome(
            lambda: dg.materialize([both]), ["2 blocking asset checks failed with ERROR severity", "one: a", "two: b"]
        ),
    }
