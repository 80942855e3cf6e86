"""What a schedule says when it is asked: requests, config and tags; reasons for none; what it cannot say."""

import datetime

from seen import outcome, plain

import dagster as dg

WHEN = datetime.datetime(2024, 1, 5, tzinfo=datetime.timezone.utc)
NIGHTLY = dg.define_asset_job("nightly", "*", tags={"of": "job"})


def told(schedule, **context) -> dict:
    def ask():
        said = schedule.evaluate_tick(dg.build_schedule_context(scheduled_execution_time=WHEN, **context))
        return {
            "requests": [
                [each.run_key, each.run_config, each.tags, each.job_name, each.partition_key] for each in said.run_requests
            ],
            "skipped": said.skip_message,
        }

    return outcome(ask)


def saying(value, **options) -> dict:
    def says(context):
        return value

    return told(dg.schedule("0 2 * * *", name="s", job=NIGHTLY, **options)(says))


def functions() -> dict:
    request = dg.RunRequest("a", run_config={"ops": {}}, tags={"x": "2"})

    def without_context():
        return request

    def several(context):
        yield dg.RunRequest("a")
        yield dg.RunRequest("b")

    def nothing(context):
        yield from ()

    decorated = {each.__name__: told(dg.schedule("0 2 * * *", job=NIGHTLY)(each)) for each in (without_context, several, nothing)}
    return {
        **decorated,
        "list": saying([request, dg.RunRequest("b", job_name="other")]),
        "tags of the schedule": saying(request, tags={"x": "1", "y": "1"}),
        "config": saying({"ops": {}}, tags={"x": "1"}),
        "config and tags_fn": saying({}, tags_fn=lambda context: {"at": str(context.scheduled_execution_time.day)}),
        "none": saying(None),
        "empty": saying([]),
        "skip": saying(dg.SkipReason("no")),
        "skip without": saying(dg.SkipReason()),
        "should not": saying(request, should_execute=lambda context: False),
        "twice the same key": saying([dg.RunRequest("a"), dg.RunRequest("a")]),
    }


def refused() -> dict:
    def raises(context):
        raise ValueError("no")

    return {
        "number": saying(3),
        "list of number": saying([3]),
        "both": saying([dg.RunRequest("a"), dg.SkipReason("b")]),
        "no keys": saying([dg.RunRequest(), dg.RunRequest()]),
        "error": told(dg.schedule("0 2 * * *", job=NIGHTLY)(raises)),
        "should_execute": saying(None, should_execute=raises),
        "tags_fn": saying({}, tags_fn=raises),
        "no context": outcome(lambda: dg.ScheduleDefinition(job=NIGHTLY, cron_schedule="0 2 * * *").evaluate_tick(None)),
    }


def declared() -> dict:
    def made(**options):
        return told(dg.ScheduleDefinition(job=NIGHTLY, cron_schedule="0 2 * * *", **options))

    return {
        "plain": made(),
        "config": made(run_config={"ops": {"a": {}}}, tags={"x": "1"}),
        "functions": made(run_config_fn=lambda context: {"ops": {}}, tags_fn=lambda context: {"x": "2"}),
        "function without context": made(run_config_fn=lambda: {"ops": {}}),
        "execution_fn": made(execution_fn=lambda context: dg.RunRequest("q")),
        "by name": told(dg.ScheduleDefinition(job_name="there", cron_schedule="0 2 * * *")),
        "assets": told(dg.ScheduleDefinition("all", target="*", cron_schedule="0 2 * * *")),
    }


class Limit(dg.ConfigurableResource):
    rows: int = 1


def resources() -> dict:
    @dg.schedule("0 2 * * *", job=NIGHTLY)
    def limited(context, limit: Limit):
        return dg.RunRequest(str(limit.rows))

    return {"given": told(limited, resources={"limit": Limit(rows=4)}), "missing": told(limited)}


def facts() -> dict:
    said = dg.ScheduleDefinition(job=NIGHTLY, cron_schedule="0 2 * * *").evaluate_tick(dg.build_schedule_context())
    return {
        "functions": functions(),
        "refused": refused(),
        "declared": declared(),
        "resources": resources(),
        "value": [type(said).__name__, plain(list(said.run_requests[0].tags)), said.log_key],
    }
