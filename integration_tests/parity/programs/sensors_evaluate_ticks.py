"""What a sensor says when it is asked: requests, reasons, cursors; of jobs and of assets; what it cannot say."""

from seen import outcome, plain

import dagster as dg

NIGHTLY, WEEKLY = dg.define_asset_job("nightly", "*"), dg.define_asset_job("weekly", "*")
DYNAMIC = dg.DynamicPartitionsDefinition(name="files")


@dg.asset
def orders(): ...


@dg.asset
def report(): ...


@dg.asset_check(asset=orders)
def filled():
    return dg.AssetCheckResult(passed=True)


PROJECT = dg.Definitions(assets=[orders, report], asset_checks=[filled])


def told(sensor, **context) -> dict:
    def ask():
        said = sensor.evaluate_tick(dg.build_sensor_context(**context))
        return {
            "requests": [
                [
                    each.run_key,
                    each.tags,
                    each.job_name,
                    None if each.asset_selection is None else sorted(map(str, each.asset_selection)),
                    None if each.asset_check_keys is None else sorted(key.to_user_string() for key in each.asset_check_keys),
                ]
                for each in said.run_requests
            ],
            "skipped": said.skip_message,
            "cursor": said.cursor,
            "partitions": [[type(each).__name__, each.partition_keys] for each in said.dynamic_partitions_requests],
            "events": [[type(each).__name__, str(each.asset_key)] for each in said.asset_events],
            "reactions": len(said.dagster_run_reactions),
        }

    return outcome(ask)


def saying(value, cursor=None, **options) -> dict:
    target = options or {"job": NIGHTLY}
    return told(dg.sensor(name="s", **target)(lambda: value), cursor=cursor)


def functions() -> dict:
    result = dg.SensorResult
    events = [dg.AssetMaterialization("orders"), dg.AssetObservation("report")]
    changes = [DYNAMIC.build_add_request(["a"]), DYNAMIC.build_delete_request(["b"])]

    @dg.sensor(job=NIGHTLY)
    def yields(context):
        yield dg.RunRequest("a", tags={"x": "1"})
        yield dg.RunRequest("b")

    @dg.sensor(job=NIGHTLY)
    def moves(context):
        context.update_cursor("2")
        return result([dg.RunRequest("a")])

    return {
        "yields": told(yields),
        "moves": told(moves, cursor="1"),
        "one": saying(dg.RunRequest("a")),
        "list": saying([dg.RunRequest(), dg.RunRequest()]),
        "none": saying(None, cursor="1"),
        "empty": saying([]),
        "list of none": saying([None]),
        "none among others": saying([dg.RunRequest(), None]),
        "skip": saying(dg.SkipReason("no"), cursor="1"),
        "list of skip": saying([dg.SkipReason("no")]),
        "result": saying(result([dg.RunRequest("a")], cursor="2"), cursor="1"),
        "list of result": saying([result(cursor="2")]),
        "skipping result": saying(result(skip_reason="no")),
        "events": saying(result(asset_events=events)),
        "partitions": saying(result(dynamic_partitions_requests=changes)),
        "tags of the sensor": saying(dg.RunRequest("a"), job=NIGHTLY, tags={"x": "1"}),
    }


def refused() -> dict:
    @dg.sensor(job=NIGHTLY)
    def sets_twice(context):
        context.update_cursor("1")
        return dg.SensorResult(cursor="2")

    @dg.sensor(job=NIGHTLY)
    def raises(context):
        raise KeyError("no")

    return {
        "sets twice": told(sets_twice),
        "error": told(raises),
        "number": saying(3),
        "dict": saying({}),
        "both": saying([dg.RunRequest(), dg.SkipReason("no")]),
        "two reasons": saying([dg.SkipReason("a"), dg.SkipReason("b")]),
        "result and more": saying([dg.SensorResult(), dg.RunRequest()]),
        "no context": outcome(lambda: sets_twice.evaluate_tick(None)),
        "conditions": told(dg.AutomationConditionSensorDefinition("c", target="*")),
    }


def jobs() -> dict:
    request, both = dg.RunRequest, [NIGHTLY, WEEKLY]
    return {
        "named": saying(request(job_name="weekly"), jobs=both),
        "not named": saying(request(), jobs=both),
        "unknown": saying(request(job_name="daily"), jobs=both),
        "of another": saying(request(job_name="weekly"), job=NIGHTLY),
        "nothing to start": saying(request(), jobs=[]),
        "nothing to start, skipped": saying(dg.SkipReason("no"), jobs=[]),
        "target": saying(request(asset_selection=[orders.key]), target=[orders]),
    }


def assets() -> dict:
    def asking(request, selection) -> dict:
        return told(dg.sensor(name="s", asset_selection=selection)(lambda: request), definitions=PROJECT)

    request = dg.RunRequest
    return {
        "all": asking(request(), [orders, report]),
        "one": asking(request(asset_selection=[orders.key]), [orders, report]),
        "no checks": asking(request(asset_check_keys=[]), [orders, report]),
        "foreign": asking(request(asset_selection=[report.key]), [orders]),
        "checks": asking(request(asset_check_keys=[filled.check_key]), dg.AssetSelection.checks(filled)),
    }


def facts() -> dict:
    said = dg.sensor(job=NIGHTLY, name="s")(lambda: dg.SkipReason("no")).evaluate_tick(dg.build_sensor_context())
    return {
        "functions": functions(),
        "refused": refused(),
        "jobs": jobs(),
        "assets": assets(),
        "value": [type(said).__name__, said.log_key, plain(list(said.automation_condition_evaluations))],
    }
