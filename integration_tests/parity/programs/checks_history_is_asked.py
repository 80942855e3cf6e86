"""The history of checks in an instance: latest records, several at once, after wiping, after runs that failed or never ran them."""

import seen

import dagster as dg

OUTCOMES = []


@dg.asset
def table():
    return 1


@dg.asset_check(asset=table)
def good(table):
    found = OUTCOMES.pop(0)
    if found is None:
        raise ValueError("broken check")
    return dg.AssetCheckResult(passed=found, metadata={"left": len(OUTCOMES)}, description=f"was {found}")


@dg.asset_check(asset=table)
def never():
    return dg.AssetCheckResult(passed=True)


@dg.asset(check_specs=[dg.AssetCheckSpec("inside", asset="owner")])
def owner():
    return dg.MaterializeResult(check_results=[dg.AssetCheckResult(passed=True, metadata={"rows": 3})])


def key_of(asset, name):
    return dg.AssetCheckKey(dg.AssetKey(asset), name)


def told(record) -> object:
    if record is None:
        return None
    event = record.event.dagster_event
    data = event.event_specific_data
    facts = {"status": record.status.value, "event": event.event_type_value, "step": event.step_key}
    if event.event_type_value == "ASSET_CHECK_EVALUATION":
        facts |= {
            "passed": data.passed,
            "metadata": seen.metadata(data.metadata),
            "description": data.description,
            "severity": data.severity.value,
            "target": data.target_materialization_data is not None,
        }
    return facts


def facts() -> dict:
    history = {}
    with dg.DagsterInstance.ephemeral() as instance:

        def latest(asset="table", name="good"):
            return told(instance.get_latest_asset_check_evaluation_record(key_of(asset, name)))

        history["before"] = latest()
        for number, outcome in enumerate([True, False, None, True]):
            OUTCOMES[:] = [outcome]
            dg.materialize([table, good], instance=instance, raise_on_error=False)
            history[f"run {number}, {outcome}"] = latest()
        OUTCOMES[:] = [False]
        dg.materialize([table, good], selection=dg.AssetSelection.checks(good), instance=instance, raise_on_error=False)
        history["alone"] = latest()
        dg.materialize([table], instance=instance)
        history["asset alone"] = latest()
        history["never"] = latest("table", "never")
        dg.materialize([owner], instance=instance)
        history["inside"] = latest("owner", "inside")
        instance.report_runless_asset_event(
            dg.AssetCheckEvaluation(asset_key=dg.AssetKey("table"), check_name="reported", passed=False, metadata={"by": "hand"}, severity=dg.AssetCheckSeverity.WARN)
        )
        history["reported"] = latest("table", "reported")
        instance.wipe_assets([dg.AssetKey("table")])
        history["wiped"] = [latest(), latest("table", "reported")]
        OUTCOMES[:] = [True]
        dg.materialize([table, good], instance=instance)
        history["after wiping"] = latest()
        filtered = instance.get_event_records(dg.EventRecordsFilter(dg.DagsterEventType.ASSET_CHECK_EVALUATION))
        history["events"] = sorted(record.event_log_entry.dagster_event.event_specific_data.check_name for record in filtered)
    return history
