"""Values in the body of a graph, defaults of its parameters, and what is known when the job runs only."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dagster import DagsterInvalidDefinitionError, DagsterInvariantViolationError, graph, job, op
from dagster.define.given_values import handle_within
from dagster.define.nodes import GivenValue, MultiDependencyDefinition


@op
def one() -> int:
    return 1


@op
def several(path: Any, limit: int = 3, *, tags: Any = None) -> Any:
    return path, limit, tags


def given_to(made: Any, node: str) -> dict[str, Any]:
    dependencies = made.graph.dependencies[node]
    return {name: each.value for name, each in dependencies.items() if isinstance(each, GivenValue)}


def test_plain_values_are_taken_by_place_and_by_name() -> None:
    made = job(name="j")(lambda: several(Path("x"), limit=None, tags={"a": [1]}))
    assert given_to(made, "several") == {"path": Path("x"), "limit": None, "tags": {"a": [1]}}


def test_lists_may_hold_outputs_beside_values() -> None:
    made = job(name="j")(lambda: several([one(), 5, None]))
    taken = made.graph.dependencies["several"]["path"]
    assert isinstance(taken, MultiDependencyDefinition)
    assert [getattr(each, "value", "an output") for each in taken.dependencies] == ["an output", 5, None]


@pytest.mark.parametrize("value", [[], [1, 2], {"a": (1,)}, "text", b"bytes", 2.5, {1, 2}])
def test_values_without_outputs_are_values(value: Any) -> None:
    assert given_to(job(name="j")(lambda: several(value)), "several") == {"path": value}


@pytest.mark.parametrize(
    "made_of", [lambda each: f"{each}/x", str, lambda each: {"a": each}, lambda each: (each, 1), lambda each: [[each]]]
)
def test_values_made_of_outputs_are_refused_by_name(made_of: Callable[[Any], Any]) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=r'"path".* made of one\.result, which is known when the job'):
        job(name="j")(lambda: several(made_of(one())))


def test_parameters_are_told_by_their_names() -> None:
    found: list[str | None] = []

    @job
    def made(path: str) -> None:
        found.append(handle_within(["a", {"b": f"{path}.csv"}]))
        several(path)

    assert found == ["path"]


@pytest.mark.parametrize("apart", [lambda rows: rows[0], lambda rows: [*rows], list])
def test_outputs_are_not_taken_apart_in_the_body(apart: Callable[[Any], Any]) -> None:
    with pytest.raises(DagsterInvariantViolationError, match="known when the job runs"):
        job(name="j")(lambda: several(apart(one())))


def test_ops_are_called_and_not_handed_on() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="forget parentheses"):
        job(name="j")(lambda: several(one))


def test_defaults_of_parameters_are_those_of_the_inputs() -> None:
    @graph
    def made(path: str = "x", limit: int = 10) -> Any:
        return several(path, limit)

    assert {each.name: each.default_value for each in made.input_defs} == {"path": "x", "limit": 10}
    assert made.own_default("limit") == 10


def test_without_a_default_the_op_says_it() -> None:
    @graph
    def made(path: str, limit: int) -> Any:
        return several(path, limit)

    [path, limit] = made.input_defs
    assert not path.has_default_value
    assert limit.default_value == 3
