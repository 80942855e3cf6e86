import functools
from collections.abc import Callable
from typing import Any

import pytest

from dagster.define.functions import (
    Signature,
    is_async_generator,
    is_coroutine,
    is_generator,
    place_of,
    raw_annotations,
    resolved_annotation,
    signature_of,
    unwrapped,
)


class Doubled:
    """Called like a function."""

    def __call__(self, context: Any, number: "int", *, by: float = 2) -> float:
        return number * by


class Holder:
    def method(self, number: int) -> int:
        return number

    @classmethod
    def of_class(cls, number: int) -> int:
        return number

    @staticmethod
    def of_none(number: int) -> int:
        return number


def logged(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def inner(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return inner


def plain(context: Any, first: int, second: str = "x", *, third: float, fourth: "bytes" = b"") -> "list[int]":
    return []


SIGNATURE = Signature(
    ("context", "first", "second", "third", "fourth"), frozenset({"second", "fourth"}), False, False, frozenset({"fourth"})
)


def test_a_plain_function_is_read_without_calling_it() -> None:
    assert signature_of(plain) == SIGNATURE


def test_a_wrapped_function_is_read_behind_its_wrapper() -> None:
    assert signature_of(logged(plain)) == SIGNATURE
    assert raw_annotations(logged(logged(plain)))["first"] is int


def test_what_a_partial_fills_by_position_is_gone() -> None:
    assert signature_of(functools.partial(plain, None, 1)).names == ("second", "third", "fourth")


def test_what_a_partial_fills_by_name_may_be_left_out() -> None:
    found = signature_of(functools.partial(plain, third=1.0))
    assert "third" in found.defaults
    assert "third" in found.options


def test_a_callable_object_is_read_through_its_call() -> None:
    assert signature_of(Doubled()).names == ("context", "number", "by")
    assert raw_annotations(Doubled())["return"] is float


@pytest.mark.parametrize("function", [Holder().method, Holder.of_class, Holder.of_none])
def test_a_method_is_read_without_self(function: Any) -> None:
    assert signature_of(function).names == ("number",)
    assert raw_annotations(function)["number"] is int


def test_stars_are_noticed() -> None:
    def starred(first: int, *rest: int, **named: int) -> None: ...

    found = signature_of(starred)
    assert (found.names, found.takes_positional, found.takes_keywords) == (("first",), True, True)


def test_no_parameters_are_no_names() -> None:
    assert signature_of(lambda: 1) == Signature((), frozenset(), False, False)


@pytest.mark.parametrize("name", ["context", "_context", "context_", "_"])
def test_the_context_is_told_by_its_name(name: str) -> None:
    assert signature_of(eval(f"lambda {name}, first: 1")).has_context


@pytest.mark.parametrize("function", [lambda first, context: 1, lambda: 1, lambda ctx: 1])
def test_the_context_is_the_first_parameter(function: Any) -> None:
    assert not signature_of(function).has_context


def test_an_annotation_written_as_a_string_is_evaluated_where_it_stands() -> None:
    assert resolved_annotation(plain, raw_annotations(plain)["return"]) == list[int]


def test_an_annotation_can_name_what_stands_around_the_function() -> None:
    class Local: ...

    def function(value: "Local") -> "Local":
        return Local()

    assert resolved_annotation(function, "Local") is Local


def test_an_annotation_may_name_what_is_assigned_later() -> None:
    def function(value: "Later") -> None:
        Later()

    before = resolved_annotation(function, "Later")

    class Later: ...

    assert before == "Later"
    assert resolved_annotation(function, "Later") is Later


@pytest.mark.parametrize("unknown", ["NoSuchName", "no.such.module", "list[", "1 / 0"])
def test_an_annotation_that_cannot_be_evaluated_stays_a_string(unknown: str) -> None:
    assert resolved_annotation(plain, unknown) == unknown


def test_every_kind_of_function_is_told_apart() -> None:
    def generator() -> Any:
        yield 1

    async def coroutine() -> int:
        return 1

    async def async_generator() -> Any:
        yield 1

    kinds = [is_generator, is_coroutine, is_async_generator]
    functions = [plain, generator, coroutine, async_generator, logged(generator)]
    found = [[claim(function) for claim in kinds] for function in functions]
    assert found == [[False] * 3, [True, False, False], [False, True, False], [False, False, True], [True, False, False]]


def test_the_place_of_a_wrapped_function_is_the_users() -> None:
    assert place_of(logged(plain)) == place_of(plain)
    assert place_of(plain).startswith(f"{__file__}:")
    assert place_of(functools.partial(Doubled())).startswith(f"{__file__}:")


def test_what_has_no_python_code_has_no_place() -> None:
    assert place_of(print) == ""
    assert place_of(None) == ""


def test_the_innermost_function_counts() -> None:
    assert unwrapped(functools.partial(logged(plain), 1)) is plain
