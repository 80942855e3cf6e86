"""Each misfit is refused before anything runs, with its path."""

import enum
from typing import Dict, List, Literal, Union  # noqa: UP035 - the older spelling is what is tested

import seen
from pydantic import BaseModel, Field

import dagster as dg


class Color(enum.Enum):
    RED = "r"


class Inner(dg.Config):
    q: int = 1


class Cat(dg.Config):
    kind: Literal["cat"] = "cat"
    lives: int


class Dog(dg.Config):
    kind: Literal["dog"] = "dog"


class Settings(dg.Config):
    x: int
    s: str = "s"
    b: bool = False
    f: float = 1.0
    color: Color = Color.RED
    inner: Inner = Inner()
    many: List[Inner] = Field(default=[])  # noqa: UP006
    numbers: Dict[str, int] = Field(default={})  # noqa: UP006
    pet: Union[Cat, Dog] = Field(discriminator="kind", default=Dog())
    other: str = Field(default="z", alias="another")


STARTED = []


@dg.asset
def typed(config: Settings):
    STARTED.append("typed")


@dg.asset
def without_config():
    STARTED.append("without_config")


MISFITS = {
    "missing": ({}, ['"x"', "root:ops:typed:config"]),
    "string for int": ({"x": "3"}, ["root:ops:typed:config:x", "Int"]),
    "float for int": ({"x": 3.0}, ["root:ops:typed:config:x", "Int"]),
    "bool for int": ({"x": True}, ["root:ops:typed:config:x", "Int"]),
    "int for string": ({"x": 3, "s": 3}, ["root:ops:typed:config:s", "String"]),
    "string for bool": ({"x": 3, "b": "true"}, ["root:ops:typed:config:b", "Bool"]),
    "string for float": ({"x": 3, "f": "1"}, ["root:ops:typed:config:f", "Float"]),
    "unexpected": ({"x": 3, "zzz": 1}, ['"zzz"', "root:ops:typed:config"]),
    "the field's own name": ({"x": 3, "other": "o"}, ['"other"']),
    "enum by value": ({"x": 3, "color": "r"}, ["root:ops:typed:config:color", "Color"]),
    "nested": ({"x": 3, "inner": {"q": "s"}}, ["root:ops:typed:config:inner:q"]),
    "no dict": ({"x": 3, "inner": 3}, ["root:ops:typed:config:inner", "must be dict"]),
    "in a list": ({"x": 3, "many": [{}, {"q": "s"}]}, ["root:ops:typed:config:many[1]:q"]),
    "no list": ({"x": 3, "many": {"q": 1}}, ["root:ops:typed:config:many", "must be list"]),
    "in a dict": ({"x": 3, "numbers": {"a": "s"}}, ["root:ops:typed:config:numbers:'a':value"]),
    "unknown choice": ({"x": 3, "pet": {"cow": {}}}, ['"cow"', "root:ops:typed:config:pet"]),
    "two choices": ({"x": 3, "pet": {"cat": {}, "dog": {}}}, ["root:ops:typed:config:pet", "single field"]),
    "in a choice": ({"x": 3, "pet": {"cat": {}}}, ['"lives"', "root:ops:typed:config:pet:cat"]),
    "unset variable": ({"x": {"env": "PARITY_NOT_SET"}}, ["root:ops:typed:config:x", '"PARITY_NOT_SET"']),
    "not a dict": ("text", ["root:ops:typed:config", "must be dict"]),
    "none": (None, ["root:ops:typed:config"]),
}

WHOLE = {
    "no config": ({}, ['"ops"', "at the root"]),
    "unknown op": ({"ops": {"typed": {"config": {"x": 1}}, "nope": {}}}, ['"nope"', "root:ops"]),
    "unknown part": ({"opz": {}}, ['"opz"', "at the root"]),
    "config level left out": ({"ops": {"typed": {"x": 1}}}, ['"x"', "root:ops:typed"]),
    "unknown resource": ({"ops": {"typed": {"config": {"x": 1}}}, "resources": {"nope": {}}}, ['"nope"', "root:resources"]),
}


class Foreign(BaseModel):
    x: int = 1


def refused_class(annotation):
    made = type("Made", (dg.Config,), {"__annotations__": {"x": annotation}, "__module__": __name__})
    return seen.outcome(lambda: made.to_config_schema())


def facts() -> dict:
    def materialized(run_config):
        return lambda: dg.materialize([typed], run_config=run_config).success

    def errors():
        try:
            dg.materialize([typed], run_config={"ops": {"typed": {"config": {"x": "s", "zz": 1, "many": [{"q": "s"}]}}}})
        except dg.DagsterInvalidConfigError as error:
            return [len(error.errors), sorted(each.reason.value for each in error.errors)]

    return {
        "misfits": {
            name: seen.outcome(materialized({"ops": {"typed": {"config": config}}}), mentions=words)
            for name, (config, words) in MISFITS.items()
        },
        "whole": {name: seen.outcome(materialized(config), mentions=words) for name, (config, words) in WHOLE.items()},
        "errors": errors(),
        "nothing started": list(STARTED),
        "an asset without config takes any": dg.materialize(
            [without_config], run_config={"ops": {"without_config": {"config": {"any": "thing"}}}}
        ).success,
        "fields": {
            "object": refused_class(object),
            "union": refused_class(Union[int, str]),
            "foreign model": refused_class(Foreign),
        },
    }
