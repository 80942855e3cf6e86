"""Defaults: of fields, of dicts inside, of typed config inside of typed config, of selectors, lists and maps."""

import os

import seen
from pydantic import Field as PydanticField

import dagster as dg

DEEP = {
    "a": dg.Field(int, default_value=1),
    "b": {"c": dg.Field(str, default_value="c"), "d": {"e": dg.Field([int], default_value=[1])}},
    "f": dg.Field({"g": dg.Field(int, default_value=2), "h": int}, default_value={"h": 3}),
    "i": dg.Field(dg.Noneable(int), default_value=None),
    "j": dg.Noneable(str),
    "k": dg.Field(dg.Selector({"x": {"n": dg.Field(int, default_value=1)}, "y": int}), default_value={"x": {}}),
    "l": dg.Field(dg.Map(str, {"m": dg.Field(int, default_value=4)}), default_value={"key": {}}),
    "o": dg.Field(dg.Permissive({"p": dg.Field(int, default_value=5)}), default_value={"more": 1}),
    "q": dg.Field(dg.StringSource, default_value={"env": "PARITY_DEFAULT"}),
    "r": dg.Field(dg.Enum("E", [dg.EnumValue("one", 1), dg.EnumValue("two", 2)]), default_value="two"),
    "s": dg.Field(float, default_value=3),
    "t": dg.Field(str, is_required=False),
}


class Leaf(dg.Config):
    n: int = 1
    s: str | None = None
    tags: list[str] = ["a"]


class Branch(dg.Config):
    leaf: Leaf = Leaf(n=2)
    leaves: list[Leaf] = []
    by_name: dict[str, Leaf] = {}
    maybe: Leaf | None = None
    made: list[int] = PydanticField(default_factory=lambda: [7])


class Tree(dg.Config):
    branch: Branch = Branch(leaf=Leaf(n=5))
    required: Leaf


@dg.op(config_schema=DEEP)
def deep(context):
    return context.op_config


@dg.op
def tree(config: Tree):
    return config.model_dump()


@dg.op
def branch(context: dg.OpExecutionContext, config: Branch):
    return [context.op_config, config.model_dump()]


@dg.op(config_schema=dg.Field(int, default_value=3))
def scalar(context):
    return context.op_config


@dg.op(config_schema=dg.Field(dict, is_required=False))
def optional(context):
    return context.op_config


@dg.op
def undeclared(context):
    return context.op_config


def run(op, config=None, given=True):
    @dg.job
    def made():
        op()

    run_config = {"ops": {op.name: {"config": config}}} if given else None
    return seen.outcome(lambda: made.execute_in_process(run_config=run_config).output_for_node(op.name))


def facts() -> dict:
    os.environ["PARITY_DEFAULT"] = "from the environment"
    return {
        "deep": run(deep, given=False),
        "deep, parts given": run(deep, {"b": {"d": {}}, "f": {"h": 9}, "k": {"y": 2}, "l": {"z": {}, "w": {"m": 1}}, "j": "x"}),
        "deep, none given": run(deep, {"i": None, "j": None}),
        "tree": run(tree, {"required": {}}),
        "tree, parts given": run(tree, {"required": {"n": 0}, "branch": {"leaf": {"s": "x"}, "leaves": [{}]}}),
        "tree, without what is required": run(tree, {}),
        "branch": run(branch, given=False),
        "branch, parts given": run(branch, {"by_name": {"y": {}}, "maybe": {"n": 1}}),
        "scalar": [run(scalar, given=False), run(scalar, 4)],
        "optional": [run(optional, given=False), run(optional, {"a": 1})],
        "undeclared": [run(undeclared, given=False), run(undeclared, {"a": [1]})],
    }
