"""Config of parameters whose values YAML has no form for: paths, moments, numbers with exact digits, members of enums."""

from __future__ import annotations

import datetime
import decimal
import enum
import pathlib
import uuid
from typing import Any, cast

from dagster.config.evaluations import ConfigPath, EvaluationError, enum_mismatch, none_not_allowed, scalar_mismatch
from dagster.config.types import ConfigType, ConfigTypeKind

_EXAMPLES: dict[type, str] = {
    pathlib.Path: "data/orders.csv",
    datetime.datetime: "2024-01-31T08:00:00",
    datetime.date: "2024-01-31",
    datetime.time: "08:00:00",
    datetime.timedelta: "PT1H30M",
    decimal.Decimal: "9.99",
    uuid.UUID: "12345678-1234-5678-1234-567812345678",
}


class ParsedType(ConfigType):
    """A text that is read as a value of a Python class: of a path, a date, a time, a decimal number or a UUID."""

    __slots__ = ("python_class",)

    def __init__(self, python_class: type) -> None:
        self.python_class = python_class
        super().__init__(key=f"Parsed.{python_class.__name__}", kind=ConfigTypeKind.SCALAR, given_name=python_class.__name__)

    @property
    def text(self) -> str:
        return self.python_class.__name__

    @property
    def example(self) -> str:
        return _EXAMPLES[self.python_class]

    def check(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> None:
        if value is None:
            errors.append(none_not_allowed(path, self.text))
        elif self._parsed(value) is None:
            errors.append(scalar_mismatch(path, value, f"{self.text}, such as {self.example}"))

    def post_process(self, value: Any) -> Any:
        return self._parsed(value)

    def _parsed(self, value: object) -> Any:
        from pydantic import TypeAdapter, ValidationError

        try:
            return TypeAdapter(self.python_class).validate_python(value)
        except ValidationError:
            return None


class MemberType(ConfigType):
    """The name of a member of an enum, or its value."""

    __slots__ = ("enum_class",)

    def __init__(self, enum_class: type[enum.Enum]) -> None:
        self.enum_class = enum_class
        super().__init__(key=f"Member.{enum_class.__qualname__}", kind=ConfigTypeKind.ENUM, given_name=enum_class.__name__)

    @property
    def text(self) -> str:
        return self.enum_class.__name__

    @property
    def example(self) -> str:
        return next(iter(self.enum_class.__members__), "...")

    def check(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> None:
        if self._member(value) is None:
            errors.append(enum_mismatch(path, value, self.text, list(self.enum_class.__members__)))

    def post_process(self, value: Any) -> Any:
        return self._member(value)

    def _member(self, value: object) -> enum.Enum | None:
        if isinstance(value, self.enum_class):
            return value
        if isinstance(value, str) and value in self.enum_class.__members__:
            return self.enum_class[value]
        return next((each for each in self.enum_class if each.value == value), None)


def parsed_type(python_class: object) -> ConfigType | None:
    """The config of values of a class; None for a class that text does not say."""
    if not isinstance(python_class, type):
        return None
    found = cast("type[object]", python_class)
    if issubclass(found, enum.Enum):
        return MemberType(found)
    return ParsedType(found) if found in _EXAMPLES else None


def written(value: object) -> Any:
    """A value of one of these classes as it is written in config; others as they are."""
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (pathlib.PurePath, decimal.Decimal, uuid.UUID)):
        return str(value)
    return [written(each) for each in cast("list[object]", value)] if isinstance(value, list) else value
