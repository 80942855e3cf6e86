"""What runs by itself: everything when a file has come, the chart at set times."""

import json

from dagster import (
    AssetSelection,
    DefaultScheduleStatus,
    DefaultSensorStatus,
    RunRequest,
    ScheduleDefinition,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    define_asset_job,
    sensor,
)

from nyc_taxis.trips import FOLDER

everything = define_asset_job("everything", description="From the files to the chart.")
chart = define_asset_job("chart", AssetSelection.assets("daily_chart"), description="The chart alone, of what is stored.")

# Every minute, so that it can be seen to act; a real one would say "0 6 * * *".
chart_every_minute = ScheduleDefinition(
    name="chart_every_minute", job=chart, cron_schedule="* * * * *", default_status=DefaultScheduleStatus.RUNNING
)


@sensor(job=everything, minimum_interval_seconds=5, default_status=DefaultSensorStatus.RUNNING)
def new_files(context: SensorEvaluationContext) -> SensorResult | SkipReason:
    """Asks for a run when a file of the folder is new or was written again. The cursor says what it has seen."""
    seen: dict[str, int] = json.loads(context.cursor or "{}")
    found = {path.name: path.stat().st_mtime_ns for path in sorted(FOLDER.glob("*.csv"))}
    changed = [name for name, modified in found.items() if seen.get(name) != modified]
    if not changed:
        return SkipReason(f"Nothing new in {FOLDER}.")
    run_key = ", ".join(f"{name} of {found[name]}" for name in changed)
    return SensorResult([RunRequest(run_key, tags={"files": ", ".join(changed)})], cursor=json.dumps(found))
