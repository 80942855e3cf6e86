"""A job with a selection of its ops shows the graph that is left."""

import seen

import dagster as dg


@dg.op
def one():
    return 1


@dg.op
def ident(x):
    return x


@dg.op
def total(xs):
    return sum(xs)


@dg.op(out=dg.DynamicOut())
def several():
    yield dg.DynamicOutput(1, "a")


@dg.graph
def inside():
    return ident(one())


@dg.graph
def around(x):
    return ident.alias("last")(ident.alias("first")(x))


@dg.job
def chain():
    ident.alias("second")(ident(one()))


@dg.job
def nested():
    around(inside())


@dg.job
def gathered():
    total([one.alias("a")(), one.alias("b")(), inside()])


@dg.job
def mapped():
    total(several().map(ident).collect())


def shown(graph) -> dict:
    return {
        node.name: shown(node.definition) if isinstance(node.definition, dg.GraphDefinition) else node.definition.name
        for node in sorted(graph.nodes, key=lambda node: node.name)
    }


def cut(job, *selection):
    def run():
        part = job.get_subset(op_selection=list(selection))
        return {
            "name": part.name,
            "graph": part.graph.name,
            "selection": sorted(part.op_selection),
            "nodes": shown(part.graph),
            "names": sorted(part.graph.node_names()),
            "has one": part.graph.has_node_named("one"),
            "of the job": sorted(node.name for node in part.nodes),
            "runs": part.execute_in_process(raise_on_error=False).success,
        }

    return seen.outcome(run)


def facts() -> dict:
    made = chain.graph.to_job(name="made", op_selection=["ident", "second"])
    return {
        "one op": cut(chain, "one"),
        "and what follows": cut(chain, "one+"),
        "two ends": cut(chain, "one", "second"),
        "everything": cut(chain, "*"),
        "a graph": cut(nested, "inside"),
        "an op of a graph": cut(nested, "inside.one"),
        "ops of two graphs": cut(nested, "inside", "around.first"),
        "of a list": cut(gathered, "a", "total"),
        "of a list, a graph": cut(gathered, "inside", "total"),
        "of a map": cut(mapped, "several", "ident"),
        "not there": cut(chain, "nowhere"),
        "to_job": [made.name, shown(made.graph), sorted(made.graph.node_names())],
        "the whole is left alone": [shown(chain.graph), chain.op_selection],
    }
