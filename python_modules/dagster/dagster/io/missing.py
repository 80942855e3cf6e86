"""What is said when a stored value is not there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dagster.errors import DagsterAssetValueNotFoundError
from dagster.io.unfinished import interrupted_run

if TYPE_CHECKING:
    from dagster.io.contexts import InputContext


def value_not_found(
    context: InputContext, path: str, partition_key: str | None = None, *, is_local: bool = True
) -> DagsterAssetValueNotFoundError:
    """The error for a value that is not at `path`; names the run that broke off while it was writing it.

    That run is known from the unfinished file it left beside `path` or, on other file systems, from the instance.
    """
    if partition_key is None and context.has_asset_partitions and len(context.asset_partition_keys) == 1:
        partition_key = context.asset_partition_key
    run_id = interrupted_run(*os.path.split(path)) if is_local else None
    if run_id is None:
        run_id = _interrupted_on_instance(context, partition_key)
    return DagsterAssetValueNotFoundError(
        asset_key=context.asset_key.to_user_string() if context.has_asset_key else None,
        partition_key=partition_key,
        path=path,
        run_id=run_id,
    )


def _interrupted_on_instance(context: InputContext, partition_key: str | None) -> str | None:
    if not context.has_asset_key or not context.has_instance:
        return None
    ask = getattr(context.instance, "interrupted_materialization", None)
    return None if ask is None else ask(context.asset_key, partition_key)
