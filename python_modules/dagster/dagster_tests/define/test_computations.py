from collections.abc import Iterator
from typing import Annotated, Any

import pytest

from dagster import AssetExecutionContext, ConfigurableResource, MaterializeResult, Output, ResourceParam, materialize_to_memory
from dagster.define.annotations import Unannotated, says_no_value
from dagster.define.computations import Parameters, is_resource_annotation, returned_annotation, sorted_parameters
from dagster.errors import DagsterInvalidDefinitionError
from dagster_tests.define import postponed


class Database(ConfigurableResource[Any]):
    url: str = ""


def sort(function: Any) -> Parameters:
    return sorted_parameters(function, "@asset")


def test_parameters_are_sorted_by_what_fills_them() -> None:
    def function(context: AssetExecutionContext, config: dict[str, Any], orders: int, plain, database: Database) -> None: ...

    found = sort(function)
    assert found.inputs == {"orders": int, "plain": Unannotated}
    assert found.resources == {"database"}
    assert found.config_annotation == dict[str, Any]
    assert found.context_annotation is AssetExecutionContext


def test_a_config_parameter_without_a_type_is_an_input() -> None:
    assert sort(lambda config: 1).inputs == {"config": Unannotated}


def test_resources_are_told_by_their_type() -> None:
    assert is_resource_annotation(Database)
    assert is_resource_annotation(ResourceParam[str])
    assert not is_resource_annotation(Annotated[str, "something"])
    assert not is_resource_annotation(str)


def test_options_of_the_function_itself_are_left_alone() -> None:
    def function(orders: int, *, verbose: bool = False) -> None: ...

    assert list(sort(function).inputs) == ["orders"]
    assert list(sort(lambda orders, *, verbose=False: 1).inputs) == ["orders"]


def test_resources_may_be_options() -> None:
    def function(*, database: Database = Database()) -> None: ...  # noqa: B008

    assert sort(function).resources == {"database"}


def test_positional_stars_are_refused() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=r"'\*args'"):
        sort(lambda *args: 1)


@pytest.mark.parametrize("name", ["AssetExecutionContext", "dagster.AssetExecutionContext", "OpExecutionContext"])
def test_a_context_may_be_named_by_what_only_checkers_know(name: str) -> None:
    def function(context: Any) -> None: ...

    function.__annotations__["context"] = name
    assert sort(function).signature.has_context


def test_a_context_of_another_type_is_refused() -> None:
    def function(context: int) -> None: ...

    with pytest.raises(DagsterInvalidDefinitionError, match="with type int"):
        sort(function)


def test_postponed_annotations_say_the_same() -> None:
    assert postponed.numbers.op.computation.config_annotation is postponed.Settings
    assert postponed.numbers.op.computation.context_annotation is AssetExecutionContext
    assert postponed.numbers.op.outputs[0].annotation == list[int]
    assert postponed.total.op.outputs[0].annotation is int
    assert postponed.written.op.outputs[0].annotation is Unannotated
    assert postponed.nothing.op.outputs[0].annotation is type(None)


def test_a_type_that_only_checkers_know_disturbs_nobody() -> None:
    assets = [postponed.numbers, postponed.total, postponed.written, postponed.nothing, postponed.known_to_checkers_only]
    assert materialize_to_memory(assets).output_for_node("known_to_checkers_only") == 3


def test_what_a_wrapper_of_the_value_declares_is_the_value() -> None:
    def output() -> Output[int]: ...
    def result() -> MaterializeResult[str]: ...
    def bare() -> MaterializeResult: ...
    def generator() -> Iterator[Output[int]]:
        yield Output(1)

    found = [returned_annotation(function) for function in (output, result, bare, generator)]
    assert found == [int, str, Unannotated, Unannotated]


def test_none_says_that_there_is_no_value() -> None:
    def nothing() -> None: ...

    assert says_no_value(returned_annotation(nothing))
    assert not says_no_value(returned_annotation(lambda: 1))


def test_inputs_and_outputs_know_their_type() -> None:
    assert postponed.total.op.input_named("numbers").dagster_type.display_name == "[Int]"
    assert postponed.total.op.output_defs[0].dagster_type.display_name == "Int"
    assert postponed.total.op.input_defs[0].name == "numbers"
