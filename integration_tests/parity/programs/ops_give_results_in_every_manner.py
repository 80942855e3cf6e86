"""Functions of ops as generators, coroutines and both; events that they yield or log; metadata of outputs."""

import seen

import dagster as dg


@dg.op
async def awaits():
    return 1


@dg.op
async def yields_later():
    yield dg.AssetMaterialization("a", metadata={"rows": 1})
    yield dg.Output(2, metadata={"kind": "b"})


@dg.op(out={"x": dg.Out(), "y": dg.Out()})
def expects(context):
    yield dg.ExpectationResult(success=True, label="fine", description="d")
    yield dg.ExpectationResult(success=False, label="not fine", metadata={"n": 1})
    yield dg.AssetObservation("o", metadata={"m": "v"}, tags={"dagster/data_version": "1"})
    context.add_output_metadata({"n": 1}, output_name="y")
    yield dg.Output(1, "y")
    context.log_event(dg.AssetMaterialization(["deep", "key"], partition="p"))
    yield dg.Output(2, "x")


@dg.op(out=dg.Out(dagster_type=dg.Nothing))
def nothing():
    pass


@dg.op
def returns_output() -> dg.Output[int]:
    return dg.Output(5, metadata={"five": 5}, data_version=dg.DataVersion("v5"))


@dg.op(out={"a": dg.Out(int), "b": dg.Out(str)})
def returns_tuple() -> tuple[int, str]:
    return 1, "b"


@dg.op(out={"a": dg.Out(int), "b": dg.Out(str)})
def returns_outputs():
    return dg.Output(1, "a"), dg.Output("b", "b")


@dg.op
def yields_nothing():
    if False:
        yield 1


@dg.op
def yields_value():
    yield 5


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def returns_one():
    return 1


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def returns_three():
    return 1, 2, 3


@dg.op
def wrong_name():
    yield dg.Output(1, "other")


@dg.op
def twice():
    yield dg.Output(1)
    yield dg.Output(2)


@dg.op(out={"x": dg.Out(), "y": dg.Out()})
def metadata_for_unknown(context):
    context.add_output_metadata({"a": 1}, output_name="z")
    return 1, 2


@dg.op(out={"x": dg.Out(), "y": dg.Out()})
def metadata_for_nobody(context):
    context.add_output_metadata({"a": 1})
    return 1, 2


@dg.op
def metadata_after(context):
    yield dg.Output(1)
    context.add_output_metadata({"late": 1})


@dg.op
def metadata_twice(context):
    context.add_output_metadata({"a": 1})
    context.add_output_metadata({"b": 2})
    return dg.Output(1)


@dg.op
def metadata_both(context):
    context.add_output_metadata({"a": 1})
    return dg.Output(1, metadata={"b": 2})


@dg.op
def returns_materialize_result():
    return dg.MaterializeResult(asset_key="a")


@dg.op
def returns_a_failure():
    return dg.Failure("no")


def run(op) -> dict:
    @dg.job(name="one_op")
    def one_op():
        op()

    result = one_op.execute_in_process(raise_on_error=False)
    outputs = {e.step_output_data.output_name: seen.metadata(e.step_output_data.metadata or {}) for e in result.filter_events(
        lambda event: event.is_successful_output)}
    failure = [e.step_failure_data.error for e in result.get_step_failure_events()]
    return {
        "success": result.success,
        "events": seen.step_events(result),
        "values": {name: seen.plain(result.output_for_node(op.name, name)) for name in outputs} if result.success else None,
        "metadata": outputs,
        "failure": [[each.cls_name, each.cause.cls_name if each.cause else None] for each in failure],
    }


OPS = [
    awaits, yields_later, expects, nothing, returns_output, returns_tuple, returns_outputs, yields_nothing, yields_value,
    returns_one, returns_three, wrong_name, twice, metadata_for_unknown, metadata_for_nobody, metadata_after, metadata_twice,
    metadata_both, returns_materialize_result, returns_a_failure,
]


def facts() -> dict:
    return {op.name: run(op) for op in OPS}
