"""Inputs that nothing in the graph feeds: run config, defaults, values given with the job."""

import seen

import dagster as dg


@dg.op
def takes(a: int, b: str = "b", c: dg.Optional[int] = None):
    return [a, b, c]


@dg.op
def anything(x):
    return x


@dg.op(ins={"x": dg.In(default_value=8)})
def defaulted(x):
    return x


class Thing:
    pass


@dg.op
def of_thing(x: Thing):
    return "a thing"


@dg.graph
def outer(a: int):
    return takes(a)


@dg.graph
def outer_of_thing(x):
    return of_thing(x)


def job_of(op):
    @dg.job(name="j")
    def j():
        op()

    return j


def run(op, config=None):
    return seen.outcome(lambda: job_of(op).execute_in_process(run_config=config).output_for_node(op.name))


def facts() -> dict:
    inputs = lambda name, given: {"ops": {name: {"inputs": given}}}  # noqa: E731
    result = job_of(takes).execute_in_process(run_config=inputs("takes", {"a": 4}))
    return {
        "events": seen.step_events(result),
        "missing": run(takes),
        "given": run(takes, inputs("takes", {"a": 4})),
        "given as value": run(takes, inputs("takes", {"a": {"value": 4}, "b": "z"})),
        "a wrong type": run(takes, inputs("takes", {"a": "x"})),
        "of any type": run(anything, inputs("anything", {"x": {"value": [1, 2]}})),
        "of any type, bare": run(anything, inputs("anything", {"x": 4})),
        "default": run(defaulted),
        "default of a type without loader": seen.outcome(lambda: job_of(of_thing), mentions=["x", "of_thing"]),
        "by the graph's input": seen.outcome(lambda: outer.to_job().execute_in_process(run_config={"inputs": {"a": 3}}).output_for_node("takes")),
        "as value of the graph": seen.outcome(lambda: outer.to_job().execute_in_process(input_values={"a": 3}).output_for_node("takes")),
        "as value of the job": seen.outcome(lambda: outer.to_job(input_values={"a": 3}).execute_in_process().output_for_node("takes")),
        "a value of a wrong type": seen.outcome(lambda: outer.execute_in_process(input_values={"a": "x"}), mentions=["a", "Int"]),
        "no value": seen.outcome(lambda: outer.execute_in_process()),
        "a thing": seen.outcome(lambda: outer_of_thing.execute_in_process(input_values={"x": Thing()}).output_value()),
        "no thing": seen.outcome(lambda: outer_of_thing.execute_in_process(), mentions=["x"]),
    }
