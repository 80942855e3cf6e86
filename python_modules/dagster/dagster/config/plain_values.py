"""Config in the form in which it is written: dicts, lists and scalars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast


def plain_config(value: object) -> Any:
    """`value` as config writes it: `EnvVar`s as `{"env": name}`, in dicts and lists of any depth."""
    to_config = getattr(type(value), "to_config_value", None)
    if to_config is not None:
        return to_config(value)
    if isinstance(value, Mapping):
        return {key: plain_config(inner) for key, inner in cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, list):
        return [plain_config(inner) for inner in cast("list[Any]", value)]
    return value
