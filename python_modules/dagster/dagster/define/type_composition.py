"""Types made of other types: a list of, an optional, a dict of."""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING, Any

from dagster.define.type_checks import PASSED, TypeCheck
from dagster.define.types import (
    ANY,
    ComposedDagsterType,
    DagsterType,
    DagsterTypeKind,
    PythonObjectDagsterType,
)

if TYPE_CHECKING:
    from dagster.define.type_loaders import DagsterTypeLoader


class _AnyDict(PythonObjectDagsterType):
    """Dicts of whatever; run config says them as they are."""

    __slots__ = ()

    @property
    def loader(self) -> DagsterTypeLoader | None:
        from dagster.define.type_loaders import open_dict_loader

        return open_dict_loader()


PYTHON_DICT = _AnyDict(dict, key="PythonDict")
PYTHON_SET = PythonObjectDagsterType(set, key="PythonSet")
PYTHON_TUPLE = PythonObjectDagsterType(tuple, key="PythonTuple")


def list_of(inner: DagsterType) -> DagsterType:
    """Lists whose items all belong to `inner`."""

    def check(context: Any, value: Any) -> TypeCheck | bool:
        if not isinstance(value, list):
            found = type(value).__name__
            return TypeCheck(success=False, description=f'Value "{value}" of python type "{found}" must be a list.')
        if inner.is_any:
            return PASSED
        return _first_failure((inner, item) for item in typing.cast("list[object]", value))(context)

    return ComposedDagsterType(
        check,
        key=f"List.{inner.key}",
        display_name=f"[{inner.display_name}]",
        parts=[inner],
        kind=DagsterTypeKind.LIST,
        typing_type=list[inner.typing_type],
    )


def optional_of(inner: DagsterType) -> DagsterType:
    """None, and what belongs to `inner`."""
    return ComposedDagsterType(
        lambda context, value: PASSED if value is None else inner.type_check(context, value),
        key=f"Optional.{inner.key}",
        display_name=f"{inner.display_name}?",
        parts=[inner],
        kind=DagsterTypeKind.NULLABLE,
        typing_type=typing.Optional[inner.typing_type],  # noqa: UP045 - built at run time, on Python 3.10 too
    )


def dict_of(keys: DagsterType, values: DagsterType) -> DagsterType:
    """Dicts whose keys belong to `keys` and whose values belong to `values`."""

    def check(context: Any, value: Any) -> TypeCheck | bool:
        if not isinstance(value, dict):
            return TypeCheck(success=False, description=f"Value should be a dict, got a {type(value)}")
        items = typing.cast("dict[object, object]", value).items()
        return _first_failure(pair for key, item in items for pair in ((keys, key), (values, item)))(context)

    return ComposedDagsterType(
        check,
        key=f"TypedPythonDict.{keys.key}.{values.key}",
        display_name=f"Dict[{keys.display_name},{values.display_name}]",
        parts=[keys, values],
        kind=DagsterTypeKind.REGULAR,
        typing_type=dict[keys.typing_type, values.typing_type],
    )


def set_of(inner: DagsterType) -> DagsterType:
    """Sets whose members all belong to `inner`."""

    def check(context: Any, value: Any) -> TypeCheck | bool:
        if not isinstance(value, set):
            return TypeCheck(success=False, description=f"Value should be a set, got a {type(value)}")
        return _first_failure((inner, item) for item in typing.cast("set[object]", value))(context)

    return ComposedDagsterType(
        check,
        key=f"TypedPythonSet.{inner.key}",
        display_name=f"Set[{inner.display_name}]",
        parts=[inner],
        kind=DagsterTypeKind.REGULAR,
        typing_type=set[inner.typing_type],
    )


def tuple_of(*inner: DagsterType) -> DagsterType:
    """Tuples of exactly these types, in this order."""
    # No dot behind "Tuple": the keys of the public API are written so.
    key = f"TypedPythonTuple{'.'.join(part.key for part in inner)}"

    def check(context: Any, value: Any) -> TypeCheck | bool:
        if not isinstance(value, tuple):
            return TypeCheck(success=False, description=f"Value should be a tuple, got a {type(value)}")
        items = typing.cast("tuple[object, ...]", value)
        if len(items) != len(inner):
            return TypeCheck(
                success=False,
                description=f"Tuple with key {key} requires {len(inner)} entries, received {len(items)} values",
            )
        return _first_failure(zip(inner, items, strict=True))(context)

    return ComposedDagsterType(
        check,
        key=key,
        display_name=f"Tuple[{','.join(part.display_name for part in inner)}]",
        parts=inner,
        kind=DagsterTypeKind.REGULAR,
        typing_type=tuple[tuple(part.typing_type for part in inner)],
    )


def _first_failure(
    pairs: typing.Iterable[tuple[DagsterType, object]],
) -> typing.Callable[[Any], TypeCheck]:
    def answer(context: Any) -> TypeCheck:
        for inner, value in pairs:
            found = inner.type_check(context, value)
            if not found.success:
                return found
        return PASSED

    return answer


LIST_OF_ANY = list_of(ANY)
