"""Inputs of one or several partitions: the value, or a dict of values by partition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dagster.io.contexts import InputContext

ALLOW_MISSING = "allow_missing_partitions"
_MOST_SHOWN = 5


def allows_missing(context: InputContext) -> bool:
    """Whether partitions that were never written are left out (metadata `allow_missing_partitions` of the input)."""
    return context.definition_metadata.get(ALLOW_MISSING) is True


def load_each(
    context: InputContext, load: Callable[[str], Any], missing_messages: Callable[[Sequence[str]], Iterable[str]]
) -> dict[str, Any]:
    """The values by partition key.

    Args:
        load: gives the value of a partition, raises FileNotFoundError if there is none.
        missing_messages: what to log for partitions that are left out.
    """
    values: dict[str, Any] = {}
    missing: list[str] = []
    for key in context.asset_partition_keys:
        try:
            values[key] = load(key)
        except FileNotFoundError:
            if not allows_missing(context):
                raise
            missing.append(key)
    for message in missing_messages(missing) if missing else ():
        context.log.warning(message)
    return values


def missing_partitions_in_one_line(partition_keys: Sequence[str]) -> Iterable[str]:
    """What is logged for all partitions that are left out."""
    if len(partition_keys) == 1:
        yield missing_partition_message(partition_keys[0])
    else:
        shown = ", ".join(partition_keys[:_MOST_SHOWN]) + (", …" if len(partition_keys) > _MOST_SHOWN else "")
        yield (
            f"Couldn't load {len(partition_keys)} partitions and skipped them because the input metadata includes "
            f"{ALLOW_MISSING}=True: {shown}"
        )


def of_partitions(context: InputContext, values: dict[str, Any]) -> Any:
    """What an argument gets: a dict for several partitions, the value of one, None where it is left out or none is read."""
    return values if len(context.asset_partition_keys) > 1 else next(iter(values.values()), None)


def missing_partition_message(partition_key: str) -> str:
    """What is logged for a partition that is left out."""
    return f"Couldn't load partition {partition_key} and skipped it because the input metadata includes {ALLOW_MISSING}=True"
