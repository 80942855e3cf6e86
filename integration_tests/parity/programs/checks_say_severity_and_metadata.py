"""Results of checks: severities, descriptions, metadata of every kind, what a result takes and refuses, and when a run fails."""

import seen

import dagster as dg

METADATA = {
    "int": 3,
    "float": 0.5,
    "text": "x",
    "flag": True,
    "none": None,
    "list": [1, 2],
    "md": dg.MetadataValue.md("**b**"),
    "url": dg.MetadataValue.url("https://example.com"),
    "path": dg.MetadataValue.path("/a"),
    "asset": dg.MetadataValue.asset(dg.AssetKey("a")),
    "table": dg.MetadataValue.table([dg.TableRecord({"a": 1})]),
    "time": dg.MetadataValue.timestamp(5.0),
}


@dg.asset
def table():
    return 1


def ran(result, blocking=False, returns=None) -> dict:
    def function():
        return result() if callable(result) else result

    if returns is not None:
        function.__annotations__["return"] = returns
    check = dg.asset_check(asset=table, name="check", blocking=blocking)(function)
    below = dg.asset(name="below", deps=[table])(lambda: None)
    run = dg.materialize([table, check, below], raise_on_error=False)
    return {
        "success": run.success,
        "below": any(event.asset_key == below.key for event in run.get_asset_materialization_events()),
        "found": [
            [each.passed, each.severity.value, each.description, seen.metadata(each.metadata), each.check_name] for each in run.get_asset_check_evaluations()
        ],
        "failed": [event.event_specific_data.error.cls_name for event in run.all_events if event.event_type_value == "STEP_FAILURE"],
    }


def generated():
    yield dg.AssetCheckResult(passed=True)


def raising():
    raise dg.Failure("bad", metadata={"rows": 1})


def facts() -> dict:
    warn, error = dg.AssetCheckSeverity.WARN, dg.AssetCheckSeverity.ERROR
    return {
        "metadata": ran(dg.AssetCheckResult(passed=True, metadata=METADATA)),
        "passed with a severity": ran(dg.AssetCheckResult(passed=True, severity=warn)),
        "warn": ran(dg.AssetCheckResult(passed=False, severity=warn, description="careful")),
        "error": ran(dg.AssetCheckResult(passed=False, severity=error)),
        "blocking warn": ran(dg.AssetCheckResult(passed=False, severity=warn), blocking=True),
        "blocking error": ran(dg.AssetCheckResult(passed=False), blocking=True),
        "blocking passed": ran(dg.AssetCheckResult(passed=True), blocking=True),
        "a bool": ran(True),
        "a bool, annotated": ran(False, returns=bool),
        "nothing": ran(None),
        "text": ran("x"),
        "a list": ran([dg.AssetCheckResult(passed=True)]),
        "generated": ran(generated),
        "raising": ran(raising, blocking=True),
        "evaluation": ran(lambda: dg.AssetCheckEvaluation(asset_key=table.key, check_name="check", passed=True, metadata={})),
        "another name": ran(dg.AssetCheckResult(passed=True, check_name="other")),
        "another asset": ran(dg.AssetCheckResult(passed=True, asset_key="other")),
        "its own name": ran(dg.AssetCheckResult(passed=True, asset_key="table", check_name="check")),
        "refused": {
            name: seen.outcome(call)
            for name, call in {
                "no outcome": lambda: dg.AssetCheckResult(),
                "text for passed": lambda: dg.AssetCheckResult(passed="yes"),
                "severity as text": lambda: dg.AssetCheckResult(passed=True, severity="WARN"),
                "metadata as text": lambda: dg.AssetCheckResult(passed=True, metadata="x"),
                "description as number": lambda: dg.AssetCheckResult(passed=True, description=3),
                "foreign metadata": lambda: dg.AssetCheckResult(passed=True, metadata={"a": object()}),
                "numpy-like": lambda: dg.AssetCheckResult(passed=1),
            }.items()
        },
    }
