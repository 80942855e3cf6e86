"""What people look at in the morning."""

from datetime import timedelta

import dagster as dg
from shop.partitions import SUPPLIERS
from shop.resources import Warehouse


@dg.asset(
    deps=["order_facts", "web_facts", "marketing_facts"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def daily_summary(warehouse: Warehouse) -> dg.MaterializeResult:
    """The numbers of yesterday."""
    return warehouse.table("daily_summary", "select * from order_facts")


@dg.asset(
    deps=["daily_summary"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def weekly_summary(warehouse: Warehouse) -> dg.MaterializeResult:
    """The numbers of last week."""
    return warehouse.table("weekly_summary", "select * from daily_summary")


@dg.asset(
    deps=["weekly_summary", "profit_and_loss"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def monthly_summary(warehouse: Warehouse) -> dg.MaterializeResult:
    """The numbers of last month."""
    return warehouse.table("monthly_summary", "select * from weekly_summary")


@dg.asset(
    deps=["monthly_summary", "balance_sheet", "budget_differences"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def board_report(warehouse: Warehouse) -> dg.MaterializeResult:
    """For the board."""
    return warehouse.table("board_report", "select * from monthly_summary")


@dg.asset(
    deps=["order_values", "order_categories", "product_ranks"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def sales_dashboard(warehouse: Warehouse) -> dg.MaterializeResult:
    """For sales."""
    return warehouse.table("sales_dashboard", "select * from order_values")


@dg.asset(
    deps=["order_return_rates", "product_quality", "return_forecast"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
    metadata={"dagster/table_name": "shop.returns_dashboard"},
)
def returns_dashboard(warehouse: Warehouse) -> dg.MaterializeResult:
    """For those who look into returns."""
    return warehouse.table("returns_dashboard", "select * from order_return_rates")


@dg.asset(
    deps=["customer_360", "customer_retention", "customer_countries"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def customer_dashboard(warehouse: Warehouse) -> dg.MaterializeResult:
    """For customer relations."""
    return warehouse.table("customer_dashboard", "select * from customer_360")


@dg.asset(
    deps=["customer_tickets", "customer_satisfaction", "ticket_forecast"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def support_dashboard(warehouse: Warehouse) -> dg.MaterializeResult:
    """For support."""
    return warehouse.table("support_dashboard", "select * from customer_tickets")


@dg.asset(
    deps=["inventory_facts", "warehouse_plans", "supplier_scores"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def stock_dashboard(warehouse: Warehouse) -> dg.MaterializeResult:
    """For the warehouses."""
    return warehouse.table("stock_dashboard", "select * from inventory_facts")


@dg.asset(
    deps=["shipping_facts", "carrier_claims", "route_choices"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def shipping_dashboard(warehouse: Warehouse) -> dg.MaterializeResult:
    """For shipping."""
    return warehouse.table("shipping_dashboard", "select * from shipping_facts")


@dg.asset(
    deps=["marketing_facts", "campaign_customer_costs", "voucher_offers"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def marketing_dashboard(warehouse: Warehouse) -> dg.MaterializeResult:
    """For marketing."""
    return warehouse.table("marketing_dashboard", "select * from marketing_facts")


@dg.asset(
    deps=["web_facts", "conversion_by_source", "conversion_by_device", "experiment_results"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
    metadata={"dagster/table_name": "shop.web_dashboard"},
)
def web_dashboard(warehouse: Warehouse) -> dg.MaterializeResult:
    """For the site."""
    return warehouse.table("web_dashboard", "select * from web_facts")


@dg.asset(
    deps=["profit_and_loss", "cash_forecast", "invoice_reminders"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def finance_dashboard(warehouse: Warehouse) -> dg.MaterializeResult:
    """For finance."""
    return warehouse.table("finance_dashboard", "select * from profit_and_loss")


@dg.asset(
    deps=["forecast_facts", "demand_forecast_by_category", "model_cards"],
    group_name="reporting",
    kinds={"python"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def forecast_dashboard(warehouse: Warehouse) -> dg.MaterializeResult:
    """For planning."""
    return warehouse.table("forecast_dashboard", "select * from forecast_facts")


@dg.asset(
    deps=["supplier_scores", "reorder_proposals", "supplier_volumes"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    partitions_def=SUPPLIERS,
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def supplier_letters(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """What suppliers are told."""
    return warehouse.partition("supplier_letters", context.partition_key, "select * from supplier_scores")


@dg.asset(
    deps=["carrier_scores", "carrier_claims"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def carrier_letters(warehouse: Warehouse) -> dg.MaterializeResult:
    """What carriers are told."""
    return warehouse.table("carrier_letters", "select * from carrier_scores")


@dg.asset(
    deps=["product_catalogue", "product_price_ideas"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def price_list(warehouse: Warehouse) -> dg.MaterializeResult:
    """The price list."""
    return warehouse.table("price_list", "select * from product_catalogue")


@dg.asset(
    deps=["product_catalogue"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
    metadata={"dagster/table_name": "shop.sitemap"},
)
def sitemap(warehouse: Warehouse) -> dg.MaterializeResult:
    """The pages for search engines."""
    return warehouse.table("sitemap", "select * from product_catalogue")


@dg.asset(
    deps=["product_catalogue", "stock_free"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def product_feed(warehouse: Warehouse) -> dg.MaterializeResult:
    """The products for marketplaces."""
    return warehouse.table("product_feed", "select * from product_catalogue")


@dg.asset(
    deps=["audience_lookalikes", "audience_cart_leavers"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def audience_exports(warehouse: Warehouse) -> dg.MaterializeResult:
    """The audiences for advertising accounts."""
    return warehouse.table("audience_exports", "select * from audience_lookalikes")


@dg.asset(
    deps=["vat_returns"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def tax_exports(warehouse: Warehouse) -> dg.MaterializeResult:
    """The form for the tax office."""
    return warehouse.table("tax_exports", "select * from vat_returns")


@dg.asset(
    deps=["balance_sheet", "payment_gaps", "stock_losses"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def auditor_exports(warehouse: Warehouse) -> dg.MaterializeResult:
    """For the auditors."""
    return warehouse.table("auditor_exports", "select * from balance_sheet")


@dg.asset(
    deps=["customer_360", "customer_duplicates"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def privacy_report(warehouse: Warehouse) -> dg.MaterializeResult:
    """What we keep of a person."""
    return warehouse.table("privacy_report", "select * from customer_360")


@dg.asset(
    deps=["daily_summary"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
    metadata={"dagster/table_name": "shop.data_quality"},
)
def data_quality(warehouse: Warehouse) -> dg.MaterializeResult:
    """What checks have found."""
    return warehouse.table("data_quality", "select * from daily_summary")


@dg.asset(
    deps=["daily_summary", "data_quality", "sales_dashboard"],
    group_name="reporting",
    kinds={"sql"},
    owners=["team:bi"],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
)
def morning_mail(warehouse: Warehouse) -> dg.MaterializeResult:
    """The mail at half past seven."""
    return warehouse.table("morning_mail", "select * from daily_summary")


@dg.asset_check(asset="monthly_summary", blocking=False)
def monthly_summary_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("monthly_summary")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="stock_dashboard", blocking=False)
def stock_dashboard_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("stock_dashboard")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="morning_mail", blocking=True)
def morning_mail_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("morning_mail")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})
