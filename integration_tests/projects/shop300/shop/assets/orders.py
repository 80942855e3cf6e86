"""What is bought, and what becomes of it."""

import dagster as dg
from shop.resources import Warehouse


@dg.asset(
    deps=["stg_order_lines"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_totals(warehouse: Warehouse) -> dg.MaterializeResult:
    """The sum of each order."""
    return warehouse.table("order_totals", "select order_id, sum(quantity * unit_price) from stg_order_lines")


@dg.asset(
    deps=["stg_charges"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_payments(warehouse: Warehouse) -> dg.MaterializeResult:
    """What was paid for each order."""
    return warehouse.table("order_payments", "select order_id, sum(amount) from stg_charges")


@dg.asset(
    deps=["stg_refunds", "stg_charges"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_refunds(warehouse: Warehouse) -> dg.MaterializeResult:
    """What was given back for each order."""
    return warehouse.table("order_refunds", "select order_id, sum(refunds.amount) from stg_refunds")


@dg.asset(
    deps=["order_totals", "order_payments", "order_refunds"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_balances(warehouse: Warehouse) -> dg.MaterializeResult:
    """What is still owed."""
    return warehouse.table("order_balances", "select order_id, total - paid + refunded from order_totals")


@dg.asset(
    deps=["stg_orders"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_statuses(warehouse: Warehouse) -> dg.MaterializeResult:
    """Orders per status."""
    return warehouse.table("order_statuses", "select status, count(*) from stg_orders")


@dg.asset(
    deps=["stg_order_lines", "stg_prices"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
    metadata={"dagster/table_name": "shop.order_discounts"},
)
def order_discounts(warehouse: Warehouse) -> dg.MaterializeResult:
    """List price less price paid."""
    return warehouse.table("order_discounts", "select order_id, sum(amount - unit_price) from stg_order_lines")


@dg.asset(
    deps=["order_totals", "stg_purchase_orders"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_margins(warehouse: Warehouse) -> dg.MaterializeResult:
    """Price less cost of purchase."""
    return warehouse.table("order_margins", "select order_id, margin from order_totals")


@dg.asset(
    deps=["stg_orders"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_hours(warehouse: Warehouse) -> dg.MaterializeResult:
    """Orders per hour of the day."""
    return warehouse.table("order_hours", "select hour, count(*) from stg_orders")


@dg.asset(
    deps=["stg_orders"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_weekdays(warehouse: Warehouse) -> dg.MaterializeResult:
    """Orders per day of the week."""
    return warehouse.table("order_weekdays", "select weekday, count(*) from stg_orders")


@dg.asset(
    deps=["stg_orders", "stg_addresses"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_countries(warehouse: Warehouse) -> dg.MaterializeResult:
    """Orders per country of delivery."""
    return warehouse.table("order_countries", "select country, count(*) from stg_orders")


@dg.asset(
    deps=["stg_order_lines"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_sizes(warehouse: Warehouse) -> dg.MaterializeResult:
    """Orders by number of lines."""
    return warehouse.table("order_sizes", "select lines, count(*) from stg_order_lines")


@dg.asset(
    deps=["stg_order_lines", "stg_products"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
    metadata={"dagster/table_name": "shop.order_categories"},
)
def order_categories(warehouse: Warehouse) -> dg.MaterializeResult:
    """Lines per category."""
    return warehouse.table("order_categories", "select category_id, count(*) from stg_order_lines")


@dg.asset(
    deps=["stg_order_lines"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_pairs(warehouse: Warehouse) -> dg.MaterializeResult:
    """Products that are bought together."""
    return warehouse.table("order_pairs", "select a.product_id, b.product_id, count(*) from stg_order_lines")


@dg.asset(
    deps=["order_refunds", "stg_orders"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_returns(warehouse: Warehouse) -> dg.MaterializeResult:
    """Orders that came back."""
    return warehouse.table("order_returns", "select order_id from order_refunds")


@dg.asset(
    deps=["order_returns", "order_categories"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_return_rates(warehouse: Warehouse) -> dg.MaterializeResult:
    """The share of orders that come back, per category."""
    return warehouse.table("order_return_rates", "select category_id, share from order_returns")


@dg.asset(
    deps=["stg_parcels"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_parcels(warehouse: Warehouse) -> dg.MaterializeResult:
    """Parcels per order."""
    return warehouse.table("order_parcels", "select order_id, count(*) from stg_parcels")


@dg.asset(
    deps=["stg_parcels", "stg_parcel_events", "stg_orders"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_delivery_days(warehouse: Warehouse) -> dg.MaterializeResult:
    """Days from order to delivery."""
    return warehouse.table("order_delivery_days", "select order_id, days from stg_parcels")


@dg.asset(
    deps=["order_delivery_days"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
    metadata={"dagster/table_name": "shop.order_late"},
)
def order_late(warehouse: Warehouse) -> dg.MaterializeResult:
    """Orders that came later than promised."""
    return warehouse.table("order_late", "select order_id from order_delivery_days")


@dg.asset(
    deps=["stg_invoices"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_invoices(warehouse: Warehouse) -> dg.MaterializeResult:
    """The invoice of each order."""
    return warehouse.table("order_invoices", "select order_id, id from stg_invoices")


@dg.asset(
    deps=["order_invoices", "order_balances"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_unpaid(warehouse: Warehouse) -> dg.MaterializeResult:
    """Orders with an invoice that is due."""
    return warehouse.table("order_unpaid", "select order_id, due_on from order_invoices")


@dg.asset(
    deps=["order_totals", "order_countries", "stg_customers"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_fraud_features(warehouse: Warehouse) -> dg.MaterializeResult:
    """What the fraud rules look at."""
    return warehouse.table("order_fraud_features", "select * from order_totals")


@dg.asset(
    deps=["order_fraud_features"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_fraud_flags(warehouse: Warehouse) -> dg.MaterializeResult:
    """Orders that a person should look at."""
    return warehouse.table("order_fraud_flags", "select order_id, reason from order_fraud_features")


@dg.asset(
    deps=["stg_carts", "stg_orders", "order_parcels"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_funnel(warehouse: Warehouse) -> dg.MaterializeResult:
    """From cart to delivery, step by step."""
    return warehouse.table("order_funnel", "select step, count(*) from stg_carts")


@dg.asset(
    deps=["order_totals", "stg_orders"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
    metadata={"dagster/table_name": "shop.order_values"},
)
def order_values(warehouse: Warehouse) -> dg.MaterializeResult:
    """The mean value of an order, by month."""
    return warehouse.table("order_values", "select month, avg(total) from order_totals")


@dg.asset(
    deps=["order_balances", "order_margins", "order_delivery_days", "order_fraud_flags"],
    group_name="orders",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def order_facts(warehouse: Warehouse) -> dg.MaterializeResult:
    """Everything that is known of an order, in one row."""
    return warehouse.table("order_facts", "select * from order_balances")


@dg.asset_check(asset="order_refunds", blocking=False)
def order_refunds_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("order_refunds")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="order_weekdays", blocking=False)
def order_weekdays_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("order_weekdays")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="order_facts", blocking=True)
def order_facts_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("order_facts")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})
