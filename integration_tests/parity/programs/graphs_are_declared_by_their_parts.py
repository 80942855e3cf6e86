"""Graphs out of definitions and dependencies, without a function."""

import seen

import dagster as dg

D = dg.DependencyDefinition


@dg.op
def one():
    return 1


@dg.op
def add(a, b):
    return a + b


@dg.op
def ident(x):
    return x


@dg.op
def collect(xs):
    return xs


def made(node_defs, dependencies, **options):
    return dg.GraphDefinition("g", node_defs=node_defs, dependencies=dependencies, **options)


def value(graph, node, **options):
    return graph.execute_in_process(**options).output_for_node(node)


def facts() -> dict:
    aliased = {dg.NodeInvocation("one", "uno"): {}, dg.NodeInvocation("add", alias="plus"): {"a": D("uno"), "b": D("uno")}}
    several = {dg.NodeInvocation("one", "uno"): {}, "one": {}, "collect": {"xs": dg.MultiDependencyDefinition([D("one"), D("uno")])}}
    circle = {dg.NodeInvocation("ident", "i1"): {"x": D("i2")}, dg.NodeInvocation("ident", "i2"): {"x": D("i1")}}
    mapped = made(
        [ident],
        {},
        input_mappings=[dg.InputMapping(graph_input_name="i", mapped_node_name="ident", mapped_node_input_name="x")],
        output_mappings=[dg.OutputMapping(graph_output_name="o", mapped_node_name="ident", mapped_node_output_name="result")],
    )
    return {
        "plain": value(made([one, add], {"add": {"a": D("one"), "b": D("one")}}), "add"),
        "aliased": [value(made([one, add], aliased), "plus"), made([one, add], aliased).node_names()],
        "a list": value(made([one, collect], several), "collect"),
        "mapped": mapped.execute_in_process(input_values={"i": 4}).output_value("o"),
        "as a node": dg.graph(name="outer")(lambda: mapped(one())).execute_in_process().output_value(),
        "unknown node": seen.outcome(lambda: made([add], {"add": {"a": D("one")}}), mentions=["one", "add"]),
        "unknown output": seen.outcome(lambda: made([one, ident], {"ident": {"x": D("one", "zz")}}), mentions=["zz"]),
        "unknown input": seen.outcome(lambda: made([one, ident], {"ident": {"zz": D("one")}}), mentions=["zz"]),
        "a circle": seen.outcome(lambda: made([ident], circle), mentions=["i1", "i2"])["mentions"],
        "twice in a list": seen.outcome(lambda: dg.MultiDependencyDefinition([D("a"), D("a")]), mentions=["a"]),
        "values": [D("a").output, D("a", "b").output, D("a").is_fan_in(), dg.MultiDependencyDefinition([D("a")]).is_fan_in()],
    }
