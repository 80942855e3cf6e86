"""The executions of a check: what each found, those that found nothing, and pages of them."""

import seen

import dagster as dg

STATE = {"passes": True, "fails": False}


@dg.asset
def orders():
    if STATE["fails"]:
        raise ValueError("no orders")
    return 1


@dg.asset_check(asset=orders)
def good():
    return dg.AssetCheckResult(passed=STATE["passes"])


@dg.asset_check(asset=orders)
def other():
    return dg.AssetCheckResult(passed=False, severity=dg.AssetCheckSeverity.WARN)


GOOD = dg.AssetCheckKey(dg.AssetKey("orders"), "good")


def facts() -> dict:
    with dg.instance_for_test() as instance:
        runs = []

        def run(**state) -> None:
            STATE.update(state)
            result = dg.materialize([orders, good, other], instance=instance, raise_on_error=False)
            runs.append(result.run_id)

        def told(**arguments) -> list:
            records = instance.event_log_storage.get_asset_check_execution_history(GOOD, **{"limit": 10, **arguments})
            return [
                [record.status.value, runs.index(record.run_id) if record.run_id else "no run", seen.plain(passed(record))]
                for record in records
            ]

        def passed(record):
            return None if record.status.value == "PLANNED" else record.evaluation.passed

        run()
        run(passes=False)
        run(fails=True)
        run(fails=False, passes=True)
        outside = dg.AssetCheckEvaluation(asset_key=dg.AssetKey("orders"), check_name="good", passed=False)
        instance.report_runless_asset_event(outside)
        whole = instance.event_log_storage.get_asset_check_execution_history(GOOD, limit=10)
        latest = instance.get_latest_asset_check_evaluation_record(GOOD)
        return {
            "all": told(),
            "first two": told(limit=2),
            "after the second": told(cursor=whole[1].id),
            "nobody": len(
                instance.event_log_storage.get_asset_check_execution_history(
                    dg.AssetCheckKey(dg.AssetKey("orders"), "nobody"), limit=3
                )
            ),
            "events": [record.event.dagster_event.event_type_value for record in whole],
            "latest": [latest.status.value, latest.evaluation.passed],
        }
