"""What runs by itself: a day when its file has come, the latest day each morning, the chart at set times."""

import json

from dagster import (
    AssetSelection,
    DefaultScheduleStatus,
    DefaultSensorStatus,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    define_asset_job,
    schedule,
    sensor,
)

from nyc_taxis.days import FOLDER, days_with_a_file, file_of

one_day = define_asset_job(
    "one_day", AssetSelection.groups("trips", "statistics"), description="From a day's file to its statistics, with its checks."
)
chart = define_asset_job("chart", AssetSelection.assets("daily_chart"), description="The chart alone, of what is stored.")

# Every minute, so that it can be seen to act; a real one would say "0 6 * * *".
chart_every_minute = ScheduleDefinition(
    name="chart_every_minute", job=chart, cron_schedule="* * * * *", default_status=DefaultScheduleStatus.RUNNING
)


@schedule(job=one_day, cron_schedule="0 6 * * *", default_status=DefaultScheduleStatus.RUNNING)
def latest_day(context: ScheduleEvaluationContext) -> RunRequest | SkipReason:
    """Asks each morning for yesterday, or for the latest day before it that there is a file for."""
    today = context.scheduled_execution_time.strftime("%Y-%m-%d")
    days = [day for day in days_with_a_file() if day < today]
    return RunRequest(partition_key=days[-1]) if days else SkipReason(f"No file of a day before {today} in {FOLDER}.")


@sensor(job=one_day, minimum_interval_seconds=5, default_status=DefaultSensorStatus.RUNNING)
def new_files(context: SensorEvaluationContext) -> SensorResult | SkipReason:
    """Asks for each day whose file is new or was written again. The cursor says what it has seen."""
    seen: dict[str, int] = json.loads(context.cursor or "{}")
    found = {day: file_of(day).stat().st_mtime_ns for day in days_with_a_file()}
    changed = [day for day, modified in found.items() if seen.get(day) != modified]
    if not changed:
        return SkipReason(f"Nothing new in {FOLDER}.")
    requests = [RunRequest(f"{day} of {found[day]}", partition_key=day) for day in changed]
    return SensorResult(requests, cursor=json.dumps(found))
