"""The rules that follow from the settings: of the queue, of retries, of monitoring. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dagster.instance.coordinators import QueuedRunCoordinator, RunCoordinator, tag_limits
from dagster.instance.queues import queue_entry
from dagster.runs.monitoring import MonitoringRules
from dagster.runs.pools import PoolLimit
from dagster.runs.queue import PoolRules, QueueRules

if TYPE_CHECKING:
    from dagster.instance.setting_models import InstanceSettings, MonitoringEntry


def pool_rules(settings: InstanceSettings, limits: Sequence[PoolLimit]) -> PoolRules:
    """What pools mean for the queue.

    Args:
        settings: what is written.
        limits: of the pools that have one of their own.
    """
    pools, slots = settings.concurrency.pools, queue_entry(settings).block_op_concurrency_limited_runs
    buffer = pools.op_granularity_run_buffer
    return PoolRules(
        limits={limit.name: limit.limit for limit in limits if not limit.from_default},
        default_limit=default_pool_limit(settings),
        counts_runs=pools.granularity == "run",
        waits_for_steps=slots.enabled,
        buffer=slots.op_concurrency_slot_buffer if buffer is None else buffer,
    )


def default_pool_limit(settings: InstanceSettings) -> int | None:
    """How many may go on at once in a pool for which nobody has set it; None for any number."""
    default = settings.concurrency.pools.default_limit
    return settings.concurrency.default_op_concurrency_limit if default is None else default


def queue_rules(coordinator: RunCoordinator, pools: PoolRules) -> QueueRules:
    """How runs leave the queue.

    Args:
        coordinator: as the settings say; one that launches at once has no limits for what is in the queue all the same.
        pools: what pools mean for it.
    """
    if not isinstance(coordinator, QueuedRunCoordinator):
        return QueueRules(most=None, pools=pools)
    config = coordinator.get_run_queue_config()
    most = None if config.max_concurrent_runs < 0 else config.max_concurrent_runs
    return QueueRules(most=most, tag_limits=tag_limits(config.tag_concurrency_limits), pools=pools)


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
