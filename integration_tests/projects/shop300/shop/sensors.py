"""What runs when something has happened."""

import os

import dagster as dg
from shop import jobs
from shop.partitions import SUPPLIERS
from shop.resources import Mail

INBOX = os.environ.get("SHOP_INBOX", "/var/spool/shop")


@dg.sensor(job=jobs.supplier_letters_job, minimum_interval_seconds=300)
def new_suppliers(context: dg.SensorEvaluationContext):
    """A folder appears for each supplier that purchasing has agreed with."""
    known = set(context.instance.get_dynamic_partitions("suppliers"))
    new = sorted(set(os.listdir(INBOX)) - known) if os.path.isdir(INBOX) else []
    if not new:
        return dg.SkipReason("No new supplier.")
    return dg.SensorResult(
        run_requests=[dg.RunRequest(partition_key=name) for name in new],
        dynamic_partitions_requests=[SUPPLIERS.build_add_request(new)],
    )


@dg.asset_sensor(asset_key=dg.AssetKey("order_facts"), job=jobs.nightly_customers)
def customers_follow_orders(context: dg.SensorEvaluationContext, entry: dg.EventLogEntry):
    yield dg.RunRequest(run_key=str(entry.timestamp))


@dg.multi_asset_sensor(
    monitored_assets=[dg.AssetKey("stg_products"), dg.AssetKey("stg_prices")],
    job=jobs.nightly_products,
)
def products_follow_prices(context: dg.MultiAssetSensorEvaluationContext):
    if all(context.latest_materialization_records_by_key().values()):
        context.advance_all_cursors()
        return dg.RunRequest()
    return dg.SkipReason("Prices or products are as they were.")


@dg.run_failure_sensor(monitored_jobs=[jobs.morning_reports, jobs.monthly_taxes])
def reports_that_failed(context: dg.RunFailureSensorContext, mail: Mail):
    mail.send("bi@shop.example", f"{context.dagster_run.job_name} failed")


@dg.run_status_sensor(run_status=dg.DagsterRunStatus.SUCCESS, request_job=jobs.nightly_inventory)
def inventory_follows_staging(context: dg.RunStatusSensorContext):
    if context.dagster_run.job_name == "nightly_staging":
        return dg.RunRequest(run_key=context.dagster_run.run_id)
    return dg.SkipReason("Not the nightly run.")


conditions_of_sales = dg.AutomationConditionSensorDefinition(
    "conditions_of_sales",
    target=dg.AssetSelection.groups("orders", "products", "customers"),
    minimum_interval_seconds=60,
)

SENSORS = [
    new_suppliers,
    customers_follow_orders,
    products_follow_prices,
    reports_that_failed,
    inventory_follows_staging,
    conditions_of_sales,
]
