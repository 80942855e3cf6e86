"""From an annotation to the type that checks the values: `int` to `Int`, `list[int]` to `[Int]`, a class to its instances."""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping, Sequence
from types import GenericAlias, NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, overload

from dagster.define.annotations import Unannotated
from dagster.define.type_checks import TypeCheck
from dagster.define.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    NOTHING,
    STRING,
    DagsterType,
    PythonObjectDagsterType,
    TypeHintInferredDagsterType,
)
from dagster.errors import DagsterInvalidDefinitionError, DagsterInvariantViolationError

if TYPE_CHECKING:
    from dagster.define.type_loaders import DagsterTypeLoader

_T = TypeVar("_T", bound=type[Any])

_SIMPLE: dict[Any, DagsterType] = {
    None: ANY,
    Unannotated: ANY,
    Any: ANY,
    object: TypeHintInferredDagsterType(object),
    int: INT,
    float: FLOAT,
    str: STRING,
    bool: BOOL,
    NoneType: NOTHING,
}

# Python classes to types: what users registered, and what was inferred from an annotation.
_OF_CLASSES: dict[type[Any], DagsterType] = {}


def resolve_dagster_type(annotation: Any) -> DagsterType:
    """The type that an annotation, a class or a type itself stands for; None stands for Any.

    Cost: one dict lookup for what is plain or was seen before.

    Raises:
        DagsterInvalidDefinitionError: the annotation has no type that could check values, e.g. a union.
    """
    if isinstance(annotation, DagsterType):
        return annotation
    try:
        found = _SIMPLE.get(annotation)
    except TypeError:  # unhashable: Annotated or Literal of something unhashable
        found = None
    if found is not None:
        return found
    if isinstance(annotation, type) and not typing.get_origin(annotation):
        return _of_class(annotation)
    return _of_generic(annotation)


def _of_class(python_type: type[Any]) -> DagsterType:
    known = _OF_CLASSES.get(python_type)
    if known is not None:
        return known
    made = _bare_container(python_type) or TypeHintInferredDagsterType(python_type)
    _OF_CLASSES[python_type] = made
    return made


def _bare_container(python_type: Any) -> DagsterType | None:
    from dagster.define import type_composition as composed

    bare = {
        list: composed.LIST_OF_ANY,
        dict: composed.PYTHON_DICT,
        set: composed.PYTHON_SET,
        tuple: composed.PYTHON_TUPLE,
        Sequence: composed.LIST_OF_ANY,
        Mapping: composed.PYTHON_DICT,
    }
    return bare.get(python_type)


def _of_generic(annotation: Any) -> DagsterType:
    from dagster.define import type_composition as composed

    bare = getattr(annotation, "bare_dagster_type", None)  # `List` itself, of type_families
    if isinstance(bare, DagsterType):
        return bare
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is not None and not inner and (bare := _bare_container(origin)):
        return bare
    if origin in (typing.Union, UnionType) and len(inner) == 2 and NoneType in inner:
        return composed.optional_of(resolve_dagster_type(inner[0] if inner[1] is NoneType else inner[1]))
    if origin in (list, Sequence) and len(inner) == 1:
        return composed.list_of(resolve_dagster_type(inner[0]))
    if origin in (dict, Mapping) and len(inner) == 2:
        return composed.dict_of(*map(resolve_dagster_type, inner))
    if origin is set and len(inner) == 1:
        return composed.set_of(resolve_dagster_type(inner[0]))
    if origin is tuple and inner and Ellipsis not in inner:
        return composed.tuple_of(*map(resolve_dagster_type, inner))
    raise DagsterInvalidDefinitionError(
        f"Invalid type: dagster_type must be an instance of DagsterType or a Python type: got {annotation}."
    )


def type_of_parameter(annotation: Any, parameter: str) -> DagsterType:
    """The type of a decorated function's parameter.

    Raises:
        DagsterInvalidDefinitionError: no type can check such values; the sentence names the parameter.
    """
    try:
        return NOTHING if annotation is None else resolve_dagster_type(annotation)
    except DagsterInvalidDefinitionError as cause:
        raise DagsterInvalidDefinitionError(
            f"Problem using type '{annotation}' from type annotation for argument '{parameter}', "
            "correct the issue or explicitly set the dagster_type via In()."
        ) from cause


def type_of_return(annotation: Any) -> DagsterType:
    """The type of what a decorated function returns.

    Raises:
        DagsterInvalidDefinitionError: no type can check such values.
    """
    try:
        return NOTHING if annotation is None else resolve_dagster_type(annotation)
    except DagsterInvalidDefinitionError as cause:
        raise DagsterInvalidDefinitionError(
            f"Problem using type '{annotation}' from return type annotation, "
            "correct the issue or explicitly set the dagster_type via Out()."
        ) from cause


def check_dagster_type(dagster_type: Any, value: Any) -> TypeCheck:
    """What the check of a type says about a value, outside of any run; for tests.

    Args:
        dagster_type: a `DagsterType`, a class, or `None` for Any.
        value: the value.

    Raises:
        DagsterInvariantViolationError: an annotation of the typing module is given, which a run resolves but this does not.

    Example:
        >>> check_dagster_type(int, "x").description
        'Value "x" of python type "str" must be a int.'
    """
    generic = isinstance(annotation_origin(dagster_type), type) or _is_optional(dagster_type)
    is_class = isinstance(dagster_type, type) and not isinstance(dagster_type, GenericAlias)  # which Python 3.10 mixes up
    if generic and not is_class and not isinstance(dagster_type, DagsterType):
        raise DagsterInvariantViolationError(
            f"Must pass in a type from dagster module. You passed {dagster_type} which is part of python's typing module."
        )
    return resolve_dagster_type(dagster_type).type_check(None, value)


def annotation_origin(annotation: Any) -> Any:
    """`list` of `list[int]`; None for what is not generic, or has no bare form here."""
    origin = typing.get_origin(annotation)
    return origin if origin in (list, dict, set, tuple, Sequence, Mapping) else None


def _is_optional(annotation: Any) -> bool:
    inner = typing.get_args(annotation)
    return typing.get_origin(annotation) in (typing.Union, UnionType) and len(inner) == 2 and NoneType in inner


def make_python_type_usable_as_dagster_type(python_type: type[Any], dagster_type: DagsterType) -> None:
    """From now on, annotations with `python_type` mean `dagster_type`.

    Raises:
        DagsterInvalidDefinitionError: the class has a type already: one was registered, or a definition used the class before.

    Example:
        >>> class Order: ...
        >>> make_python_type_usable_as_dagster_type(Order, DagsterType(lambda _, order: order.total > 0, name="PaidOrder"))
        >>> asset(name="orders", dagster_type=Order)(lambda: Order()).op.output_defs[0].dagster_type.display_name
        'PaidOrder'
    """
    known = _OF_CLASSES.get(python_type)
    if known is None or known is dagster_type:
        _OF_CLASSES[python_type] = dagster_type
        return
    advice = "A class has one type; it was registered before."
    if isinstance(known, TypeHintInferredDagsterType):
        advice = (
            "A definition used the class as an annotation before, so a type was inferred from it. "
            "Call make_python_type_usable_as_dagster_type above the first definition that uses the class."
        )
    raise DagsterInvalidDefinitionError(f"A Dagster type has already been registered for the Python type {python_type}. {advice}")


@overload
def usable_as_dagster_type(name: _T, /) -> _T: ...
@overload
def usable_as_dagster_type(
    name: str | None = None, description: str | None = None, loader: DagsterTypeLoader | None = None
) -> Callable[[_T], _T]: ...
def usable_as_dagster_type(
    name: str | _T | None = None, description: str | None = None, loader: DagsterTypeLoader | None = None
) -> _T | Callable[[_T], _T]:
    """Decorator of a class: gives its type a name, a description or a loader.

    Args:
        name: by default the class's name.
        description: what the values are.
        loader: makes a value from run config.

    Example:
        >>> @usable_as_dagster_type(name="Order", description="One line of the till.")
        ... class OrderLine: ...
        >>> asset(name="lines", dagster_type=OrderLine)(lambda: OrderLine()).op.output_defs[0].dagster_type.display_name
        'Order'
    """

    def register(python_type: _T) -> _T:
        named = name if isinstance(name, str) else python_type.__name__
        made = PythonObjectDagsterType(python_type, name=named, description=description, loader=loader)
        make_python_type_usable_as_dagster_type(python_type, made)
        return python_type

    return register if name is None or isinstance(name, str) else register(name)
