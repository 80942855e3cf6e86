"""What fields and types of config say about themselves; how a Config class shows as a schema."""

import enum
from typing import Literal

import seen
from pydantic import Field as PydanticField

import dagster as dg


class Mode(enum.Enum):
    FULL = 1
    PART = 2


class Inner(dg.Config):
    """The docs of Inner."""

    q: int = PydanticField(default=1, description="what q is")


class Typed(dg.Config):
    i: int
    s: str = "s"
    f: float = 1.5
    b: bool = True
    o: int | None = None
    ls: list[str] = []
    d: dict[str, int] = {}
    e: Mode = Mode.PART
    lit: Literal["a", "b"] = "a"
    inner: Inner = Inner()
    aliased: int = PydanticField(default=1, alias="other")


class Open(dg.PermissiveConfig):
    a: int


FIELDS = {
    "int": lambda: dg.Field(int),
    "default": lambda: dg.Field(int, default_value=3, description="three"),
    "none": lambda: dg.Field(dg.Noneable(int), default_value=None),
    "optional": lambda: dg.Field(str, is_required=False),
    "dict": lambda: dg.Field({"a": int, "b": dg.Field(str, default_value="x")}),
    "dict of defaults": lambda: dg.Field({"b": dg.Field(str, default_value="x")}),
    "empty dict": lambda: dg.Field({}),
    "list": lambda: dg.Field([int]),
    "selector": lambda: dg.Field(dg.Selector({"a": int, "b": int})),
    "selector of one": lambda: dg.Field(dg.Selector({"a": dg.Field(int, default_value=1)})),
    "permissive": lambda: dg.Field(dg.Permissive()),
    "permissive of required": lambda: dg.Field(dg.Permissive({"a": int})),
    "map": lambda: dg.Field(dg.Map(str, int)),
    "noneable": lambda: dg.Field(dg.Noneable(str)),
    "any": lambda: dg.Field(dg.Any),
    "union": lambda: dg.Field(dg.ScalarUnion(str, {"a": int})),
    "source": lambda: dg.Field(dg.StringSource),
}


def told(field) -> dict:
    return {
        "kind": field.config_type.kind.value,
        "required": field.is_required,
        "default": seen.outcome(lambda: field.default_value) if field.default_provided else "none given",
        "description": field.description,
        "name": field.config_type.given_name,
    }


def facts() -> dict:
    return {
        "fields": {name: told(make()) for name, make in FIELDS.items()},
        "typed": {name: told(field) for name, field in Typed.to_fields_dict().items() if name != "inner"},
        "inner": {name: told(field) for name, field in Inner.to_fields_dict().items()},
        "open": told(Open.to_config_schema().as_field()),
        "schema of typed": Typed.to_config_schema().as_field().config_type.kind.value,
        "enum": [dg.Enum.from_python_enum(Mode).config_values, dg.Enum("M", [dg.EnumValue("a")]).config_values],
        "direct values": dg.Enum.from_python_enum_direct_values(Mode).config_values,
        "enum value": [dg.EnumValue("a").python_value, dg.EnumValue("a", 3, "d").python_value, dg.EnumValue("a", 3, "d").description],
        "valid": [dg.Enum.from_python_enum(Mode).is_valid_config_enum_value(value) for value in ("FULL", "other")],
        "op": told(dg.op(config_schema={"a": int})(_nothing).config_field),
        "op without": seen.outcome(lambda: dg.op(_nothing).config_field.config_type.kind.value),
    }


def _nothing(context): ...
