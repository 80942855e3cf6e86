"""Steps that fail and have a retry policy: tries, events in order, what the run says."""

import seen

import dagster as dg


def run(policy, fails, error=lambda: ValueError("no"), **job) -> dict:
    numbers: list = []

    @dg.asset(retry_policy=policy)
    def flaky(context):
        numbers.append(context.retry_number)
        if len(numbers) <= fails:
            raise error()
        return len(numbers)

    @dg.asset
    def below(flaky):
        return flaky

    @dg.asset
    def zebra():
        numbers.append("zebra")

    instance = dg.DagsterInstance.ephemeral()
    defs = dg.Definitions(
        assets=[flaky, below, zebra], jobs=[dg.define_asset_job("job", **job)], resources={"io_manager": dg.InMemoryIOManager()}
    )
    result = defs.resolve_job_def("job").execute_in_process(raise_on_error=False, instance=instance)
    waits = [
        event.event_specific_data.seconds_to_wait
        for event in result.all_events
        if event.event_type_value == "STEP_UP_FOR_RETRY"
    ]
    return {
        "numbers": numbers,
        "success": result.success,
        "events": seen.step_events(result),
        "log": seen.log(instance, result.run_id),
        "waits": waits,
        "attempts": result.retry_attempts_for_node("flaky"),
        "messages": [
            event.message
            for event in result.all_events
            if event.event_type_value in ("STEP_UP_FOR_RETRY", "STEP_RESTARTED")
        ],
    }


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=1))
def wrong_type() -> int:
    return "x"


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=1))
def hopeless():
    raise ValueError("boo")


@dg.multi_asset(specs=[dg.AssetSpec("m1"), dg.AssetSpec("m2")], retry_policy=dg.RetryPolicy())
def halfway(context):
    yield dg.MaterializeResult("m1")
    if context.retry_number == 0:
        raise ValueError()
    yield dg.MaterializeResult("m2")


class BrokenShelf(dg.IOManager):
    def handle_output(self, context, obj):
        raise ValueError("shelf")

    def load_input(self, context): ...


@dg.asset(retry_policy=dg.RetryPolicy())
def unstorable():
    return 1


def steps_of(*assets, **given) -> list:
    return seen.step_events(dg.materialize(list(assets), raise_on_error=False, **given))


def facts() -> dict:
    policy = dg.RetryPolicy
    return {
        "once": run(policy(max_retries=2), 1),
        "too often": run(policy(max_retries=2), 9),
        "with a pause": run(policy(max_retries=1, delay=0.05), 1),
        "none": run(policy(max_retries=0), 9),
        "of the job": run(None, 1, op_retry_policy=policy()),
        "own before that of the job": run(policy(max_retries=1), 9, op_retry_policy=policy(max_retries=5)),
        "a failure": run(policy(), 1, lambda: dg.Failure("no", metadata={"a": 1})),
        "a failure that forbids it": run(policy(), 9, lambda: dg.Failure("no", allow_retries=False)),
        "a value of the wrong type": steps_of(wrong_type),
        "halfway": steps_of(halfway),
        "an io manager": steps_of(unstorable, resources={"io_manager": BrokenShelf()}),
        "raised": seen.outcome(lambda: dg.materialize([hopeless]), ["max_retries", "1"]),
    }
