"""Types of the values that travel between steps: a name, a check, and how to make a value from config."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeAlias, Union

from dagster.define.type_checks import PASSED, TypeCheck
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvariantViolationError, ParameterCheckError

if TYPE_CHECKING:
    from dagster.define.type_checks import TypeCheckContext
    from dagster.define.type_loaders import DagsterTypeLoader

TypeCheckFn: TypeAlias = Callable[[Any, Any], TypeCheck | bool]


class DagsterTypeKind(Enum):
    """How a type is made of others; decides how it is drawn and what its loader accepts."""

    ANY = "ANY"
    SCALAR = "SCALAR"
    LIST = "LIST"
    NOTHING = "NOTHING"
    NULLABLE = "NULLABLE"
    REGULAR = "REGULAR"


class DagsterType:
    """The type of an input or output: a name for people and a function that says whether a value belongs to it.

    Args:
        type_check_fn: called with a `TypeCheckContext` and the value; answers with a bool or a `TypeCheck`.
        key: tells types apart; by default the name.
        name: shown to people; one of `key` and `name` is needed.
        is_builtin: whether the framework brings the type.
        description: what the values are, in markdown.
        loader: makes a value from run config for an input that nothing else feeds.
        required_resource_keys: resources that `type_check_fn` reads from its context.
        kind: how the type is made of others.
        typing_type: the Python annotation that says the same; `Any` when there is none.
        metadata: facts about the type, shown with it.

    Raises:
        DagsterInvalidDefinitionError: `type_check_fn` does not take two arguments.
        CheckError: neither `key` nor `name` is given, or an argument is of a wrong type.

    Example:
        >>> Even = DagsterType(lambda _, value: value % 2 == 0, name="Even")
        >>> Even.type_check(None, 3).success
        False
    """

    __slots__ = (
        "_loader",
        "_name",
        "_raw_metadata",
        "_type_check_fn",
        "description",
        "is_builtin",
        "key",
        "kind",
        "required_resource_keys",
        "typing_type",
    )

    def __init__(
        self,
        type_check_fn: TypeCheckFn,
        key: str | None = None,
        name: str | None = None,
        is_builtin: bool = False,
        description: str | None = None,
        loader: DagsterTypeLoader | None = None,
        required_resource_keys: set[str] | frozenset[str] | None = None,
        kind: DagsterTypeKind = DagsterTypeKind.REGULAR,
        typing_type: Any = Any,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        if key is None and name is None:
            raise CheckError("A DagsterType needs a name (or a key). Give `name=`.")
        self.key: str = key if key is not None else str(name)
        self._name = name
        self.is_builtin = is_builtin
        self.description = description
        self.required_resource_keys = frozenset(required_resource_keys or ())
        self.kind = kind
        self.typing_type = typing_type
        _check_takes_two(type_check_fn, self.display_name)
        self._type_check_fn = type_check_fn
        self._loader = _checked_loader(loader)
        self._raw_metadata = metadata

    @property
    def unique_name(self) -> str:
        """The name under which no other type goes.

        Raises:
            CheckError: the type has none, which is so for types inferred from annotations.
        """
        if self._name is None:
            raise CheckError(f"The type {self.key} has no unique name. Use `display_name`, or look at `has_unique_name` first.")
        return self._name

    @property
    def has_unique_name(self) -> bool:
        """Whether `unique_name` answers."""
        return self._name is not None

    @property
    def display_name(self) -> str:
        """The name for people, such as `[Int]?`."""
        return self._name if self._name is not None else self.key

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Facts about the type, as metadata values."""
        if not self._raw_metadata:
            return {}
        from dagster.metadata import normalize_metadata

        return normalize_metadata(self._raw_metadata)

    @property
    def loader(self) -> DagsterTypeLoader | None:
        """Makes a value from run config; None when only another step can feed such an input."""
        return self._loader

    @property
    def loader_schema_key(self) -> str | None:
        """The key of the config type that the loader accepts."""
        return self.loader.schema_type.key if self.loader is not None else None

    @property
    def inner_types(self) -> list[DagsterType]:
        """The types that this one is made of, directly or not, outermost first."""
        return []

    @property
    def type_param_keys(self) -> list[str]:
        """The keys of the types that this one is made of directly."""
        return []

    @property
    def is_any(self) -> bool:
        """Whether every value passes."""
        return self.kind is DagsterTypeKind.ANY

    @property
    def is_nothing(self) -> bool:
        """Whether no value travels, only an order of execution."""
        return self.kind is DagsterTypeKind.NOTHING

    @property
    def supports_fan_in(self) -> bool:
        """Whether several outputs may feed one input of this type."""
        return self.is_nothing

    def get_inner_type_for_fan_in(self) -> DagsterType:
        """The type of each single value that feeds such an input."""
        if self.is_nothing:
            return self
        raise CheckError(f"Several outputs cannot feed an input of type {self.display_name}.")

    def type_check(self, context: TypeCheckContext | None, value: object) -> TypeCheck:
        """What the type's function says about `value`.

        What the function raises passes through; execution calls this inside its fence.

        Raises:
            DagsterInvariantViolationError: the function answers with neither a bool nor a `TypeCheck`.
        """
        answer = self._type_check_fn(context, value)
        if answer is True:
            return PASSED
        if answer is False:
            return TypeCheck(success=False)
        if isinstance(answer, TypeCheck):  # pyright: ignore[reportUnnecessaryIsInstance] - users write it
            return answer
        raise DagsterInvariantViolationError(
            f"You have returned {answer!r} of type {type(answer)} from the type check function of type "
            f'"{self.display_name}". Return value must be instance of TypeCheck or a bool.'
        )


def _check_takes_two(type_check_fn: object, type_name: str) -> None:
    if not callable(type_check_fn):
        raise ParameterCheckError("type_check_fn", type_check_fn, "callable")
    if isinstance(type_check_fn, FunctionType) and not type_check_fn.__code__.co_flags & 0x04:  # no *args
        received = type_check_fn.__code__.co_argcount
        if received - len(type_check_fn.__defaults__ or ()) > 2 or received < 2:
            raise DagsterInvalidDefinitionError(
                f'type_check_fn argument on type "{type_name}" must take 2 arguments, received {received}.'
            )


def _checked_loader(loader: Any) -> DagsterTypeLoader | None:
    if loader is not None and not callable(getattr(loader, "construct_from_config_value", None)):
        raise ParameterCheckError("loader", loader, "a DagsterTypeLoader")
    return loader


class PythonObjectDagsterType(DagsterType):
    """The type of all instances of a Python class, or of several.

    Args:
        python_type: the class, or a tuple of classes.
        key: by default the class's name.
        name: by default the class's name.
        kwargs: what else `DagsterType` takes.

    Example:
        >>> Number = PythonObjectDagsterType((int, float), name="Number")
        >>> Number.type_check(None, "x").success
        False
    """

    __slots__ = ("python_type", "type_str")

    def __init__(
        self,
        python_type: type[Any] | tuple[type[Any], ...],
        key: str | None = None,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        self.python_type: type[Any] | tuple[type[Any], ...] = python_type
        if isinstance(python_type, tuple):
            self.type_str = f"Union[{', '.join(each.__name__ for each in python_type)}]"
            kwargs.setdefault("typing_type", Union[python_type])
        else:
            self.type_str = python_type.__name__
            kwargs.setdefault("typing_type", python_type)
        named = name if name is not None else self.type_str
        super().__init__(kwargs.pop("type_check_fn", self._check), key=key or named, name=named, **kwargs)

    def _check(self, _context: object, value: object) -> TypeCheck | bool:
        return isinstance(value, self.python_type) or TypeCheck(
            success=False, description=_not_an_instance(value, self.display_name, self.type_str)
        )


def _not_an_instance(value: object, type_name: str, python_name: str) -> str:
    return (
        f"Value of type {type(value)} failed type check for Dagster type {type_name}, "
        f"expected value to be of Python type {python_name}."
    )


class TypeHintInferredDagsterType(PythonObjectDagsterType):
    """The type of all instances of a class that a user's annotation names; it has no unique name."""

    __slots__ = ()

    def __init__(self, python_type: type[Any]) -> None:
        super().__init__(python_type, key=f"_TypeHintInferred[{python_type.__module__}.{python_type.__qualname__}]")
        self._name = None
        self.type_str = f"{python_type.__module__}.{python_type.__qualname__}"

    @property
    def display_name(self) -> str:
        return getattr(self.python_type, "__name__", str(self.python_type))


class BuiltinDagsterType(DagsterType):
    """A type that the framework brings. Its loader is made when it is first asked for: few projects need it."""

    __slots__ = ()

    @property
    def parts(self) -> tuple[DagsterType, ...]:
        """The types that this one is made of directly."""
        return ()

    @property
    def loader(self) -> DagsterTypeLoader | None:
        if self._loader is None and not self.is_nothing:
            from dagster.define.type_loaders import builtin_loader

            loaders = [part.loader for part in self.parts]
            self._loader = builtin_loader(self.kind.value, self.display_name, loaders, typing.get_origin(self.typing_type))
        return self._loader


class ComposedDagsterType(BuiltinDagsterType):
    """A type made of others: a list of, an optional, a dict of."""

    __slots__ = ("_display_name", "_parts")

    def __init__(
        self,
        type_check_fn: TypeCheckFn,
        *,
        key: str,
        display_name: str,
        parts: Iterable[DagsterType],
        kind: DagsterTypeKind,
        typing_type: Any,
    ) -> None:
        self._display_name = display_name
        self._parts = tuple(parts)
        required = frozenset[str]().union(*(part.required_resource_keys for part in self._parts))
        super().__init__(type_check_fn, key=key, kind=kind, typing_type=typing_type, required_resource_keys=required)

    @property
    def display_name(self) -> str:
        return self._display_name

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ComposedDagsterType):
            return NotImplemented
        return self.key == other.key and self.parts == other.parts

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def parts(self) -> tuple[DagsterType, ...]:
        return self._parts

    @property
    def inner_types(self) -> list[DagsterType]:
        return [inner for part in self.parts for inner in (part, *part.inner_types)]

    @property
    def type_param_keys(self) -> list[str]:
        return [part.key for part in self.parts]

    @property
    def supports_fan_in(self) -> bool:
        return self.kind is DagsterTypeKind.LIST

    def get_inner_type_for_fan_in(self) -> DagsterType:
        if self.kind is DagsterTypeKind.LIST:
            return self.parts[0]
        return super().get_inner_type_for_fan_in()


def _scalar(python_type: type[Any], name: str, noun: str) -> DagsterType:
    def check(_context: object, value: object) -> TypeCheck | bool:
        return isinstance(value, python_type) or TypeCheck(
            success=False, description=f'Value "{value}" of python type "{type(value).__name__}" must be a {noun}.'
        )

    return BuiltinDagsterType(check, name=name, is_builtin=True, kind=DagsterTypeKind.SCALAR, typing_type=python_type)


def _check_nothing(_context: object, value: object) -> TypeCheck | bool:
    return value is None or TypeCheck(success=False, description=f"Value must be None or unset, got a {type(value)}")


ANY = BuiltinDagsterType(lambda _context, _value: PASSED, name="Any", is_builtin=True, kind=DagsterTypeKind.ANY, typing_type=Any)
NOTHING = BuiltinDagsterType(
    _check_nothing, name="Nothing", is_builtin=True, kind=DagsterTypeKind.NOTHING, typing_type=type(None)
)
INT = _scalar(int, "Int", "int")
FLOAT = _scalar(float, "Float", "float")
STRING = _scalar(str, "String", "string")
BOOL = _scalar(bool, "Bool", "bool")
