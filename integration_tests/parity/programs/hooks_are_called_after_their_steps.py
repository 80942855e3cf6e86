"""Hooks of jobs and nodes: when they are called, which events tell of it, and that they change nothing."""

import seen

import dagster as dg

SAID = []


@dg.success_hook
def cheers(context):
    SAID.append(["cheers", context.step_key])


@dg.failure_hook
def alarms(context):
    SAID.append(["alarms", context.step_key, repr(context.op_exception)])


@dg.success_hook
def breaks(context):
    raise ValueError("the hook is broken")


@dg.op
def one():
    return 1


@dg.op
def fails():
    raise ValueError("no")


@dg.op
def takes(x):
    return x


@dg.op(retry_policy=dg.RetryPolicy(max_retries=1))
def fails_once(context):
    if context.retry_number == 0:
        raise ValueError("not yet")
    return 1


@dg.op(out=dg.Out(is_required=False))
def nothing():
    yield from ()


@dg.graph
def inner():
    return takes(one())


def job_of(*hooks, body):
    @dg.job(name="hooked", hooks=set(hooks))
    def hooked():
        body()

    return hooked


def seen_of(job):
    SAID.clear()
    result = job.execute_in_process(raise_on_error=False)
    kinds = ("STEP_SUCCESS", "STEP_FAILURE", "STEP_SKIPPED", "STEP_UP_FOR_RETRY")
    return {
        "success": result.success,
        "said": list(SAID),
        "events": [pair for pair in seen.events(result) if pair[0] in kinds or pair[0].startswith("HOOK")],
    }


def facts() -> dict:
    errored = job_of(breaks, body=lambda: one()).execute_in_process()
    event = next(event for event in errored.all_events if event.event_type_value == "HOOK_ERRORED")
    return {
        "success": seen_of(job_of(cheers, body=lambda: takes(one()))),
        "failure": seen_of(job_of(alarms, body=lambda: takes(fails()))),
        "success of a failure": seen_of(job_of(cheers, body=lambda: takes(fails()))),
        "of a node": seen_of(job_of(body=lambda: takes.with_hooks({cheers})(one()))),
        "of a graph": seen_of(job_of(body=lambda: inner.with_hooks({cheers})())),
        "a try that fails": seen_of(job_of(alarms, body=lambda: fails_once())),
        "a step that is skipped": seen_of(job_of(cheers, body=lambda: takes(nothing()))),
        "a hook that raises": seen_of(job_of(breaks, body=lambda: takes(one()))),
        "its error": [event.event_specific_data.error.message, event.event_specific_data.error.cls_name],
        "of a job with more": seen_of(job_of(body=lambda: one()).with_hooks({cheers})),
        "raised": seen.outcome(lambda: job_of(alarms, body=lambda: fails()).execute_in_process(), mentions=["no"]),
        "step events": [pair[0] for pair in seen.step_events(job_of(cheers, body=lambda: one()).execute_in_process())],
        "node events": [event.event_type_value for event in errored.all_node_events],
    }
