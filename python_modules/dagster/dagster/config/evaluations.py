"""Where config does not fit its schema, and the sentence for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

import msgspec

from dagster.errors import closest


class EvaluationErrorReason(Enum):
    """Why a place does not fit; the names are those of the public API."""

    RUNTIME_TYPE_MISMATCH = "RUNTIME_TYPE_MISMATCH"
    MISSING_REQUIRED_FIELD = "MISSING_REQUIRED_FIELD"
    MISSING_REQUIRED_FIELDS = "MISSING_REQUIRED_FIELDS"
    FIELD_NOT_DEFINED = "FIELD_NOT_DEFINED"
    FIELDS_NOT_DEFINED = "FIELDS_NOT_DEFINED"
    SELECTOR_FIELD_ERROR = "SELECTOR_FIELD_ERROR"
    FIELD_ALIAS_COLLISION = "FIELD_ALIAS_COLLISION"
    FAILED_POST_PROCESSING = "FAILED_POST_PROCESSING"


class ConfigPath(msgspec.Struct, frozen=True):
    """A place in config: the way to it from the root.

    Attributes:
        names: of the fields on the way, outermost first.
        text: the way as people read it, `root:ops:orders:config:a[0]`.
    """

    names: tuple[str, ...] = ()
    text: str = "root"

    @property
    def levels(self) -> list[str]:
        """The names in a list, as the API has them."""
        return list(self.names)

    def field(self, name: str) -> ConfigPath:
        """The place of a field below this one."""
        return ConfigPath((*self.names, name), f"{self.text}:{name}")

    def item(self, index: int) -> ConfigPath:
        """The place of a list's item."""
        return ConfigPath(self.names, f"{self.text}[{index}]")

    def map_key(self, key: object) -> ConfigPath:
        """The place of a key of a map."""
        return ConfigPath(self.names, f"{self.text}:{key!r}:key")

    def map_value(self, key: object) -> ConfigPath:
        """The place of the value behind a key of a map."""
        return ConfigPath(self.names, f"{self.text}:{key!r}:value")

    def __str__(self) -> str:
        return "at the root" if self.text == "root" else f"at path {self.text}"


ROOT = ConfigPath()


class EvaluationError(msgspec.Struct, frozen=True):
    """One place that does not fit.

    Attributes:
        stack: the place.
        reason: the kind of misfit.
        message: the sentence.
        error_data: what the sentence speaks of: field names, or how the value looks.
    """

    stack: ConfigPath
    reason: EvaluationErrorReason
    message: str
    error_data: Mapping[str, Any] = {}

    def __str__(self) -> str:
        return self.message


class PostProcessingError(Exception):
    """A value fits its schema and still cannot be had, such as a variable that is not set."""


def scalar_mismatch(path: ConfigPath, value: object, expected: str) -> EvaluationError:
    """A value that is not of the scalar type."""
    return EvaluationError(
        path,
        EvaluationErrorReason.RUNTIME_TYPE_MISMATCH,
        f'Invalid scalar {path}. Value "{value}" of type "{type(value)}" is not valid for expected type "{expected}".',
        {"value_rep": repr(value)},
    )


def wrong_kind(path: ConfigPath, value: object, kind: str, expected: str, stop: str = "") -> EvaluationError:
    """A value that is no dict, or no list, where one is needed."""
    return EvaluationError(
        path,
        EvaluationErrorReason.RUNTIME_TYPE_MISMATCH,
        f'Value {path} must be {kind}. Expected: "{expected}"{stop}',
        {"value_rep": repr(value)},
    )


def none_not_allowed(path: ConfigPath, expected: str) -> EvaluationError:
    """None where a value is needed."""
    return EvaluationError(
        path,
        EvaluationErrorReason.RUNTIME_TYPE_MISMATCH,
        f'Value {path} must not be None. Expected "{expected}"',
        {"value_rep": "None"},
    )


def enum_mismatch(path: ConfigPath, value: object, name: str, allowed: Iterable[str]) -> EvaluationError:
    """A string that is no member, or no string at all."""
    reason = EvaluationErrorReason.RUNTIME_TYPE_MISMATCH
    if not isinstance(value, str):
        return EvaluationError(path, reason, f"Value {path} for enum type {name} must be a string", {"value_rep": repr(value)})
    members = list(allowed)
    message = f"Value {path} not in enum type {name} got {value}. One of {members} is expected.{closest(value, members)}"
    return EvaluationError(path, reason, message, {"value_rep": repr(value)})


def fields_not_defined(path: ConfigPath, names: Sequence[str], expected: str, defined: Sequence[str]) -> EvaluationError:
    """Entries that the schema does not have."""
    if len(names) == 1:
        message = f'Received unexpected config entry "{names[0]}" {path}. Expected: "{expected}".{closest(names[0], defined)}'
        return EvaluationError(path, EvaluationErrorReason.FIELD_NOT_DEFINED, message, {"field_name": names[0]})
    message = f'Received unexpected config entries "{list(names)}" {path}. Expected: "{list(defined)}".'
    return EvaluationError(path, EvaluationErrorReason.FIELDS_NOT_DEFINED, message, {"field_names": list(names)})


def missing_fields(path: ConfigPath, examples: Mapping[str, Any]) -> EvaluationError:
    """Entries that the schema asks for; `examples` holds a possible value of each."""
    names = list(examples)
    if len(names) == 1:
        message = (
            f'Missing required config entry "{names[0]}" {path}. You must provide this value in your run config. '
            f"Example config for the missing entry: {dict(examples)}"
        )
        return EvaluationError(path, EvaluationErrorReason.MISSING_REQUIRED_FIELD, message, {"field_name": names[0]})
    message = (
        f"Missing required config entries {names} {path}. You must provide these values in your run config. "
        f"Example config for the missing entries: {dict(examples)}"
    )
    return EvaluationError(path, EvaluationErrorReason.MISSING_REQUIRED_FIELDS, message, {"field_names": names})


def selector_error(path: ConfigPath, what: str, incoming: Sequence[str] = ()) -> EvaluationError:
    """A selector that is given none of its fields, or several."""
    return EvaluationError(path, EvaluationErrorReason.SELECTOR_FIELD_ERROR, what, {"incoming_fields": list(incoming)})


def alias_collision(path: ConfigPath, name: str, alias: str) -> EvaluationError:
    """A field that is given under its name and under its alias."""
    return EvaluationError(
        path,
        EvaluationErrorReason.FIELD_ALIAS_COLLISION,
        f'The entry "{name}" is given {path} under its name and under its alias "{alias}". Keep one of them.',
        {"field_name": name, "aliased_field_name": alias},
    )


def failed_post_processing(path: ConfigPath, original: object, cause: PostProcessingError) -> EvaluationError:
    """A value that fits and still cannot be had."""
    return EvaluationError(
        path,
        EvaluationErrorReason.FAILED_POST_PROCESSING,
        f"Post processing {path} of original value {original} failed: {cause}",
        {"value_rep": repr(original)},
    )
