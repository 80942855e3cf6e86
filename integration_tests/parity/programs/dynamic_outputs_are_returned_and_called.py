"""Ops with dynamic outputs that return lists, beside other outputs, and called directly in tests."""

import seen

import dagster as dg


@dg.op(out=dg.DynamicOut(int))
def listed():
    return [dg.DynamicOutput(1, "a"), dg.DynamicOutput(2, "b", metadata={"n": 2})]


@dg.op(out=dg.DynamicOut(int))
def yielded():
    yield dg.AssetMaterialization("made")
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op(out=dg.DynamicOut(int))
def empty():
    return []


@dg.op(out={"parts": dg.DynamicOut(int), "whole": dg.Out(str)})
def mixed():
    return [dg.DynamicOutput(1, "k", "parts")], "s"


@dg.op(out={"parts": dg.DynamicOut(int), "whole": dg.Out(str)})
def mixed_unnamed():
    return [dg.DynamicOutput(1, "k")], "s"


@dg.op(out={"a": dg.DynamicOut(int), "b": dg.DynamicOut(int)})
def two():
    return [dg.DynamicOutput(1, "k", "a")], [dg.DynamicOutput(1, "k", "b"), dg.DynamicOutput(2, "l", "b")]


@dg.op(out=dg.DynamicOut(int))
def alone():
    return dg.DynamicOutput(1, "k")


@dg.op(out=dg.DynamicOut(int))
def nothing():
    return None


@dg.op(out=dg.DynamicOut(int))
def as_tuple():
    return dg.DynamicOutput(1, "k"), dg.DynamicOutput(2, "l")


@dg.op(out=dg.DynamicOut(int))
def numbers():
    return [1, 2]


@dg.op(out=dg.DynamicOut(int))
def mistyped():
    yield dg.DynamicOutput("x", "a")


@dg.op(out=dg.DynamicOut(int))
def no_key():
    yield dg.Output(1)


@dg.op
def key_for_nothing():
    yield dg.DynamicOutput(1, "a")


OPS = [
    listed, yielded, empty, mixed, mixed_unnamed, two, alone, nothing, as_tuple, numbers, mistyped, no_key, key_for_nothing
]


def shown(given) -> object:
    if isinstance(given, (dg.DynamicOutput, dg.Output)):
        return [type(given).__name__, given.value, given.output_name, getattr(given, "mapping_key", None)]
    if type(given) in (list, tuple) or hasattr(given, "__next__"):
        return [type(given).__name__, [shown(each) for each in given]]
    return seen.plain(given)


def run(op) -> dict:
    @dg.job(name="one_op")
    def one_op():
        op()

    result = one_op.execute_in_process(raise_on_error=False)
    failed = [each.step_failure_data.error.cls_name for each in result.get_step_failure_events()]
    values = {each.name: seen.outcome(lambda name=each.name: result.output_for_node(op.name, name)) for each in op.output_defs}
    return {"success": result.success, "failed": failed, "events": seen.step_events(result), "values": values if not failed else None}


def facts() -> dict:
    return {
        "called": {op.name: seen.outcome(lambda op=op: shown(op())) for op in OPS},
        "run": {op.name: run(op) for op in OPS},
        "outs": [[each.name, each.is_dynamic, each.is_required] for each in mixed.output_defs],
    }
