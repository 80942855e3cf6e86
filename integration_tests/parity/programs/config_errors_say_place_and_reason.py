"""What an error of config knows: one entry per place, each with a reason, the way there and a sentence; all at once."""

import enum

import seen

import dagster as dg


class Mode(enum.Enum):
    FULL = 1


class Inner(dg.Config):
    q: int


class Typed(dg.Config):
    n: int
    inner: Inner
    many: list[Inner] = []
    mode: Mode = Mode.FULL


SCHEMAS = {
    "scalar": (int, ["x", None, [1], {}]),
    "dict": ({"a": int, "b": {"c": str}}, [{}, {"a": 1}, {"a": "x", "b": {"c": 3}}, {"a": 1, "b": {}, "z": 1, "y": 2}, 3, None]),
    "list": ([{"a": int}], [[{"a": 1}, {"a": "x"}, {}, 3], {"a": 1}, "abc"]),
    "map": (dg.Map(str, int), [{"a": "x", 1: 2}, [1], None]),
    "selector": (dg.Selector({"a": int, "b": str}), [{}, {"a": 1, "b": "x"}, {"a": "x"}, {"z": 1}, 3, None]),
    "enum": (dg.Enum("Mode", [dg.EnumValue("FULL"), dg.EnumValue("PART")]), ["full", 3, None]),
    "union": (dg.ScalarUnion(str, {"a": int}), [{"a": "x"}, 3, [1], None]),
    "noneable": (dg.Noneable({"a": int}), [{"a": "x"}, {"b": 1}, 3]),
    "permissive": (dg.Permissive({"a": int}), [{"b": 1}, {"a": "x", "b": 1}, 3]),
    "source": (dg.IntSource, ["x", {"env": 3}, {"env": "PARITY_NOT_SET"}, {"other": "X"}, {}]),
    "nested": ({"a": [dg.Map(str, {"b": dg.Noneable([int])})]}, [{"a": [{"k": {"b": [1, "x"]}}, {"k": {"c": 1}}]}]),
}


def entries(error: dg.DagsterInvalidConfigError) -> list:
    """Each entry as its reason and the names of the fields on the way."""
    return [[each.reason.value, list(each.stack.levels)] for each in error.errors]


def refused(job, run_config):
    try:
        job.execute_in_process(run_config=run_config)
    except dg.DagsterInvalidConfigError as error:
        return entries(error)
    return "taken"


def of_schema(schema):
    @dg.op(config_schema=schema)
    def node(context): ...

    @dg.job
    def made():
        node()

    return made


@dg.op
def typed(config: Typed): ...


@dg.op(config_schema={"a": int})
def second(context): ...


@dg.resource(config_schema={"host": str})
def server(context): ...


@dg.op(required_resource_keys={"server"})
def asking(context): ...


@dg.job
def of_typed():
    typed()


@dg.job(resource_defs={"server": server})
def several():
    typed()
    second()
    asking()


def facts() -> dict:
    config = lambda value: {"ops": {"node": {"config": value}}}  # noqa: E731
    return {
        "schemas": {
            name: [refused(of_schema(schema), config(value)) for value in values] for name, (schema, values) in SCHEMAS.items()
        },
        "typed": [
            refused(of_typed, {"ops": {"typed": {"config": value}}})
            for value in ({}, {"n": "x", "inner": {}}, {"n": 1, "inner": {"q": 1}, "many": [{"q": "x"}, {}]}, {"n": 1, "inner": 3})
        ],
        "several at once": refused(several, {"ops": {"second": {"config": {"a": "x"}}}, "resources": {"server": {"config": {}}}}),
        "sections": [
            refused(of_typed, value)
            for value in (
                {},
                {"opps": {}},
                {"ops": {"other": {}}},
                {"ops": {"typed": {"confg": {}}}},
                {"ops": []},
                {"resources": {"x": {}}},
                {"loggers": {"x": {}}},
            )
        ],
        "config_value": seen.outcome(lambda: _value()),
    }


def _value():
    try:
        of_typed.execute_in_process(run_config={"ops": {"typed": {"config": {"n": 3}}}})
    except dg.DagsterInvalidConfigError as error:
        return error.config_value
