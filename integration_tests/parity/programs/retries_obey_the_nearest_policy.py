"""Which policy holds where several could: of the op, its node, the graphs around, the job; what user code may say against it."""

import seen

import dagster as dg


def policy(times):
    return dg.RetryPolicy(max_retries=times)


@dg.op
def plain(context):
    raise ValueError(context.retry_number)


@dg.op(retry_policy=policy(1))
def own(context):
    raise ValueError(context.retry_number)


@dg.op
def gives_up(context):
    raise dg.Failure("no", allow_retries=False, metadata={"n": 1})


@dg.op
def gives_up_later(context):
    if context.retry_number == 1:
        raise dg.Failure("enough", allow_retries=False)
    raise ValueError("again")


@dg.op
def asks(context):
    if context.retry_number < 2:
        raise dg.RetryRequested(max_retries=2)
    return context.retry_number


@dg.op(retry_policy=policy(5))
def asks_once(context):
    raise dg.RetryRequested(max_retries=1) from ValueError("inner")


@dg.op(out=dg.DynamicOut(), retry_policy=policy(1))
def many(context):
    yield dg.DynamicOutput(1, f"try_{context.retry_number}")
    if not context.retry_number:
        raise ValueError("after an output")


@dg.op(retry_policy=policy(1))
def yields_then_fails(context):
    yield dg.AssetMaterialization("m", metadata={"try": context.retry_number})
    yield dg.Output(context.retry_number)
    if not context.retry_number:
        raise ValueError("late")


@dg.op
def after(x):
    return x


@dg.graph
def inner():
    plain()
    own()


@dg.graph
def outer():
    inner()


@dg.job(op_retry_policy=policy(2))
def of_job():
    outer()
    plain.alias("node").with_retry_policy(policy(3))()
    own.alias("of_op")()


@dg.job
def of_graph():
    outer()


@dg.job(op_retry_policy=policy(3))
def by_user():
    gives_up()
    gives_up_later()
    after(asks())
    asks_once()


@dg.job
def partly():
    many().map(after)
    after.alias("late")(yields_then_fails())


def counted(result) -> dict:
    counts: dict = {}
    for event, step in seen.step_events(result):
        if event in ("STEP_UP_FOR_RETRY", "STEP_RESTARTED", "STEP_FAILURE", "STEP_SUCCESS"):
            counts.setdefault(step, {}).setdefault(event, 0)
            counts[step][event] += 1
    return counts


def facts() -> dict:
    jobs = [of_job, of_graph, by_user, partly]
    results = {job.name: job.execute_in_process(raise_on_error=False) for job in jobs}
    return {
        "counts": {name: counted(result) for name, result in results.items()},
        "partly": seen.step_events(results["partly"]),
        "failed": {
            event.step_key: event.step_failure_data.user_failure_data is not None
            for result in results.values()
            for event in result.get_step_failure_events()
        },
        "waits": sorted(
            [event.step_key, event.event_specific_data.seconds_to_wait]
            for event in results["by_user"].all_events
            if event.event_type_value == "STEP_UP_FOR_RETRY"
        ),
    }
