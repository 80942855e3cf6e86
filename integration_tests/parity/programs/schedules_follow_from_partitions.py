"""build_schedule_from_partitioned_job: times, names, the partition that a tick asks for."""

import datetime

import seen

import dagster as dg

HOURLY = dg.HourlyPartitionsDefinition("2024-01-01-00:00")
DAILY = dg.DailyPartitionsDefinition("2024-01-01")
WEEKLY = dg.WeeklyPartitionsDefinition("2024-01-01")
MONTHLY = dg.MonthlyPartitionsDefinition("2024-01-01")
STATIC = dg.StaticPartitionsDefinition(["x", "y"])
PARTITIONS = {
    "hourly": HOURLY,
    "daily": DAILY,
    "weekly": WEEKLY,
    "monthly": MONTHLY,
    "berlin": dg.DailyPartitionsDefinition("2024-01-01", timezone="Europe/Berlin"),
    "offset": dg.DailyPartitionsDefinition("2024-01-01", minute_offset=15, hour_offset=3),
    "six hours": dg.TimeWindowPartitionsDefinition(start="2024-01-01", fmt="%Y-%m-%d", cron_schedule="0 */6 * * *"),
    "static": STATIC,
    "two dimensions": dg.MultiPartitionsDefinition({"day": DAILY, "part": STATIC}),
}
MOMENTS = {
    "nothing": {},
    "hour": {"hour_of_day": 5},
    "minute": {"minute_of_hour": 7},
    "both": {"hour_of_day": 5, "minute_of_hour": 7},
    "weekday": {"day_of_week": 3},
    "day": {"day_of_month": 3},
    "cron": {"cron_schedule": "1 2 * * *"},
    "cron and hour": {"cron_schedule": "1 2 * * *", "hour_of_day": 5},
}


def project(partitions, own=True, **given):
    @dg.asset(partitions_def=partitions)
    def sliced():
        return 1

    job = dg.define_asset_job("job", [sliced], partitions_def=partitions if own else None)
    return dg.Definitions(assets=[sliced], schedules=[dg.build_schedule_from_partitioned_job(job, **given)])


def times(partitions, **given):
    found = project(partitions, **given).resolve_schedule_def("job_schedule")
    return [found.cron_schedule, found.execution_timezone, found.job_name]


def asked(partitions, **given) -> object:
    moment = datetime.datetime(2024, 5, 1, 3, tzinfo=datetime.timezone.utc)
    found = project(partitions, **given).resolve_schedule_def("job_schedule")
    said = found(dg.build_schedule_context(scheduled_execution_time=moment))
    requests = said if isinstance(said, list) else [said]
    return sorted([each.run_key, each.partition_key] for each in requests)


@dg.asset
def whole():
    return 1


def without_partitions():
    job = dg.define_asset_job("job", [whole])
    defs = dg.Definitions(assets=[whole], schedules=[dg.build_schedule_from_partitioned_job(job)])
    return defs.resolve_schedule_def("job_schedule").name


def facts() -> dict:
    daily = ("hourly", "daily", "weekly", "monthly", "berlin")
    named = project(DAILY, name="other", owners=["team:x"], default_status=dg.DefaultScheduleStatus.RUNNING, description="d")
    schedule = named.resolve_schedule_def("other")
    return {
        "times": {
            name: {moment: seen.outcome(lambda p=partitions, g=given: times(p, **g)) for moment, given in MOMENTS.items()}
            for name, partitions in PARTITIONS.items()
        },
        "of assets": {name: seen.outcome(lambda name=name: times(PARTITIONS[name], own=False)) for name in daily},
        "asked for": {name: seen.outcome(lambda name=name: asked(PARTITIONS[name])) for name in daily},
        "named": [schedule.name, list(schedule.owners), seen.plain(schedule.default_status), schedule.description],
        "no partitions": seen.outcome(without_partitions),
        "jobs": [job.name for job in named.resolve_all_job_defs()],
    }
