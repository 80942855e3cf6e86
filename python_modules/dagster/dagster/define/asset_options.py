"""What the options of `@asset` and its siblings must be, so that a wrong one is named where it is written."""

from __future__ import annotations

from collections.abc import Mapping, Set
from importlib import import_module
from typing import Any

from dagster.errors import ParameterCheckError

_KINDS: Mapping[str, tuple[type, str]] = {
    "name": (str, "a string"),
    "description": (str, "a string"),
    "io_manager_key": (str, "a string"),
    "group_name": (str, "a string"),
    "code_version": (str, "a string"),
    "pool": (str, "a string"),
    "ins": (Mapping, "a Mapping"),
    "metadata": (Mapping, "a Mapping"),
    "tags": (Mapping, "a Mapping"),
    "op_tags": (Mapping, "a Mapping"),
    "resource_defs": (Mapping, "a Mapping"),
    "required_resource_keys": (Set, "a set"),
    "hooks": (Set, "a set"),
    "output_required": (bool, "a bool"),
    "is_virtual": (bool, "a bool"),
}

_KINDS_BY_PLACE = {
    "partitions_def": ("dagster.partitions.definitions", "PartitionsDefinition"),
    "retry_policy": ("dagster.specs.retries", "RetryPolicy"),
    "backfill_policy": ("dagster.specs.backfills", "BackfillPolicy"),
}
"""Modules that need not be imported for assets without such an option."""


def refuse_other_kinds(given: Mapping[str, Any]) -> None:
    """Check the options of a decorator; what is None was left out, and what is not listed here is checked where it is used.

    Raises:
        ParameterCheckError: an option is of another kind.
    """
    for option, (kind, in_words) in _KINDS.items():
        value = given.get(option)
        if value is not None and not isinstance(value, kind):
            raise ParameterCheckError(option, value, in_words)
    for option, (module, name) in _KINDS_BY_PLACE.items():
        value = given.get(option)
        if value is not None and not isinstance(value, getattr(import_module(module), name)):
            raise ParameterCheckError(option, value, f"a {name}")
    if given.get("hooks"):
        from dagster.define.hooks import checked_hooks

        checked_hooks(given["hooks"])
