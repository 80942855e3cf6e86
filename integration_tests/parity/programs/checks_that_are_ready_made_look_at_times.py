"""Ready-made checks of freshness, executed by runs, and the sensor that asks for them when they may come out differently."""

import datetime

from seen import outcome

import dagster as dg

HOUR = datetime.timedelta(hours=1)
UPDATED = "dagster/last_updated_timestamp"


@dg.asset
def orders(): ...


@dg.asset(partitions_def=dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05"))
def daily(): ...


def found(result) -> dict:
    return {
        each.asset_check_key.to_user_string(): [
            each.passed,
            each.severity.name,
            each.blocking,
            sorted(each.metadata),
            each.metadata["dagster/freshness_params"].value,
        ]
        for each in result.get_asset_check_evaluations()
    }


def executed(checks, instance, *assets):
    jobs = [dg.define_asset_job("checks", dg.AssetSelection.checks(*checks))]
    project = dg.Definitions(assets=assets or [orders], asset_checks=checks, jobs=jobs)
    return project.resolve_job_def("checks").execute_in_process(instance=instance, raise_on_error=False)


def last_update() -> dict:
    build, error = dg.build_last_update_freshness_checks, dg.AssetCheckSeverity.ERROR
    with dg.DagsterInstance.ephemeral() as instance:

        def told(*assets, **options):
            keys = assets or [orders]
            return found(executed(build(assets=keys, **{"lower_bound_delta": HOUR, **options}), instance, *keys))

        def observe(metadata):
            instance.report_runless_asset_event(dg.AssetObservation("source", metadata=metadata))

        before = told()
        dg.materialize([orders], instance=instance)
        source, seen = dg.AssetSpec("source"), []
        for metadata in ({}, {UPDATED: dg.MetadataValue.timestamp(1e9)}, {UPDATED: dg.MetadataValue.timestamp(9e9)}):
            observe(metadata)
            checks = build(assets=["source"], lower_bound_delta=HOUR)
            seen.append(found(executed(checks, instance, source)))
        year = {"deadline_cron": "0 0 1 1 *", "lower_bound_delta": datetime.timedelta(days=1)}
        return {
            "never made": before,
            "made": told(),
            "late": told(lower_bound_delta=datetime.timedelta(0), severity=error),
            "cron": told(**year, timezone="America/New_York", blocking=True),
            "observed": seen,
            "partitions": told(daily),
        }


def partitions() -> list:
    checks = dg.build_time_partition_freshness_checks(assets=[daily], deadline_cron="0 9 * * *", timezone="Europe/Berlin")
    with dg.DagsterInstance.ephemeral() as instance:
        seen = [found(executed(checks, instance, daily))]
        for key in ("2024-01-02", "2024-01-04"):
            dg.materialize([daily], instance=instance, partition_key=key)
            seen.append(found(executed(checks, instance, daily)))
        unpartitioned = dg.build_time_partition_freshness_checks(assets=[orders], deadline_cron="0 9 * * *")
        return [*seen, executed(unpartitioned, instance).success]


def sensor() -> list:
    checks = dg.build_last_update_freshness_checks(assets=[orders, "source"], lower_bound_delta=HOUR)
    made = dg.build_sensor_for_freshness_checks(freshness_checks=checks, name="fresh")
    project = dg.Definitions(assets=[orders, dg.AssetSpec("source")], asset_checks=checks, sensors=[made])
    with dg.DagsterInstance.ephemeral() as instance:

        def ask():
            said = made.evaluate_tick(dg.build_sensor_context(instance=instance, definitions=project))
            return [
                [[sorted(key.to_user_string() for key in each.asset_check_keys), each.job_name] for each in said.run_requests],
                bool(said.skip_message),
                said.cursor,
            ]

        seen = [ask()]
        executed(checks, instance, orders, dg.AssetSpec("source"))
        seen.append(ask())
        instance.report_runless_asset_event(dg.AssetMaterialization("orders"))
        seen.append(ask())
        executed(checks, instance, orders, dg.AssetSpec("source"))
        return [*seen, ask()]


def refused() -> dict:
    build = dg.build_last_update_freshness_checks
    return {
        "no cron": outcome(lambda: build(assets=[orders], lower_bound_delta=HOUR, deadline_cron="x")),
        "twice": outcome(lambda: build(assets=[orders, "orders"], lower_bound_delta=HOUR)),
        "no assets": outcome(lambda: build(assets=3, lower_bound_delta=HOUR)),
    }


def facts() -> dict:
    return {"last update": last_update(), "partitions": partitions(), "sensor": sensor(), "refused": refused()}
