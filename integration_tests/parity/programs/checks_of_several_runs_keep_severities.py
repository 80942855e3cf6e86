"""Several checks of one asset in one run: some block, some warn; what is below waits for those that block alone, in every order."""

import seen

import dagster as dg

WARN, ERROR = dg.AssetCheckSeverity.WARN, dg.AssetCheckSeverity.ERROR


def project(*declared):
    @dg.asset
    def table(): ...

    def check(number, blocking, passed, severity):
        @dg.asset_check(asset=table, name=f"check_{number}", blocking=blocking)
        def made():
            return dg.AssetCheckResult(passed=passed, severity=severity)

        return made

    checks = [check(number, *each) for number, each in enumerate(declared)]

    @dg.asset(deps=[table])
    def below(): ...

    @dg.asset(deps=[below])
    def further(): ...

    @dg.asset
    def beside(): ...

    return [table, below, further, beside, *checks]


def ran(*declared, **options) -> dict:
    result = dg.materialize(project(*declared), raise_on_error=False, **options)
    ends = {"STEP_SUCCESS": "ok", "STEP_FAILURE": "failed", "STEP_SKIPPED": "skipped"}
    return {
        "success": result.success,
        "steps": {step: ends[kind] for kind, step in sorted(seen.step_events(result), key=str) if kind in ends},
        "found": sorted([each.check_name, each.passed, each.blocking] for each in result.get_asset_check_evaluations()),
    }


def raised(*declared) -> dict:
    return seen.outcome(lambda: dg.materialize(project(*declared)).success, ["check_0", "table"])


def facts() -> dict:
    return {
        "none": ran(),
        "all pass": ran((True, True, ERROR), (False, True, ERROR)),
        "one blocks": ran((True, False, ERROR), (False, True, ERROR)),
        "one warns and blocks": ran((True, False, WARN), (True, True, ERROR)),
        "one fails and does not block": ran((False, False, ERROR)),
        "two block": ran((True, False, ERROR), (True, False, ERROR)),
        "one of two blocks": ran((True, True, ERROR), (True, False, ERROR), (False, False, WARN)),
        "below alone": ran((True, False, ERROR), selection=["below"]),
        "without checks": ran((True, False, ERROR), selection=dg.AssetSelection.all() - dg.AssetSelection.all_asset_checks()),
        "raised": [raised((True, False, ERROR)), raised((False, False, ERROR)), raised((True, False, WARN))],
    }
