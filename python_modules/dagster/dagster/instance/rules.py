"""The rules that follow from the settings: of the queue, of retries, of monitoring. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dagster.instance.coordinators import DefaultRunCoordinator, QueuedRunCoordinator, tag_limits
from dagster.runs.monitoring import MonitoringRules
from dagster.runs.pools import PoolLimit
from dagster.runs.queue import QueueRules

if TYPE_CHECKING:
    from dagster.instance.setting_models import MonitoringEntry


def queue_rules(coordinator: QueuedRunCoordinator | DefaultRunCoordinator, pools: Sequence[PoolLimit]) -> QueueRules:
    """How runs leave the queue.

    Args:
        coordinator: as the settings say; one that launches at once has no limits for what is in the queue all the same.
        pools: whose limits hold for runs.
    """
    pool_limits = {pool.name: pool.limit for pool in pools}
    if isinstance(coordinator, DefaultRunCoordinator):
        return QueueRules(most=None, pool_limits=pool_limits)
    config = coordinator.get_run_queue_config()
    most = None if config.max_concurrent_runs < 0 else config.max_concurrent_runs
    return QueueRules(most=most, tag_limits=tag_limits(config.tag_concurrency_limits), pool_limits=pool_limits)


def monitoring_rules(entry: MonitoringEntry | None) -> MonitoringRules:
    """How runs are watched. Where the settings turn it off, only runs whose process is gone are ended.

    Args:
        entry: what is written; None where nothing is.
    """
    if entry is None:
        return MonitoringRules()
    if not entry.enabled:
        return MonitoringRules(start_seconds=float("inf"), cancel_seconds=float("inf"), runtime_tags=False)
    return MonitoringRules(
        start_seconds=entry.start_timeout_seconds,
        cancel_seconds=entry.cancel_timeout_seconds,
        runtime_seconds=entry.max_runtime_seconds or None,
    )
