"""Lists that are completed at once are what graphql-core makes of them, errors included."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graphql import ExecutionContext, build_schema, execute_sync, parse
from hypothesis import given
from hypothesis import strategies as st

from dagster_graphql.building import ASKED, CHOICE, PLAIN
from dagster_graphql.completion import CompilingContext

SCHEMA = """
type Query { items: [Item], sure: [Item!]!, shapes: [Shape!] }
interface Shape { name: String }
type Circle implements Shape { name: String, radius: Float! }
type Square implements Shape { name: String, side(times: Int = 1): Int }
enum Color { RED GREEN }
type Item { id: ID!, name: String, count: Int!, color: Color, tags: [String!]!, parts: [[Int]], sub: [Item!], shape: Shape }
"""


@dataclass
class Item:
    id: object = "1"
    name: object = None
    count: object = 1
    color: object = "RED"
    tags: object = ()
    parts: object = None
    sub: object = None
    shape: object = None
    raises: bool = False


@dataclass
class Shape:
    kind: str = "Circle"
    name: object = None
    radius: object = 1.0
    side: object = 2
    other: dict[str, Any] = field(default_factory=dict)


def served() -> Any:
    """The schema, bound as the project's own is."""
    built: Any = build_schema(SCHEMA)

    def bound(type_name: str, name: str, kind: str, function: Any) -> None:
        of_field = built.type_map[type_name].fields[name]
        of_field.extensions = {kind: function}
        of_field.resolve = (
            (lambda value, _info, **_given: function(value))
            if kind == PLAIN
            else (lambda value, info, **given: function(value, info.context, **given))
        )

    def name_of(value: Any) -> Any:
        if value.raises:
            raise ValueError("planted")
        return value.name

    for name in ("id", "count", "color", "tags", "parts", "sub", "shape"):
        bound("Item", name, PLAIN, lambda value, name=name: getattr(value, name))
    bound("Item", "name", PLAIN, name_of)
    for type_name in ("Circle", "Square"):
        bound(type_name, "name", PLAIN, lambda value: value.name)
    bound("Circle", "radius", PLAIN, lambda value: value.radius)
    bound("Square", "side", ASKED, lambda value, context, *, times: value.side * times * context)
    shape = built.type_map["Shape"]
    shape.extensions = {CHOICE: lambda value: value.kind}
    shape.resolve_type = lambda value, _info, _type: value.kind
    return built


QUERY = """
query($times: Int, $with: Boolean = true) {
  items { ...all }
  sure { ...all again: name }
  shapes { __typename name ... on Circle { radius } ... on Square { side(times: $times) twice: side(times: 2) } }
}
fragment all on Item {
  id name count color tags parts __typename @include(if: $with)
  sub { id count name @skip(if: $with) tags }
  shape { name ... on Square { side } }
}
"""


class Compiling(CompilingContext):
    """Compiles for lists of any length."""

    long = 0


values = st.one_of(st.none(), st.integers(), st.text(max_size=3), st.floats(), st.booleans())
shapes = st.builds(
    Shape,
    kind=st.sampled_from(["Circle", "Square"]),
    name=values,
    radius=st.one_of(st.floats(), st.none()),
    side=st.one_of(st.integers(), st.none()),
)
usual = st.builds(Item, id=st.text(max_size=2), name=st.none() | st.text(max_size=2), tags=st.lists(st.text(max_size=2)))
odd = st.builds(
    Item,
    id=values,
    name=values,
    count=values,
    color=st.sampled_from(["RED", "GREEN", "BLUE", None]),
    tags=st.lists(values, max_size=2) | values,
    parts=st.lists(st.lists(values, max_size=2) | st.none(), max_size=2) | values,
    sub=st.lists(usual, max_size=2) | st.none(),
    shape=shapes | st.none(),
    raises=st.booleans(),
)
items = st.lists(st.one_of(usual, odd, st.none()), max_size=4)


@given(items=items, sure=items, shapes=st.lists(shapes | st.none(), max_size=3), times=st.integers(0, 5), has=st.booleans())
def test_it_gives_what_graphql_core_gives(items: list[Any], sure: list[Any], shapes: list[Any], times: int, has: bool) -> None:
    root, document, built = {"items": items, "sure": sure, "shapes": shapes}, parse(QUERY), served()
    variables = {"times": times, "with": has}
    ours, theirs = (
        execute_sync(built, document, root, context_value=3, variable_values=variables, execution_context_class=context).formatted
        for context in (Compiling, ExecutionContext)
    )
    assert repr(ours) == repr(theirs)  # NaN is no error here, and is not equal to itself


def test_a_usual_list_is_completed_without_graphql_core() -> None:
    seen: list[object] = []
    built, document = served(), parse("{ sure { id name tags } }")
    built.type_map["Item"].fields["name"].resolve = lambda *_given: seen.append("resolved field by field")
    result = execute_sync(built, document, {"sure": [Item()] * 3}, execution_context_class=Compiling)
    assert (result.errors, seen) == (None, [])
    assert result.data == {"sure": [{"id": "1", "name": None, "tags": []}] * 3}
