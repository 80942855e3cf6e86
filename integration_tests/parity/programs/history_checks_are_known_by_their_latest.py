"""The latest evaluation of a check is known."""

import seen

import dagster as dg


@dg.asset(check_specs=[dg.AssetCheckSpec("positive", asset="checked"), dg.AssetCheckSpec("negative", asset="checked")])
def checked():
    yield dg.Output(1)
    yield dg.AssetCheckResult(check_name="positive", passed=True, metadata={"n": 1})
    yield dg.AssetCheckResult(check_name="negative", passed=False, severity=dg.AssetCheckSeverity.WARN)


def facts() -> dict:
    with dg.instance_for_test() as instance:
        run = dg.materialize([checked], instance=instance)

        def latest(name):
            record = instance.get_latest_asset_check_evaluation_record(dg.AssetCheckKey(dg.AssetKey("checked"), name))
            if record is None:
                return None
            found = record.event.dagster_event.event_specific_data
            return [record.status.value, record.run_id == run.run_id, found.passed, found.severity.value, seen.metadata(found.metadata)]

        return {name: latest(name) for name in ("positive", "negative", "nobody")}
