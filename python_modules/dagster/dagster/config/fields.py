"""Config schemas as users write them: the constructors, fields, and the Python objects that stand for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from dagster.config.evaluations import ROOT, EvaluationError
from dagster.config.plain_values import plain_config
from dagster.config.structures import ArrayType, MapType, NoneableType, ScalarUnionType, SelectorType, ShapeType
from dagster.config.types import ANY, BOOL, FLOAT, INT, STRING, ConfigType, Enum
from dagster.errors import (
    CheckError,
    DagsterInvalidConfigDefinitionError,
    DagsterInvalidConfigError,
    DagsterInvalidDefinitionError,
    ParameterCheckError,
)


class _Absent:
    def __repr__(self) -> str:
        return "no default"


_ABSENT = _Absent()

_OF_PYTHON_TYPES: dict[Any, ConfigType] = {int: INT, float: FLOAT, str: STRING, bool: BOOL, Any: ANY, None: ANY}


class Noneable(NoneableType):
    """None, or a value of the inner type.

    Args:
        inner_type: a config type or what stands for one.

    Example:
        >>> Field(Noneable(int)).is_required
        False
    """

    __slots__ = ()

    def __init__(self, inner_type: object) -> None:
        super().__init__(to_config_type(inner_type))


class Array(ArrayType):
    """A list of values of one type.

    Args:
        inner_type: a config type or what stands for one; `[int]` says the same as `Array(int)`.

    Example:
        >>> Array(int).text
        '[Int]'
    """

    __slots__ = ()

    def __init__(self, inner_type: object) -> None:
        super().__init__(to_config_type(inner_type))


class Map(MapType):
    """A dict with any keys of one scalar type and values of one type.

    Args:
        key_type: a scalar type.
        inner_type: the type of the values; `{str: int}` says the same as `Map(str, int)`.
        key_label_name: what the keys are, shown in the schema.

    Raises:
        ParameterCheckError: `key_type` is not a scalar.

    Example:
        >>> Map(str, int, key_label_name="table").text
        '{ [table: String]: Int }'
    """

    __slots__ = ()

    def __init__(self, key_type: object, inner_type: object, key_label_name: str | None = None) -> None:
        super().__init__(to_config_type(key_type), to_config_type(inner_type), key_label_name)


class ScalarUnion(ScalarUnionType):
    """A scalar, or else a dict or list of another type; which one is meant shows in the value itself.

    Args:
        scalar_type: the type of values that are neither dict nor list.
        non_scalar_schema: the type of values that are.

    Example:
        >>> ScalarUnion(int, {"from": int, "to": int}).text
        '(Int | { from: Int to: Int })'
    """

    __slots__ = ()

    def __init__(self, scalar_type: object, non_scalar_schema: object, _key: str | None = None) -> None:
        super().__init__(to_config_type(scalar_type), to_config_type(non_scalar_schema), _key)


class Field:
    """One entry of a dict of config: its type, and what holds when it is left out.

    Args:
        config: a config type, or what stands for one: a Python type, a dict of fields, a list with one element.
        default_value: what code gets when the entry is left out.
        is_required: by default whether neither a default is given nor the type has an obvious one.
        description: what the entry is for, in markdown.
        is_secret: whether the value must not be shown or stored in plain text.

    Raises:
        DagsterInvalidDefinitionError: `config` stands for no config type.
        DagsterInvalidConfigDefinitionError: an entry of the dict `config` stands for none.
        DagsterInvalidConfigError: `default_value` is not of the type.
        ParameterCheckError: a default is given for a field that is required.

    Example:
        >>> Field(int, default_value=3).is_required
        False
        >>> Field({"host": str, "port": Field(int, default_value=80)}).config_type.text
        '{ host: String port?: Int }'
    """

    __slots__ = ("_default", "config_type", "description", "is_required", "is_secret")

    def __init__(
        self,
        config: Any,
        default_value: Any = _ABSENT,
        is_required: bool | None = None,
        description: str | None = None,
        is_secret: bool = False,
    ) -> None:
        self.config_type = _type_of_field(config)
        self.description = description
        self.is_secret = is_secret
        if default_value is not _ABSENT and is_required:
            raise ParameterCheckError(
                "default_value", default_value, "given: required arguments should not specify default values"
            )
        if default_value is _ABSENT and is_required is None and self.config_type.is_optional:
            default_value = self.config_type.implied_default
        elif default_value is not _ABSENT:
            default_value = self._checked_default(default_value)
        self._default = default_value
        self.is_required: bool = default_value is _ABSENT if is_required is None else is_required

    def _checked_default(self, default_value: Any) -> Any:
        default_value = plain_config(default_value)
        if isinstance(self.config_type, Enum) and not isinstance(default_value, str | None):
            raise DagsterInvalidDefinitionError(
                f"The default {default_value!r} of enum type {self.config_type.key} must be given as config writes it: "
                f"one of {self.config_type.config_values}."
            )
        errors: list[EvaluationError] = []
        if default_value is not None:
            self.config_type.check(default_value, ROOT, errors)
        if errors:
            raise DagsterInvalidConfigError(
                "Invalid default_value for Field. Ensure all required config entries are provided and all values match the "
                "expected types.",
                errors,
                default_value,
            )
        return default_value

    @property
    def default_provided(self) -> bool:
        """Whether `default_value` answers."""
        return self._default is not _ABSENT

    @property
    def default_value(self) -> Any:
        """What the entry is when it is left out, as config writes it.

        Raises:
            CheckError: there is no default.
        """
        if self._default is _ABSENT:
            raise CheckError("This field has no default value; look at `default_provided` first.")
        return self._default

    @property
    def default_value_as_json_str(self) -> str:
        """The default as JSON; what JSON lacks is written as text."""
        return json.dumps(self.default_value, default=str)

    @property
    def example(self) -> Any:
        """A value that would fit."""
        return self.config_type.example

    def __repr__(self) -> str:
        default = repr(self._default) if self.default_provided and not self.is_secret else "..."
        return f"Field({self.config_type!r}, default={default}, is_required={self.is_required})"


class Shape(ShapeType):
    """A dict with exactly these entries; a plain dict in a schema says the same.

    Args:
        fields: the entries by name: `Field`s or what stands for their type.
        description: what the dict is for.
        field_aliases: other names under which config may write an entry.

    Example:
        >>> Shape({"host": str, "port": Field(int, default_value=80)}).text
        '{ host: String port?: Int }'
    """

    __slots__ = ()

    def __init__(
        self, fields: Mapping[str, Any], description: str | None = None, field_aliases: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(_to_fields(fields), description, field_aliases)


class Permissive(ShapeType):
    """A dict with at least these entries, and any others.

    Args:
        fields: the entries that are known.
        description: what the dict is for.

    Example:
        >>> Field(Permissive()).is_required
        False
    """

    __slots__ = ()

    def __init__(self, fields: Mapping[str, Any] | None = None, description: str | None = None) -> None:
        super().__init__(_to_fields(fields or {}), description, is_open=True)


class Selector(SelectorType):
    """A dict with exactly one of these entries.

    Args:
        fields: the entries to choose from.
        description: what is chosen.

    Example:
        >>> Selector({"file": str, "table": str}).text
        '{ file: String table: String }'
    """

    __slots__ = ()

    def __init__(self, fields: Mapping[str, Any], description: str | None = None) -> None:
        super().__init__(_to_fields(fields), description)


def _to_fields(fields: Mapping[str, Any]) -> dict[str, Field]:
    if not isinstance(fields, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance] - users call this
        raise ParameterCheckError("fields", fields, "a dict of fields by name")
    for name in fields:
        if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance] - as above
            raise DagsterInvalidConfigDefinitionError(f"Names of config entries are strings. Got {name!r} in {fields!r}.")
    return {name: _field_at(raw, fields, f":{name}") for name, raw in fields.items()}


def to_config_type(raw: object) -> ConfigType:
    """The config type that a Python object stands for.

    Raises:
        DagsterInvalidConfigDefinitionError: it stands for none; the sentence says where and what would.
        DagsterInvalidDefinitionError: it is a type of the other system, `DagsterType`.
        ParameterCheckError: it is a config type's class instead of a value of it.
    """
    return _to_config_type(raw, raw, "")


def _to_config_type(raw: Any, root: object, place: str) -> ConfigType:
    if isinstance(raw, ConfigType):
        return raw
    known = _OF_PYTHON_TYPES.get(raw) if raw.__hash__ is not None else None
    if known is not None:
        return known
    if raw is list:
        return Array(ANY)
    if raw is dict:
        return Permissive()
    if isinstance(raw, Mapping):
        return _of_dict(cast("Mapping[Any, Any]", raw), root, place)
    if isinstance(raw, list):
        members = cast("list[Any]", raw)
        if len(members) != 1:
            raise _cannot_stand(members, root, place, " Reason: List must be of length 1.")
        return Array(_to_config_type(members[0], root, f"{place}[]"))
    _refuse_near_misses(raw)
    raise _cannot_stand(raw, root, place)


def _of_dict(raw: Mapping[Any, Any], root: object, place: str) -> ConfigType:
    key = next(iter(raw), None)
    if len(raw) == 1 and not isinstance(key, str):
        return Map(_to_config_type(key, root, f"{place}:(map key)"), _to_config_type(raw[key], root, f"{place}:(map value)"))
    return Shape({name: _field_at(inner, root, f"{place}:{name}") for name, inner in raw.items()})


def _field_at(raw: object, root: object, place: str) -> Field:
    return raw if isinstance(raw, Field) else Field(_to_config_type(raw, root, place))


def to_field(raw: object) -> Field:
    """The field that the `config_schema=` of a definition stands for; None stands for anything, not required."""
    if raw is None:
        return Field(ANY, is_required=False)
    if isinstance(raw, Field):
        return raw
    as_field = getattr(raw, "as_field", None)
    if as_field is not None and not isinstance(raw, type):
        return as_field()
    return Field(to_config_type(raw))


def _type_of_field(raw: Any) -> ConfigType:
    if isinstance(raw, type) and raw not in _OF_PYTHON_TYPES and raw not in (list, dict):
        _refuse_near_misses(raw)
        raise DagsterInvalidDefinitionError(
            f"Attempted to pass {raw} to a Field that expects a type usable in config: int, float, bool, str, list, dict or a "
            "config type."
        )
    try:
        return to_config_type(raw)
    except DagsterInvalidConfigDefinitionError as refused:
        if isinstance(raw, dict):
            raise
        raise DagsterInvalidDefinitionError(str(refused)) from None


def _refuse_near_misses(raw: object) -> None:
    if hasattr(raw, "type_check") or hasattr(raw, "bare_dagster_type"):
        raise DagsterInvalidDefinitionError(
            f"{raw!r} is a DagsterType, which checks values between steps. Config has types of its own: int, float, bool, str, "
            "a dict of fields, a list with one type such as [int], or Array, Map, Noneable, Selector, Shape, Permissive, Enum."
        )
    if type(raw).__module__ == "typing" or getattr(raw, "__origin__", None) is not None:
        raise DagsterInvalidDefinitionError(
            f"You have passed in {raw} to the config system. Types from the typing module in python are not allowed in the "
            "config system. You must use types that are imported from dagster or primitive types such as bool, int, etc."
        )
    if isinstance(raw, type) and issubclass(raw, ConfigType):
        raise ParameterCheckError(
            "config", raw, f"a config type; it is the class of one. Write `{raw.__name__}(...)` instead of `{raw.__name__}`"
        )


def _cannot_stand(raw: object, root: object, place: str, reason: str = "") -> DagsterInvalidConfigDefinitionError:
    where = f"Error at stack path {place}. " if place else ""
    return DagsterInvalidConfigDefinitionError(
        f"Error defining config. Original value passed: {root!r}. {where}{raw!r} cannot be resolved.{reason}\n"
        "A config schema is a Field, one of int, float, bool, str, list, dict, a config type (Array, Map, Noneable, Selector, "
        "Shape, Permissive, Enum, StringSource...), a dict of such entries, or a list with one of them, such as [int]."
    )
