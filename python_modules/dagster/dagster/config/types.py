"""Config types that hold no others: scalars, enums, anything; and what every config type answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from enum import Enum as PythonEnum
from typing import Any as PythonAny
from typing import cast

from dagster.config.evaluations import (
    ConfigPath,
    EvaluationError,
    PostProcessingError,
    enum_mismatch,
    failed_post_processing,
    none_not_allowed,
    scalar_mismatch,
)
from dagster.errors import CheckError, ParameterCheckError


class ConfigTypeKind(PythonEnum):
    """How a config type is made; decides how an editor draws it."""

    ANY = "ANY"
    SCALAR = "SCALAR"
    ENUM = "ENUM"
    SELECTOR = "SELECTOR"
    STRICT_SHAPE = "STRICT_SHAPE"
    PERMISSIVE_SHAPE = "PERMISSIVE_SHAPE"
    SCALAR_UNION = "SCALAR_UNION"
    MAP = "MAP"
    ARRAY = "ARRAY"
    NONEABLE = "NONEABLE"


class ConfigType(ABC):
    """What a piece of config may be. Two passes: `check` says what does not fit, `finish` makes the value that code gets.

    Attributes:
        key: equal for types that accept the same.
        kind: how the type is made.
        given_name: the name for people; None when the structure is the name.
        description: what the value is for, in markdown.
    """

    __slots__ = ("description", "given_name", "key", "kind")

    def __init__(self, key: str, kind: ConfigTypeKind, given_name: str | None = None, description: str | None = None) -> None:
        self.key = key
        self.kind = kind
        self.given_name = given_name
        self.description = description

    @property
    @abstractmethod
    def text(self) -> str:
        """The type on one line, `{ a: Int b?: [String] }`."""

    @property
    @abstractmethod
    def example(self) -> PythonAny:
        """A value that would fit, to show where one is missing."""

    @abstractmethod
    def check(self, value: PythonAny, path: ConfigPath, errors: list[EvaluationError]) -> None:
        """Append to `errors` each place of `value` that does not fit."""

    def finish(self, value: PythonAny, path: ConfigPath, errors: list[EvaluationError]) -> PythonAny:
        """The value that code gets: defaults filled in, enum members and variables looked up. `value` has been checked."""
        try:
            return self.post_process(value)
        except PostProcessingError as cause:
            errors.append(failed_post_processing(path, value, cause))
            return None

    def post_process(self, value: PythonAny) -> PythonAny:
        """The value that code gets for a checked `value` of this type alone.

        Raises:
            PostProcessingError: it cannot be had.
        """
        return value

    @property
    def inner_types(self) -> Sequence[ConfigType]:
        """The types that this one is made of directly."""
        return ()

    @property
    def is_optional(self) -> bool:
        """Whether a field of this type may be left out when nothing else is said."""
        return False

    @property
    def implied_default(self) -> PythonAny:
        """What a field of this type is when it is left out, for a type that `is_optional`."""
        return None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ConfigType) and self.key == other.key if self is not other else True

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"<config type {self.text}>"


class Scalar(ConfigType):
    """A bool, int, float or string, exactly: `3` is a Float, `True` is no Int, and nothing is parsed."""

    __slots__ = ("_accepted", "_example")

    def __init__(self, name: str, accepted: type | tuple[type, ...], example: PythonAny) -> None:
        super().__init__(key=name, kind=ConfigTypeKind.SCALAR, given_name=name)
        self._accepted = accepted
        self._example = example

    @property
    def text(self) -> str:
        return self.key

    @property
    def example(self) -> PythonAny:
        return self._example

    def check(self, value: PythonAny, path: ConfigPath, errors: list[EvaluationError]) -> None:
        if value is None:
            errors.append(none_not_allowed(path, self.text))
        elif not isinstance(value, self._accepted) or (self.key == "Int" and isinstance(value, bool)):
            errors.append(scalar_mismatch(path, value, self.key))

    def post_process(self, value: PythonAny) -> PythonAny:
        return float(value) if self.key == "Float" else value


class AnyType(ConfigType):
    """Whatever is given, None included."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(key="Any", kind=ConfigTypeKind.ANY, given_name="Any")

    @property
    def text(self) -> str:
        return "Any"

    @property
    def example(self) -> PythonAny:
        return "AnyType"

    def check(self, value: PythonAny, path: ConfigPath, errors: list[EvaluationError]) -> None:
        pass


ANY = AnyType()
INT = Scalar("Int", int, 0)
FLOAT = Scalar("Float", (int, float), 0.0)
STRING = Scalar("String", str, "...")
BOOL = Scalar("Bool", bool, True)


class EnumValue:
    """One member of an `Enum` of config.

    Args:
        config_value: the string as it is written in config.
        python_value: what code gets for it; by default the string.
        description: what it means.

    Raises:
        ParameterCheckError: `config_value` is not a string.

    Example:
        >>> EnumValue("gzip", python_value=9).python_value
        9
    """

    __slots__ = ("config_value", "description", "python_value")

    def __init__(self, config_value: str, python_value: object | None = None, description: str | None = None) -> None:
        if not isinstance(config_value, str):  # pyright: ignore[reportUnnecessaryIsInstance] - users call this
            raise ParameterCheckError("config_value", config_value, "a str")
        self.config_value = config_value
        self.python_value: PythonAny = config_value if python_value is None else python_value
        self.description = description


class Enum(ConfigType):
    """One of a closed set of strings.

    Args:
        name: the name of the set; sets of one name are taken for equal.
        enum_values: the members.

    Raises:
        CheckError: two members are written alike.

    Example:
        >>> colors = Enum("Color", [EnumValue("red"), EnumValue("blue")])
        >>> colors.config_values
        ['red', 'blue']
    """

    __slots__ = ("_by_config_value", "enum_values")

    def __init__(self, name: str, enum_values: Sequence[EnumValue]) -> None:
        super().__init__(key=name, kind=ConfigTypeKind.ENUM, given_name=name)
        self.enum_values = list(enum_values)
        for member in self.enum_values:
            given = cast("PythonAny", member)  # of users who have no type checker
            if not isinstance(given, EnumValue):
                raise CheckError(f"The members of the enum {name} are EnumValues. Got {given!r}; write EnumValue({given!r}).")
        self._by_config_value = {member.config_value: member.python_value for member in self.enum_values}
        if len(self._by_config_value) != len(self.enum_values):
            raise CheckError(f"Two members of the enum {name} are written alike: {self.config_values}.")

    @property
    def config_values(self) -> list[str]:
        """The members as they are written in config."""
        return [member.config_value for member in self.enum_values]

    @property
    def text(self) -> str:
        return self.key

    @property
    def example(self) -> PythonAny:
        return self.enum_values[0].config_value if self.enum_values else "..."

    def is_valid_config_enum_value(self, config_value: object) -> bool:
        """Whether config may say this."""
        return config_value in self._by_config_value

    def check(self, value: PythonAny, path: ConfigPath, errors: list[EvaluationError]) -> None:
        if value is None:
            errors.append(none_not_allowed(path, self.text))
        elif not isinstance(value, str) or value not in self._by_config_value:
            errors.append(enum_mismatch(path, value, self.key, self._by_config_value))

    def post_process(self, value: PythonAny) -> PythonAny:
        return self._by_config_value[value]

    @classmethod
    def from_python_enum(cls, enum: type[PythonEnum], name: str | None = None) -> Enum:
        """The members of a Python enum, written in config by their names.

        Example:
            >>> class Mode(enum.Enum):
            ...     FULL = 1
            >>> Enum.from_python_enum(Mode).config_values
            ['FULL']
        """
        return cls(name or enum.__name__, [EnumValue(member.name, python_value=member) for member in enum])

    @classmethod
    def from_python_enum_direct_values(cls, enum: type[PythonEnum], name: str | None = None) -> Enum:
        """Like `from_python_enum`; code gets a member for a name."""
        return cls.from_python_enum(enum, name)
