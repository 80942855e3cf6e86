"""Graphs are mapped like ops, give dynamic outputs, and lists of DynamicOutput may be returned."""

import seen

import dagster as dg


@dg.op(out=dg.DynamicOut(int))
def pieces() -> list[dg.DynamicOutput[int]]:
    return [dg.DynamicOutput(1, "x"), dg.DynamicOutput(2, "y")]


@dg.op
def double(n):
    return 2 * n


@dg.op
def collect(xs):
    return xs


@dg.graph
def quadruple(n):
    return double(double.alias("first")(n))


@dg.graph
def source():
    return pieces()


@dg.op(out={"low": dg.DynamicOut(int), "rest": dg.Out(int)})
def two_kinds():
    yield dg.DynamicOutput(1, "a", output_name="low")
    yield dg.DynamicOutput(2, "b", output_name="low")
    yield dg.Output(9, "rest")


@dg.op
def add(a, b):
    return a + b


@dg.job
def mapping():
    collect(pieces().map(quadruple).collect())
    collect.alias("of_graph")(source().map(double).collect())
    low, rest = two_kinds()
    collect.alias("of_two_kinds")(low.map(lambda n: add(n, rest)).collect())


def facts() -> dict:
    result = mapping.execute_in_process()
    places = ("collect", "of_graph", "of_two_kinds", "quadruple", "quadruple.first", "source", "pieces", "add")
    return {
        "steps": [e.step_key for e in result.get_step_success_events()],
        "values": {place: result.output_for_node(place) for place in places},
        "events": seen.step_events(result),
    }
