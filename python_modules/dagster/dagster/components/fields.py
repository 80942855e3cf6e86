"""The fields of a class that is made from a file: what may stand there, read from its annotations."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints
from weakref import WeakKeyDictionary

import msgspec

from dagster.components.refusals import DagsterComponentError
from dagster.components.resolvers import Resolver, resolver_in

NO_DEFAULT: Any = object()
_LISTS: tuple[Any, ...] = (list, Sequence, tuple, set, frozenset, Set)
_MAPPINGS: tuple[Any, ...] = (dict, Mapping)


class FieldRule(msgspec.Struct, frozen=True, kw_only=True):
    """A field of such a class.

    Attributes:
        name: the field.
        annotation: its type, what is said beside it included.
        resolver: how it is made; None does what its type says.
        default: its default, `NO_DEFAULT` where it must be written. What a factory makes is not shown.
        description: what it is for.
        examples: what may be written.
    """

    name: str
    annotation: Any
    resolver: Resolver | None = None
    default: Any = NO_DEFAULT
    description: str | None = None
    examples: list[Any] | None = None

    @property
    def written_name(self) -> str:
        """The key in the file."""
        return (self.resolver.model_field_name if self.resolver else None) or self.name


class Omitted:
    """A default that only the class knows; in the model it says that nothing is written."""

    def __repr__(self) -> str:
        return "the default of the class"


OMITTED = Omitted()


_known: WeakKeyDictionary[type, list[FieldRule]] = WeakKeyDictionary()


def fields_of(cls: type) -> list[FieldRule]:
    """The fields of a pydantic model, a dataclass, or a class whose constructor is annotated, in their order. Read once.

    Raises:
        DagsterComponentError: it is none of these, or a parameter has no annotation.
    """
    if cls not in _known:
        _known[cls] = _read(cls)
    return _known[cls]


def _read(cls: type) -> list[FieldRule]:
    from dataclasses import is_dataclass

    from pydantic import BaseModel

    if issubclass(cls, BaseModel):
        return list(_of_model(cls))
    if is_dataclass(cast("Any", cls)):
        return list(_of_dataclass(cls))
    if cls.__init__ is not object.__init__:
        return list(_of_constructor(cls))
    raise DagsterComponentError(
        f"What may be written for {cls.__name__} cannot be read from it. Make it a `dagster.Model`, a dataclass, or a class "
        "with an annotated __init__."
    )


def _of_model(cls: Any) -> Iterator[FieldRule]:
    for name, info in cls.model_fields.items():
        resolver = next((each for each in info.metadata if isinstance(each, Resolver)), None)
        default = NO_DEFAULT if info.is_required() else (OMITTED if info.default_factory else info.default)
        yield _rule(name, info.annotation, default, resolver, info.description, info.examples)


def _of_dataclass(cls: Any) -> Iterator[FieldRule]:
    from dataclasses import MISSING, fields

    hints = _hints(cls, cls)
    for field in fields(cls):
        if not field.init:
            continue
        default = field.default if field.default is not MISSING else NO_DEFAULT
        yield _rule(field.name, hints[field.name], OMITTED if field.default_factory is not MISSING else default)


def _of_constructor(cls: Any) -> Iterator[FieldRule]:
    import inspect

    hints = _hints(cls.__init__, cls)
    for name, parameter in list(inspect.signature(cls.__init__).parameters.items())[1:]:
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if name not in hints:
            raise DagsterComponentError(
                f"The parameter {name} of {cls.__name__}.__init__ has no annotation, so that what may be written for it is not "
                "known."
            )
        yield _rule(name, hints[name], NO_DEFAULT if parameter.default is parameter.empty else parameter.default)


def _hints(annotated: Any, cls: type) -> dict[str, Any]:
    try:
        return get_type_hints(annotated, vars(sys.modules.get(cls.__module__, object())), include_extras=True)
    except NameError as unknown:
        raise DagsterComponentError(
            f"An annotation of {cls.__name__} names {unknown.name!r}, which its module does not have at run time. Import it "
            "outside of `if TYPE_CHECKING:`."
        ) from unknown


def _rule(
    name: str,
    annotation: Any,
    default: Any,
    resolver: Resolver | None = None,
    description: str | None = None,
    examples: list[Any] | None = None,
) -> FieldRule:
    found = resolver or resolver_in(annotation)
    return FieldRule(
        name=name,
        annotation=annotation,
        resolver=found,
        default=default,
        description=description or (found.description if found else None),
        examples=examples or (found.examples if found else None),
    )


def members_of(annotation: Any) -> tuple[Any, ...]:
    """The members of a union; the one type of anything else."""
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def plain(annotation: Any) -> Any:
    """A type without what is said beside it."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def element_of(annotation: Any) -> Any:
    """The type of the elements of a list, tuple, sequence or set; None for other types, and for tuples of fixed length."""
    arguments = get_args(annotation)
    if get_origin(annotation) not in _LISTS or not arguments:
        return None
    if get_origin(annotation) is tuple and (len(arguments) != 2 or arguments[1] is not ...):
        return None
    return arguments[0]


def value_of(annotation: Any) -> Any:
    """The type of the values of a dict or mapping; None for other types."""
    arguments = get_args(annotation)
    return arguments[1] if get_origin(annotation) in _MAPPINGS and len(arguments) == 2 else None


def is_plain_data(annotation: Any) -> bool:
    """Whether what stands in a file is the value: text, numbers, lists and mappings of these, enums, pydantic's models."""
    from enum import Enum

    from pydantic import BaseModel

    if annotation in (None, NoneType, Any) or get_origin(annotation) is Literal:
        return True
    if get_origin(annotation) is Annotated:
        return resolver_in(annotation) is None and is_plain_data(plain(annotation))
    arguments = [each for each in get_args(annotation) if each is not ...]
    if get_origin(annotation) in (Union, UnionType, *_LISTS, *_MAPPINGS):
        return all(is_plain_data(each) for each in arguments)
    if not isinstance(annotation, type) or hasattr(annotation, "resolve_from_model"):
        return False
    data = (str, int, float, bool, list, dict, tuple, set, frozenset, Enum, BaseModel)
    return issubclass(cast("type[Any]", annotation), data) or annotation in (Sequence, Mapping, object)
