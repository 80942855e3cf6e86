"""Bodies of graphs and jobs: what they may return, and what is said of their parameters."""

from collections.abc import Callable
from typing import Any

import pytest

from dagster import (
    DagsterInvalidDefinitionError,
    DependencyDefinition,
    DynamicOut,
    DynamicOutput,
    GraphDefinition,
    GraphIn,
    GraphOut,
    InputMapping,
    Out,
    graph,
    job,
    op,
    success_hook,
)
from dagster.errors import CheckError


@op
def one() -> int:
    return 1


@op(out={"low": Out(), "high": Out()})
def bounds() -> tuple[int, int]:
    return 1, 2


@op
def pair(x: Any, y: Any) -> Any:
    return x, y


@op(out=DynamicOut())
def many() -> Any:
    yield DynamicOutput(1, "a")


def test_a_graph_without_outs_has_one_output() -> None:
    @graph
    def first() -> Any:
        return bounds()

    assert ["result"] == [each.name for each in first.output_defs]
    with pytest.raises(DagsterInvalidDefinitionError, match=r"key low .* \['result'\]"):
        graph(name="g")(lambda: {"low": one()})


def test_a_job_may_return_outputs() -> None:
    def outputs_of(returned: Callable[[], Any]) -> list[str]:
        return [each.name for each in job(name="j")(returned).graph.output_defs]

    assert outputs_of(lambda: one()) == ["result"]
    assert outputs_of(lambda: bounds()) == ["low", "high"]
    assert outputs_of(lambda: {"first": one()}) == ["first"]
    with pytest.raises(DagsterInvalidDefinitionError, match="problematic value"):
        outputs_of(lambda: 3)


def test_what_is_said_of_an_input_needs_its_parameter() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=r"'z'.* are: \['x'\]"):
        graph(name="g", ins={"z": GraphIn()}, out=GraphOut())(lambda x: pair(x, x))


def test_an_input_of_a_node_is_fed_once() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=r"pair\.x"):
        GraphDefinition(
            "g",
            node_defs=[one, pair],
            dependencies={"pair": {"x": DependencyDefinition("one")}},
            input_mappings=[InputMapping(graph_input_name="i", mapped_node_name="pair", mapped_node_input_name="x")],
        )


def test_an_op_does_not_collect_the_values_that_it_is_mapped_over() -> None:
    def body() -> None:
        values = many()
        values.map(lambda each: pair(each, values.collect()))

    with pytest.raises(DagsterInvalidDefinitionError, match='cannot both collect over dynamic output "many:result"'):
        job(name="j")(body)


@pytest.mark.parametrize("changed", [lambda: one.with_hooks({3}), lambda: one.with_retry_policy(3), lambda: one.tag(3)])
def test_what_is_put_on_a_node_is_of_its_kind(changed: Any) -> None:
    with pytest.raises(CheckError):
        changed()


def test_a_hook_is_called_with_the_resources_that_it_requires() -> None:
    from dagster import build_hook_context

    @success_hook(required_resource_keys={"chat"})
    def tell(context: Any) -> None:
        context.resources.chat.append(1)

    with pytest.raises(DagsterInvalidDefinitionError, match='requires resource "chat"'):
        tell(build_hook_context())


def test_dynamic_outputs_are_given_in_calls_as_in_runs() -> None:
    @op(out={"parts": DynamicOut(int), "whole": Out(str)})
    def split() -> tuple[list[DynamicOutput[int]], str]:
        return [DynamicOutput(1, "a")], "all"

    assert [1] == [each.value for each in many()]
    parts, whole = split()
    assert (["a"], "all") == ([each.mapping_key for each in parts], whole)
    result = job(name="j")(lambda: split()).execute_in_process()
    assert ({"a": 1}, "all") == (result.output_for_node("split", "parts"), result.output_for_node("split", "whole"))


@pytest.mark.parametrize("dependencies", [["pair"], {"pair": {"x": "one"}}])
def test_dependencies_of_another_form_are_refused(dependencies: Any) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="graph 'g'"):
        GraphDefinition("g", node_defs=[one, pair], dependencies=dependencies)
