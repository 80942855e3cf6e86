"""Some ops of a job, and what stands in the place of the others."""

from typing import Any

import pytest

from dagster import DagsterInvalidSubsetError, graph, job, op


@op
def one() -> int:
    return 1


@op
def times(x: int) -> int:
    return x * 2


@graph
def inner(x: int) -> Any:
    return times.alias("second")(times.alias("first")(x))


@graph
def outer(x: int) -> Any:
    return times.alias("last")(inner(x))


@job
def nested():
    times(outer(one()))


def executed(*selection: str, run_config: Any = None) -> list[str]:
    result = nested.execute_in_process(op_selection=list(selection), run_config=run_config or {})
    return [event.step_key for event in result.get_step_success_events()]


def test_beside_a_node_of_the_job_stand_whole_graphs() -> None:
    assert ["one", "outer.inner.first", "outer.inner.second", "outer.last"] == executed("one+")
    assert executed("*outer") == executed("one+")


def test_beside_an_op_inside_of_a_graph_stand_ops() -> None:
    assert ["one", "outer.inner.first", "outer.inner.second"] == executed("*outer.inner.second")


def test_an_input_that_is_cut_off_is_given_where_its_value_entered_the_graphs() -> None:
    assert ["outer.inner.first"] == executed("outer.inner.first", run_config={"ops": {"outer": {"inputs": {"x": 3}}}})
    last = {"ops": {"outer": {"ops": {"last": {"inputs": {"x": 3}}}}}}
    assert ["outer.last"] == executed("outer.last", run_config=last)


def test_a_name_that_is_not_there_is_refused() -> None:
    with pytest.raises(DagsterInvalidSubsetError, match="outr"):
        executed("outr+")
