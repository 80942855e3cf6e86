"""Failures stop what depends on them; policies of ops, of their nodes and of the job try again."""

import seen

import dagster as dg

TRIES = {}


def counted(name):
    TRIES[name] = TRIES.get(name, 0) + 1
    return TRIES[name]


@dg.op
def fails(context):
    counted(f"{context.op_handle}")
    raise ValueError("no")


@dg.op(retry_policy=dg.RetryPolicy(max_retries=2))
def fails_twice(context):
    if counted("fails_twice") < 3:
        raise ValueError("not yet")
    return context.retry_number


@dg.op
def requests(context):
    if context.retry_number == 0:
        raise dg.RetryRequested(max_retries=1)
    return context.retry_number


@dg.op
def below(x):
    return x


@dg.op
def beside():
    return 1


@dg.op
def gives_up():
    raise dg.Failure("on purpose", metadata={"rows": 0}, allow_retries=False)


@dg.job
def failing():
    below(fails())
    beside()


@dg.job(op_retry_policy=dg.RetryPolicy(max_retries=1))
def retrying():
    fails()
    fails.with_retry_policy(dg.RetryPolicy(max_retries=2)).alias("patient")()
    below(fails_twice())
    requests()
    gives_up()


def facts() -> dict:
    result = failing.execute_in_process(raise_on_error=False)
    again = retrying.execute_in_process(raise_on_error=False)
    nodes = ("fails", "patient", "fails_twice", "requests", "gives_up")
    failure = again.failure_data_for_node("gives_up")
    return {
        "raised": seen.outcome(failing.execute_in_process, mentions=["no"]),
        "success": result.success,
        "events": seen.step_events(result),
        "untouched": result.is_node_untouched("below"),
        "failed": sorted(result.get_failed_step_keys()),
        "failure": result.failure_data_for_node("fails").error.cls_name,
        "retries": {name: again.retry_attempts_for_node(name) for name in nodes},
        "tries": {name: TRIES[name] for name in ("patient", "fails_twice")},
        "values": [again.output_for_node("fails_twice"), again.output_for_node("requests")],
        "events of the job that retries": seen.step_events(again),
        "said": [failure.user_failure_data.description, sorted(failure.user_failure_data.metadata)],
    }
