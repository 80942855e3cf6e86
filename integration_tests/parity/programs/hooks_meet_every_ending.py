"""Hooks of steps that succeed, fail, are tried again, are skipped and give nothing; hooks that fail; their resources."""

import seen

import dagster as dg

SAID: list = []


@dg.success_hook(required_resource_keys={"chat"})
def tell(context):
    context.resources.chat.append(["tell", context.step_key, sorted(context.op_output_values)])


@dg.failure_hook(name="named", required_resource_keys={"chat"})
def mourn(context):
    error = context.op_exception
    context.resources.chat.append(["mourn", context.step_key, type(error).__name__, str(error)])


@dg.success_hook
def breaks(context):
    raise RuntimeError("the hook")


@dg.op
def fine():
    return 1


@dg.op(retry_policy=dg.RetryPolicy(max_retries=1))
def fails(context):
    raise ValueError(f"try {context.retry_number}")


@dg.op(retry_policy=dg.RetryPolicy(max_retries=1))
def second_try(context):
    if not context.retry_number:
        raise ValueError("first")
    return 2


@dg.op(out=dg.Out(is_required=False))
def leaves_out():
    if False:
        yield dg.Output(1)


@dg.op
def after(x):
    return x


@dg.op(out=dg.DynamicOut())
def many():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.job(hooks={tell, mourn}, resource_defs={"chat": dg.ResourceDefinition.hardcoded_resource(SAID)})
def everything():
    after(fails())
    second_try()
    after.alias("skipped")(leaves_out())
    many().map(lambda each: after.alias("mapped")(each))


@dg.job(hooks={breaks})
def broken():
    after(fine())


@dg.job
def one_node():
    fine.with_hooks({tell})()


def kinds(result) -> list:
    return [pair for pair in seen.step_events(result) if pair[0].startswith("HOOK") or pair[0].startswith("STEP_")]


def facts() -> dict:
    result = everything.execute_in_process(raise_on_error=False)
    bad = broken.execute_in_process(raise_on_error=False)
    context = dg.build_hook_context(resources={"chat": SAID})
    before = len(SAID)
    return {
        "success": result.success,
        "events": [sorted(map(tuple, kinds(result)))],
        "said": sorted(SAID[:before], key=str),
        "broken": [bad.success, kinds(bad), [event.event_specific_data.error.cls_name for event in bad.all_events if event.event_type_value == "HOOK_ERRORED"]],
        "missing resource": seen.outcome(lambda: one_node.execute_in_process(), mentions=["chat", "tell"]),
        "attributes": [tell.name, mourn.name, sorted(tell.required_resource_keys), mourn.decorated_fn is not None],
        "called": seen.outcome(lambda: mourn(dg.build_hook_context(resources={"chat": SAID}, op=fine, op_exception=ValueError("x")))),
        "called without its resource": seen.outcome(lambda: tell(dg.build_hook_context()), mentions=["chat"]),
        "called without a context": seen.outcome(lambda: tell()),
        "called with two": seen.outcome(lambda: tell(context, context)),
        "a context tells": [seen.outcome(lambda: context.run_id), seen.outcome(lambda: context.op)],
        "two parameters": seen.outcome(lambda: dg.success_hook(lambda a, b: None)),
        "no parameter": seen.outcome(lambda: dg.success_hook(lambda: None)),
    }
