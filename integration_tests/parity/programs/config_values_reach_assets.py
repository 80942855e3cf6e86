"""Typed run config: defaults, nesting, enums, unions, variables, plain annotations."""

import enum
import os
from typing import Any, Dict, List, Literal, Optional, Union  # noqa: UP035 - the older spelling is what is tested

import seen
from pydantic import Field, field_validator

import dagster as dg


class Color(enum.Enum):
    RED = "r"
    BLUE = "b"


class Inner(dg.Config):
    q: int = 1


class Aliased(dg.Config):
    name: str = Field(alias="label")
    extra: Optional[str] = None  # noqa: UP045


class Cat(dg.Config):
    kind: Literal["cat"] = "cat"
    lives: int


class Dog(dg.Config):
    kind: Literal["dog"] = "dog"
    noise: float = 1.0


class Settings(dg.Config):
    """What the asset takes."""

    x: int
    s: str = "s"
    b: bool = False
    f: float = 1.0
    color: Color = Color.RED
    maybe: Optional[int] = None  # noqa: UP045
    inner: Inner = Inner(q=7)
    many: List[Inner] = Field(default=[])  # noqa: UP006
    by_name: Dict[str, Inner] = Field(default={})  # noqa: UP006
    pet: Union[Cat, Dog] = Field(discriminator="kind", default=Dog())
    aliased: Optional[Aliased] = None  # noqa: UP045
    other: str = Field(default="z", alias="another")
    made: List[int] = Field(default_factory=lambda: [7])  # noqa: UP006
    size: Literal["small", "large"] = "small"
    anything: Any = None
    free: dict = Field(default={})

    @field_validator("s")
    @classmethod
    def _upper(cls, value):
        return value.upper()


class Open(dg.PermissiveConfig):
    x: int


def given_to(annotation, config=None):
    """What the asset's parameter `config` gets, as text."""

    def takes(config):
        return repr(config)

    takes.__annotations__ = {"config": annotation}
    made = dg.asset(takes)
    run_config = {"ops": {"takes": {"config": config}}} if config is not None else None
    return dg.materialize([made], run_config=run_config).output_for_node("takes")


GIVEN = {
    "required alone": {"x": 3},
    "scalars": {"x": 3, "s": "t", "b": True, "f": 2, "maybe": 4, "size": "large"},
    "enum by name": {"x": 3, "color": "BLUE"},
    "nested": {"x": 3, "inner": {"q": 4}, "many": [{"q": 2}, {}], "by_name": {"a": {"q": 3}}},
    "a nested default is kept": {"x": 3, "inner": {}},
    "union": {"x": 3, "pet": {"cat": {"lives": 9}}},
    "union with defaults": {"x": 3, "pet": {"dog": {}}},
    "alias": {"x": 3, "another": "o", "aliased": {"label": "l"}},
    "none": {"x": 3, "maybe": None, "aliased": None},
    "factory": {"x": 3, "made": [1, 2]},
    "anything": {"x": 3, "anything": {"a": [1, None]}, "free": {"k": 1.5}},
    "variables": {"x": {"env": "PARITY_NUMBER"}, "s": {"env": "PARITY_TEXT"}, "b": {"env": "PARITY_TEXT"}},
}


def facts() -> dict:
    os.environ["PARITY_NUMBER"] = "12"
    os.environ["PARITY_TEXT"] = "text"

    class AllOptional(dg.Config):
        o: Optional[int]  # noqa: UP045
        n: int = 3

    @dg.asset
    def twice(context: dg.AssetExecutionContext, config: Inner):
        return [context.op_config, config.q, sorted(config.model_fields_set)]

    return {
        "typed": {name: given_to(Settings, config) for name, config in GIVEN.items()},
        "nothing given": given_to(AllOptional),
        "permissive": given_to(Open, {"x": 1, "y": [2], "z": {"a": None}}),
        "plain": {"int": given_to(int, 3), "dict": given_to(dict, {"a": [1]}), "str": given_to(str, "x")},
        "op_config": dg.materialize([twice]).output_for_node("twice"),
        "objects": {
            "ignored": repr(Inner(q=3, unknown=4)),
            "equal": Inner(q=3) == Inner(q=3),
            "enum by name": repr(Settings(x=1, color="BLUE").color),
            "frozen": seen.outcome(lambda: setattr(Inner(), "q", 2), mentions=["Inner"]),
            "wrong": seen.outcome(lambda: Inner(q="x")),
        },
    }
