"""What is run together."""

import dagster as dg
from shop.partitions import COUNTRIES, DAYS, SUPPLIERS

hourly_sources = dg.define_asset_job(
    "hourly_sources",
    selection=dg.AssetSelection.groups("sources"),
    tags={"dagster/max_runtime": "1800"},
    description="Copy all sources.",
)
nightly_staging = dg.define_asset_job("nightly_staging", selection="group:staging")
nightly_customers = dg.define_asset_job("nightly_customers", selection="group:customers")
nightly_orders = dg.define_asset_job("nightly_orders", selection=dg.AssetSelection.groups("orders"))
nightly_products = dg.define_asset_job("nightly_products", selection=dg.AssetSelection.groups("products"))
nightly_inventory = dg.define_asset_job("nightly_inventory", selection='group:inventory and kind:"sql"')
daily_shipping = dg.define_asset_job("daily_shipping", selection=dg.AssetSelection.groups("shipping"), partitions_def=DAYS)
daily_marketing = dg.define_asset_job("daily_marketing", selection=dg.AssetSelection.groups("marketing"), partitions_def=DAYS)
daily_web = dg.define_asset_job("daily_web", selection=dg.AssetSelection.groups("web"), partitions_def=DAYS)
monthly_taxes = dg.define_asset_job(
    "monthly_taxes",
    selection=dg.AssetSelection.assets("revenue_by_country", "vat_rates", "vat_due", "vat_returns"),
    partitions_def=COUNTRIES,
)
supplier_letters_job = dg.define_asset_job("supplier_letters_job", selection="supplier_letters", partitions_def=SUPPLIERS)
morning_reports = dg.define_asset_job(
    "morning_reports",
    selection=dg.AssetSelection.groups("reporting") - dg.AssetSelection.assets("supplier_letters"),
)
forecasts = dg.define_asset_job(
    "forecasts", selection=dg.AssetSelection.groups("forecasting").downstream(depth=1) & dg.AssetSelection.groups("forecasting")
)

JOBS = [
    hourly_sources,
    nightly_staging,
    nightly_customers,
    nightly_orders,
    nightly_products,
    nightly_inventory,
    daily_shipping,
    daily_marketing,
    daily_web,
    monthly_taxes,
    supplier_letters_job,
    morning_reports,
    forecasts,
]
