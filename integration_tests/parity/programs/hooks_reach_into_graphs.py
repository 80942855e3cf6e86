"""Hooks on nodes that are graphs, on jobs, on ops inside: who calls them, and for which steps."""

import seen

import dagster as dg

CALLS: list = []


def hook_named(name):
    @dg.success_hook(name=name)
    def made(context):
        CALLS.append([name, context.op.name, context.step_key])

    return made


outer_hook, inner_hook, job_hook = hook_named("outer"), hook_named("inner"), hook_named("job")


@dg.failure_hook(name="failed")
def failed(context):
    CALLS.append(["failed", context.step_key, type(context.op_exception).__name__])


@dg.failure_hook(name="breaks")
def breaks(context):
    raise RuntimeError("the hook is broken")


@dg.op
def one():
    return 1


@dg.op
def ident(x):
    return x


@dg.op
def fails(x):
    raise ValueError("no")


@dg.op(out=dg.DynamicOut())
def several():
    for key in "ab":
        yield dg.DynamicOutput(key, key)


@dg.graph
def inside():
    return ident.with_hooks({inner_hook})(one())


@dg.graph
def around():
    return ident(inside.with_hooks({outer_hook})())


@dg.graph
def breaking():
    return fails(one())


@dg.graph
def mapped():
    several().map(ident)


def ran(body, hooks=frozenset(), **options):
    CALLS.clear()

    @dg.job(name="j", hooks=set(hooks))
    def made():
        body()

    result = made.execute_in_process(raise_on_error=False, **options)
    told = sorted([event.event_type_value, event.step_key] for event in result.all_events if event.event_type_value.startswith("HOOK"))
    return [result.success, sorted(CALLS, key=str), told]


def facts() -> dict:
    return {
        "on an op inside": ran(inside),
        "on a graph": ran(lambda: inside.with_hooks({outer_hook})()),
        "on a graph inside of a graph": ran(around),
        "on both": ran(lambda: around.with_hooks({job_hook})()),
        "on the job": ran(around, [job_hook]),
        "the same twice": ran(lambda: inside.with_hooks({inner_hook})(), [inner_hook]),
        "on what fails": ran(lambda: breaking.with_hooks({failed, outer_hook})()),
        "a hook that fails": ran(lambda: breaking.with_hooks({breaks})()),
        "on a map": ran(lambda: mapped.with_hooks({outer_hook})()),
        "on an alias": ran(lambda: inside.alias("other").with_hooks({outer_hook})()),
        "on a part": ran(lambda: around.with_hooks({outer_hook})(), op_selection=["around.inside.one"]),
        "by the definition": [
            sorted(hook.name for hook in around.to_job(hooks={job_hook}).hook_defs),
            sorted(hook.name for hook in around.to_job().with_hooks({outer_hook}).hook_defs),
        ],
    }
