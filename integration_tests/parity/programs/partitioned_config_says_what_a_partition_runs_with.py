"""Config per partition: keys, config and tags of each, what a run and a run request get of it."""

from datetime import datetime, timezone

import seen

import dagster as dg

STARTS = {
    "hourly": (dg.hourly_partitioned_config, "2024-01-01-00:00"),
    "daily": (dg.daily_partitioned_config, "2024-01-01"),
    "weekly": (dg.weekly_partitioned_config, "2024-01-01"),
    "monthly": (dg.monthly_partitioned_config, "2024-01-01"),
}
REGIONS = dg.StaticPartitionsDefinition(["eu", "us"])


def window(start, end):
    return {"ops": {"load": {"config": {"said": f"{start.isoformat()} {end.isoformat()}"}}}}


def of_window(decorator, start_date, **options):
    return decorator(start_date=start_date, **options)(window)


def windows(config):
    keys = config.get_partition_keys(datetime(2024, 3, 3, tzinfo=timezone.utc))
    return {
        "ends": [keys[0], keys[-1], len(keys)],
        "first": config.get_run_config_for_partition_key(keys[0]),
        "last": config.get_run_config_for_partition_key(keys[-1]),
        "tags": seen.tags(config.get_tags_for_partition_key(keys[0])),
        "tags for a job": seen.tags(config.get_tags_for_partition_key(keys[0], "report")),
        "called": config(datetime(2024, 1, 1), datetime(2024, 1, 2)),
    }


@dg.op(config_schema={"said": str})
def load(context):
    return [context.op_config["said"], context.partition_key, seen.tags(context.run.tags)]


@dg.daily_partitioned_config(start_date=datetime(2024, 1, 1), tags_for_partition_fn=lambda start, end: {"month": str(start.month)})
def by_day(start, end):
    return window(start, end)


@dg.static_partitioned_config(["eu", "us"], tags_for_partition_key_fn=lambda key: {"region": key})
def by_region(key):
    return {"ops": {"load": {"config": {"said": key}}}}


@dg.dynamic_partitioned_config(lambda now=None: ["a.csv", "b.csv"])
def by_file(key):
    return {"ops": {"load": {"config": {"said": key}}}}


@dg.partitioned_config(partitions_def=REGIONS)
def typed(partition_key):
    return dg.RunConfig(ops={"load": {"config": {"said": partition_key}}})


@dg.job(config=by_day, tags={"month": "of the job", "team": "etl"})
def daily():
    load()


@dg.job(config=by_region)
def regional():
    load()


@dg.job(config={"ops": {"load": {"config": {"said": "the same"}}}}, partitions_def=REGIONS)
def same():
    load()


@dg.job(config=typed)
def from_typed():
    load()


def ran(job, **options):
    return seen.outcome(lambda: job.execute_in_process(**options).output_for_node("load"))


def request(job, *args, **options):
    def asked():
        made = job.run_request_for_partition(*args, **options)
        return [made.run_key, made.run_config, seen.tags(made.tags), made.job_name, made.partition_key]

    return seen.outcome(asked)


def facts() -> dict:
    older = dg.PartitionedConfig(
        REGIONS,
        run_config_for_partition_fn=lambda partition: {"name": partition.name, "value": partition.value},
        tags_for_partition_fn=lambda partition: {"name": partition.name},
    )
    return {
        "windows": {name: windows(of_window(*start)) for name, start in STARTS.items()},
        "windows in a zone": {
            name: windows(of_window(*start, timezone="Europe/Berlin", end_offset=1)) for name, start in STARTS.items()
        },
        "static": [
            list(by_region.get_partition_keys()),
            by_region.get_run_config_for_partition_key("eu"),
            seen.tags(by_region.get_tags_for_partition_key("us")),
            by_region.get_run_config_for_partition_key("elsewhere"),
        ],
        "dynamic": [list(by_file.get_partition_keys()), by_file.get_run_config_for_partition_key("a.csv"), by_file("x")],
        "typed": typed.get_run_config_for_partition_key("us"),
        "older": [older.get_run_config_for_partition_key("eu"), seen.tags(older.get_tags_for_partition_key("eu"))],
        "jobs": [daily.partitioned_config is by_day, daily.partitions_def == by_day.partitions_def],
        "job of one config": dict(same.partitioned_config.get_run_config_for_partition_key("us")),
        "runs": {
            "daily": ran(daily, partition_key="2024-01-02"),
            "with tags": ran(daily, partition_key="2024-01-02", tags={"month": "given", "more": "1"}),
            "with config": ran(daily, partition_key="2024-01-02", run_config={"ops": {"load": {"config": {"said": "given"}}}}),
            "regional": ran(regional, partition_key="us"),
            "same": ran(same, partition_key="eu"),
            "typed": ran(from_typed, partition_key="eu"),
            "unknown": ran(regional, partition_key="moon"),
            "unknown day": ran(daily, partition_key="1999-01-01"),
            "without": ran(regional),
        },
        "requests": {
            "daily": request(daily, "2024-01-02", run_key="k", tags={"month": "given", "more": "1"}),
            "with config": request(daily, "2024-01-02", run_config={"ops": {}}),
            "same": request(same, "eu"),
            "unknown": request(regional, "moon"),
            "unresolved": request(dg.define_asset_job("a", config={"ops": {}}, partitions_def=REGIONS), "eu"),
            "unresolved without": request(dg.define_asset_job("a", config=by_region), "eu"),
        },
    }
