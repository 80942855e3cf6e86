"""The subscriptable names `List[...]`, `Optional[...]`, `Dict[...]`, `Set[...]`, `Tuple[...]` of the public API."""

from __future__ import annotations

from collections.abc import Callable
from types import NoneType
from typing import Any

from dagster.define import type_composition as composed
from dagster.define.type_resolution import resolve_dagster_type
from dagster.define.types import DagsterType


class TypeFamily:
    """A name that becomes a `DagsterType` with `[...]`, and means any such container without.

    Example:
        >>> List[Optional[int]].display_name
        '[Int?]'
        >>> Dict[str, int].display_name
        'Dict[String,Int]'
    """

    __slots__ = ("_made_by", "_name", "bare_dagster_type")

    def __init__(self, name: str, bare: DagsterType | None, made_by: Callable[..., DagsterType]) -> None:
        self._name = name
        self._made_by = made_by
        self.bare_dagster_type = bare

    def __getitem__(self, inner: Any) -> DagsterType:
        return self(*inner) if isinstance(inner, tuple) else self(inner)

    def __call__(self, *inner: Any) -> DagsterType:
        return self._made_by(*(resolve_dagster_type(each) for each in inner))

    def __repr__(self) -> str:
        return f"dagster.{self._name}"


List = TypeFamily("List", composed.LIST_OF_ANY, composed.list_of)
Optional = TypeFamily("Optional", None, composed.optional_of)
Dict = TypeFamily("Dict", composed.PYTHON_DICT, composed.dict_of)
Set = TypeFamily("Set", composed.PYTHON_SET, composed.set_of)
Tuple = TypeFamily("Tuple", composed.PYTHON_TUPLE, composed.tuple_of)

# The scalars of the public API are Python's own, so that they serve as types of values and of config alike.
Int = int
"""A whole number.

Example:
    >>> check_dagster_type(Int, 3).success, check_dagster_type(Int, "3").success
    (True, False)
"""

Float = float
"""A number with a fraction; an `int` is one too.

Example:
    >>> check_dagster_type(Float, 0.5).success, check_dagster_type(Float, "0.5").success
    (True, False)
"""

String = str
"""A text.

Example:
    >>> Field(String, default_value="eu").default_value
    'eu'
"""

Bool = bool
"""True or False.

Example:
    >>> check_dagster_type(Bool, True).success, check_dagster_type(Bool, 1).success
    (True, False)
"""

Nothing = NoneType
"""Of an input or output that orders steps and hands on no value.

Example:
    >>> @op(ins={"after": In(Nothing)})
    ... def clean_up() -> None:
    ...     print("cleaned")
    >>> @graph
    ... def in_order():
    ...     clean_up(after=one())
    >>> run = in_order.execute_in_process()
    cleaned
"""
