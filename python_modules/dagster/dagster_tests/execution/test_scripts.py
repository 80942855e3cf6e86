"""Scripts that became jobs by decorators: run, called, given values in each way."""

import datetime
import enum
from pathlib import Path
from typing import Any

import pytest

from dagster import (
    DagsterInvalidConfigError,
    DagsterInvalidInvocationError,
    DagsterInvariantViolationError,
    DagsterTypeCheckDidNotPass,
    DynamicOut,
    DynamicOutput,
    In,
    Out,
    Output,
    RunConfig,
    asset,
    define_asset_job,
    graph,
    job,
    materialize_to_memory,
    op,
    repository,
    validate_run_config,
)
from dagster.execution.job_configs import scaffolded_run_config


class Mode(enum.Enum):
    FAST = "fast"
    FULL = "full"


@op
def words(line: str) -> list[str]:
    return line.split()


@op
def load(path: Path, limit: int = 3, *, mark="") -> list:
    return [f"{path}{number}{mark}" for number in range(limit)]


@op
def describe(rows: list, mode: Mode, since: datetime.date) -> str:
    return f"{len(rows)} {mode.value} {since} {words('a b')[1]}"


@job
def main(path: Path = Path("x"), limit: int = 2, mode: Mode = Mode.FAST, since: datetime.date = datetime.date(2024, 1, 1)) -> Any:
    rows = load(path, limit, mark="!")
    return describe(rows, mode, since)


def ran(**options: Any) -> Any:
    return main.execute_in_process(**options).output_value()


def test_it_runs_without_being_given_anything() -> None:
    result = main.execute_in_process()
    assert result.output_value() == "2 fast 2024-01-01 b"
    assert result.output_for_node("load") == ["x0!", "x1!"]


def test_it_is_called_like_a_function() -> None:
    assert main() == "2 fast 2024-01-01 b"
    assert main(Path("y"), 1, since=datetime.date(2024, 2, 2)) == "1 fast 2024-02-02 b"


def test_run_config_gives_values_in_each_form() -> None:
    inputs = {"limit": 1, "mode": "FULL", "since": "2024-03-04", "path": "z"}
    expected = "1 full 2024-03-04 b"
    assert ran(run_config={"inputs": inputs}) == expected
    assert ran(run_config=RunConfig(inputs=inputs)) == expected
    assert ran(run_config={"inputs": {**inputs, "limit": {"value": 1}}}) == expected
    assert ran(input_values={"limit": 1, "mode": Mode.FULL}, run_config={"inputs": {"since": "2024-03-04"}}) == expected


def test_what_does_not_fit_is_named_with_its_path() -> None:
    with pytest.raises(DagsterInvalidConfigError) as refused:
        ran(run_config={"inputs": {"limit": "x", "mode": "FULLL", "since": "soon", "pth": "x"}})
    paths = sorted(str(error.stack.text) for error in refused.value.errors)
    assert paths == ["root:inputs", "root:inputs:limit", "root:inputs:mode", "root:inputs:since"]
    assert "Close: 'FULL'" in str(refused.value)
    assert "Close: 'path'" in str(refused.value)


def test_values_are_checked_by_the_types_of_the_ops() -> None:
    with pytest.raises(DagsterTypeCheckDidNotPass, match='"limit"'):
        main(limit="3")


def test_a_call_takes_its_parameters_only() -> None:
    with pytest.raises(DagsterInvalidInvocationError, match=r"'lmit'.* takes: \['path', 'limit', 'mode', 'since'\]"):
        main(lmit=3)


def test_jobs_are_not_called_in_bodies_nor_when_they_make_assets() -> None:
    with pytest.raises(DagsterInvariantViolationError, match="'main' directly"):
        job(name="outer")(lambda: main())

    @asset
    def some() -> None: ...

    @repository
    def everything() -> Any:
        return [some, define_asset_job("making")]

    with pytest.raises(DagsterInvariantViolationError, match="'making' directly"):
        everything.get_job("making")()


def test_a_call_gives_several_outputs_as_a_dict_and_none_for_one_that_was_left_out() -> None:
    @op(out={"low": Out(), "high": Out(is_required=False)})
    def bounds(n):
        yield Output(n, "low")

    @job
    def both(n: int):
        return bounds(n)

    @job
    def nothing():
        load(Path("x"))

    assert both(3) == {"low": 3, "high": None}
    assert nothing() is None


def test_the_schema_shows_defaults() -> None:
    assert scaffolded_run_config(main)["inputs"] == {"path": "x", "limit": 2, "mode": "FAST", "since": "2024-01-01"}
    assert "inputs" not in scaffolded_run_config(main, only_required=True)
    assert set(validate_run_config(main)["ops"]) == {"load", "describe"}


def test_the_default_of_a_job_goes_over_that_of_an_op() -> None:
    @job
    def short(limit: int = 1):
        return load(Path("x"), limit)

    assert len(short()) == 1


def test_the_type_of_a_parameter_reads_its_config_where_the_op_says_none() -> None:
    @op
    def plain(x):
        return x

    @job
    def typed(x: list[int]):
        return plain(x)

    assert typed.execute_in_process(run_config={"inputs": {"x": [1, 2]}}).output_value() == [1, 2]


def test_a_parameter_without_a_type_takes_values_as_they_are_written() -> None:
    @op
    def plain(x):
        return x

    @job
    def untyped(x):
        return plain(x)

    def given(value: Any) -> Any:
        return untyped.execute_in_process(run_config={"inputs": {"x": value}}).output_value()

    assert [given(value) for value in (3, "a", [1, {"b": 2}], {"value": {"c": 3}})] == [3, "a", [1, {"b": 2}], {"c": 3}]
    with pytest.raises(DagsterInvalidConfigError, match="root:inputs:x"):
        given({"c": 3})


def test_values_and_defaults_reach_into_graphs() -> None:
    @graph
    def inner(path: Path, limit: int = 1):
        return load(path, limit)

    @job
    def outer():
        inner.alias("by_default")(Path("a"))
        inner.alias("by_value")(Path("b"), 2)

    result = outer.execute_in_process()
    assert len(result.output_for_node("by_default.load")) == 1
    assert len(result.output_for_node("by_value.load")) == 2
    config = {"ops": {"by_default": {"inputs": {"limit": 4}}}}
    assert len(outer.execute_in_process(run_config=config).output_for_node("by_default.load")) == 4


def test_values_stand_beside_what_is_mapped() -> None:
    @op(out=DynamicOut())
    def letters():
        for letter in "ab":
            yield DynamicOutput(letter, letter)

    @op
    def times(letter, n):
        return letter * n

    @op(ins={"more": In(list)})
    def gathered(words, more):
        return [*words, *more]

    @job
    def mapped():
        return gathered(letters().map(lambda letter: times(letter, 2)).collect(), ["c"])

    assert mapped() == ["aa", "bb", "c"]


def test_graphs_of_assets_take_values() -> None:
    from dagster import graph_asset

    @graph_asset
    def made():
        return load(Path("p"), limit=1, mark="?")

    assert materialize_to_memory([made]).output_for_node("made.load") == ["p0?"]
