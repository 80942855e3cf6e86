"""Why a value cannot be written, a string not be read, a class not be made known."""

from __future__ import annotations

from dagster.errors import DagsterError


class SerializationError(DagsterError, TypeError):
    """A value cannot be written as JSON; the sentence says where in it."""


class DeserializationError(DagsterError, ValueError):
    """A string is not what `serialize_value` writes, or not what was asked for.

    Attributes:
        value: what the string stands for, where that was of another type; otherwise None.
    """

    def __init__(self, message: str, value: object = None) -> None:
        super().__init__(message)
        self.value = value


class SerdesUsageError(DagsterError):
    """A class cannot be made known to `serialize_value`."""
