from typing import Any

import pytest

from dagster import AssetIn, AssetSpec, IOManager, materialize
from dagster.events.data import LoadedInputData
from dagster_tests.execution.runs import error_of, made, run, types


class Remembering(IOManager):
    """Gives what it is told and remembers the contexts it was asked with."""

    def __init__(self, value: Any = None) -> None:
        self.value = value
        self.contexts: list[Any] = []

    def handle_output(self, context: Any, obj: Any) -> None: ...

    def load_input(self, context: Any) -> Any:
        self.contexts.append(context)
        return self.value


def loaded(result: Any, step_key: str) -> list[LoadedInputData]:
    data = (event.event_specific_data for event in result.events_for_node(step_key))
    return [each for each in data if isinstance(each, LoadedInputData)]


def with_manager(manager: Any, *assets: Any, **options: Any) -> Any:
    return materialize(assets, resources={"io_manager": manager}, raise_on_error=False, **options)


def test_every_argument_is_loaded_and_then_checked_in_the_order_of_names() -> None:
    result = run(made("z"), made("b"), made("a", lambda z, b: (z, b)))
    assert types(result, "a")[1:5] == ["LOADED_INPUT", "LOADED_INPUT", "STEP_INPUT", "STEP_INPUT"]
    assert [data.input_name for data in loaded(result, "a")] == ["b", "z"]


def test_where_a_value_comes_from_is_recorded() -> None:
    data = loaded(run(made("a"), made("b", lambda a: a)), "b")[0]
    assert (data.manager_key, data.upstream_step_key, data.upstream_output_name) == ("io_manager", "a", "result")


def test_a_value_made_before_this_run_names_no_step() -> None:
    result = with_manager(Remembering(7), made("a"), made("b", lambda a: a), selection=["b"])
    data = loaded(result, "b")[0]
    assert (result.output_for_node("b"), data.upstream_step_key) == (7, None)


def test_a_dependency_without_argument_is_not_loaded() -> None:
    manager = Remembering()
    result = with_manager(manager, made("a"), made("b", deps=["a"]))
    assert (manager.contexts, loaded(result, "b")) == ([], [])


def test_the_manager_is_told_what_it_loads_and_for_whom() -> None:
    manager = Remembering(1)
    upstream = made("a", metadata={"table": "t"})
    downstream = made("b", lambda x: 1, ins={"x": AssetIn("a", metadata={"columns": "n"})})
    with_manager(manager, upstream, downstream)
    context = manager.contexts[0]
    assert (context.name, context.asset_key.path, context.definition_metadata) == ("x", ["a"], {"columns": "n"})
    assert context.upstream_output.definition_metadata == {"table": "t"}
    assert context.upstream_output.step_key == "a"
    assert context.upstream_output.run_id is not None


def test_the_value_of_an_external_asset_can_be_loaded() -> None:
    manager = Remembering("rows")
    external = AssetSpec("a", metadata={"table": "t"})
    result = with_manager(manager, external, made("b", lambda a: a))
    assert result.output_for_node("b") == "rows"
    assert manager.contexts[0].upstream_output.definition_metadata == {"table": "t"}


def test_a_manager_that_raises_fails_the_step_and_names_the_input() -> None:
    class Broken(Remembering):
        def load_input(self, context: Any) -> Any:
            raise ZeroDivisionError("gone")

    result = with_manager(Broken(), made("a"), made("b", lambda a: a))
    assert 'while loading input "a" of step "b": ZeroDivisionError: gone' in error_of(result, "b")
    with pytest.raises(ZeroDivisionError):
        materialize([made("a"), made("b", lambda a: a)], resources={"io_manager": Broken()})


def test_a_resource_that_is_no_io_manager_is_refused() -> None:
    result = materialize(
        [made("a", lambda: None), made("b", lambda a: a, ins={"a": AssetIn(input_manager_key="db")})],
        resources={"db": 3},
        raise_on_error=False,
    )
    assert 'Resource "db" is no IO manager' in error_of(result, "b")


def test_a_value_of_another_type_is_refused_and_recorded() -> None:
    def b(a: str) -> str:
        return a

    result = run(made("a"), made("b", b))
    assert 'Type check failed for step input "a"' in error_of(result, "b")
    assert types(result, "b") == ["STEP_START", "LOADED_INPUT", "STEP_INPUT", "STEP_FAILURE"]


def test_what_a_manager_says_while_loading_is_recorded() -> None:
    class Telling(Remembering):
        def load_input(self, context: Any) -> Any:
            context.add_input_metadata({"rows": 3})
            return 1

    result = with_manager(Telling(), made("a"), made("b", lambda a: a))
    assert loaded(result, "b")[0].metadata["rows"].value == 3
    assert types(result, "b")[1:3] == ["ASSET_OBSERVATION", "LOADED_INPUT"]
