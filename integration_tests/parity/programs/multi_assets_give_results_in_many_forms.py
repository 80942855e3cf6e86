"""What the function of several assets may return and yield."""

import seen

import dagster as dg


def run(function, **given) -> dict:
    definition = dg.multi_asset(name="made", **given)(function)

    def materialized():
        result = dg.materialize_to_memory([definition])
        values = {
            name: seen.outcome(lambda name=name: result.output_for_node("made", name))
            for name in definition.keys_by_output_name
            if "outs" in given
        }
        return {"events": seen.step_events(result), "values": values}

    return seen.outcome(materialized)


def specs(function, **more) -> dict:
    return run(function, specs=[dg.AssetSpec("a"), dg.AssetSpec("b")], **more)


def outs(function, **more) -> dict:
    return run(function, outs={"a": dg.AssetOut(), "b": dg.AssetOut()}, **more)


def yields(*results):
    def made():
        yield from results

    return made


def returns(result):
    return lambda: result


def mr(*args, **kwargs):
    return dg.MaterializeResult(*args, **kwargs)


async def awaited():
    return 1, 2


async def yielding():
    yield dg.Output(1, "a")
    yield dg.Output(2, "b")


def facts() -> dict:
    return {
        "a tuple of values": outs(returns((1, 2))),
        "a tuple of outputs": outs(returns((dg.Output(1, "a"), dg.Output(2, "b")))),
        "outputs without names": outs(returns((dg.Output(1), dg.Output(2)))),
        "outputs and values": outs(returns((dg.Output(1), 2))),
        "outputs the wrong way round": outs(returns((dg.Output(1, "b"), dg.Output(2, "a")))),
        "too many": outs(returns((1, 2, 3))),
        "one of two": outs(returns(1)),
        "a dict": outs(returns({"a": 1, "b": 2})),
        "a list": outs(returns([1, 2])),
        "None": outs(returns(None)),
        "yielded": outs(yields(dg.Output(1, "a"), dg.Output(2, "b"))),
        "yielded the other way round": outs(yields(dg.Output(2, "b"), dg.Output(1, "a"))),
        "yielded once": outs(yields(dg.Output(1, "a"))),
        "yielded twice": outs(yields(dg.Output(1, "a"), dg.Output(2, "a"))),
        "yielded elsewhere": outs(yields(dg.Output(1, "zz"))),
        "yielded plainly": outs(yields(1, 2)),
        "awaited": outs(awaited),
        "yielded asynchronously": outs(yielding),
        "results with values": outs(returns((mr("a", value=1), mr("b", value=2)))),
        "results with values the other way round": outs(returns((mr("b", value=1), mr("a", value=2)))),
        "results without keys": outs(returns((mr(value=1), mr(value=2)))),
        "specs: None": specs(returns(None)),
        "specs: results": specs(returns((mr("b"), mr("a")))),
        "specs: yielded": specs(yields(mr("a"), mr("b"))),
        "specs: yielded once": specs(yields(mr("a"))),
        "specs: of another asset": specs(yields(mr("zz"))),
        "specs: without a key": specs(yields(mr())),
        "specs: values": specs(returns((1, 2))),
        "specs: one of two": specs(returns(mr("a"))),
        "one output": run(returns(5), outs={"a": dg.AssetOut()}),
        "one output, a tuple": run(returns((5,)), outs={"a": dg.AssetOut()}),
        "one spec, a value": run(returns(5), specs=[dg.AssetSpec("a")]),
        "one spec, a result": run(returns(mr(metadata={"n": 1})), specs=[dg.AssetSpec("a")]),
    }
