"""Sensors on runs, asked by a test: which runs their function is called for, and what comes of what it says."""

import json

from seen import outcome

import dagster as dg

STATUS = dg.DagsterRunStatus


@dg.op
def works(): ...


@dg.op
def fails():
    raise ValueError("no")


@dg.job
def good():
    works()


@dg.job
def other():
    works()


@dg.job
def bad():
    fails()


def told(said) -> dict:
    return {
        "requests": [[each.run_key, each.tags, each.job_name] for each in said.run_requests],
        "skipped": said.skip_message.split(".")[0] if said.skip_message else said.skip_message,
        "reactions": [
            [each.dagster_run.job_name, each.run_status.name, each.error and each.error.cls_name]
            for each in said.dagster_run_reactions
        ],
        "events": [str(each.asset_key) for each in said.asset_events],
        "cursor": sorted(json.loads(said.cursor)),
    }


def ticks(function, jobs, status=STATUS.SUCCESS, count=3, resources=None, **options) -> list:
    sensor = dg.run_status_sensor(run_status=status, name="s", **options)(function)
    project = dg.Definitions(jobs=[good, other, bad], sensors=[sensor])
    with dg.DagsterInstance.ephemeral() as instance:

        def ask(cursor):
            context = dg.build_sensor_context(instance=instance, definitions=project, cursor=cursor, resources=resources)
            return sensor.evaluate_tick(context)

        cursor, found = None, []
        for number in range(count + 1):
            said = []
            found.append(outcome(lambda cursor=cursor, said=said: told(said.append(ask(cursor)) or said[0])))
            if not said:
                break
            cursor = said[0].cursor
            if number == 0:
                for job in jobs:
                    job.execute_in_process(instance=instance, raise_on_error=False)
        return found


def nothing(context):
    return None


def raises(context):
    raise KeyError("no")


def asks(context):
    return dg.RunRequest(context.dagster_run.job_name)


def asks_twice(context):
    yield dg.RunRequest("1")
    yield dg.RunRequest("2")


def skips(context):
    return dg.SkipReason("no")


def asks_for_other(context):
    return dg.RunRequest("other") if context.dagster_run.job_name == "other" else None


def records(context):
    return dg.SensorResult(asset_events=[dg.AssetMaterialization("orders")])


def sets_a_cursor(context):
    return dg.SensorResult(cursor="1")


def limited(context, limit: dg.ResourceParam[int]):
    return dg.RunRequest(f"{context.sensor_name} {limit} {context.partition_key}")


def failures() -> list:
    found = []

    @dg.run_failure_sensor
    def alarm(context: dg.RunFailureSensorContext):
        found.append([context.dagster_run.job_name, [each.step_key for each in context.get_step_failure_events()]])
        found.append([type(context).__name__, context.failure_event.event_type_value, "fails" in context.failure_event.message])

    with dg.DagsterInstance.ephemeral() as instance:
        cursor = alarm.evaluate_tick(dg.build_sensor_context(instance=instance)).cursor
        bad.execute_in_process(instance=instance, raise_on_error=False)
        good.execute_in_process(instance=instance)
        said = told(alarm.evaluate_tick(dg.build_sensor_context(instance=instance, cursor=cursor)))
    return [*found, said]


def facts() -> dict:
    return {
        "nothing": ticks(nothing, [good, bad, other]),
        "error": ticks(raises, [good, other]),
        "asks": ticks(asks, [good, other], request_job=bad),
        "asks twice": ticks(asks_twice, [good], request_job=bad),
        "asks without a job": ticks(asks, [good]),
        "skips": ticks(skips, [good, other]),
        "asks for one": ticks(asks_for_other, [good, other, good], request_jobs=[bad]),
        "records": ticks(records, [good]),
        "sets a cursor": ticks(sets_a_cursor, [good]),
        "monitored": ticks(nothing, [good, other], monitored_jobs=[other]),
        "failures": ticks(nothing, [good, bad], status=STATUS.FAILURE),
        "started": ticks(nothing, [good, bad], status=STATUS.STARTED),
        "many": ticks(nothing, [good] * 7),
        "resources": ticks(limited, [good], request_job=bad, resources={"limit": 3}),
        "missing resources": ticks(limited, [good], request_job=bad),
        "no instance": outcome(lambda: dg.run_failure_sensor(nothing).evaluate_tick(dg.build_sensor_context())),
        "failure sensor": failures(),
    }
