"""Policies with delay, backoff and jitter in runs: what the events say of the wait; requests that override it."""

import seen

import dagster as dg


@dg.op(retry_policy=dg.RetryPolicy(max_retries=3, delay=0.001))
def same(context):
    raise ValueError(context.retry_number)


@dg.op(retry_policy=dg.RetryPolicy(max_retries=3, delay=0.001, backoff=dg.Backoff.LINEAR))
def linear(context):
    raise ValueError(context.retry_number)


@dg.op(retry_policy=dg.RetryPolicy(max_retries=4, delay=0.001, backoff=dg.Backoff.EXPONENTIAL))
def exponential(context):
    raise ValueError(context.retry_number)


@dg.op(retry_policy=dg.RetryPolicy(max_retries=2, delay=0.001, jitter=dg.Jitter.FULL))
def jittered(context):
    raise ValueError(context.retry_number)


@dg.op(retry_policy=dg.RetryPolicy(max_retries=2, delay=0.5))
def requests(context):
    raise dg.RetryRequested(max_retries=2, seconds_to_wait=0.002)


@dg.op
def failure(context):
    if context.retry_number == 0:
        raise dg.RetryRequested(seconds_to_wait=0) from KeyError("inner")
    raise dg.Failure("done", metadata={"n": 1})


@dg.op(retry_policy=dg.RetryPolicy(max_retries=2))
def interrupts(context):
    raise dg.Failure("failure is tried again", metadata={"try": context.retry_number})


OPS = [same, linear, exponential, jittered, requests, failure, interrupts]


def told(op) -> dict:
    @dg.job(name="one_op")
    def one_op():
        op()

    result = one_op.execute_in_process(raise_on_error=False)
    waits = [event.event_specific_data.seconds_to_wait for event in result.all_events if event.event_type_value == "STEP_UP_FOR_RETRY"]
    failed = result.get_step_failure_events()
    data = failed[0].step_failure_data.user_failure_data if failed else None
    return {
        "events": seen.step_events(result),
        "waits": [None if wait is None else round(wait, 6) for wait in waits] if op is not jittered else [0 <= wait <= 0.01 for wait in waits],
        "attempts": result.retry_attempts_for_node(op.name) if hasattr(result, "retry_attempts_for_node") else None,
        "metadata": seen.metadata(data.metadata) if data else None,
    }


def facts() -> dict:
    return {op.name: told(op) for op in OPS}
