from dataclasses import dataclass
from typing import Annotated, Any

import pytest

import dagster as dg
from dagster.components.refusals import DagsterComponentError
from dagster.errors import CheckError


@dataclass
class Fields(dg.Resolvable):
    shown: Annotated[str, dg.Resolver(lambda _, value: repr(value), model_field_type=str)] = ""
    where: Annotated[Any, dg.Resolver(lambda context, _: context.path, model_field_type=str)] = None
    other: Annotated[Any, dg.Resolver.from_model(lambda _, model: model.shown, model_field_name="said", model_field_type=str)] = (
        None
    )
    raw: Annotated[Any, dg.Resolver.passthrough()] = None
    late: Annotated[str, dg.Resolver(lambda _, value: value, inject_before_resolve=False)] = ""
    each: Annotated[
        list[Annotated[str, dg.Resolver(lambda _, value: value + "!", model_field_type=str)]] | None, "said beside"
    ] = None
    injected: dg.Injected[object] = None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("shown: a", "shown", "'a'"),
        ("shown: 'a{{ 1 }}'", "shown", "'a1'"),
        ("shown: '{{ 3 }}'", "shown", 3),
        ("where: x", "where", ["where"]),
        ("{said: x, shown: '{{ 1 }}'}", "other", "{{ 1 }}"),
        ("raw: {a: '{{ 1 }}'}", "raw", {"a": "{{ 1 }}"}),
        ("late: '{{ 1 }}'", "late", "{{ 1 }}"),
        ("each: [a, 'b{{ 1 }}']", "each", ["a!", "b1!"]),
        ("injected: '{{ [1] }}'", "injected", [1]),
    ],
)
def test_a_resolver_makes_the_value(text: str, name: str, expected: object) -> None:
    assert getattr(Fields.resolve_from_yaml(text), name) == expected


def test_a_union_takes_the_first_resolver_that_does_not_raise() -> None:
    def as_number(_: dg.ResolutionContext, value: Any) -> Any:
        return int(value)

    @dataclass
    class Either(dg.Resolvable):
        value: Annotated[
            int | str, dg.Resolver.union([(int, dg.Resolver(as_number)), (str, dg.Resolver(lambda _, value: value.upper()))])
        ]

    assert Either.resolve_from_yaml("value: 3").value == 3
    assert Either.resolve_from_yaml("value: a").value == "A"


def test_a_resolver_that_raises_is_named_with_its_line_and_that_of_the_value() -> None:
    def broken(_: dg.ResolutionContext, value: Any) -> Any:
        raise ValueError("boom")

    @dataclass
    class Broken(dg.Resolvable):
        value: Annotated[int, dg.Resolver(broken)]

    with pytest.raises(
        DagsterComponentError,
        match=r"^<string>:2: value: .*ValueError: boom \(.*test_resolvers.py:\d+\)",
    ):
        Broken.resolve_from_yaml("\nvalue: 3")


def test_what_an_outer_resolver_says_is_laid_over() -> None:
    inner = dg.Resolver(lambda _, value: value, description="inner", model_field_type=str)
    combined = inner.with_outer_resolver(dg.Resolver.default(description="outer", model_field_name="other"))
    assert (combined.description, combined.model_field_name, combined.model_field_type) == ("outer", "other", str)


def test_a_resolver_takes_a_function() -> None:
    with pytest.raises(CheckError, match="takes a function"):
        dg.Resolver("no function")  # pyright: ignore[reportArgumentType]
