"""`configured` of what is configured: ops, graphs, resources, loggers, IO managers, executors, hooks of names; schemas and errors."""

import seen

import dagster as dg


@dg.op(config_schema={"a": int, "b": dg.Field(str, default_value="b"), "c": dg.Field(int, is_required=False)}, description="Base.", tags={"t": "1"})
def base(context):
    return dict(context.op_config)


@dg.op(config_schema=int)
def number(context):
    return context.op_config


class Settings(dg.Config):
    n: int
    word: str = "w"


@dg.op
def typed(config: Settings):
    return [config.n, config.word]


half = dg.configured(base, name="half", config_schema={"x": int})(lambda config: {"a": config["x"] * 2, "b": "half"})
quarter = half.configured({"x": 4}, name="quarter")
fixed = dg.configured(base, name="fixed")({"a": 1, "c": 3})
doubled = dg.configured(number, name="doubled", config_schema=dg.Field(int, default_value=4))(lambda n: n * 2)


@dg.configured(base, config_schema={"x": dg.Field(int, default_value=7)})
def by_decorator(config):
    """Told by the function."""
    return {"a": config["x"]}


@dg.configured(typed, name="typed_half", config_schema={"m": int})
def typed_half(config):
    return {"n": config["m"]}


@dg.configured(base, name="wrong", config_schema={"x": int})
def wrong(config):
    return {"a": "text"}


@dg.configured(base, name="raising", config_schema={"x": int})
def raising(config):
    raise ValueError("mapping")


@dg.resource(config_schema={"url": str, "port": dg.Field(int, default_value=1)})
def server(context):
    return dict(context.resource_config)


local = server.configured({"url": "local"})
ported = server.configured(lambda config: {"url": "any", "port": config}, config_schema=int)


@dg.op(required_resource_keys={"server"})
def asks(context):
    return context.resources.server


def config_of(name, value):
    return {"ops": {name: {"config": value}}}


def ran(op, config=None) -> object:
    @dg.job(name="one_op")
    def one_op():
        op()

    def run():
        return one_op.execute_in_process(run_config=config or {}).output_for_node(op.name)

    return seen.outcome(run)


def asked(resource, config=None) -> object:
    @dg.job(resource_defs={"server": resource})
    def job():
        asks()

    return seen.outcome(lambda: job.execute_in_process(run_config=config or {}).output_for_node("asks"))


def refused(op, config) -> list:
    @dg.job(name="one_op")
    def one_op():
        op()

    try:
        one_op.execute_in_process(run_config=config)
    except dg.DagsterInvalidConfigError as error:
        return [[each.reason.value, list(each.stack.levels)] for each in error.errors]
    return []


def facts() -> dict:
    return {
        "half": ran(half, config_of("half", {"x": 5})),
        "half without": ran(half),
        "quarter": ran(quarter),
        "quarter with config": ran(quarter, config_of("quarter", {"x": 1})),
        "fixed": ran(fixed),
        "doubled": [ran(doubled), ran(doubled, config_of("doubled", 5))],
        "by decorator": [ran(by_decorator), ran(by_decorator, config_of("by_decorator", {"x": 1})), by_decorator.description],
        "typed": [ran(typed_half, config_of("typed_half", {"m": 2})), ran(typed.configured({"n": 3}, name="typed_fixed"))],
        "wrong": ran(wrong, config_of("wrong", {"x": 1})),
        "raising": ran(raising, config_of("raising", {"x": 1})),
        "paths": [refused(half, config_of("half", {"x": "a"})), refused(half, config_of("half", {"y": 1})), refused(half, {})],
        "attributes": [[each.name, each.description, seen.tags(each.tags)] for each in (half, quarter, fixed, typed_half)],
        "two names": seen.outcome(lambda: sorted(dg.job(name="j")(lambda: (half(), quarter(), half.alias("other")()) and None).graph.node_names())),
        "resources": [asked(local), asked(ported, {"resources": {"server": {"config": 9}}}), asked(ported)],
        "resource with config": asked(local, {"resources": {"server": {"config": {"url": "x"}}}}),
        "fixed that does not fit": seen.outcome(lambda: ran(base.configured({"a": "x"}, name="bad"))),
        "no name": seen.outcome(lambda: dg.configured(base)({"a": 1}).name),
        "schema beside a value": seen.outcome(lambda: dg.configured(base, config_schema={"x": int}, name="n")({"a": 1})),
        "of what takes no config": seen.outcome(lambda: ran(dg.op(name="plain")(lambda: 1).configured({"a": 1}, name="n"))),
        "of nothing": seen.outcome(lambda: dg.configured(3)({"a": 1})),
    }
