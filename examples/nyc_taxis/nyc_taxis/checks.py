"""What must be true of a day's trips, and of the chart."""

import pandas as pd
from dagster import (
    AssetCheckExecutionContext,
    AssetCheckResult,
    AssetCheckSeverity,
    AssetIn,
    asset_check,
)

from nyc_taxis.days import DAYS
from nyc_taxis.reports import daily_chart
from nyc_taxis.statistics import daily_statistics
from nyc_taxis.trips import raw_trips, trips

MOST_LEFT_OUT = 0.1
MOST_WITHOUT_ZONE = 0.05


@asset_check(asset=trips, additional_ins={"raw_trips": AssetIn(raw_trips.key)}, partitions_def=DAYS, blocking=True)
def most_trips_can_be_true(raw_trips: pd.DataFrame, trips: pd.DataFrame) -> AssetCheckResult:
    """Cleaning leaves out a few trips of a day. Where it leaves out many, the file is broken, and nothing is made of that day."""
    left_out = 1 - len(trips) / len(raw_trips)
    return AssetCheckResult(
        passed=left_out <= MOST_LEFT_OUT,
        description=f"{left_out:.0%} of the trips cannot be true; up to {MOST_LEFT_OUT:.0%} is usual.",
        metadata={"left out": round(left_out, 4), "read": len(raw_trips), "kept": len(trips)},
    )


@asset_check(asset=trips, partitions_def=DAYS)
def trips_begin_in_a_zone(trips: pd.DataFrame) -> AssetCheckResult:
    """Zones are not always recorded. It is worth a look where many are missing, and stops nothing."""
    without = float(trips["pickup_zone"].isna().mean()) if len(trips) else 0.0
    return AssetCheckResult(
        passed=without <= MOST_WITHOUT_ZONE, severity=AssetCheckSeverity.WARN, metadata={"without a zone": round(without, 4)}
    )


@asset_check(asset=daily_chart)
def every_day_is_drawn(context: AssetCheckExecutionContext) -> AssetCheckResult:
    """Says which days the chart has a gap for."""
    made = context.instance.get_materialized_partitions(daily_statistics.key)
    gaps = [day for day in DAYS.get_partition_keys() if day not in made]
    return AssetCheckResult(
        passed=not gaps,
        severity=AssetCheckSeverity.WARN,
        description=f"Not drawn: {', '.join(gaps[:3])}{'…' if len(gaps) > 3 else ''}." if gaps else "Every day is drawn.",
        metadata={"gaps": len(gaps)},
    )
