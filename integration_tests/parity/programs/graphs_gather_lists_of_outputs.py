"""Fan-in: lists of outputs as an input, in functions and in dependencies written out; of nothing, of graphs, in order."""

import seen

import dagster as dg


@dg.op
def one():
    return 1


@dg.op(out={"a": dg.Out(), "b": dg.Out(is_required=False)})
def maybe():
    yield dg.Output("a", "a")


@dg.op
def gather(xs):
    return xs


@dg.op(ins={"xs": dg.In(list[int])})
def gather_ints(xs):
    return sum(xs)


@dg.op(ins={"xs": dg.In(dg.List[str])})
def gather_texts(xs):
    return xs


@dg.op(ins={"start": dg.In(dg.Nothing)})
def after():
    return "after"


@dg.op
def fails():
    raise ValueError("boom")


@dg.graph
def inside(xs):
    return gather(xs)


def facts() -> dict:
    @dg.graph(out={"l": dg.GraphOut(), "r": dg.GraphOut()})
    def sides():
        return {"l": one(), "r": one.alias("right")()}

    @dg.job
    def lists():
        units = [one.alias(f"one_{i}")() for i in (3, 1, 2)]
        gather(units)
        gather_ints(units)
        made = maybe()
        gather.alias("some")([made.a, made.b, units[0]])
        after([made.a, *units])
        inside(units)
        both = sides()
        gather.alias("of_graph")([both.l, both.r])
        gather.alias("nested")([gather.alias("first")([units[0]]), units[1]])

    @dg.job
    def broken():
        gather([one(), fails()])

    @dg.job
    def mistyped():
        gather_texts([one()])

    written = dg.GraphDefinition(
        name="written",
        node_defs=[one, gather],
        dependencies={
            dg.NodeInvocation("one", alias="x"): {},
            dg.NodeInvocation("one", alias="y"): {},
            dg.NodeInvocation("gather", alias="all"): {
                "xs": dg.MultiDependencyDefinition([dg.DependencyDefinition("y"), dg.DependencyDefinition("x", "result")])
            },
        },
    )
    result = lists.execute_in_process()
    names = ("gather", "gather_ints", "some", "after", "inside", "of_graph", "nested")
    failed = broken.execute_in_process(raise_on_error=False)
    by_hand = written.execute_in_process()
    multi = dg.MultiDependencyDefinition([dg.DependencyDefinition("y")])
    return {
        "values": {name: result.output_for_node(name) for name in names},
        "events of some": [pair for pair in seen.step_events(result) if pair[1] in ("some", "gather")],
        "failed": seen.step_events(failed),
        "mistyped": seen.step_events(mistyped.execute_in_process(raise_on_error=False)),
        "by hand": [by_hand.output_for_node("all"), seen.step_events(by_hand)],
        "as values": [
            multi.is_fan_in(),
            [each.node for each in multi.get_node_dependencies()],
            dg.DependencyDefinition("y").is_fan_in(),
            dg.DependencyDefinition("y").output,
            seen.plain(dg.DependencyDefinition("y").description),
        ],
        "empty": seen.outcome(lambda: dg.job(name="j")(lambda: gather([])), mentions=["gather"]),
        "values in a list": seen.outcome(lambda: dg.job(name="j")(lambda: gather([1])), mentions=["gather", "xs"]),
        "a dict": seen.outcome(lambda: dg.job(name="j")(lambda: gather({"a": one()})), mentions=["gather", "xs"]),
        "a tuple": seen.outcome(lambda: dg.job(name="j")(lambda: gather((one(),))), mentions=["gather"]),
        "several outputs": seen.outcome(lambda: dg.job(name="j")(lambda: gather(maybe())), mentions=["maybe", "gather"]),
        "several outputs in a list": seen.outcome(lambda: dg.job(name="j")(lambda: gather([maybe()]))),
        "unknown node": seen.outcome(
            lambda: dg.GraphDefinition(name="g", node_defs=[gather], dependencies={"gather": {"xs": dg.DependencyDefinition("nobody")}}),
            mentions=["nobody"],
        ),
        "unknown input": seen.outcome(
            lambda: dg.GraphDefinition(
                name="g", node_defs=[gather, one], dependencies={"gather": {"ys": dg.DependencyDefinition("one")}}
            ),
            mentions=["ys"],
        ),
        "unknown output": seen.outcome(
            lambda: dg.GraphDefinition(
                name="g", node_defs=[gather, one], dependencies={"gather": {"xs": dg.DependencyDefinition("one", "nothing")}}
            ),
            mentions=["nothing"],
        ),
    }
