"""NodeInvocation, DependencyDefinition and their kin as values; graphs of them with aliases, tags, hooks, policies and dynamic outputs."""

import seen

import dagster as dg


@dg.success_hook
def praise(context):
    pass


@dg.op
def one():
    return 1


@dg.op
def add(x, y):
    return x + y


@dg.op
def again(context):
    if context.retry_number < 1:
        raise ValueError("again")
    return context.retry_number


@dg.op(out=dg.DynamicOut())
def many():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def gather(xs):
    return xs


def graph(**options):
    return dg.GraphDefinition(**{"name": "g", **options})


def facts() -> dict:
    invocation = dg.NodeInvocation("one", alias="other", tags={"a": "b"}, hook_defs={praise}, retry_policy=dg.RetryPolicy(max_retries=3))
    full = graph(
        node_defs=[one, add, again],
        dependencies={
            invocation: {},
            dg.NodeInvocation("one"): {},
            dg.NodeInvocation("add", alias="sum"): {"x": dg.DependencyDefinition("other"), "y": dg.DependencyDefinition("one", "result")},
            dg.NodeInvocation("again", retry_policy=dg.RetryPolicy(max_retries=2)): {},
        },
        description="By hand.",
        tags={"team": "t"},
    )
    by_name = graph(node_defs=[one, add], dependencies={"add": {"x": dg.DependencyDefinition("one"), "y": dg.DependencyDefinition("one")}})
    result = full.execute_in_process()
    dependency = dg.DependencyDefinition("a", "b", "c")
    multi = dg.MultiDependencyDefinition([dg.DependencyDefinition("a"), dg.DependencyDefinition("b", "o")])
    return {
        "invocation": [invocation.name, invocation.alias, seen.tags(invocation.tags), sorted(hook.name for hook in invocation.hook_defs), invocation.retry_policy.max_retries],
        "equal": [dg.NodeInvocation("a") == dg.NodeInvocation("a"), dg.NodeInvocation("a") == dg.NodeInvocation("a", alias="b"), len({dg.NodeInvocation("a"), dg.NodeInvocation("a")})],
        "dependency": [dependency.node, dependency.output, dependency.description, dependency == dg.DependencyDefinition("a", "b", "c")],
        "multi": [[each.output for each in multi.dependencies], len(multi.get_node_dependencies())],
        "full": [full.name, full.description, seen.tags(full.tags), sorted(full.node_names())],
        "events": seen.step_events(result),
        "values": [result.output_for_node(name) for name in ("sum", "again", "other")],
        "by name": by_name.execute_in_process().output_for_node("add"),
        "two of one name": seen.outcome(lambda: graph(node_defs=[one, dg.op(name="one")(lambda: 2)]), mentions=["one"]),
        "dependency is none": seen.outcome(lambda: graph(node_defs=[gather, one], dependencies={"gather": {"xs": "one"}})),
        "no node": seen.outcome(lambda: graph().execute_in_process().success),
    }
