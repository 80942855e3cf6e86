"""A calendar of workdays: days that are left out are neither asked for, nor loaded, nor waited for."""

import datetime as dt

import seen

import dagster as dg

UTC = dt.timezone.utc
WORKDAYS = dg.DailyPartitionsDefinition(
    "2024-12-20", end_date="2025-01-08", exclusions=["0 0 * * 6", "0 0 * * 0", dt.datetime(2024, 12, 25), dt.datetime(2025, 1, 1)]
)
HOURS = dg.HourlyPartitionsDefinition(
    "2024-12-30-00:00", end_date="2025-01-03-00:00", exclusions=["0 0-8 * * *", "0 18-23 * * *"]
)
IN_BERLIN = dg.DailyPartitionsDefinition(
    "2024-12-23",
    end_date="2024-12-29",
    timezone="Europe/Berlin",
    exclusions=[dt.datetime(2024, 12, 25), dt.datetime(2024, 12, 26)],
)
WEEKS = dg.WeeklyPartitionsDefinition("2024-12-15", end_date="2025-01-20", exclusions=[dt.datetime(2024, 12, 29)])
MONTHS = dg.MonthlyPartitionsDefinition("2024-01-01", end_date="2025-01-01", exclusions=["0 0 1 7,8 *"])


def described(definition) -> dict:
    keys = definition.get_partition_keys()
    return {
        "keys": keys,
        "count": definition.get_num_partitions(),
        "windows": [[w.start.isoformat(), w.end.isoformat()] for w in map(definition.time_window_for_partition_key, keys)],
        "next": [definition.get_next_partition_key(key) for key in keys],
        "ends": [definition.get_first_partition_key(), definition.get_last_partition_key()],
        "between": definition.get_partition_keys_between_indexes(1, 3),
    }


def runs() -> dict:
    @dg.asset(partitions_def=WORKDAYS)
    def prices(context: dg.AssetExecutionContext) -> int:
        return int(context.partition_key[-2:])

    @dg.asset(partitions_def=WORKDAYS, ins={"prices": dg.AssetIn(partition_mapping=dg.TimeWindowPartitionMapping(-1, 0))})
    def change(context: dg.AssetExecutionContext, prices: dict) -> dict:
        return prices

    told = {}
    with dg.DagsterInstance.ephemeral() as instance:
        for key in ["2024-12-23", "2024-12-24", "2024-12-26", "2024-12-27", "2024-12-30"]:
            dg.materialize([prices], instance=instance, partition_key=key)
        for key in ["2024-12-24", "2024-12-26", "2024-12-30"]:
            result = dg.materialize([prices, change], selection=[change], instance=instance, partition_key=key)
            told[key] = seen.plain(result.output_for_node("change"))
        told["holiday"] = seen.outcome(
            lambda: dg.materialize([prices], instance=instance, partition_key="2024-12-25").success, ["2024-12-25"]
        )
        told["made"] = sorted(instance.get_materialized_partitions(prices.key))
    return told


def facts() -> dict:
    schedule = dg.build_schedule_from_partitioned_job(dg.define_asset_job("job", partitions_def=WORKDAYS, selection="*"))
    return {
        "workdays": described(WORKDAYS),
        "hours": described(HOURS),
        "berlin": described(IN_BERLIN),
        "weeks": described(WEEKS),
        "months": described(MONTHS),
        "runs": runs(),
        "cron": [WORKDAYS.get_cron_schedule(), HOURS.get_cron_schedule(), schedule.name],
        "exists": {key: WORKDAYS.has_partition_key(key) for key in ("2024-12-24", "2024-12-25", "2024-12-28", "2025-01-08")},
        "equal": [
            WORKDAYS == dg.DailyPartitionsDefinition("2024-12-20", end_date="2025-01-08"),
            dg.DailyPartitionsDefinition("2024-12-20", exclusions=["0 0 * * 6", "0 0 * * 0"])
            == dg.DailyPartitionsDefinition("2024-12-20", exclusions=["0 0 * * 0", "0 0 * * 6"]),
        ],
        "subset": [
            list(WORKDAYS.subset_with_partition_keys(["2024-12-23", "2024-12-24", "2024-12-26"]).get_partition_keys()),
            [
                list(r)
                for r in WORKDAYS.subset_with_partition_keys(["2024-12-23", "2024-12-24", "2024-12-26"]).get_partition_key_ranges(
                    WORKDAYS
                )
            ],
        ],
        "at": [
            WORKDAYS.get_partition_keys(current_time=dt.datetime(2024, 12, day, 1, tzinfo=UTC))[-1:]
            for day in (21, 24, 25, 26, 27)
        ],
    }
