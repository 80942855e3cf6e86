"""Trying again: the setting of executors of before, and calls with pauses between them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar

from dagster.config.fields import Field, ScalarUnion, Selector

T = TypeVar("T")

BACKOFF_MAX_RETRIES = 4


class RetryMode(Enum):
    """Whether an executor begins steps again that asked for it; deferred: it leaves that to who started it."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    DEFERRED = "deferred"

    @staticmethod
    def from_config(config_value: Mapping[str, Any]) -> RetryMode | None:
        """The mode of `{"enabled": {}}`."""
        return next((RetryMode(name) for name in config_value), None)

    @property
    def enabled(self) -> bool:
        return self is RetryMode.ENABLED

    @property
    def disabled(self) -> bool:
        return self is RetryMode.DISABLED

    @property
    def deferred(self) -> bool:
        return self is RetryMode.DEFERRED

    def for_inner_plan(self) -> RetryMode:
        """The mode of the process of one step."""
        return RetryMode.DEFERRED if self is RetryMode.ENABLED else self


def get_retries_config() -> Field:
    """The field of an executor's config that says the mode."""
    return Field(Selector({"enabled": {}, "disabled": {}}), default_value={"enabled": {}})


def get_tag_concurrency_limits_config() -> Field:
    """The field of an executor's config that says how many steps with a tag run at once."""
    value = Selector({"applyLimitPerUniqueValue": Field({}, is_required=False)})
    entry = {"key": str, "value": Field(ScalarUnion(str, non_scalar_schema=value), is_required=False), "limit": int}
    return Field([entry], is_required=False)


def exponential_delay_generator(base_delay: float = 0.1, backoff_factor: float = 2.0) -> Iterator[float]:
    """Seconds to wait: each time more, without end."""
    delay = base_delay
    while True:
        yield delay
        delay *= backoff_factor


def backoff(
    fn: Callable[..., T],
    retry_on: tuple[type[BaseException], ...],
    args: Sequence[object] | None = None,
    kwargs: Mapping[str, object] | None = None,
    max_retries: int = BACKOFF_MAX_RETRIES,
    delay_generator: Iterator[float] | None = None,
) -> T:
    """What `fn` gives, which is called again, up to `max_retries` times, when it raises one of these errors."""
    delays = exponential_delay_generator() if delay_generator is None else delay_generator
    for _ in range(max_retries):
        try:
            return fn(*(args or ()), **(kwargs or {}))
        except retry_on:
            time.sleep(next(delays))
    return fn(*(args or ()), **(kwargs or {}))
