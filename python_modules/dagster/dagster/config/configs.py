"""Typed config: classes whose fields are what a function takes from run config."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from enum import Enum
from functools import cached_property
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from dagster.config.annotations import SECRET_MARK, discriminated, is_typed_config, plain_value, shape_of
from dagster.config.definition_schemas import DefinitionSchema
from dagster.config.evaluations import ROOT, ConfigPath
from dagster.config.fields import Field
from dagster.config.refusals import refusals, told, unnamed_entries
from dagster.config.secrets import MASK, names_a_secret
from dagster.errors import DagsterInvalidConfigError, DagsterInvalidInvocationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import Self


class SetUp:
    """Hands a resource that is set up to the field where it was declared, whose annotation may name what makes it.

    Attributes:
        value: the resource.
    """

    __slots__ = ("value",)

    __is_deferred__ = True

    def __init__(self, value: Any) -> None:
        self.value = value


def keep_deferred(value: object, handler: Callable[[Any], Any]) -> Any:
    """Validator: an EnvVar, or a resource that is configured at launch, is not known yet and is validated when the run starts."""
    if isinstance(value, SetUp):
        return value.value
    return value if hasattr(type(value), "__is_deferred__") else handler(value)


_SCALARS = frozenset({"int", "float", "bool", "str", "SecretStr"})


def _scalar_fields(cls: type[Any]) -> list[str]:
    try:
        annotations = cls.__annotations__  # of this class alone
    except NameError:  # Python 3.14 evaluates them here, and one names what comes later in the file
        return []
    return [name for name, annotation in annotations.items() if not name.startswith("_") and _is_scalar(annotation)]


def _is_scalar(annotation: Any) -> bool:
    """Whether it is a scalar or an optional one; also for an annotation that is still a string."""
    inner = [each for each in typing.get_args(annotation) if each is not NoneType]
    if len(inner) == 1 and typing.get_origin(annotation) in (typing.Union, UnionType):
        return _is_scalar(inner[0])
    if not isinstance(annotation, str):
        return getattr(annotation, "__name__", "") in _SCALARS and isinstance(annotation, type)
    words = annotation.replace("typing.", "").removeprefix("Optional[").removesuffix("]").replace("| None", "").strip()
    return words in _SCALARS


_SCHEMAS: WeakKeyDictionary[type[Any], DefinitionSchema] = WeakKeyDictionary()


class Config(BaseModel):
    """The config of an op, an asset or a resource as a class; the parameter annotated with it must be called `config`.

    Fields are those of pydantic: with defaults, validators, descriptions, nested classes, discriminated unions, enums (written by
    name). A field may be given as `EnvVar`, or as `{"env": "NAME"}` in run config. Objects are frozen.

    Raises:
        pydantic.ValidationError: values do not fit the fields.

    Example:
        >>> class Limits(Config):
        ...     rows: int = 10
        ...     tables: list[str]
        >>> Limits(tables=["orders"]).rows
        10
    """

    model_config = ConfigDict(
        frozen=True, arbitrary_types_allowed=True, protected_namespaces=(), ignored_types=(cached_property,)
    )

    __is_config__ = True

    def __init__(self, **config_dict: Any) -> None:
        try:
            super().__init__(**_enum_members(type(self), config_dict))
        except ValidationError as cause:
            raise told(cause, type(self)) from None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # Before pydantic reads the class: a validator for its own fields that may be given as EnvVar. Not for all fields, since
        # pydantic refuses one on the field that discriminates a union. A name of its own, or it would replace that of a base.
        names = _scalar_fields(cls)
        if names:
            validator = field_validator(*names, mode="wrap", check_fields=False)(keep_deferred)
            setattr(cls, f"_keep_deferred_{len(cls.__mro__)}_{cls.__name__}", validator)

    def __setattr__(self, name: str, value: Any) -> None:
        try:
            super().__setattr__(name, value)
        except ValidationError as cause:
            raise DagsterInvalidInvocationError(self._frozen_sentence()) from cause

    def _frozen_sentence(self) -> str:
        return (
            f"'{type(self).__name__}' is a Pythonic config class and does not support item assignment, "
            "as it inherits from 'pydantic.BaseModel' with frozen=True."
        )

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        for name, value in super().__repr_args__():
            yield name, MASK if name is not None and self._hides(name, value) else value

    def _hides(self, name: str, value: Any) -> bool:
        info: Any = type(self).model_fields.get(name)
        extra = info.json_schema_extra if info is not None else None
        marked = isinstance(extra, dict) and bool(typing.cast("dict[str, Any]", extra).get(SECRET_MARK))
        return (marked or names_a_secret(name)) and isinstance(value, str) and not hasattr(type(value), "__is_deferred__")

    @classmethod
    def to_config_schema(cls) -> DefinitionSchema:
        """The schema of config that makes such an object."""
        known = _SCHEMAS.get(cls)
        if known is None:
            known = _SCHEMAS[cls] = DefinitionSchema(Field(shape_of(cls)), config_class=cls)
        return known

    @classmethod
    def to_fields_dict(cls) -> dict[str, Field]:
        """The fields of that schema by the names under which config writes them."""
        fields: Any = cls.to_config_schema().config_type
        return fields.fields

    def to_config_value(self) -> dict[str, Any]:
        """The object as config writes it; fields that are None are left out."""
        written: dict[str, Any] = {}
        for name, info in type(self).model_fields.items():
            value = getattr(self, name)
            if value is not None:
                written[info.alias or name] = discriminated(info, plain_value(value))
        return {**written, **plain_value(self.model_extra or {})}

    @classmethod
    def from_processed(cls, processed: Any, *, owner: str | None = None, path: ConfigPath = ROOT) -> Self:
        """The object for config that has been checked against the schema.

        Args:
            processed: the config.
            owner: whose config it is, for the error; by default the class.
            path: where the config stands, for the error.

        Raises:
            DagsterInvalidConfigError: a constraint or a validator of the class refuses it.
        """
        unnamed = unnamed_entries(processed or {}, path)
        if unnamed:
            raise DagsterInvalidConfigError(f"Error in config for {owner or cls.__name__}", unnamed, processed)
        try:
            return cls(**_revived_fields(cls, processed or {}, path))
        except ValidationError as cause:
            errors = refusals(cause, path)
            raise DagsterInvalidConfigError(f"Error in config for {owner or cls.__name__}", errors, processed) from cause


class PermissiveConfig(Config):
    """Config with the fields of the class, and any others.

    Example:
        >>> class Options(PermissiveConfig):
        ...     name: str
        >>> Options(name="x", depth=3).depth
        3
    """

    model_config = ConfigDict(extra="allow")


def _enum_members(cls: type[Config], given: Mapping[str, Any]) -> Mapping[str, Any]:
    """`given` with enum members where config names them."""
    by_name: dict[str, Any] = {}
    for name, info in cls.model_fields.items():
        key, annotation = info.alias or name, typing.cast("Any", info.annotation)
        value = given.get(key)
        if isinstance(value, str) and isinstance(annotation, type) and issubclass(annotation, Enum):
            by_name[key] = annotation.__members__.get(value, value)
    return {**given, **by_name} if by_name else given


def _revived_fields(cls: type[Config], processed: Mapping[str, Any], path: ConfigPath) -> dict[str, Any]:
    revived = dict(processed)
    for name, info in cls.model_fields.items():
        key = info.alias or name
        if key not in processed or isinstance(processed[key], SetUp):
            continue
        if _is_default(info, processed[key]):
            del revived[key]  # counts as left out: not in `model_fields_set`, and not validated, as a default is not
        elif info.discriminator is not None:
            revived[key] = _revived_choice(info, processed[key], path.field(key))
        else:
            revived[key] = _revived(info.annotation, processed[key], path.field(key))
    return revived


def _is_default(info: Any, processed: Any) -> bool:
    if info.is_required() or info.default_factory is not None:
        return False
    default = info.default if isinstance(info.default, Enum) else discriminated(info, plain_value(info.default))
    return type(processed) is type(default) and processed == default


def _revived(annotation: Any, value: Any, path: ConfigPath) -> Any:
    """Dicts of config as the objects that the annotation asks for, in lists and dicts too."""
    if value is None:
        return None
    if is_typed_config(annotation):
        return annotation.from_processed(value, path=path) if isinstance(value, Mapping) else value
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, UnionType) and len(inner) == 2 and NoneType in inner:
        return _revived(inner[0] if inner[1] is NoneType else inner[1], value, path)
    if origin is list:
        return [_revived(inner[0], item, path.item(index)) for index, item in enumerate(value)]
    if origin in (dict, Mapping):
        return {key: _revived(inner[1], item, path.map_value(key)) for key, item in value.items()}
    return value


def _revived_choice(info: Any, value: Any, path: ConfigPath) -> Any:
    """`{"cat": {"lives": 9}}` as an object of the class whose discriminator is `cat`."""
    if not isinstance(value, Mapping):
        return value
    tag, fields = next(iter(typing.cast("Mapping[str, Any]", value).items()))
    for member in typing.get_args(info.annotation):
        if member is NoneType:
            continue
        for literal in typing.get_args(member.model_fields[info.discriminator].annotation):
            if tag == (literal.name if isinstance(literal, Enum) else str(literal)):
                return member.from_processed({**fields, info.discriminator: literal}, path=path.field(tag))
    return typing.cast("Any", value)
