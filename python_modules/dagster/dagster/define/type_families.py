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
Float = float
String = str
Bool = bool
Nothing = NoneType
