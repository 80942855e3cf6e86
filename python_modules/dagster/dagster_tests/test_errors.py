import builtins
import inspect
import re

import pytest

from dagster import errors
from dagster.errors import (
    CircularDependencyError,
    DagsterAssetValueNotFoundError,
    DagsterError,
    DagsterExecutionInterruptedError,
    DagsterInvalidAssetSelectionError,
    DagsterInvalidConfigError,
    DagsterResourceFunctionError,
    DagsterUnknownResourceError,
    DagsterUserCodeExecutionError,
    closest,
    user_code,
)

ERRORS = [each for _, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, BaseException)]


def test_every_error_is_drawn_in_the_tree() -> None:
    assert [each.__name__ for each in ERRORS if each.__name__ not in (errors.__doc__ or "")] == []


def test_every_error_says_what_it_is() -> None:
    assert [each.__name__ for each in ERRORS if not each.__doc__] == []


def test_the_builtin_that_the_tree_names_is_a_base() -> None:
    named = re.findall(r"(\w+) .*\(also (\w+)\)", errors.__doc__ or "")
    assert len(named) > 5
    assert [name for name, builtin in named if not issubclass(getattr(errors, name), getattr(builtins, builtin))] == []


def test_the_fence_keeps_the_cause_and_names_the_place() -> None:
    cause = ZeroDivisionError("nothing")
    with (
        pytest.raises(DagsterResourceFunctionError, match="in the resource: ZeroDivisionError: nothing") as caught,
        user_code("in the resource", DagsterResourceFunctionError),
    ):
        raise cause
    assert caught.value.user_exception is cause
    assert caught.value.__cause__ is cause
    assert caught.value.original_exc_info[:2] == (ZeroDivisionError, cause)
    assert caught.value.is_user_code_error


@pytest.mark.parametrize("error", [DagsterError("ours"), KeyboardInterrupt(), SystemExit(3), DagsterExecutionInterruptedError()])
def test_the_fence_lets_our_errors_and_interrupts_pass(error: BaseException) -> None:
    with pytest.raises(type(error)) as caught, user_code("anywhere"):
        raise error
    assert caught.value is error


def test_nothing_happens_at_the_fence_without_an_error() -> None:
    with user_code("anywhere"):
        done = True
    assert done


def test_errors_of_ours_are_not_of_user_code() -> None:
    assert not DagsterError("x").is_user_code_error
    assert DagsterUserCodeExecutionError("x", user_exception=ValueError()).is_user_code_error


def test_a_circle_is_shown_in_order() -> None:
    error = CircularDependencyError(["a", "b", "a"])
    assert error.cycle == ("a", "b", "a")
    assert "a -> b -> a" in str(error)


def test_the_place_in_a_selection_string_has_a_caret() -> None:
    error = DagsterInvalidAssetSelectionError("Unexpected ')'.", string="a or )", position=5)
    assert str(error).splitlines() == ["Unexpected ')'.", "    a or )", "         ^"]


def test_every_error_of_config_is_listed() -> None:
    error = DagsterInvalidConfigError("Bad config", ["one", "two"], {"a": 1})
    assert str(error).splitlines() == ["Bad config", "    Error 1: one", "    Error 2: two"]
    assert error.config_value == {"a": 1}


def test_an_unknown_resource_says_how_to_ask_for_it() -> None:
    error = DagsterUnknownResourceError("db", ["io_manager"])
    assert "io_manager" in str(error)
    assert 'required_resource_keys={"db"}' in str(error)
    assert isinstance(error, AttributeError)


def test_a_missing_value_says_what_to_materialize() -> None:
    error = DagsterAssetValueNotFoundError(asset_key="orders", path="there", partition_key="2024")
    assert "dagster asset materialize --select 'orders' --partition '2024'" in str(error)
    assert isinstance(error, FileNotFoundError)


def test_a_value_broken_off_names_the_run() -> None:
    error = DagsterAssetValueNotFoundError(asset_key=None, path="there", run_id="r1")
    assert "run r1 broke off" in str(error)


def test_close_names_are_named() -> None:
    assert closest("ordres", ["orders", "customers"]) == " Close: 'orders'."
    assert closest("zzz", ["orders"]) == ""
