"""What a hook knows of a node that has an alias and tags of its own, below graphs whose config is mapped."""

import dagster as dg

TOLD: list = []


@dg.success_hook(required_resource_keys={"sink"})
def cheers(context):
    values = dict(context.op_output_values)
    TOLD.append(["well", context.op.name, context.op.definition.name, context.step_key, context.resources.sink, values])


@dg.failure_hook
def complains(context):
    tags = dict(context.op.tags)
    TOLD.append(["failed", context.op.name, tags, context.step_key, type(context.op_exception).__name__])


@dg.op(config_schema={"factor": int, "mode": dg.Field(str, default_value="plain")}, tags={"kind": "scale"})
def scale(context, x: int) -> int:
    if context.op_config["factor"] < 0:
        raise ValueError("a negative factor")
    return x * context.op_config["factor"]


@dg.op(config_schema={"start": dg.Field(dg.IntSource, default_value=3)})
def begin(context):
    return context.op_config["start"]


def twice(config):
    return {"scale": {"config": {"factor": config["f"]}}, "again": {"config": {"factor": config["f"] + 1, "mode": "other"}}}


@dg.graph(config=dg.ConfigMapping(config_fn=twice, config_schema={"f": dg.Field(int, default_value=2)}))
def inner(x):
    return scale.alias("again").tag({"use": "second"})(scale(x))


@dg.graph(config=dg.ConfigMapping(config_fn=lambda config: {"inner": {"config": {"f": config}}}, config_schema=int))
def outer():
    return inner(begin())


@dg.job(hooks={cheers, complains}, resource_defs={"sink": dg.ResourceDefinition.hardcoded_resource("sink")})
def both():
    outer.alias("first")()
    outer.with_hooks({complains}).alias("second")()


def run(config) -> object:
    TOLD.clear()
    try:
        result = both.execute_in_process(run_config=config, raise_on_error=False)
    except dg.DagsterInvalidConfigError as refused:
        return [[error.reason.value, error.stack.levels] for error in refused.errors]
    hooked = [[each.event_type_value, each.step_key] for each in result.all_events if each.event_type_value.startswith("HOOK")]
    return [result.success, sorted(hooked), sorted(TOLD, key=str)]


def of(first, second) -> dict:
    return {"ops": {"first": {"config": first}, "second": {"config": second}}}


def facts() -> dict:
    return {
        "all is well": run(of(2, 3)),
        "the second graph fails": run(of(2, -3)),
        "the aliased op fails": run(of(3, -1)),
        "a text": run(of("2", 3)),
        "config of what is mapped": run({"ops": {"first": {"config": 2}, "second": {"config": 3, "ops": {}}}}),
        "one is missing": run({"ops": {"first": {"config": 2}}}),
        "none": run({}),
    }
