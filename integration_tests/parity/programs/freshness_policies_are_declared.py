"""Freshness policies: what they keep, what is refused, how they come to assets."""

from datetime import timedelta

import seen

import dagster as dg

F = dg.FreshnessPolicy
HOUR = timedelta(hours=1)

REFUSED = {
    "warning after failure": lambda: F.time_window(HOUR, 2 * HOUR),
    "warning with failure": lambda: F.time_window(HOUR, HOUR),
    "seconds": lambda: F.time_window(timedelta(seconds=20)),
    "warning of seconds": lambda: F.time_window(HOUR, timedelta(seconds=20)),
    "no cron": lambda: F.cron("never", HOUR),
    "six fields": lambda: F.cron("* 0 9 * * *", HOUR),
    "no zone": lambda: F.cron("0 9 * * *", HOUR, "Nowhere/Else"),
    "delta of seconds": lambda: F.cron("0 9 * * *", timedelta(seconds=10)),
    "delta over a day": lambda: F.cron("0 9 * * *", timedelta(hours=30)),
    "delta over february": lambda: F.cron("0 9 1 * *", timedelta(days=29)),
    "delta between two hours": lambda: F.cron("0 9,10 * * *", 2 * HOUR),
    "delta of minutes": lambda: F.cron("*/7 * * * *", timedelta(minutes=5)),
    "spec of a number": lambda: dg.AssetSpec("a", freshness_policy=3),
    "spec of a legacy one": lambda: dg.AssetSpec("a", freshness_policy=dg.LegacyFreshnessPolicy(maximum_lag_minutes=3)),
    "applied to a number": lambda: dg.apply_freshness_policy(3, F.time_window(HOUR)),
    "apply a number": lambda: dg.apply_freshness_policy(dg.AssetSpec("a"), 3),
    "legacy without cron": lambda: dg.LegacyFreshnessPolicy(maximum_lag_minutes=3, cron_schedule="never"),
    "legacy zone alone": lambda: dg.LegacyFreshnessPolicy(maximum_lag_minutes=3, cron_schedule_timezone="UTC"),
}
STANDS = {
    "a day": lambda: F.cron("0 9 * * *", timedelta(hours=24)).lower_bound_delta.total_seconds(),
    "a day over a change of the clock": lambda: F.cron("0 9 * * *", timedelta(hours=24), "America/New_York").timezone,
    "a minute": lambda: F.cron("* * * * *", timedelta(minutes=1)).deadline_cron,
    "a leap year": lambda: F.cron("0 0 29 2 *", timedelta(days=365)).deadline_cron,
    "alias": lambda: F.cron("@daily", HOUR).deadline_cron,
}


@dg.asset(freshness_policy=F.time_window(HOUR))
def hourly():
    return 1


@dg.asset
def loose():
    return 1


def applied() -> dict:
    one, other = F.time_window(HOUR), F.cron("0 9 * * *", HOUR)
    spec = dg.AssetSpec("a", freshness_policy=one)
    mapped = dg.Definitions(assets=[hourly, loose]).map_asset_specs(
        func=lambda each: dg.apply_freshness_policy(each, other, overwrite_existing=False)
    )
    policies = {each.key.to_user_string(): each.freshness_policy for each in mapped.resolve_all_asset_specs()}
    return {
        "over": dg.apply_freshness_policy(spec, other).freshness_policy == other,
        "kept": dg.apply_freshness_policy(spec, other, overwrite_existing=False).freshness_policy == one,
        "mapped": [policies["hourly"] == F.time_window(HOUR), policies["loose"] == other],
        "decorated": hourly.get_asset_spec().freshness_policy == F.time_window(HOUR),
    }


def facts() -> dict:
    legacy = dg.LegacyFreshnessPolicy(maximum_lag_minutes=30, cron_schedule="0 9 * * *", cron_schedule_timezone="Europe/Berlin")
    return {
        "refused": {name: raised(call) for name, call in REFUSED.items()},
        "stands": {name: seen.outcome(call) for name, call in STANDS.items()},
        "equal": [F.time_window(HOUR) == F.time_window(HOUR), F.time_window(HOUR) == F.time_window(2 * HOUR)],
        "classes": [type(F.time_window(HOUR)).__name__, type(F.cron("@daily", HOUR)).__name__],
        "is a policy": [isinstance(F.time_window(HOUR), F), isinstance(F.cron("@daily", HOUR), F)],
        "applied": applied(),
        "legacy": [legacy.maximum_lag_minutes, legacy.cron_schedule, legacy.maximum_lag_delta.total_seconds()],
    }


def raised(call) -> bool:
    """Refused by an error that the API made for it, or not at all."""
    try:
        call()
    except Exception:
        return True
    return False
