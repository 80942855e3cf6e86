"""Collected values and the values themselves in one graph: what may take both, what has to be an op of its own."""

import seen

import dagster as dg


@dg.op(out=dg.DynamicOut())
def many():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def one():
    return 1


@dg.op
def same(x):
    return x


@dg.op
def pair(x, y):
    return [x, y]


@dg.graph
def twice(x):
    return same(same.alias("first")(x))


@dg.graph
def mapped_inside():
    return many().map(same)


@dg.graph
def given():
    return many()


@dg.graph
def paired(x, y):
    return pair(x, y)


def above():
    values = many()
    values.map(lambda each: pair(each, values.collect()))


def above_mapped():
    values = many()
    mapped = values.map(same)
    values.map(lambda each: pair(each, mapped.collect()))


def above_in_a_graph():
    values = many()
    values.map(lambda each: paired(each, values.collect()))


def by_another_op():
    values = many()
    gathered = same(values.collect())
    values.map(lambda each: pair(each, gathered))


def two_maps():
    many().map(lambda each: many.alias("others")().map(lambda other: pair(each, other)))


def collected_twice():
    values = many()
    pair(values.collect(), values.map(same).collect())


def chained():
    mapped = many().map(same)
    again = mapped.map(lambda each: same.alias("again")(each))
    same.alias("all")(again.collect())
    same.alias("all_before")(mapped.collect())


def two_of_one():
    values = many()
    values.map(lambda each: pair(same.alias("left")(each), each))


def with_another():
    unit = one()
    many().map(lambda each: pair(each, unit))


def graphs():
    same.alias("all")(many().map(twice).collect())


def out_of_graphs():
    same.alias("all")(mapped_inside().collect())
    same.alias("all_twice")(given().map(twice).collect())


def direct():
    same(many())


def collected_in_a_list():
    values = many()
    same([values.collect(), one()])


BODIES = [
    above, above_mapped, above_in_a_graph, by_another_op, two_maps, collected_twice, chained, two_of_one, with_another, graphs,
    out_of_graphs, direct, collected_in_a_list,
]


def run(body) -> dict:
    job = dg.job(body)
    result = job.execute_in_process()
    return {
        "values": {node.name: seen.plain(result.output_for_node(node.name)) for node in sorted(job.graph.nodes, key=lambda n: n.name)},
        "steps": [event.step_key for event in result.get_step_success_events()],
    }


def facts() -> dict:
    found = {}
    for body in BODIES:
        try:
            found[body.__name__] = run(body)
        except dg.DagsterInvalidDefinitionError as refused:
            found[body.__name__] = seen.raised(refused, mentions=["many", "pair"])
    return found
