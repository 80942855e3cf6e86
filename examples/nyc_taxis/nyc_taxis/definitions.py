"""Everything of this project."""

from dagster import Definitions

from nyc_taxis.automation import chart, chart_every_minute, latest_day, new_files, one_day
from nyc_taxis.checks import every_day_is_drawn, most_trips_can_be_true, trips_begin_in_a_zone
from nyc_taxis.reports import daily_chart
from nyc_taxis.statistics import daily_statistics, zones
from nyc_taxis.trips import raw_trips, trips

defs = Definitions(
    assets=[raw_trips, trips, zones, daily_statistics, daily_chart],
    asset_checks=[most_trips_can_be_true, trips_begin_in_a_zone, every_day_is_drawn],
    jobs=[one_day, chart],
    schedules=[chart_every_minute, latest_day],
    sensors=[new_files],
)
