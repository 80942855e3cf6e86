import copy
import pickle
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Optional

import pytest

from dagster.errors import ParameterCheckError
from dagster.inherited.records import IHaveNew, as_dict, is_record, record, record_custom, replace


@record
class Order:
    number: int
    note: str | None = None
    lines: Sequence[int] = ()

    @property
    def doubled(self) -> int:
        return self.number * 2


@record
class Rush(Order):
    hours: int = 5


@record_custom
class Counted(IHaveNew):
    number: int

    def __new__(cls, number: int) -> Any:
        return super().__new__(cls, number=number + 1)


@record(checked=False)
class Unchecked:
    number: int


@record(kw_only=False)
class Pair:
    left: int
    right: int = 2


@record
class Tree:
    value: float
    child: Optional["Tree"] = None
    names: Mapping[str, int] | None = None
    kind: Literal["leaf", "node"] = "leaf"
    pair: tuple[int, str] | None = None


def test_a_record_holds_its_fields_and_their_defaults() -> None:
    order = Order(number=3)
    assert (order.number, order.note, order.lines, order.doubled) == (3, None, (), 6)
    assert repr(order) == "Order(number=3, note=None, lines=())"
    assert as_dict(order) == {"number": 3, "note": None, "lines": ()}
    assert (is_record(order), is_record(3)) == (True, False)


def test_records_are_compared_by_what_they_hold() -> None:
    assert Order(number=3) == Order(number=3)
    assert hash(Order(number=3)) == hash(Order(number=3))
    assert Order(number=3) != Order(number=4)
    assert Rush(number=3) != Order(number=3)


def test_a_record_is_frozen_and_another_one_is_made_of_it() -> None:
    order = Order(number=3)
    with pytest.raises(AttributeError, match="replace"):
        order.number = 4  # pyright: ignore[reportAttributeAccessIssue]
    assert replace(order, number=4) == Order(number=4)
    with pytest.raises(ParameterCheckError):
        replace(order, number="x")
    with pytest.raises(TypeError, match="by name"):
        list(order)  # pyright: ignore[reportArgumentType]


def test_a_record_is_copied_and_pickled() -> None:
    rush = Rush(number=3, note="x")
    assert pickle.loads(pickle.dumps(rush)) == copy.deepcopy(rush) == rush


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "x"},
        {"number": 1, "note": 2},
        {"number": 1, "lines": ["x"]},
        {"number": 1, "lines": "ab"},
    ],
)
def test_a_value_of_another_type_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ParameterCheckError, match="is not a"):
        Order(**fields)


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({"child": Tree(value=2)}, True),
        ({"child": 3}, False),
        ({"names": {"a": 1}}, True),
        ({"names": {"a": "x"}}, False),
        ({"kind": "node"}, True),
        ({"kind": "other"}, False),
        ({"pair": (1, "a")}, True),
        ({"pair": ("a", 1)}, False),
    ],
)
def test_types_are_looked_into(fields: dict[str, Any], fits: bool) -> None:
    if fits:
        assert Tree(value=1.5, **fields)
    else:
        with pytest.raises(ParameterCheckError):
            Tree(value=1, **fields)


def test_fields_are_given_by_name_and_completely() -> None:
    with pytest.raises(TypeError, match="by name"):
        Order(3)  # pyright: ignore[reportCallIssue]
    with pytest.raises(TypeError, match="'other'"):
        Order(number=1, other=2)  # pyright: ignore[reportCallIssue]
    with pytest.raises(TypeError, match="misses number"):
        Order()  # pyright: ignore[reportCallIssue]
    assert Pair(1) == Pair(left=1, right=2)  # pyright: ignore[reportCallIssue]
    assert Unchecked(number="x").number == "x"  # pyright: ignore[reportArgumentType]


def test_a_record_may_have_a_constructor_of_its_own() -> None:
    assert Counted(1).number == 2
    assert replace(Counted(1), number=5).number == 5
    assert Rush(number=1).hours == 5
