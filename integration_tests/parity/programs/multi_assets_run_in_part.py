"""Runs of some of the assets that one function makes."""

import seen

import dagster as dg

asked: list = []


@dg.multi_asset(
    specs=[dg.AssetSpec("a"), dg.AssetSpec("b", deps=["a"]), dg.AssetSpec("c", deps=["u"])], can_subset=True
)
def parts(context):
    asked.append(
        [
            sorted(key.to_user_string() for key in context.selected_asset_keys),
            sorted(context.selected_output_names),
            context.is_subset,
        ]
    )
    for key in sorted(context.selected_asset_keys):
        yield dg.MaterializeResult(key)


@dg.asset
def u(): ...


@dg.asset(deps=["b"])
def z(): ...


@dg.multi_asset(specs=[dg.AssetSpec("w1"), dg.AssetSpec("w2", deps=["w1"])])
def whole(): ...


@dg.multi_asset(
    outs={"o1": dg.AssetOut(is_required=False), "o2": dg.AssetOut(is_required=False)}, can_subset=True
)
def stubborn():
    yield dg.Output(1, "o1")
    yield dg.Output(2, "o2")


@dg.multi_asset(
    specs=[dg.AssetSpec("q1"), dg.AssetSpec("q2")],
    can_subset=True,
    check_specs=[dg.AssetCheckSpec("c1", asset="q1"), dg.AssetCheckSpec("c2", asset="q2")],
)
def checked(context):
    for key in sorted(context.selected_asset_keys):
        yield dg.MaterializeResult(key)
    for key in sorted(context.selected_asset_check_keys):
        yield dg.AssetCheckResult(asset_key=key.asset_key, check_name=key.name, passed=True)


def run(selection, *assets) -> dict:
    asked.clear()

    def made():
        result = dg.materialize_to_memory(list(assets), selection=selection)
        return {"events": seen.step_events(result), "asked": list(asked)}

    return seen.outcome(made)


def facts() -> dict:
    defs = dg.Definitions(assets=[parts, u, z], jobs=[dg.define_asset_job("job", selection=["b", "z"])])
    return {
        "one": run(["a"], parts, u, z),
        "two": run(["b", "c"], parts, u, z),
        "all": run(None, parts, u, z),
        "one and what follows": run(["b", "z"], parts, u, z),
        "of a function that cannot": run(["w1"], whole),
        "in a job of a function that cannot": seen.outcome(
            lambda: dg.Definitions(
                assets=[whole], jobs=[dg.define_asset_job("job", selection=["w1"])]
            ).resolve_job_def("job")
        ),
        "one that gives too much": run(["o1"], stubborn),
        "with checks": run(["q1"], checked),
        "all with checks": run(None, checked),
        "in a job": seen.step_events(defs.resolve_job_def("job").execute_in_process()),
        "steps of a job": sorted(key.to_user_string() for key in defs.resolve_job_def("job").asset_layer.selected_asset_keys),
    }
