"""The latest evaluation of a check is known."""

import seen

import dagster as dg


def evaluation(name: str, passed: bool, **more) -> dg.AssetCheckEvaluation:
    return dg.AssetCheckEvaluation(asset_key=dg.AssetKey("checked"), check_name=name, passed=passed, metadata={}, **more)


def facts() -> dict:
    with dg.instance_for_test() as instance:
        instance.report_runless_asset_event(evaluation("positive", False))
        instance.report_runless_asset_event(evaluation("positive", True, description="now it is"))
        instance.report_runless_asset_event(evaluation("negative", False, severity=dg.AssetCheckSeverity.WARN))

        def latest(name):
            record = instance.get_latest_asset_check_evaluation_record(dg.AssetCheckKey(dg.AssetKey("checked"), name))
            if record is None:
                return None
            found = record.event.dagster_event.event_specific_data
            return [record.status.value, record.run_id, found.passed, found.severity.value, found.description]

        return {
            "latest": {name: latest(name) for name in ("positive", "negative", "nobody")},
            "asset": seen.plain(instance.has_asset_key(dg.AssetKey("checked"))),
        }
