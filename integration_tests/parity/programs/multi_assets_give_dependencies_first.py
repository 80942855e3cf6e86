"""The order in which one function gives assets that depend on each other."""

import seen

import dagster as dg

CHAIN = [dg.AssetSpec("a"), dg.AssetSpec("b", deps=["a"]), dg.AssetSpec("c", deps=["b"])]
OPTIONAL = [dg.AssetSpec("a", skippable=True), dg.AssetSpec("b", deps=["a"])]


def run(function, selection=None, decorator=dg.multi_asset, **given) -> dict:
    def made():
        definition = decorator(name="made", **(given or {"specs": CHAIN}))(function)
        return seen.step_events(dg.materialize_to_memory([definition], selection=selection))

    return seen.outcome(made, ["a", "b", "topological order"])


def yields(*keys, result=dg.MaterializeResult):
    def made():
        for key in keys:
            yield result(key)

    return made


def outputs(*names):
    def made():
        for name in names:
            yield dg.Output(1, name)

    return made


def facts() -> dict:
    result = dg.MaterializeResult
    in_parts = {"specs": CHAIN, "can_subset": True}
    outs = {"outs": {"a": dg.AssetOut(), "b": dg.AssetOut()}, "internal_asset_deps": {"b": {dg.AssetKey("a")}}}
    watched = dg.multi_observable_source_asset(specs=CHAIN)(yields("b", "a", "c", result=dg.ObserveResult))
    return {
        "in order": run(yields("a", "b", "c")),
        "the dependency late": run(yields("b", "a", "c")),
        "backwards": run(yields("c", "b", "a")),
        "the dependency left out": run(yields("b", "c")),
        "the last alone": run(yields("c")),
        "a tuple": run(lambda: (result("b"), result("a"), result("c"))),
        "an optional one left out": run(yields("b"), specs=OPTIONAL),
        "an optional one late": run(yields("b", "a"), specs=OPTIONAL),
        "outputs": run(outputs("b", "a"), **outs),
        "nothing said": run(lambda: None),
        "in part": run(yields("c"), ["c"], **in_parts),
        "in part, late": run(yields("c", "b"), ["b", "c"], **in_parts),
        "in part, apart": run(yields("c", "a"), ["a", "c"], **in_parts),
        "observed": seen.outcome(
            lambda: dg.Definitions(assets=[watched]).resolve_implicit_global_asset_job_def().execute_in_process().success
        ),
    }
