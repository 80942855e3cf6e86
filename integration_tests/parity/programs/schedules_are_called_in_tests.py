"""@schedule: direct calls with contexts, resources and without; what contexts answer."""

import datetime

import seen

import dagster as dg

nightly = dg.define_asset_job("nightly")


def decorated(function, **given):
    return dg.schedule(**{"cron_schedule": "0 * * * *", "job": nightly, **given})(function)


def empty():
    return {}


def config(context):
    return {"ops": {}}


def timed(context: dg.ScheduleEvaluationContext):
    return dg.RunRequest(run_key=context.scheduled_execution_time.strftime("%Y-%m-%d"))


def with_resource(limit: dg.ResourceParam[int]):
    return dg.SkipReason(str(limit))


def with_both(context, limit: dg.ResourceParam[int]):
    return dg.SkipReason(str(limit))


def of_other_name(moment: dg.ScheduleEvaluationContext):
    return dg.SkipReason("moment")


def several():
    yield dg.RunRequest("a")
    yield dg.RunRequest("b")


def fails(context):
    raise ValueError("out of paper")


TIME = datetime.datetime(2024, 5, 1, 9, tzinfo=datetime.timezone.utc)


def context(**given):
    return dg.build_schedule_context(**given)


def said(value):
    if isinstance(value, dg.RunRequest):
        return ["run", value.run_key]
    if isinstance(value, dg.SkipReason):
        return ["skip", value.skip_message]
    if isinstance(value, dict):
        return value
    return [said(each) for each in value]


CALLS = {
    "nothing": lambda: decorated(empty)(),
    "nothing with context": lambda: decorated(empty)(context()),
    "config": lambda: decorated(config)(context()),
    "by name": lambda: decorated(config)(context=context()),
    "timed": lambda: decorated(timed)(context(scheduled_execution_time=TIME)),
    "no time": lambda: decorated(timed)(context()),
    "no context": lambda: decorated(config)(),
    "wrong name": lambda: decorated(of_other_name)(context=context()),
    "other name": lambda: decorated(of_other_name)(context()),
    "two": lambda: decorated(config)(context(), 3),
    "resource in context": lambda: decorated(with_resource)(context(resources={"limit": 3})),
    "resource by name": lambda: decorated(with_resource)(limit=3),
    "resource missing": lambda: decorated(with_resource)(),
    "both": lambda: decorated(with_both)(context(resources={"limit": 3})),
    "both by name": lambda: decorated(with_both)(context(), limit=3),
    "both missing": lambda: decorated(with_both)(context()),
    "several": lambda: decorated(several)(),
    "fails": lambda: decorated(fails)(context()),
    "should not": lambda: decorated(timed, should_execute=lambda context: False)(context(scheduled_execution_time=TIME)),
    "twice declared": lambda: decorated(with_resource, required_resource_keys={"limit"}),
    "no job": lambda: dg.schedule("@daily")(empty),
}


@dg.resource
def numbers(_):
    yield 3


def contexts() -> dict:
    def with_generator():
        with context(resources={"numbers": numbers}) as entered:
            return entered.resources.numbers

    return {
        "instance": seen.outcome(lambda: context().instance),
        "repository": seen.outcome(lambda: context().repository_def),
        "resource": context(resources={"a": 1}).resources.a,
        "unknown resource": seen.outcome(lambda: context(resources={"a": 1}).resources.b),
        "generator outside": seen.outcome(lambda: context(resources={"numbers": numbers}).resources.numbers),
        "generator inside": seen.outcome(with_generator),
        "instance number": seen.outcome(lambda: context(instance=3)),
        "time string": seen.outcome(lambda: context(scheduled_execution_time="noon")),
        "merged": context(resources={"a": 1}).merge_resources({"b": 2}).resources.b,
        "is one": isinstance(context(), dg.ScheduleEvaluationContext),
    }


def facts() -> dict:
    return {
        "calls": {name: seen.outcome(lambda call=call: said(call())) for name, call in CALLS.items() if name != "no job" and name != "twice declared"},
        "refused": {name: seen.outcome(CALLS[name]) for name in ("no job", "twice declared")},
        "names": [decorated(empty).name, decorated(empty, name="other").name, decorated(empty).__name__],
        "resources": [sorted(decorated(each).required_resource_keys) for each in (empty, with_resource, with_both)],
        "targets": [decorated(empty, job=None, target="*").job_name, decorated(empty, job=None, target="*").has_anonymous_job],
        "contexts": contexts(),
    }
