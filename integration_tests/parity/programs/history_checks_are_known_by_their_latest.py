"""The latest evaluation of a check is known."""

import seen

import dagster as dg


@dg.asset
def checked():
    return 1


@dg.asset_check(asset=checked)
def positive(checked):
    return dg.AssetCheckResult(passed=checked > 0, metadata={"n": checked})


@dg.asset_check(asset=checked)
def negative(checked):
    return dg.AssetCheckResult(passed=checked < 0, severity=dg.AssetCheckSeverity.WARN)


def facts() -> dict:
    with dg.instance_for_test() as instance:
        run = dg.materialize([checked, positive, negative], instance=instance)

        def latest(name):
            record = instance.get_latest_asset_check_evaluation_record(dg.AssetCheckKey(dg.AssetKey("checked"), name))
            if record is None:
                return None
            found = record.event.dagster_event.event_specific_data
            return [record.status.value, record.run_id == run.run_id, found.passed, found.severity.value, seen.metadata(found.metadata)]

        return {name: latest(name) for name in ("positive", "negative", "nobody")}
