"""Checks are steps of a run: their events in order, what they are given, what is recorded of what they find."""

import seen

import dagster as dg


@dg.asset
def numbers():
    return [1, 2]


@dg.asset
def limit():
    return 5


@dg.asset_check(asset=numbers)
def long_enough(numbers):
    """Counts."""
    return dg.AssetCheckResult(
        passed=len(numbers) > 2,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"n": len(numbers), "text": "x"},
        description="too short",
    )


@dg.asset_check(asset=numbers, name="named", description="by hand")
def told(context: dg.AssetCheckExecutionContext):
    keys = sorted(key.to_user_string() for key in context.selected_asset_check_keys)
    specs = [spec.name for spec in context.check_specs]
    return dg.AssetCheckResult(
        passed=True, metadata={"told": f"{keys} {specs} {type(context).__name__} {context.has_partition_key}"}
    )


@dg.asset_check(asset=numbers, additional_ins={"limit": dg.AssetIn("limit")})
def below(numbers, limit):
    return dg.AssetCheckResult(passed=max(numbers) < limit)


@dg.asset_check(asset=numbers, additional_deps=[limit])
def after_limit():
    yield dg.AssetCheckResult(passed=True)


@dg.asset_check(asset=numbers)
def says_nothing():
    return None


@dg.asset_check(asset=numbers)
def raises():
    raise ValueError("no")


@dg.asset_check(asset="nowhere")
def of_nothing():
    return dg.AssetCheckResult(passed=False)


@dg.multi_asset_check(
    specs=[dg.AssetCheckSpec("first", asset="numbers"), dg.AssetCheckSpec("second", asset="limit")], can_subset=True
)
def several(context):
    for key in sorted(context.selected_asset_check_keys):
        yield dg.AssetCheckResult(passed=True, asset_key=key.asset_key, check_name=key.name)


@dg.asset(check_specs=[dg.AssetCheckSpec("inside", asset="checked")])
def checked():
    yield dg.AssetCheckResult(passed=False, severity=dg.AssetCheckSeverity.WARN)
    yield dg.Output(1)


def found(evaluation) -> dict:
    target = evaluation.target_materialization_data
    return {
        "check": evaluation.asset_check_key.to_user_string(),
        "passed": evaluation.passed,
        "severity": evaluation.severity.value,
        "description": evaluation.description,
        "metadata": seen.metadata(evaluation.metadata),
        "blocking": evaluation.blocking,
        "of a materialization": target is not None,
    }


def run(*assets, **options) -> dict:
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(list(assets), raise_on_error=False, instance=instance, **options)
        logged = [record.dagster_event for record in instance.all_logs(result.run_id) if record.dagster_event]
        planned = [[event.event_type_value, event.step_key] for event in logged if event.event_type_value.endswith("PLANNED")]
        latest = instance.get_latest_materialization_event(dg.AssetKey("numbers"))
    return {
        "success": result.success,
        "events": [[event.event_type_value, event.step_key] for event in result.all_events if event.is_step_event],
        "found": [found(each) for each in result.get_asset_check_evaluations()],
        "planned": planned,
        "made": latest is not None,
    }


def facts() -> dict:
    return {
        "one": run(numbers, long_enough),
        "context": run(numbers, told),
        "another value": run(numbers, limit, below),
        "another dependency": run(numbers, limit, after_limit),
        "several": run(numbers, limit, several),
        "some of several": run(numbers, limit, several, selection=[limit]),
        "nothing": run(numbers, says_nothing),
        "failing": run(numbers, raises, limit),
        "of nothing": run(numbers, of_nothing, selection=dg.AssetSelection.all_asset_checks()),
        "inside": run(checked),
        "all": run(numbers, limit, long_enough, told, below, several),
    }
