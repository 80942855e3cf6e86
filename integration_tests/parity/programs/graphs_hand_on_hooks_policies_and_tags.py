"""`alias`, `tag`, `with_hooks` and `with_retry_policy` on nodes, graphs, and graphs inside of graphs: what reaches the steps."""

import seen

import dagster as dg


@dg.success_hook
def praise(context):
    context.log.info(f"praise {context.step_key}")


@dg.failure_hook
def mourn(context):
    context.log.info(f"mourn {context.step_key}")


@dg.op(tags={"own": "1", "both": "op"})
def work(context):
    return [context.op_handle.name, context.retry_number]


@dg.op
def fails_twice(context):
    if context.retry_number < 2:
        raise ValueError("again")
    return context.retry_number


@dg.op
def fails():
    raise ValueError("always")


@dg.graph
def inner():
    work()
    fails_twice.with_retry_policy(dg.RetryPolicy(max_retries=2))()


@dg.graph(tags={"graph": "g"})
def outer():
    inner()
    inner.alias("hooked").with_hooks({praise, mourn})()


@dg.job(op_retry_policy=dg.RetryPolicy(max_retries=3))
def everything():
    outer()
    work.alias("alone").tag({"both": "node", "more": "2"})()
    work.with_hooks({praise}).alias("praised")()
    fails_twice.alias("by_job")()
    fails.alias("none").with_retry_policy(dg.RetryPolicy(max_retries=0)).with_hooks({mourn})()


@dg.job(hooks={praise})
def hooked_job():
    work()
    work.alias("other").with_hooks({mourn})()


@dg.op(retry_policy=dg.RetryPolicy(max_retries=1))
def own_policy(context):
    raise ValueError(context.retry_number)


@dg.job(op_retry_policy=dg.RetryPolicy(max_retries=3))
def policies():
    own_policy()
    own_policy.with_retry_policy(dg.RetryPolicy(max_retries=2)).alias("of_node")()


def counted(result, kind) -> dict:
    counts = {}
    for event_type, step in seen.step_events(result):
        if event_type == kind:
            counts[step] = counts.get(step, 0) + 1
    return counts


def facts() -> dict:
    result = everything.execute_in_process(raise_on_error=False)
    hooked = hooked_job.execute_in_process()
    tried = policies.execute_in_process(raise_on_error=False)
    nodes = [node.name for node in everything.graph.nodes]
    return {
        "success": result.success,
        "retried": counted(result, "STEP_UP_FOR_RETRY"),
        "restarted": counted(result, "STEP_RESTARTED"),
        "failed": counted(result, "STEP_FAILURE"),
        "hooks": counted(result, "HOOK_COMPLETED"),
        "hooks skipped": counted(result, "HOOK_SKIPPED"),
        "values": [result.output_for_node(name) for name in ("alone", "praised", "by_job", "outer.inner.work", "outer.hooked.fails_twice")],
        "nodes": sorted(nodes),
        "hooks of a job": [counted(hooked, "HOOK_COMPLETED"), counted(hooked, "HOOK_SKIPPED")],
        "policies": [counted(tried, "STEP_UP_FOR_RETRY"), counted(tried, "STEP_FAILURE")],
        "tags": [dict(work.tags), dict(outer.tags), dict(outer.to_job().tags), dict(everything.tags)],
        "hooks of graphs": sorted(hook.name for hook in hooked_job.hook_defs),
        "graph with hooks": sorted(seen.plain(counted(outer.to_job(hooks={praise}).execute_in_process(), "HOOK_COMPLETED"))),
        "graph alone": seen.outcome(lambda: inner.with_hooks({praise})()),
        "policy that is none": seen.outcome(lambda: work.with_retry_policy(3)),
        "hook that is none": seen.outcome(lambda: work.with_hooks({3})),
        "alias that is no name": seen.outcome(lambda: dg.job(name="j")(lambda: work.alias("a-b")()), mentions=["a-b"]),
        "tag that is no text": seen.outcome(lambda: dg.job(name="j")(lambda: work.tag({"a": {"b": 1}})() and None)),
    }
