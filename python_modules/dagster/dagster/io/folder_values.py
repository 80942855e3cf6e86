"""Removing a value that is a folder, where nothing else can lie in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster.io.files import folder_not_removed
from dagster.io.paths import partition_names

if TYPE_CHECKING:
    from upath import UPath

    from dagster.io.contexts import OutputContext
    from dagster.io.managers import IOManager


def remove_folder_value(manager: IOManager, context: OutputContext, path: UPath, partition_key: str | None) -> None:
    """Removes the folder that is the value of an asset or of one of its partitions.

    Raises:
        DagsterInvalidInvocationError: the instance knows assets or partitions whose values may lie in it, or there is none.
    """
    if not context.has_asset_key or not context.has_instance:
        raise folder_not_removed(manager, str(path))
    names = [*context.asset_key.parts, *([] if partition_key is None else partition_names(context, partition_key))]
    below = [key.to_user_string() for key in context.instance.get_asset_keys(prefix=names) if key != context.asset_key]
    is_partitioned = partition_key is None and context.instance.get_materialized_partitions(context.asset_key)
    if below or is_partitioned:
        raise folder_not_removed(manager, str(path), below)
    path.fs.rm(path.path, recursive=True)  # pyright: ignore[reportUnknownMemberType] - fsspec has no types
