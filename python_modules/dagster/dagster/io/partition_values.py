"""Inputs of one or several partitions: the value, or a dict of values by partition."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dagster.io.contexts import InputContext

ALLOW_MISSING = "allow_missing_partitions"


def allows_missing(context: InputContext) -> bool:
    """Whether partitions that were never written are left out (metadata `allow_missing_partitions` of the input)."""
    return context.definition_metadata.get(ALLOW_MISSING) is True


def load_each(context: InputContext, load: Callable[[str], Any], missing_message: Callable[[str], str]) -> dict[str, Any]:
    """The values by partition key.

    Args:
        load: gives the value of a partition, raises FileNotFoundError if there is none.
        missing_message: what to log for a partition that is left out.
    """
    values: dict[str, Any] = {}
    for key in context.asset_partition_keys:
        try:
            values[key] = load(key)
        except FileNotFoundError:
            if not allows_missing(context):
                raise
            context.log.warning(missing_message(key))
    return values


def of_partitions(context: InputContext, values: dict[str, Any]) -> Any:
    """What an argument gets: a dict for several partitions, the value of one, None where it is left out or none is read."""
    return values if len(context.asset_partition_keys) > 1 else next(iter(values.values()), None)


def missing_partition_message(partition_key: str) -> str:
    """What is logged for a partition that is left out."""
    return f"Couldn't load partition {partition_key} and skipped it because the input metadata includes {ALLOW_MISSING}=True"
