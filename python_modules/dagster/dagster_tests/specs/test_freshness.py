from datetime import timedelta

import pytest

from dagster import AssetSpec, FreshnessPolicy, LegacyFreshnessPolicy, apply_freshness_policy
from dagster.errors import CheckError, DagsterInvalidDefinitionError

HOUR = timedelta(hours=1)


def test_policies_are_values() -> None:
    assert FreshnessPolicy.time_window(HOUR) == FreshnessPolicy.time_window(HOUR)
    assert hash(FreshnessPolicy.cron("@daily", HOUR)) == hash(FreshnessPolicy.cron("@daily", HOUR))
    assert isinstance(FreshnessPolicy.time_window(HOUR), FreshnessPolicy)


def test_a_warning_comes_before_the_failure() -> None:
    with pytest.raises(CheckError, match="less than fail_window"):
        FreshnessPolicy.time_window(fail_window=HOUR, warn_window=HOUR)


@pytest.mark.parametrize(("cron", "delta"), [("0 9 * * *", timedelta(hours=25)), ("0 9,10 * * *", 2 * HOUR)])
def test_a_delta_is_not_longer_than_the_time_between_two_deadlines(cron: str, delta: timedelta) -> None:
    with pytest.raises(CheckError, match="smallest interval"):
        FreshnessPolicy.cron(cron, delta)


def test_a_day_is_a_day_also_where_the_clock_changes() -> None:
    assert FreshnessPolicy.cron("0 9 * * *", timedelta(hours=24), "America/New_York").timezone == "America/New_York"


def test_times_that_are_none_are_refused() -> None:
    with pytest.raises(CheckError, match="cannot be less than 1 minute"):
        FreshnessPolicy.time_window(timedelta(seconds=1))
    with pytest.raises(CheckError, match="Invalid cron string 'never'"):
        FreshnessPolicy.cron("never", HOUR)
    with pytest.raises(CheckError, match="Nowhere/Else"):
        FreshnessPolicy.cron("@daily", HOUR, "Nowhere/Else")


def test_a_policy_is_applied_to_a_spec() -> None:
    one, other = FreshnessPolicy.time_window(HOUR), FreshnessPolicy.time_window(2 * HOUR)
    spec = apply_freshness_policy(AssetSpec("orders"), one)
    assert apply_freshness_policy(spec, other).freshness_policy == other
    assert apply_freshness_policy(spec, other, overwrite_existing=False).freshness_policy == one


def test_a_policy_of_early_versions_still_stands() -> None:
    assert LegacyFreshnessPolicy(maximum_lag_minutes=30).maximum_lag_delta == timedelta(minutes=30)
    with pytest.raises(DagsterInvalidDefinitionError):
        LegacyFreshnessPolicy(maximum_lag_minutes=30, cron_schedule="never")
