"""The project as a whole."""

import dagster as dg
from shop.assets import (
    customers,
    finance,
    forecasting,
    inventory,
    marketing,
    orders,
    products,
    reporting,
    shipping,
    sources,
    staging,
    web,
)
from shop.jobs import JOBS
from shop.resources import RESOURCES
from shop.schedules import SCHEDULES
from shop.sensors import SENSORS

MODULES = [
    sources,
    staging,
    customers,
    orders,
    products,
    inventory,
    shipping,
    marketing,
    finance,
    web,
    forecasting,
    reporting,
]

defs = dg.Definitions(
    assets=dg.load_assets_from_modules(MODULES),
    asset_checks=dg.load_asset_checks_from_modules(MODULES),
    jobs=JOBS,
    schedules=SCHEDULES,
    sensors=SENSORS,
    resources=RESOURCES,
)
