"""A function whose assets lie before and after another function's is called more than once in a run."""

import seen

import dagster as dg


def several(name, **deps):
    @dg.multi_asset(name=name, specs=[dg.AssetSpec(key, deps=found) for key, found in deps.items()], can_subset=True)
    def made(context):
        for key in sorted(context.selected_asset_keys):
            yield dg.MaterializeResult(key)

    return made


def between(name, *deps):
    @dg.asset(name=name, deps=list(deps))
    def made(): ...

    return made


def steps(*assets) -> dict:
    def made():
        result = dg.materialize_to_memory(list(assets))
        found: dict = {}
        for event in result.get_asset_materialization_events():
            found.setdefault(event.step_key, []).append(event.asset_key.to_user_string())
        return {"steps": found, "order": list(dict.fromkeys(event.step_key for event in result.all_events if event.step_key and event.is_step_event))}

    outcome = seen.outcome(made)
    outcome.pop("cause", None)
    return outcome


@dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b", deps=["x"])])
def whole(): ...


def facts() -> dict:
    return {
        "before and after": steps(several("m", a=[], b=["x"]), between("x", "a")),
        "the later one has the smaller key": steps(several("m", z=[], a=["x"]), between("x", "z")),
        "three times": steps(several("m", a=[], b=["x"], c=["y"], d=[]), between("x", "a"), between("y", "b")),
        "with what follows inside": steps(several("m", a=[], b=["a"], c=["x", "b"], d=["c"]), between("x", "a")),
        "side by side": steps(several("m", a=[], b=["a"], c=["x"], e=[], d=["c", "e"]), between("x", "b")),
        "with another beside it": steps(several("m", a=[], b=["w"], c=["x"]), between("x", "a"), between("w")),
        "not in the way": steps(several("m", a=[], b=["w"]), between("w")),
        "two functions": steps(several("k", p=[], q=["b"]), several("l", a=["p"], b=[])),
        "only one of them": steps(several("k", p=[]), several("l", a=["p"], b=[])),
        "one that cannot": steps(whole, between("x", "a")),
        "a name that is taken": steps(several("m", a=[], b=["x"]), between("x", "a"), between("m_3")),
    }
