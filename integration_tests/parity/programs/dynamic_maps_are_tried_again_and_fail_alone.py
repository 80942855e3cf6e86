"""Steps of a map are steps as others: tried again, failed, skipped, each by itself."""

import seen

import dagster as dg

TRIES = {}


@dg.op(out=dg.DynamicOut())
def letters():
    for letter in "abcd":
        yield dg.DynamicOutput(letter, mapping_key=letter)


@dg.op(retry_policy=dg.RetryPolicy(max_retries=2))
def flaky(context, letter):
    TRIES[letter] = TRIES.get(letter, 0) + 1
    if letter == "b" and context.retry_number < 2:
        raise ValueError("not yet")
    if letter == "c":
        raise ValueError("never")
    return f"{letter}{context.retry_number}{context.get_mapping_key()}"


@dg.op
def requests(context, letter):
    if letter == "a" and context.retry_number == 0:
        raise dg.RetryRequested(max_retries=1)
    return letter


@dg.op(out=dg.Out(is_required=False))
def some(letter):
    if letter != "d":
        yield dg.Output(letter.upper())


@dg.op
def after(x):
    return x


@dg.op
def collect(xs):
    return xs


@dg.job
def failing():
    mapped = letters().map(flaky)
    collect(mapped.map(after).collect())


@dg.job
def requesting():
    collect(letters().map(requests).collect())


@dg.job
def skipping():
    collect(letters().map(some).map(after).collect())


def seen_of(job, *names):
    result = job.execute_in_process(raise_on_error=False)
    return {
        "success": result.success,
        "events": seen.step_events(result),
        "values": {name: seen.outcome(lambda name=name: result.output_for_node(name)) for name in names},
        "failed": sorted(result.get_failed_step_keys()),
    }


def facts() -> dict:
    return {
        "failing": seen_of(failing, "letters", "flaky", "after", "collect"),
        "tries": dict(TRIES),
        "requesting": seen_of(requesting, "requests", "collect"),
        "skipping": seen_of(skipping, "some", "after", "collect"),
    }
