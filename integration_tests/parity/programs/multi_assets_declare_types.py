"""Types of several outputs: by annotation, by `AssetOut`, checked when values are given."""

from typing import Any, Dict, List, Tuple

import seen

import dagster as dg


def types(annotation, **given) -> dict:
    def function(): ...

    function.__annotations__["return"] = annotation
    return seen.outcome(
        lambda: [[out.name, out.dagster_type.display_name] for out in dg.multi_asset(**given)(function).op.output_defs]
    )


def two(annotation) -> dict:
    return types(annotation, outs={"a": dg.AssetOut(), "b": dg.AssetOut()})


def one(annotation) -> dict:
    return types(annotation, outs={"a": dg.AssetOut()})


@dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()})
def numbers() -> Tuple[str, int]:
    return "x", "y"


@dg.multi_asset(outs={"a": dg.AssetOut(dagster_type=int), "b": dg.AssetOut()})
def declared():
    return "x", 1


def facts() -> dict:
    return {
        "a tuple": two(Tuple[int, str]),
        "a tuple of outputs": two(Tuple[dg.Output[int], dg.Output[str]]),
        "a tuple of results": two(Tuple[dg.MaterializeResult, dg.MaterializeResult]),
        "too short": two(Tuple[int]),
        "no tuple": two(int),
        "a list": two(List[int]),
        "a dict": two(Dict[str, int]),
        "any": two(Any),
        "one: a number": one(int),
        "one: a tuple": one(Tuple[int, str]),
        "one: None": one(None),
        "one: an output": one(dg.Output[int]),
        "specs": types(Tuple[int, str], specs=[dg.AssetSpec("a"), dg.AssetSpec("b")]),
        "of an out": types(
            Tuple[int, str], outs={"a": dg.AssetOut(dagster_type=float), "b": dg.AssetOut(dagster_type=dg.Nothing)}
        ),
        "checked": seen.outcome(lambda: dg.materialize_to_memory([numbers]), ["b", "Int"]),
        "checked as declared": seen.outcome(lambda: dg.materialize_to_memory([declared]), ["a", "Int"]),
    }
