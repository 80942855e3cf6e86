"""The classic schema: types, dicts, lists, selectors, maps, unions, defaults, and its refusals."""

import enum
import os

import seen

import dagster as dg


class Mode(enum.Enum):
    FULL = "f"
    PART = "p"


NESTED = {"a": int, "b": dg.Field(str, is_required=False), "c": dg.Field(float, default_value=2.0)}
MODES = dg.Enum("Modes", [dg.EnumValue("x"), dg.EnumValue("y", python_value=3)])

CASES = {
    "int": (int, [1, "a", 1.0, True, None]),
    "float": (float, [1, 1.5, "a"]),
    "bool": (bool, [True, 1, "a"]),
    "str": (str, ["a", 1]),
    "any": (dg.Any, [3, None, {"a": [1]}]),
    "noneable": (dg.Noneable(int), [None, 3, "s"]),
    "array": (dg.Array(int), [[1], ["a"], 1, None]),
    "list": ([{"a": int}], [[{"a": 1}], [{"a": "s"}], [{}]]),
    "bare list": (list, [[1, "a"], 3]),
    "bare dict": (dict, [{"a": 1}, 3]),
    "dict": (NESTED, [{"a": 1}, {"a": 1, "d": 3, "e": 3}, {}, {"a": 1, "b": None}]),
    "defaults": ({"c": dg.Field({"d": dg.Field(int, default_value=2)})}, [{}, {"c": {}}, {"c": {"d": 3}}]),
    "selector": (dg.Selector({"a": int, "b": {"c": str}}), [{"a": 1}, {"b": {"c": "x"}}, {}, {"a": 1, "b": {}}, {"z": 1}, "a"]),
    "selector of one": (dg.Selector({"a": dg.Field(int, default_value=3)}), [{}, {"a": 4}]),
    "selector and none": (dg.Selector({"a": {"x": dg.Field(int, default_value=3)}, "b": int}), [{"a": None}, {"b": None}]),
    "permissive": (dg.Permissive({"a": int}), [{"a": 1, "b": 2}, {"b": 2}, {"a": "s"}]),
    "empty": ({}, [{}, {"a": 1}]),
    "map": (dg.Map(str, int), [{"a": 1}, {1: 1}, {"a": "s"}]),
    "map of dicts": ({int: {"x": int}}, [{1: {"x": 2}}, {"1": {"x": 2}}]),
    "enum": (MODES, ["x", "y", "z", 3]),
    "python enum": (dg.Enum.from_python_enum(Mode), ["FULL", "f"]),
    "scalar union": (dg.ScalarUnion(int, {"a": int}), [1, {"a": 1}, "s", []]),
    "string source": (dg.StringSource, ["a", {"env": "PARITY_TEXT"}, {"env": "PARITY_NOT_SET"}, 3, {"e": 1}]),
    "int source": (dg.IntSource, [1, {"env": "PARITY_NUMBER"}, {"env": "PARITY_TEXT"}, "a"]),
    "bool source": (dg.BoolSource, [True, {"env": "PARITY_TRUE"}, {"env": "PARITY_FALSE"}, "a"]),
    "aliases": (dg.Shape({"a": int}, field_aliases={"a": "b"}), [{"a": 1}, {"b": 1}]),
}

DEFINITIONS = {
    "default of another type": lambda: dg.Field(int, default_value="s"),
    "default of another type inside": lambda: dg.Field({"a": int}, default_value={"a": "s"}),
    "required with default": lambda: dg.Field(int, default_value=3, is_required=True),
    "enum member as default": lambda: dg.Field(dg.Enum.from_python_enum(Mode), default_value=Mode.FULL),
    "class of no config type": lambda: dg.Field(object),
    "two in a list": lambda: dg.Shape({"a": [int, str]}),
    "number": lambda: dg.Shape({"a": 3}),
    "type of values": lambda: dg.Shape({"a": dg.List[int]}),
    "class of a config type": lambda: dg.Shape({"a": dg.Permissive}),
    "map with keys of lists": lambda: dg.Map([int], int),
    "members alike": lambda: dg.Enum("E", [dg.EnumValue("x"), dg.EnumValue("x")]),
    "member of no string": lambda: dg.EnumValue(3),
    "default that was not given": lambda: dg.Field(int).default_value,
}


def made_of(schema, config):
    @dg.resource(config_schema=schema)
    def given(context):
        return context.resource_config

    with dg.build_resources({"given": given}, resource_config={"given": {"config": config}}) as resources:
        return resources.given


def facts() -> dict:
    os.environ.update({"PARITY_TEXT": "text", "PARITY_NUMBER": "12", "PARITY_TRUE": "true", "PARITY_FALSE": "false"})
    fields = {
        "int": dg.Field(int),
        "default": dg.Field(int, default_value=3, description="how many"),
        "noneable": dg.Field(dg.Noneable(int)),
        "dict of defaults": dg.Field({"a": dg.Field(int, default_value=3)}),
        "dict": dg.Field({"a": int}),
        "permissive": dg.Field(dg.Permissive()),
        "selector": dg.Field(dg.Selector({"a": dg.Field(int, default_value=3)})),
        "optional": dg.Field(str, is_required=False),
    }
    return {
        "values": {
            name: [seen.outcome(lambda schema=schema, config=config: made_of(schema, config)) for config in configs]
            for name, (schema, configs) in CASES.items()
        },
        "definitions": {name: seen.outcome(define) for name, define in DEFINITIONS.items()},
        "fields": {
            name: [field.is_required, field.default_provided, field.default_value if field.default_provided else None]
            for name, field in fields.items()
        },
        "description": fields["default"].description,
        "keys": [dg.Noneable(int).key, dg.Array(int).key, dg.Map(str, int).key, MODES.key],
    }
