"""Schedules that ask for partitions: their config and tags are added, and they must exist at the time of the tick."""

import datetime

from seen import outcome

import dagster as dg

WHEN = datetime.datetime(2024, 1, 5, tzinfo=datetime.timezone.utc)
DAYS = dg.DailyPartitionsDefinition("2024-01-01")
COLORS = dg.StaticPartitionsDefinition(["blue", "red"])


@dg.asset(partitions_def=DAYS)
def daily(): ...


@dg.asset(partitions_def=COLORS)
def colored(): ...


@dg.op(config_schema=dg.Field(str, is_required=False))
def work(): ...


@dg.job(
    config=dg.PartitionedConfig(
        partitions_def=COLORS,
        run_config_for_partition_key_fn=lambda key: {"ops": {"work": {"config": key}}},
        tags_for_partition_key_fn=lambda key: {"color": key},
    )
)
def paint():
    work()


@dg.job
def plain():
    work()


REPORT = dg.define_asset_job("report", [daily])
TINT = dg.define_asset_job("tint", [colored], partitions_def=COLORS, tags={"of": "job"})
PROJECT = dg.Definitions(assets=[daily, colored], jobs=[REPORT, TINT, paint, plain])


def told(schedule, project=PROJECT) -> dict:
    def ask():
        repository = None if project is None else project.get_repository_def()
        context = dg.build_schedule_context(scheduled_execution_time=WHEN, repository_def=repository)
        said = schedule.evaluate_tick(context)
        return {
            "requests": [
                [each.run_key, each.run_config, each.tags, each.job_name, each.partition_key] for each in said.run_requests
            ],
            "skipped": said.skip_message,
        }

    return outcome(ask)


def asking(request, job_name, project=PROJECT) -> dict:
    return told(dg.schedule("0 2 * * *", name="s", job_name=job_name)(lambda: request), project)


def requests() -> dict:
    request = dg.RunRequest
    return {
        "assets": asking(request(partition_key="2024-01-04"), "report"),
        "static assets": asking(request("k", partition_key="red", tags={"x": "1"}), "tint"),
        "ops": asking(request(partition_key="red", tags={"x": "1", "color": "mine"}), "paint"),
        "own config": asking(request(partition_key="red", run_config={"execution": {}}), "paint"),
        "other job": asking(request(partition_key="red", job_name="paint"), "report"),
        "without": asking(request(), "paint"),
        "not yet": asking(request(partition_key="2024-01-05"), "report"),
        "unknown": asking(request(partition_key="green"), "paint"),
        "no partitions": asking(request(partition_key="red"), "plain"),
        "no project": asking(request(partition_key="red"), "paint", None),
    }


def built() -> dict:
    build = dg.build_schedule_from_partitioned_job
    resolved = dg.Definitions(assets=[daily], jobs=[REPORT], schedules=[build(REPORT)]).resolve_schedule_def("report_schedule")
    declared = dg.define_asset_job("declared", [daily], partitions_def=DAYS)
    multi = dg.MultiPartitionsDefinition({"color": COLORS, "day": DAYS})
    return {
        "static": told(build(paint, cron_schedule="0 3 * * *", tags={"why": "night"})),
        "days": told(build(declared, hour_of_day=3)),
        "resolved": told(resolved),
        "several dimensions": told(build(dg.define_asset_job("several", partitions_def=multi))),
        "none yet": told(build(dg.define_asset_job("late", partitions_def=dg.DailyPartitionsDefinition("2024-02-01")))),
    }


def facts() -> dict:
    return {"requests": requests(), "built": built()}
