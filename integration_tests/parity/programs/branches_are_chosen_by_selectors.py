"""Branches that run config chooses: what runs below optional outputs inside of a graph, gathered, awaited or with defaults."""

import dagster as dg

CHOICES = dg.Selector({"number": int, "word": str, "both": {}, "none": {}})


@dg.op(out={"a": dg.Out(int, is_required=False), "b": dg.Out(str, is_required=False)}, config_schema=CHOICES)
def choose(context):
    [(choice, value)] = context.op_config.items()
    if choice in ("number", "both"):
        yield dg.Output(value or 1, "a", metadata={"choice": choice})
    if choice in ("word", "both"):
        yield dg.Output(value or "w", "b")


@dg.op
def add(a: int):
    return a + 1


@dg.op
def double(b: str):
    return b * 2


@dg.op
def gathered(values):
    return values


@dg.op(ins={"a": dg.In(int), "b": dg.In(str, default_value="default")})
def both_of(a, b):
    return [a, b]


@dg.op(ins={"done": dg.In(dg.Nothing)})
def after():
    return "after"


@dg.graph(out={"x": dg.GraphOut(), "y": dg.GraphOut()})
def chosen():
    a, b = choose()
    return {"x": add(a), "y": double(b)}


@dg.job
def branching():
    x, y = chosen()
    gathered([x, y])
    both_of(x, y)
    after(done=x)
    after.alias("after_both")(done=[x, y])


def value_of(result, *place) -> object:
    try:
        return result.output_for_node(*place)
    except dg.DagsterError as missing:
        return type(missing).__name__


def run(choice) -> object:
    config = {"ops": {"chosen": {"ops": {"choose": {"config": choice}}}}}
    try:
        result = branching.execute_in_process(run_config=config, raise_on_error=False)
    except dg.DagsterInvalidConfigError as refused:
        return [[error.reason.value, error.stack.levels] for error in refused.errors]
    ends = ("STEP_SUCCESS", "STEP_SKIPPED", "STEP_FAILURE")
    names = ("gathered", "both_of", "after", "after_both")
    return {
        "success": result.success,
        "ends": sorted([each.step_key, each.event_type_value] for each in result.all_events if each.event_type_value in ends),
        "values": {name: value_of(result, name) for name in names},
        "of the graph": [value_of(result, "chosen", "x"), value_of(result, "chosen", "y")],
    }


def facts() -> dict:
    choices = [{"number": 4}, {"word": "z"}, {"both": {}}, {"none": {}}, {"number": 1, "both": {}}, {"other": 1}, {}, {"number": "4"}]
    return {str(choice): run(choice) for choice in choices}
