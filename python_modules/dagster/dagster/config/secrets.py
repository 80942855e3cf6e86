"""Which values must not be shown, and config with those covered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

MASK = "********"

_SECRET_NAME = re.compile(
    r"(^|_)(password|passwd|pwd|passphrase|secret|secrets|token|credential|credentials|api_?key|access_?key|private_?key|secret_?key)($|_)",
    re.IGNORECASE,
)


def names_a_secret(name: str) -> bool:
    """Whether a field of this name is taken for a secret without being marked as one.

    Example:
        >>> [names_a_secret(name) for name in ("password", "db_password", "API_KEY", "tokenizer", "key")]
        [True, True, True, False, False]
    """
    return _SECRET_NAME.search(name) is not None


def masked(config: Any, schema: Any = None) -> Any:
    """`config` with the values of secret fields covered, for pages, logs and stored run config.

    The name of an environment variable is no secret: `{"env": "DB_PASSWORD"}` stays.

    Args:
        config: config as it was given.
        schema: its config type, which knows the fields that are marked; without it only names tell.

    Example:
        >>> masked({"user": "ada", "password": "hunter2", "token": {"env": "TOKEN"}})
        {'user': 'ada', 'password': '********', 'token': {'env': 'TOKEN'}}
    """
    if isinstance(config, Mapping):
        fields: Mapping[str, Any] = getattr(schema, "fields", None) or {}
        entries = cast("Mapping[Any, Any]", config).items()
        return {key: _masked_entry(str(key), value, fields.get(key), schema) for key, value in entries}
    if isinstance(config, list):
        inner = getattr(schema, "inner_type", None)
        return [masked(item, inner) for item in cast("list[Any]", config)]
    return config


def _masked_entry(name: str, value: Any, field: Any, schema: Any) -> Any:
    is_secret = names_a_secret(name) or bool(field is not None and field.is_secret)
    if is_secret and value is not None and not _names_a_variable(value):
        return MASK
    inner = field.config_type if field is not None else getattr(schema, "inner_type", None)
    return masked(value, _without_union(inner))


def _without_union(schema: Any) -> Any:
    # Noneable wraps what it may hold; the dict of a scalar union is its other half.
    while schema is not None and schema.kind.value in ("NONEABLE", "SCALAR_UNION"):
        schema = schema.inner_type if schema.kind.value == "NONEABLE" else schema.non_scalar_type
    return schema


def _names_a_variable(value: Any) -> bool:
    return isinstance(value, Mapping) and set(cast("Mapping[str, Any]", value)) == {"env"}
