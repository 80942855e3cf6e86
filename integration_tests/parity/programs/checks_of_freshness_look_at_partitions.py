"""Freshness checks at chosen moments: last updates and partitions of time, passed, failed, never made; what they are called."""

import datetime as dt

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-10")


@dg.asset
def plain(): ...


@dg.asset(partitions_def=DAYS)
def day(): ...


HOUR = dt.timedelta(hours=1)


def names(checks) -> list:
    return [sorted(key.to_user_string() if hasattr(key, "to_user_string") else str(key) for key in check.check_keys) for check in checks]


def ran(assets, checks, make=True, key=None) -> list:
    with dg.DagsterInstance.ephemeral() as instance:
        if make:
            dg.materialize(list(assets), instance=instance, partition_key=key)
        result = dg.materialize([*assets, *checks], instance=instance, selection=dg.AssetSelection.all_asset_checks(), raise_on_error=False)
        return [[each.check_name, each.passed, each.severity.value, sorted(each.metadata)] for each in result.get_asset_check_evaluations()]


def facts() -> dict:
    last, parts = dg.build_last_update_freshness_checks, dg.build_time_partition_freshness_checks
    error = dg.AssetCheckSeverity.ERROR
    return {
        "fresh": ran([plain], last(assets=[plain], lower_bound_delta=HOUR)),
        "never made": ran([plain], last(assets=[plain], lower_bound_delta=HOUR), make=False),
        "with a deadline": len(ran([plain], last(assets=[plain], lower_bound_delta=HOUR, deadline_cron="0 0 * * *"))),
        "as an error": ran([plain], last(assets=[plain], lower_bound_delta=HOUR, severity=error), make=False),
        "last day made": ran([day], parts(assets=[day], deadline_cron="0 9 * * *"), key="2024-01-09"),
        "a day before": ran([day], parts(assets=[day], deadline_cron="0 9 * * *"), key="2024-01-08"),
        "no day": ran([day], parts(assets=[day], deadline_cron="0 9 * * *"), make=False),
        "names": [names(last(assets=[plain, day], lower_bound_delta=HOUR)), names(parts(assets=[day], deadline_cron="0 9 * * *"))],
        "refused": {
            "no partitions": seen.outcome(lambda: ran([plain], parts(assets=[plain], deadline_cron="0 9 * * *"))),
            "wrong cron": seen.outcome(lambda: len(parts(assets=[day], deadline_cron="soon"))),
            "no time": seen.outcome(lambda: len(last(assets=[plain], lower_bound_delta=5))),
            "no assets": seen.outcome(lambda: len(last(assets=[], lower_bound_delta=HOUR))),
        },
    }
