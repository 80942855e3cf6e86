"""Contexts for calling the function of a check directly, without a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dagster.execution.check_contexts import AssetCheckExecutionContext
from dagster.execution.contexts import OpExecutionContext
from dagster.execution.direct_contexts import DirectContext, DirectOpExecutionContext, build_op_context


class DirectAssetCheckExecutionContext(DirectContext, AssetCheckExecutionContext):
    """What `build_asset_check_context` makes."""

    @property
    def op_execution_context(self) -> OpExecutionContext:
        """The context as that of an op."""
        return DirectOpExecutionContext(self.settings, self._step)


def build_asset_check_context(
    resources: Mapping[str, Any] | None = None,
    resources_config: Mapping[str, Any] | None = None,
    asset_config: Mapping[str, Any] | None = None,
    instance: Any = None,
) -> DirectAssetCheckExecutionContext:
    """The context for calling the function of a check directly, in a test.

    Args:
        resources: by key, anything that can be a resource.
        resources_config: config of the resources, `{"config": ...}` by key.
        asset_config: config of the function.
        instance: what remembers runs.

    Example:
        >>> @asset_check(asset="orders")
        ... def not_empty(context, orders):
        ...     return AssetCheckResult(passed=len(orders) >= context.resources.limit)
        >>> not_empty(build_asset_check_context(resources={"limit": 1}), []).passed
        False
    """
    made = build_op_context(resources, asset_config, resources_config, instance)
    made.owns_session, owns_session = False, made.owns_session
    context = DirectAssetCheckExecutionContext(made.settings)
    context.owns_session = owns_session
    return context
