"""Graphs are nodes of graphs: inputs and outputs are handed on, and steps are named by their place."""

import seen

import dagster as dg


@dg.op
def one():
    return 1


@dg.op
def add(a, b):
    return a + b


@dg.graph
def doubled(n):
    return add(n, n)


@dg.graph(ins={"n": dg.GraphIn(description="A number.")}, out={"low": dg.GraphOut(), "high": dg.GraphOut(description="More.")})
def bounds(n):
    low = doubled(n)
    return {"low": low, "high": doubled.alias("again")(low)}


@dg.op
def show(x):
    return f"it is {x}"


@dg.job
def nested():
    found = bounds(one())
    show(found.high)
    show.alias("show_low")(found.low)


def facts() -> dict:
    result = nested.execute_in_process()
    alone = bounds.execute_in_process(input_values={"n": 5})
    places = ["bounds.doubled", "bounds.doubled.add", "bounds.again", "show", "show_low"]
    return {
        "steps": [e.step_key for e in result.get_step_success_events()],
        "events": seen.step_events(result),
        "values": {place: result.output_for_node(place) for place in places},
        "outputs of the graph": [result.output_for_node("bounds", "low"), result.output_for_node("bounds", "high")],
        "alone": [alone.output_value("low"), alone.output_value("high"), alone.dagster_run.job_name, seen.step_events(alone)],
        "unknown output": seen.outcome(lambda: alone.output_value("middle")),
        "graph": [
            bounds.name,
            [d.name for d in bounds.input_defs],
            [d.name for d in bounds.output_defs],
            bounds.node_names(),
            [m.graph_input_name for m in bounds.input_mappings],
            [m.mapped_node_name for m in bounds.output_mappings],
        ],
        "to_job": [bounds.to_job("other", tags={"a": "b"}).name, dict(bounds.to_job("other", tags={"a": "b"}).tags)],
        "with a value": bounds.to_job(input_values={"n": 3}).execute_in_process().output_value("high"),
        "unknown input": seen.outcome(lambda: bounds.execute_in_process(input_values={"m": 3}), mentions=["m", "bounds"]),
        "called outside": seen.outcome(lambda: doubled(1), mentions=["doubled"]),
        "a job is not called": seen.outcome(nested),
    }
