"""What runs by the clock."""

import dagster as dg
from shop import jobs
from shop.partitions import COUNTRIES

ZONE = "Europe/Vienna"

every_hour = dg.ScheduleDefinition("every_hour", job=jobs.hourly_sources, cron_schedule="5 * * * *", execution_timezone=ZONE)
every_night = dg.ScheduleDefinition("every_night", job=jobs.nightly_staging, cron_schedule="0 2 * * *", execution_timezone=ZONE)
every_morning = dg.ScheduleDefinition(
    "every_morning",
    job=jobs.morning_reports,
    cron_schedule="15 7 * * 1-5",
    execution_timezone=ZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
shipping_by_day = dg.build_schedule_from_partitioned_job(jobs.daily_shipping, hour_of_day=3)
marketing_by_day = dg.build_schedule_from_partitioned_job(jobs.daily_marketing, hour_of_day=4, minute_of_hour=30)
web_by_day = dg.build_schedule_from_partitioned_job(jobs.daily_web, hour_of_day=1)


@dg.schedule(job=jobs.monthly_taxes, cron_schedule="0 6 1 * *", execution_timezone=ZONE)
def taxes_of_each_country(context: dg.ScheduleEvaluationContext):
    for country in COUNTRIES.get_partition_keys():
        yield dg.RunRequest(run_key=f"{country} {context.scheduled_execution_time:%Y-%m}", partition_key=country)


@dg.schedule(target=jobs.forecasts, cron_schedule=["0 5 * * 1", "0 5 * * 4"], execution_timezone=ZONE)
def forecasts_twice_a_week(context: dg.ScheduleEvaluationContext):
    if context.scheduled_execution_time.month == 12:
        return dg.SkipReason("In December the shop is planned by hand.")
    return dg.RunRequest(tags={"season": "usual"})


SCHEDULES = [
    every_hour,
    every_night,
    every_morning,
    shipping_by_day,
    marketing_by_day,
    web_by_day,
    taxes_of_each_country,
    forecasts_twice_a_week,
]
