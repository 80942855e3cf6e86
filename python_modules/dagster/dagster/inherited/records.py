"""Values declared as a class of annotated fields: frozen, compared by what they hold, and refusing what is of another type."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from types import UnionType
from typing import Any, Literal, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from typing_extensions import dataclass_transform

from dagster.errors import ParameterCheckError

R = TypeVar("R")

_FIELDS = "__record_fields__"
_CHECKED = "__record_checked__"
_HINTS = "__record_hints__"
_UNRESOLVED = object()


class ImportFrom(NamedTuple):
    """Said of a type in `Annotated` that is imported for type checkers only: the module that has it."""

    module: str


class IHaveNew:
    """The class behind `record_custom`: `super().__new__(cls, field=...)` makes the value."""

    def __new__(cls, **fields: Any) -> Any:
        return _made(cls, fields)

    def __init__(self, *given: object, **fields: object) -> None:  # pyright: ignore[reportInconsistentConstructor]
        """Nothing: `__new__` has made the value."""


class LegacyNamedTupleMixin:
    """The methods of a named tuple."""

    def _replace(self, **fields: Any) -> Any:
        return replace(self, **fields)

    def _asdict(self) -> dict[str, Any]:
        return as_dict(self)


@dataclass_transform(kw_only_default=True, frozen_default=True)
def record(cls: Any = None, *, checked: bool = True, kw_only: bool = True) -> Any:
    """The class as a value: one field per annotation, with the class attribute of that name as its default.

    Args:
        checked: refuse values of other types than the annotations say.
        kw_only: take fields by name alone.
    """
    if cls is None:
        return partial(record, checked=checked, kw_only=kw_only)
    _mark(cls, checked)

    def new(made: type[Any], *given: Any, **fields: Any) -> Any:
        names: list[str] = list(getattr(made, _FIELDS))
        if given and (kw_only or len(given) > len(names)):
            raise TypeError(f"{made.__name__} takes its fields by name: {', '.join(names)}.")
        return _made(made, {**dict(zip(names, given, strict=False)), **fields})

    cls.__new__ = new
    cls.__init__ = IHaveNew.__init__
    return cls


def record_custom(cls: Any = None, *, checked: bool = True, field_to_new_mapping: Mapping[str, str] | None = None) -> Any:
    """Same as `record`, for a class derived from `IHaveNew` with a `__new__` of its own."""
    if cls is None:
        return partial(record_custom, checked=checked)
    return _mark(cls, checked)


def is_record(obj: object) -> bool:
    """Whether the object is such a value."""
    return hasattr(type(obj), _FIELDS)


def as_dict(obj: Any) -> dict[str, Any]:
    """The fields by name."""
    return {name: getattr(obj, name) for name in getattr(obj, _FIELDS)}


def replace(obj: R, **kwargs: Any) -> R:
    """The value with other fields, which are checked; a `__new__` of its own is not called."""
    return cast("R", _made(type(obj), {**as_dict(obj), **kwargs}))


copy = replace


def _mark(cls: Any, checked: bool) -> Any:
    fields: dict[str, Any] = {}
    for base in reversed(cls.__mro__[1:]):
        fields.update(_own(base).get(_FIELDS, {}))
    own = [name for name, hint in _annotations(cls).items() if "ClassVar" not in str(hint)]
    fields |= {name: _own(cls).get(name, _UNRESOLVED) for name in own}
    for name in own:
        if name in _own(cls):
            delattr(cls, name)
    setattr(cls, _FIELDS, fields)
    setattr(cls, _CHECKED, checked)
    for method in (_eq, _hash, _repr, _iter, _set_refused, _reduce):
        name = _METHODS[method]
        if name not in _own(cls):
            setattr(cls, name, method)
    return cls


def _own(cls: Any) -> Mapping[str, Any]:
    """What the class itself holds, without those that it derives from."""
    return cast("Mapping[str, Any]", vars(cls))


def _annotations(cls: Any) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", _own(cls).get("__annotations__", {}))


def _made(cls: Any, given: dict[str, Any]) -> Any:
    fields: dict[str, Any] = getattr(cls, _FIELDS)
    unknown = [name for name in given if name not in fields]
    missing = [name for name, default in fields.items() if default is _UNRESOLVED and name not in given]
    if unknown:
        raise TypeError(f"{cls.__name__} got an unexpected keyword argument {unknown[0]!r}. Its fields: {', '.join(fields)}.")
    if missing:
        raise TypeError(f"{cls.__name__} misses {', '.join(missing)}.")
    hints: Mapping[str, Any] = _hints(cls) if getattr(cls, _CHECKED) else {}
    value: Any = object.__new__(cls)
    for name, default in fields.items():
        held: Any = given.get(name, default)
        if name in given and name in hints and not _fits(held, hints[name]):
            hint = hints[name]
            raise ParameterCheckError(name, held, f"a {getattr(hint, '__name__', hint)}")
        value.__dict__[name] = held
    return value


def _hints(cls: Any) -> Mapping[str, Any]:
    known: Mapping[str, Any] | None = _own(cls).get(_HINTS)
    if known is None:
        try:
            known = get_type_hints(cls, localns={cls.__name__: cls})
        except (NameError, AttributeError, TypeError):
            # Names that are there for type checkers only: nothing is known of those fields.
            known = {name: hint for name, hint in _annotations(cls).items() if not isinstance(hint, str)}
        setattr(cls, _HINTS, known)
    return known


def _fits(value: object, hint: Any) -> bool:
    """Whether the value is of the type, as far as the type says something that can be looked up."""
    if isinstance(hint, TypeVar) or hint is Any or isinstance(hint, str):
        return True
    if hint is None:
        return value is None
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return any(_fits(value, each) for each in arguments)
    if origin is Literal:
        return value in arguments
    if origin is None:
        return isinstance(value, float | int) if hint is float else not isinstance(hint, type) or _is_one(value, hint)
    if not isinstance(origin, type) or origin in (type, Callable):
        return True
    return _is_one(value, origin) and _members_fit(value, arguments)


def _is_one(value: object, cls: type[Any]) -> bool:
    if isinstance(value, str) and cls.__module__ in ("collections.abc", "typing"):
        return False
    try:
        return isinstance(value, cls)
    except TypeError:
        # A protocol that is for type checkers only.
        return True


def _members_fit(value: object, arguments: tuple[Any, ...]) -> bool:
    if isinstance(value, Mapping):
        items = cast("Mapping[Any, Any]", value).items()
        return len(arguments) != 2 or all(_fits(key, arguments[0]) and _fits(item, arguments[1]) for key, item in items)
    if isinstance(value, tuple) and arguments and arguments[-1] is not Ellipsis and len(arguments) != 1:
        members = cast("tuple[Any, ...]", value)
        return len(members) == len(arguments) and all(_fits(*pair) for pair in zip(members, arguments, strict=True))
    if isinstance(value, Collection) and arguments:
        return all(_fits(member, arguments[0]) for member in cast("Collection[Any]", value))
    return True


def _eq(self: Any, other: object) -> bool:
    return as_dict(self) == as_dict(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(tuple(as_dict(self).values()))


def _repr(self: Any) -> str:
    return f"{type(self).__name__}({', '.join(f'{name}={held!r}' for name, held in as_dict(self).items())})"


def _iter(self: Any) -> Iterator[Any]:
    raise TypeError(f"A record of {type(self).__name__} is not iterated over: take its fields by name.")


def _set_refused(self: Any, name: str, value: object) -> None:
    raise AttributeError(f"{type(self).__name__} is frozen: make another one with `replace(value, {name}=...)`.")


def _reduce(self: Any) -> tuple[Any, ...]:
    return (_made, (type(self), as_dict(self)))


_METHODS: Mapping[Callable[..., Any], str] = {
    _eq: "__eq__",
    _hash: "__hash__",
    _repr: "__repr__",
    _iter: "__iter__",
    _set_refused: "__setattr__",
    _reduce: "__reduce__",
}
