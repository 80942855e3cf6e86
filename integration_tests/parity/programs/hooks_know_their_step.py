"""What the context of a hook tells of its step: config, values, metadata, error, resources."""

import seen

import dagster as dg

TOLD = []


def tell(context):
    TOLD.append(
        {
            "job": context.job_name,
            "step": context.step_key,
            "op": context.op.name,
            "hook": context.hook_def.name,
            "config": context.op_config,
            "error": None if context.op_exception is None else type(context.op_exception).__name__,
            "values": seen.plain(context.op_output_values),
            "metadata": {
                name: {key: seen.plain(getattr(value, "value", value)) for key, value in said.items()}
                for name, said in context.op_output_metadata.items()
            },
            "resources": sorted(context.required_resource_keys),
            "chat": getattr(context.resources, "chat", None),
            "run id": len(context.run_id),
        }
    )


@dg.success_hook(required_resource_keys={"chat"})
def good(context):
    tell(context)


@dg.failure_hook(required_resource_keys={"chat"})
def bad(context):
    tell(context)


@dg.op(config_schema={"n": dg.Field(int, default_value=1)}, out={"a": dg.Out(), "b": dg.Out()})
def two(context):
    context.add_output_metadata({"rows": 1}, output_name="a")
    yield dg.Output(1, "a")
    yield dg.Output(2, "b", metadata={"rows": 2})


@dg.op(out=dg.DynamicOut())
def letters():
    yield dg.DynamicOutput("x", "a")
    yield dg.DynamicOutput("y", "b")


@dg.op
def takes(x):
    return x


@dg.op
def gives_up():
    raise dg.Failure("on purpose", metadata={"rows": 0})


@dg.op
def wrong() -> int:
    return "text"


@dg.op
def half():
    raise ValueError("after all")


@dg.graph
def inner():
    return takes(two()[1])


@dg.job(hooks={good, bad}, resource_defs={"chat": dg.ResourceDefinition.hardcoded_resource("hello")})
def hooked():
    two()
    letters().map(takes)
    gives_up()
    wrong()
    half()
    inner()


@dg.job(hooks={good})
def lacks_a_resource():
    half()


def facts() -> dict:
    hooked.execute_in_process({"ops": {"two": {"config": {"n": 3}}}}, raise_on_error=False)
    told = sorted(TOLD, key=lambda each: (each["step"], each["hook"]))
    return {
        "told": told,
        "without the resource": seen.outcome(lacks_a_resource.execute_in_process, mentions=["chat", "good"]),
    }
