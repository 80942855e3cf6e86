"""`op_selection`: names, what lies before and behind them, and config for what was cut off."""

import seen

import dagster as dg


@dg.op
def a():
    return 1


@dg.op
def b(x):
    return x + 1


@dg.op
def c(x):
    return x + 1


@dg.op(config_schema={"n": dg.Field(int, default_value=1)})
def d(context, x):
    return x + context.op_config["n"]


@dg.graph
def inside(x):
    return c(x)


@dg.job
def chain():
    d(inside(b(a())))


def steps(selection, config=None):
    def run():
        result = chain.execute_in_process(op_selection=selection, run_config=config)
        return [e.step_key for e in result.get_step_success_events()]

    return seen.outcome(run)


def facts() -> dict:
    value = {"ops": {"b": {"inputs": {"x": {"value": 5}}}}}
    selected = chain.execute_in_process(op_selection=["a", "b"])
    return {
        "one": steps(["a"]),
        "two": steps(["a", "b"]),
        "before": steps(["*inside"]),
        "one before": steps(["+b"]),
        "behind": steps(["a*"]),
        "one behind": steps(["a+"]),
        "everything": steps(["*"]),
        "cut off": steps(["b"]),
        "cut off, with a value": steps(["b"], value),
        "unknown": steps(["nope"]),
        "run": [selected.dagster_run.op_selection, seen.plain(selected.dagster_run.resolved_op_selection)],
        "value": selected.output_for_node("b"),
    }
