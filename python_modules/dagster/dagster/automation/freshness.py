"""How fresh an asset is by its policy, at a moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dagster.partitions.calendars import calendar_of
from dagster.specs.freshness import CronFreshnessPolicy, FreshnessState, TimeWindowFreshnessPolicy


def freshness_state(policy: Any, materialized_at: float | None, now: datetime) -> FreshnessState:
    """What a policy says of an asset that was made last at a time, in seconds since the epoch; None for one that never was.

    Before the first time that a `cron` policy names after the asset was made, it is fresh: the deadline is not there yet.
    """
    if policy is None:
        return FreshnessState.NOT_APPLICABLE
    if materialized_at is None:
        return FreshnessState.UNKNOWN
    moment = now.timestamp()
    if isinstance(policy, TimeWindowFreshnessPolicy):
        age_seconds = moment - materialized_at
        if age_seconds > policy.fail_window.total_seconds():
            return FreshnessState.FAIL
        warns = policy.warn_window is not None and age_seconds > policy.warn_window.total_seconds()
        return FreshnessState.WARN if warns else FreshnessState.PASS
    if isinstance(policy, CronFreshnessPolicy):
        deadline = calendar_of(policy.deadline_cron, policy.timezone).at_or_before(int(moment // 1))
        is_late = deadline is not None and materialized_at < deadline - policy.lower_bound_delta.total_seconds()
        return FreshnessState.FAIL if is_late else FreshnessState.PASS
    return FreshnessState.UNKNOWN
