"""Values that stand for environment variables until a run starts."""

from __future__ import annotations

import os
from typing import Any, NoReturn


def _refuse(kind: str, name: str) -> NoReturn:
    raise RuntimeError(
        f'Attempted to directly retrieve environment variable {kind}("{name}"). {kind} defers resolution of the environment '
        "variable value until run time, and should only be used as input to Dagster config or resources.\n\n"
        f"To access the environment variable value, call `get_value` on the {kind}, or use os.getenv directly."
    )


class EnvVar(str):
    """The name of an environment variable that holds a string; its value is looked up when a run starts.

    In the UI and in stored config the name is shown, never the value.

    Args:
        name: the variable.

    Example:
        >>> class Database(ConfigurableResource):
        ...     password: str
        ...     port: int
        >>> database = Database(password=EnvVar("DB_PASSWORD"), port=EnvVar.int("DB_PORT"))
    """

    __slots__ = ()

    __is_deferred__ = True

    @classmethod
    def int(cls, name: str) -> IntEnvVar:
        """The same for a variable that holds an integer.

        Example:
            >>> EnvVar.int("DB_PORT").get_value(default=5432)
            5432
        """
        return IntEnvVar.create(name)

    @property
    def env_var_name(self) -> str:
        """The name of the variable."""
        return str.__str__(self)

    def get_value(self, default: str | None = None) -> str | None:
        """The variable's value now; `default` when it is not set."""
        return os.environ.get(str.__str__(self), default)

    def to_config_value(self) -> dict[str, Any]:
        """How config writes it."""
        return {"env": str.__str__(self)}

    def __str__(self) -> str:
        _refuse("EnvVar", str.__str__(self))

    def __format__(self, format_spec: str) -> str:
        _refuse("EnvVar", str.__str__(self))

    def __repr__(self) -> str:
        return f"EnvVar({str.__repr__(self)})"


class IntEnvVar(int):
    """What `EnvVar.int` makes: the name of a variable that holds an integer."""

    name: str

    __is_deferred__ = True

    @classmethod
    def create(cls, name: str) -> IntEnvVar:
        """The value for the variable `name`."""
        made = cls(0)
        made.name = name
        return made

    @property
    def env_var_name(self) -> str:
        """The name of the variable."""
        return self.name

    def get_value(self, default: int | None = None) -> int | None:
        """The variable's value now; `default` when it is not set.

        Raises:
            ValueError: it holds no integer.
        """
        text = os.environ.get(self.name)
        return default if text is None else int(text)

    def to_config_value(self) -> dict[str, Any]:
        """How config writes it."""
        return {"env": self.name}

    def __int__(self) -> int:
        _refuse("IntEnvVar", self.name)

    def __str__(self) -> str:
        _refuse("IntEnvVar", self.name)

    def __format__(self, format_spec: str) -> str:
        _refuse("IntEnvVar", self.name)

    def __repr__(self) -> str:
        return f"EnvVar.int({self.name!r})"
