"""What becomes of a run that is submitted: it waits in the queue, or it is launched at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dagster.runs.queue import TagLimit

DEFAULT_MOST_RUNS = 10


class RunQueueConfig(msgspec.Struct, frozen=True, kw_only=True):
    """How runs leave the queue, as it was written.

    Attributes:
        max_concurrent_runs: how many may go on at once; -1 for any number.
        tag_concurrency_limits: further limits, as they stand in `dagster.yaml`.
    """

    max_concurrent_runs: int = DEFAULT_MOST_RUNS
    tag_concurrency_limits: Sequence[Mapping[str, Any]] = ()


class QueuedRunCoordinator:
    """Puts submitted runs into the queue; a daemon launches them when the limits allow it.

    Args:
        max_concurrent_runs: how many runs may go on at once; without: 10; -1 for any number.
        tag_concurrency_limits: further limits for runs with a tag: `key`, `limit`, and `value`, a string or
            `{"applyLimitPerUniqueValue": True}`.
        dequeue_interval_seconds, dequeue_use_threads, dequeue_num_workers, max_user_code_failure_retries,
            user_code_failure_retry_delay, block_op_concurrency_limited_runs: taken, and kept for the API.
        inst_data: what the settings say; None where they say nothing.

    Example:
        >>> QueuedRunCoordinator(max_concurrent_runs=3).get_run_queue_config().max_concurrent_runs
        3
    """

    def __init__(
        self,
        max_concurrent_runs: int | None = None,
        tag_concurrency_limits: Sequence[Mapping[str, Any]] | None = None,
        dequeue_interval_seconds: int | None = None,
        dequeue_use_threads: bool | None = None,
        dequeue_num_workers: int | None = None,
        max_user_code_failure_retries: int | None = None,
        user_code_failure_retry_delay: int | None = None,
        block_op_concurrency_limited_runs: Mapping[str, Any] | None = None,
        inst_data: Any = None,
    ) -> None:
        most = DEFAULT_MOST_RUNS if max_concurrent_runs is None else max_concurrent_runs
        self._config = RunQueueConfig(max_concurrent_runs=most, tag_concurrency_limits=tuple(tag_concurrency_limits or ()))
        self.dequeue_interval_seconds = dequeue_interval_seconds
        self.dequeue_use_threads = dequeue_use_threads
        self.dequeue_num_workers = dequeue_num_workers
        self.max_user_code_failure_retries = max_user_code_failure_retries
        self.user_code_failure_retry_delay = user_code_failure_retry_delay
        self.block_op_concurrency_limited_runs = block_op_concurrency_limited_runs
        self.inst_data = inst_data

    def get_run_queue_config(self) -> RunQueueConfig:
        """How runs leave the queue."""
        return self._config

    def __repr__(self) -> str:
        return f"QueuedRunCoordinator({self._config!r})"


class DefaultRunCoordinator:
    """Has submitted runs launched at once."""

    def __init__(self, inst_data: Any = None) -> None:
        self.inst_data = inst_data

    def __repr__(self) -> str:
        return "DefaultRunCoordinator()"


def tag_limits(written: Sequence[Mapping[str, Any]]) -> tuple[TagLimit, ...]:
    """The limits as rules."""
    return tuple(_tag_limit(each) for each in written)


def _tag_limit(written: Mapping[str, Any]) -> TagLimit:
    value = written.get("value")
    per_value = bool(value.get("applyLimitPerUniqueValue")) if isinstance(value, Mapping) else False  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    return TagLimit(
        key=written["key"], limit=written["limit"], value=value if isinstance(value, str) else None, per_value=per_value
    )
