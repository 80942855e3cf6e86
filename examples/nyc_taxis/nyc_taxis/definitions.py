"""Everything of this project."""

from dagster import Definitions

from nyc_taxis.automation import chart, chart_every_minute, everything, new_files
from nyc_taxis.reports import daily_chart
from nyc_taxis.statistics import daily_statistics, zones
from nyc_taxis.trips import raw_trips, trips

defs = Definitions(
    assets=[raw_trips, trips, zones, daily_statistics, daily_chart],
    jobs=[everything, chart],
    schedules=[chart_every_minute],
    sensors=[new_files],
)
