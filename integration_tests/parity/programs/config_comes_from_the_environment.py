"""EnvVar and `{"env": ...}` in nested places, defaults, lists, typed config and resources."""

import os

import seen

import dagster as dg


class Inner(dg.Config):
    s: str = "s"
    n: int = 1


class Typed(dg.Config):
    s: str
    n: int = 0
    b: bool = False
    f: float = 0.5
    inner: Inner = Inner()
    many: list[str] = []
    by_name: dict[str, str] = {}
    maybe: str | None = None


class Api(dg.ConfigurableResource):
    url: str
    retries: int = 1
    inner: Inner = Inner()


@dg.op
def typed(config: Typed):
    return config.model_dump()


@dg.op(config_schema={"s": dg.StringSource, "n": dg.IntSource, "b": dg.BoolSource, "l": [dg.StringSource], "plain": dg.Field(str, "p")})
def classic(context):
    return context.op_config


@dg.op
def calling(api: Api):
    return [api.url, api.retries, api.inner.s]


def run(op, config, **resources):
    @dg.job(resource_defs=resources or None)
    def made():
        op()

    def ran():
        run_config = {"ops": {op.name: {"config": config}}} if config is not None else None
        return made.execute_in_process(run_config=run_config).output_for_node(op.name)

    return seen.outcome(ran, mentions=["PARITY_NOT_SET", "PARITY_TEXT"])


def env(name):
    return {"env": name}


def facts() -> dict:
    values = {"PARITY_TEXT": "text", "PARITY_NUMBER": "12", "PARITY_TRUE": "true", "PARITY_ONE": "1", "PARITY_FLOAT": "1.5"}
    os.environ.update(values)
    os.environ.pop("PARITY_NOT_SET", None)
    return {
        "typed": [
            run(typed, {"s": env("PARITY_TEXT"), "n": env("PARITY_NUMBER"), "b": env("PARITY_TRUE")}),
            run(typed, {"s": "a", "inner": {"s": env("PARITY_TEXT"), "n": env("PARITY_NUMBER")}}),
            run(typed, {"s": "a", "many": [env("PARITY_TEXT"), "b"], "by_name": {"k": env("PARITY_TEXT")}}),
            run(typed, {"s": "a", "maybe": env("PARITY_TEXT")}),
        ],
        "typed, refused": [
            run(typed, {"s": env("PARITY_NOT_SET")}),
            run(typed, {"s": "a", "n": env("PARITY_TEXT")}),
            run(typed, {"s": "a", "b": env("PARITY_TEXT")}),
            run(typed, {"s": env(3)}),
            run(typed, {"s": {"env": "PARITY_TEXT", "more": 1}}),
        ],
        "classic": [
            run(classic, {"s": env("PARITY_TEXT"), "n": env("PARITY_NUMBER"), "b": env("PARITY_ONE"), "l": [env("PARITY_TEXT")]}),
            run(classic, {"s": "a", "n": 1, "b": True, "l": [], "plain": env("PARITY_TEXT")}),
            run(classic, {"s": "a", "n": env("PARITY_FLOAT"), "b": True, "l": []}),
            run(classic, {"s": env("PARITY_NOT_SET"), "n": env("PARITY_NOT_SET"), "b": True, "l": []}),
        ],
        "objects": [
            run(typed, Typed(s=dg.EnvVar("PARITY_TEXT"), n=dg.EnvVar.int("PARITY_NUMBER")).model_dump() and {"s": "x"}),
            seen.outcome(lambda: typed_object(Typed(s=dg.EnvVar("PARITY_TEXT")))),
            seen.outcome(lambda: typed_object(Typed(s="a", inner=Inner(s=dg.EnvVar("PARITY_TEXT"))))),
        ],
        "resources": [
            run(calling, None, api=Api(url=dg.EnvVar("PARITY_TEXT"), retries=dg.EnvVar.int("PARITY_NUMBER"))),
            run(calling, None, api=Api(url="u", inner=Inner(s=dg.EnvVar("PARITY_TEXT")))),
            run(calling, None, api=Api(url=dg.EnvVar("PARITY_NOT_SET"))),
            run(calling, None, api=Api(url="u", retries=dg.EnvVar.int("PARITY_TEXT"))),
        ],
        "value": [
            dg.EnvVar("PARITY_TEXT").get_value(),
            dg.EnvVar("PARITY_NOT_SET").get_value(),
            dg.EnvVar("PARITY_NOT_SET").get_value("default"),
            dg.EnvVar.int("PARITY_NUMBER").get_value(),
            dg.EnvVar("PARITY_TEXT").env_var_name,
            seen.outcome(lambda: str(dg.EnvVar("PARITY_TEXT"))),
            seen.outcome(lambda: int(dg.EnvVar.int("PARITY_NUMBER"))),
        ],
    }


def typed_object(config):
    @dg.job
    def made():
        typed()

    return made.execute_in_process(run_config=dg.RunConfig(ops={"typed": config})).output_for_node("typed")
