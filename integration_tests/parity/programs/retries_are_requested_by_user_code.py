"""`RetryRequested`: user code asks for another try."""

import seen

import dagster as dg


def run(error, fails=1, policy=None) -> dict:
    numbers: list = []

    @dg.asset(retry_policy=policy)
    def flaky(context):
        numbers.append(context.retry_number)
        if len(numbers) <= fails:
            raise error()
        return len(numbers)

    result = dg.materialize_to_memory([flaky], raise_on_error=False)
    failure = result.failure_data_for_node("flaky")
    return {
        "numbers": numbers,
        "success": result.success,
        "events": seen.step_events(result),
        "waits": [
            event.event_specific_data.seconds_to_wait
            for event in result.all_events
            if event.event_type_value == "STEP_UP_FOR_RETRY"
        ],
        "source": failure and failure.error_source.name,
        "says": failure and "Exceeded max_retries" in failure.error.message,
    }


def with_cause():
    try:
        1 / 0
    except ZeroDivisionError as error:
        request = dg.RetryRequested(1)
        request.__cause__ = error
        return request


def facts() -> dict:
    request = dg.RetryRequested
    return {
        "once": run(lambda: request(2)),
        "with a pause": run(lambda: request(1, 0.05)),
        "too often": run(lambda: request(2), fails=9),
        "without a number": run(lambda: request(), fails=9),
        "with a cause": run(with_cause, fails=9),
        "before the policy": run(lambda: request(1), fails=9, policy=dg.RetryPolicy(max_retries=3)),
        "attributes": [request(3, 2).max_retries, request(3, 2).seconds_to_wait, request().max_retries],
        "failures": [dg.Failure().allow_retries, dg.Failure(allow_retries=False).allow_retries],
    }
