from datetime import datetime, timedelta, timezone

import pytest

from dagster.automation.freshness import freshness_state
from dagster.specs.assets import AssetSpec
from dagster.specs.automation_conditions import AutomationCondition
from dagster.specs.freshness import FreshnessPolicy, FreshnessState
from dagster_tests.automation.histories_for_tests import BEGIN, Clockwork

NOW = datetime(2024, 3, 2, 12, 0, tzinfo=timezone.utc)
WINDOW = FreshnessPolicy.time_window(fail_window=timedelta(hours=24), warn_window=timedelta(hours=12))
NIGHTLY = FreshnessPolicy.cron("0 9 * * *", lower_bound_delta=timedelta(hours=2))


@pytest.mark.parametrize(
    ("policy", "hours_ago", "state"),
    [
        (WINDOW, 1, FreshnessState.PASS),
        (WINDOW, 13, FreshnessState.WARN),
        (WINDOW, 25, FreshnessState.FAIL),
        (WINDOW, None, FreshnessState.UNKNOWN),
        (NIGHTLY, 1, FreshnessState.PASS),
        (NIGHTLY, 4, FreshnessState.PASS),
        (NIGHTLY, 6, FreshnessState.FAIL),
        (None, 1, FreshnessState.NOT_APPLICABLE),
    ],
)
def test_a_policy_says_how_fresh_an_asset_is(
    policy: FreshnessPolicy | None, hours_ago: int | None, state: FreshnessState
) -> None:
    made = None if hours_ago is None else (NOW - timedelta(hours=hours_ago)).timestamp()
    assert freshness_state(policy, made, NOW) is state


def test_conditions_ask_for_it() -> None:
    warned = AutomationCondition.freshness_warned()
    clockwork = Clockwork(AssetSpec("made", freshness_policy=WINDOW, automation_condition=warned))
    clockwork.past.make("made", at=(BEGIN - timedelta(hours=13)).timestamp())
    assert clockwork.tick(minutes=720) == {"made": True}
    assert clockwork.tick() == {}
