"""Inputs and outputs of graphs: by function, GraphIn and GraphOut, and mappings written by hand; one input in several places."""

import seen

import dagster as dg


@dg.op
def add(a, b):
    return a + b


@dg.op
def one():
    return 1


@dg.op(ins={"n": dg.In(int, default_value=7)})
def times(n):
    return n * 10


@dg.op(out={"low": dg.Out(int), "high": dg.Out(int)})
def bounds(n):
    return n - 1, n + 1


@dg.graph
def several(x, y):
    return add(add.alias("first")(x, y), x)


@dg.graph(out={"low": dg.GraphOut("lowest"), "top": dg.GraphOut()})
def renamed(n):
    found = bounds(n)
    return {"low": found.low, "top": times(found.high)}


@dg.graph
def unmapped():
    return times()


@dg.graph
def passes(n):
    return bounds(n).high


def facts() -> dict:
    by_hand = dg.GraphDefinition(
        name="by_hand",
        node_defs=[add, one],
        dependencies={"add": {"a": dg.DependencyDefinition("one")}},
        input_mappings=[dg.InputMapping(graph_input_name="given", mapped_node_name="add", mapped_node_input_name="b")],
        output_mappings=[dg.OutputMapping(graph_output_name="sum", mapped_node_name="add", mapped_node_output_name="result")],
    )
    first = several.execute_in_process(input_values={"x": 1, "y": 2})
    second = renamed.execute_in_process(input_values={"n": 5})
    hand = by_hand.execute_in_process(input_values={"given": 4})
    configured = passes.to_job().execute_in_process(run_config={"inputs": {"n": {"value": 3}}})
    mapping = by_hand.input_mappings[0]
    output = by_hand.output_mappings[0]
    return {
        "several": [first.output_value(), seen.step_events(first)],
        "renamed": [second.output_value("low"), second.output_value("top"), second.output_for_node("bounds", "high")],
        "by hand": [hand.output_value("sum"), seen.step_events(hand)],
        "from run config": configured.output_value(),
        "default": unmapped.execute_in_process().output_value(),
        "input of an op in run config": seen.outcome(
            lambda: unmapped.to_job().execute_in_process(run_config={"ops": {"times": {"inputs": {"n": 2}}}}).output_value()
        ),
        "mapping": [mapping.graph_input_name, mapping.mapped_node_name, mapping.mapped_node_input_name, mapping.fan_in_index],
        "output mapping": [output.graph_output_name, output.mapped_node_name, output.mapped_node_output_name],
        "input defs": [[each.name, each.dagster_type.display_name, each.has_default_value] for each in renamed.input_defs],
        "output defs": [[each.name, each.description] for each in renamed.output_defs],
        "input of the graph is not given": seen.outcome(lambda: several.execute_in_process(), mentions=["x", "several"]),
        "not used": seen.outcome(lambda: dg.graph(name="g")(lambda x: one())),
        "not in the out": seen.outcome(
            lambda: dg.graph(name="g", out={"a": dg.GraphOut(), "b": dg.GraphOut()})(lambda: {"a": one()}), mentions=["b"]
        ),
        "one too many": seen.outcome(
            lambda: dg.graph(name="g", out={"a": dg.GraphOut()})(lambda: {"a": one(), "b": one.alias("o")()}), mentions=["b"]
        ),
        "a value returned": seen.outcome(lambda: dg.graph(name="g")(lambda: 5)),
        "a tuple without outs": [each.name for each in dg.graph(name="g")(lambda n: bounds(n)).output_defs],
        "a job that returns a tuple": sorted(node.name for node in dg.job(name="j")(lambda: bounds(one())).graph.nodes),
        "a job that returns an output": seen.outcome(lambda: dg.job(name="j")(lambda: one())),
        "a dict without outs": seen.outcome(lambda: dg.graph(name="g")(lambda: {"a": one()}), mentions=["a"]),
        "a list": seen.outcome(lambda: dg.graph(name="g", out={"a": dg.GraphOut()})(lambda: [one()])),
        "ins that are no parameters": seen.outcome(lambda: dg.graph(name="g", ins={"z": dg.GraphIn()})(lambda: one()), mentions=["z"]),
        "unknown node in mapping": seen.outcome(
            lambda: dg.GraphDefinition(
                name="g", node_defs=[one], output_mappings=[dg.OutputMapping(graph_output_name="o", mapped_node_name="nobody", mapped_node_output_name="result")]
            ),
            mentions=["nobody"],
        ),
        "unknown output in mapping": seen.outcome(
            lambda: dg.GraphDefinition(name="g", node_defs=[one], output_mappings=[dg.OutputMapping(graph_output_name="o", mapped_node_name="one", mapped_node_output_name="other")]),
            mentions=["other"],
        ),
        "unknown input in mapping": seen.outcome(
            lambda: dg.GraphDefinition(name="g", node_defs=[add], input_mappings=[dg.InputMapping(graph_input_name="i", mapped_node_name="add", mapped_node_input_name="c")]),
            mentions=["c"],
        ),
        "mapped and connected": seen.outcome(
            lambda: dg.GraphDefinition(
                name="g",
                node_defs=[add, one],
                dependencies={"add": {"a": dg.DependencyDefinition("one")}},
                input_mappings=[dg.InputMapping(graph_input_name="i", mapped_node_name="add", mapped_node_input_name="a")],
            ),
            mentions=["a"],
        ),
    }
