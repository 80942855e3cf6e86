"""How fresh assets should be, as data."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import Enum
from typing import Any

import msgspec
from msgspec.structs import force_setattr

from dagster.arguments import check_argument, check_optional
from dagster.errors import CheckError, DagsterInvalidDefinitionError, ParameterCheckError
from dagster.partitions.zones import zone_named
from dagster.specs.assets import AssetSpec
from dagster.specs.crons import is_cron_schedule, shortest_interval_seconds

_MINUTE = datetime.timedelta(minutes=1)


class FreshnessState(str, Enum):
    """What a policy says of an asset."""

    PASS = "PASS"
    WARN = "WARN"
    FAIL = "FAIL"
    UNKNOWN = "UNKNOWN"
    NOT_APPLICABLE = "NOT_APPLICABLE"

    __str__ = Enum.__str__


class FreshnessPolicy:
    """How fresh an asset should be. Made by `time_window` or `cron`.

    Example:
        >>> from datetime import timedelta
        >>> policy = FreshnessPolicy.time_window(fail_window=timedelta(hours=24), warn_window=timedelta(hours=12))
        >>> AssetSpec("orders", freshness_policy=policy).freshness_policy == policy
        True
    """

    __slots__ = ()

    @staticmethod
    def time_window(fail_window: datetime.timedelta, warn_window: datetime.timedelta | None = None) -> TimeWindowFreshnessPolicy:
        """Fails when the asset was not made within `fail_window`, warns when it was not within `warn_window`.

        Raises:
            CheckError: a window of less than a minute, or a warning that comes after the failure.
        """
        return TimeWindowFreshnessPolicy(fail_window=fail_window, warn_window=warn_window)

    @staticmethod
    def cron(deadline_cron: str, lower_bound_delta: datetime.timedelta, timezone: str = "UTC") -> CronFreshnessPolicy:
        """Fails when the asset was not made in the `lower_bound_delta` before a time that the cron string names, until it is.

        Raises:
            CheckError: no cron string, no time zone, or a delta longer than the time between two deadlines.
        """
        return CronFreshnessPolicy(deadline_cron=deadline_cron, lower_bound_delta=lower_bound_delta, timezone=timezone)

    @classmethod
    def from_asset_spec_metadata(cls, metadata: Mapping[str, Any]) -> FreshnessPolicy | None:
        """The policy that early versions kept in an asset's metadata; None, since ours are kept in the spec."""
        return None


class TimeWindowFreshnessPolicy(msgspec.Struct, FreshnessPolicy, frozen=True, kw_only=True, tag="time_window"):
    """Made by `FreshnessPolicy.time_window`."""

    fail_window: datetime.timedelta
    warn_window: datetime.timedelta | None = None

    def __post_init__(self) -> None:
        check_argument("fail_window", self.fail_window, datetime.timedelta)
        check_optional("warn_window", self.warn_window, datetime.timedelta)
        _check_a_minute("fail_window", self.fail_window)
        if self.warn_window is None:
            return
        _check_a_minute("warn_window", self.warn_window)
        if self.warn_window >= self.fail_window:
            raise CheckError(
                f"warn_window must be less than fail_window: a warning comes before the failure. Got {self.warn_window} and "
                f"{self.fail_window}."
            )


class CronFreshnessPolicy(msgspec.Struct, FreshnessPolicy, frozen=True, kw_only=True, tag="cron"):
    """Made by `FreshnessPolicy.cron`."""

    deadline_cron: str
    lower_bound_delta: datetime.timedelta
    timezone: str = "UTC"

    def __post_init__(self) -> None:
        check_argument("lower_bound_delta", self.lower_bound_delta, datetime.timedelta)
        _check_a_minute("lower_bound_delta", self.lower_bound_delta)
        if not is_cron_schedule(self.deadline_cron):
            raise CheckError(f"Invalid cron string {self.deadline_cron!r}. It has five fields, like '0 9 * * 1'.")
        try:
            zone_named(self.timezone)
        except DagsterInvalidDefinitionError as unknown:
            raise CheckError(f"Invalid IANA timezone: {unknown}") from unknown
        interval = datetime.timedelta(seconds=shortest_interval_seconds(self.deadline_cron))
        if self.lower_bound_delta > interval:
            raise CheckError(
                f"lower_bound_delta must be less than or equal to the smallest interval between two deadlines, {interval} for "
                f"{self.deadline_cron!r}. Got {self.lower_bound_delta}."
            )


def _check_a_minute(param: str, window: datetime.timedelta) -> None:
    if window < _MINUTE:
        raise CheckError(f"{param} cannot be less than 1 minute. Got {window}.")


def apply_freshness_policy(spec: AssetSpec, policy: FreshnessPolicy, overwrite_existing: bool = True) -> AssetSpec:
    """The spec with this policy. For `map_asset_specs`.

    Args:
        spec: the asset.
        policy: how fresh it should be.
        overwrite_existing: False keeps a policy that the spec has already.

    Example:
        >>> from datetime import timedelta
        >>> policy = FreshnessPolicy.time_window(timedelta(hours=24))
        >>> apply_freshness_policy(AssetSpec("orders"), policy).freshness_policy == policy
        True
    """
    check_argument("spec", spec, AssetSpec)
    check_argument("policy", policy, FreshnessPolicy)
    if spec.freshness_policy is not None and not overwrite_existing:
        return spec
    return spec.replace_attributes(freshness_policy=policy)


class LegacyFreshnessPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """How far the asset's data may lag behind, as early versions said it. Deprecated: use `FreshnessPolicy`.

    Args:
        maximum_lag_minutes: at most this much older than what it is made from.
        cron_schedule: only at these times; without: always.
        cron_schedule_timezone: of the cron string; without: UTC.

    Example:
        >>> LegacyFreshnessPolicy(maximum_lag_minutes=90).maximum_lag_delta
        datetime.timedelta(seconds=5400)
    """

    maximum_lag_minutes: float
    cron_schedule: str | None = None
    cron_schedule_timezone: str | None = None

    def __post_init__(self) -> None:
        check_argument("maximum_lag_minutes", self.maximum_lag_minutes, (int, float))
        force_setattr(self, "maximum_lag_minutes", float(self.maximum_lag_minutes))
        if self.cron_schedule is None:
            if self.cron_schedule_timezone is not None:
                raise ParameterCheckError(
                    "cron_schedule_timezone", self.cron_schedule_timezone, "allowed without a cron_schedule"
                )
            return
        if not is_cron_schedule(self.cron_schedule):
            raise DagsterInvalidDefinitionError(
                f"Invalid cron schedule '{self.cron_schedule}'. It has five fields, like '0 9 * * 1'."
            )
        if self.cron_schedule_timezone is not None:
            zone_named(self.cron_schedule_timezone)

    @property
    def maximum_lag_delta(self) -> datetime.timedelta:
        """The same as a duration."""
        return datetime.timedelta(minutes=self.maximum_lag_minutes)
