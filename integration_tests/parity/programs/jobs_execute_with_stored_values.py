"""`execute_job`: values are where IO managers store them, and are loaded while the result is open."""

import seen

import dagster as dg


@dg.op(out={"low": dg.Out(), "high": dg.Out()})
def bounds():
    return 1, 2


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def added(x, y):
    return x + y


@dg.graph
def inner(y):
    return added(numbers().map(lambda x: added.alias("each")(x, y)).collect(), [y])


@dg.op
def fails():
    raise ValueError("no")


@dg.job(executor_def=dg.in_process_executor)
def good():
    low, high = bounds()
    inner(high)
    added.alias("sum")(low, high)


@dg.job(executor_def=dg.in_process_executor)
def bad():
    added(fails(), bounds()[0])


def facts() -> dict:
    with dg.DagsterInstance.local_temp() as instance:
        with dg.execute_job(dg.reconstructable(good), instance, tags={"a": "b"}) as result:
            open_values = {
                "low": result.output_for_node("bounds", "low"),
                "sum": result.output_for_node("sum"),
                "each": result.output_for_node("inner.each"),
                "graph": result.output_for_node("inner"),
                "numbers": result.output_for_node("inner.numbers"),
                "unknown": seen.outcome(lambda: result.output_for_node("nowhere")),
            }
        failed = dg.execute_job(dg.reconstructable(bad), instance)
        stored = instance.get_run_by_id(result.run_id)
        part = dg.execute_job(dg.reconstructable(good), instance, op_selection=["bounds", "sum"])
        return {
            "type": type(result).__name__,
            "events": seen.events(result),
            "values": open_values,
            "closed": seen.outcome(lambda: part.output_for_node("sum"), mentions=["context manager"]),
            "failed": [failed.success, sorted(failed.get_failed_step_keys()), failed.is_node_untouched("added")],
            "raised": seen.outcome(
                lambda: dg.execute_job(dg.reconstructable(bad), instance, raise_on_error=True), mentions=["no"]
            ),
            "tags": seen.tags(stored.tags),
            "selected": [instance.get_run_by_id(part.run_id).op_selection, seen.step_events(part)[0]],
            "run": [stored.status.value, stored.job_name, stored.asset_selection, sorted(stored.step_keys_to_execute)],
            "ephemeral": seen.outcome(
                lambda: dg.execute_job(dg.reconstructable(good), dg.DagsterInstance.ephemeral()).success
            ),
        }
