"""Outputs that the function leaves out, and what follows of them."""

import seen

import dagster as dg


@dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut(is_required=False)})
def some():
    yield dg.Output(1, "a")


@dg.asset
def after_a(a):
    return a


@dg.asset
def after_b(b):
    return b


@dg.asset(deps=["b"])
def ordered_after_b(): ...


@dg.asset(deps=["after_b"])
def further(): ...


@dg.multi_asset(specs=[dg.AssetSpec("s1"), dg.AssetSpec("s2", skippable=True)])
def of_specs():
    yield dg.MaterializeResult("s1")


@dg.asset(deps=["s2"])
def after_s2(): ...


@dg.multi_asset(outs={"r1": dg.AssetOut(), "r2": dg.AssetOut()})
def owing():
    yield dg.Output(1, "r1")


@dg.multi_asset(
    outs={"n1": dg.AssetOut(is_required=False), "n2": dg.AssetOut(is_required=False)}
)
def nothing():
    if False:
        yield


def run(*assets) -> dict:
    def made():
        result = dg.materialize_to_memory(list(assets), raise_on_error=False)
        return {"events": seen.step_events(result), "success": result.success}

    return seen.outcome(made)


def facts() -> dict:
    return {
        "downstream": run(some, after_a, after_b, ordered_after_b, further),
        "specs": run(of_specs, after_s2),
        "an output that is owed": run(owing),
        "nothing at all": run(nothing),
        "raised": seen.outcome(lambda: dg.materialize_to_memory([owing]), ["r2", "owing"]),
    }
