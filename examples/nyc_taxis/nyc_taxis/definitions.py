"""Everything of this project."""

from dagster import Definitions, define_asset_job

from nyc_taxis.reports import daily_chart
from nyc_taxis.statistics import daily_statistics, zones
from nyc_taxis.trips import raw_trips, trips

defs = Definitions(
    assets=[raw_trips, trips, zones, daily_statistics, daily_chart],
    jobs=[define_asset_job("everything", description="From the file to the chart.")],
)
