import copy
import pickle
from typing import Any

import pytest

from dagster.values import Frozen


class Point(Frozen):
    __slots__ = ("x", "y")

    def __init__(self, x: Any, y: Any = 0) -> None:
        self._set(x=x, y=y)


class OtherPoint(Point):
    __slots__ = ()


def test_values_with_equal_fields_are_equal() -> None:
    assert Point(1) == Point(1, 0)
    assert Point(1) != Point(2)
    assert hash(Point(1)) == hash(Point(1))


def test_values_of_different_classes_are_different() -> None:
    assert Point(1) != OtherPoint(1)
    assert Point(1) != (1, 0)


def test_no_field_can_be_set_or_deleted() -> None:
    point = Point(1)
    with pytest.raises(AttributeError, match="Point is frozen"):
        point.x = 2
    with pytest.raises(AttributeError, match="Point is frozen"):
        del point.x
    assert point.x == 1


def test_a_value_with_a_list_in_it_has_no_hash() -> None:
    with pytest.raises(TypeError):
        hash(Point([1]))


def test_a_value_shows_its_fields() -> None:
    assert repr(Point(1, "a")) == "Point(x=1, y='a')"


@pytest.mark.parametrize("made_again", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_a_value_survives_copying_and_pickling(made_again: Any) -> None:
    assert made_again(Point(1, [2])) == Point(1, [2])
