"""Cleaned tables: one for each source, with one name and one type for each thing."""

import dagster as dg
from shop.resources import Warehouse


@dg.asset(
    deps=[["raw", "customers"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="1",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_customers(warehouse: Warehouse) -> dg.MaterializeResult:
    """Customers, cleaned."""
    return warehouse.table("stg_customers", "select id, email, country, created_at from raw.customers")


@dg.asset(
    deps=[["raw", "addresses"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="2",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_addresses(warehouse: Warehouse) -> dg.MaterializeResult:
    """Addresses, cleaned."""
    return warehouse.table("stg_addresses", "select id, customer_id, city, postcode, country from raw.addresses")


@dg.asset(
    deps=[["raw", "orders"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="3",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_orders(warehouse: Warehouse) -> dg.MaterializeResult:
    """Orders, cleaned."""
    return warehouse.table("stg_orders", "select id, customer_id, status, ordered_at from raw.orders")


@dg.asset(
    deps=[["raw", "order_lines"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="1",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_order_lines(warehouse: Warehouse) -> dg.MaterializeResult:
    """Order lines, cleaned."""
    return warehouse.table("stg_order_lines", "select order_id, product_id, quantity, unit_price from raw.order_lines")


@dg.asset(
    deps=[["raw", "products"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="2",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_products(warehouse: Warehouse) -> dg.MaterializeResult:
    """Products, cleaned."""
    return warehouse.table("stg_products", "select id, category_id, supplier_id, title from raw.products")


@dg.asset(
    deps=[["raw", "categories"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="3",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_categories(warehouse: Warehouse) -> dg.MaterializeResult:
    """Categories, cleaned."""
    return warehouse.table("stg_categories", "select id, parent_id, title from raw.categories")


@dg.asset(
    deps=[["raw", "prices"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="1",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_prices(warehouse: Warehouse) -> dg.MaterializeResult:
    """Prices, cleaned."""
    return warehouse.table("stg_prices", "select product_id, currency, amount, valid_from from raw.prices")


@dg.asset(
    deps=[["raw", "carts"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="2",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_carts(warehouse: Warehouse) -> dg.MaterializeResult:
    """Carts, cleaned."""
    return warehouse.table("stg_carts", "select id, customer_id, opened_at, closed_at from raw.carts")


@dg.asset(
    deps=[["raw", "reviews"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="3",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_reviews(warehouse: Warehouse) -> dg.MaterializeResult:
    """Reviews, cleaned."""
    return warehouse.table("stg_reviews", "select id, product_id, customer_id, stars from raw.reviews")


@dg.asset(
    deps=[["raw", "suppliers"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="1",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_suppliers(warehouse: Warehouse) -> dg.MaterializeResult:
    """Suppliers, cleaned."""
    return warehouse.table("stg_suppliers", "select id, name, country from raw.suppliers")


@dg.asset(
    deps=[["raw", "purchase_orders"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="2",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_purchase_orders(warehouse: Warehouse) -> dg.MaterializeResult:
    """Purchase orders, cleaned."""
    return warehouse.table(
        "stg_purchase_orders", "select id, supplier_id, product_id, quantity, ordered_at from raw.purchase_orders"
    )


@dg.asset(
    deps=[["raw", "warehouses"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="3",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_warehouses(warehouse: Warehouse) -> dg.MaterializeResult:
    """Warehouses, cleaned."""
    return warehouse.table("stg_warehouses", "select id, city, country from raw.warehouses")


@dg.asset(
    deps=[["raw", "stock_levels"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="1",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_stock_levels(warehouse: Warehouse) -> dg.MaterializeResult:
    """Stock levels, cleaned."""
    return warehouse.table("stg_stock_levels", "select warehouse_id, product_id, quantity from raw.stock_levels")


@dg.asset(
    deps=[["raw", "stock_moves"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="2",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_stock_moves(warehouse: Warehouse) -> dg.MaterializeResult:
    """Stock moves, cleaned."""
    return warehouse.table("stg_stock_moves", "select id, warehouse_id, product_id, quantity, moved_at from raw.stock_moves")


@dg.asset(
    deps=[["raw", "invoices"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="3",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_invoices(warehouse: Warehouse) -> dg.MaterializeResult:
    """Invoices, cleaned."""
    return warehouse.table("stg_invoices", "select id, order_id, amount, currency, due_on from raw.invoices")


@dg.asset(
    deps=[["raw", "ledger"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="1",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_ledger(warehouse: Warehouse) -> dg.MaterializeResult:
    """Ledger, cleaned."""
    return warehouse.table("stg_ledger", "select id, account, debit, credit, booked_on from raw.ledger")


@dg.asset(
    deps=[["raw", "charges"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="2",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_charges(warehouse: Warehouse) -> dg.MaterializeResult:
    """Charges, cleaned."""
    return warehouse.table("stg_charges", "select id, order_id, amount, currency, charged_at from raw.charges")


@dg.asset(
    deps=[["raw", "refunds"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="3",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_refunds(warehouse: Warehouse) -> dg.MaterializeResult:
    """Refunds, cleaned."""
    return warehouse.table("stg_refunds", "select id, charge_id, amount, refunded_at from raw.refunds")


@dg.asset(
    deps=[["raw", "payouts"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="1",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_payouts(warehouse: Warehouse) -> dg.MaterializeResult:
    """Payouts, cleaned."""
    return warehouse.table("stg_payouts", "select id, amount, currency, paid_on from raw.payouts")


@dg.asset(
    deps=[["raw", "tickets"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="2",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_tickets(warehouse: Warehouse) -> dg.MaterializeResult:
    """Tickets, cleaned."""
    return warehouse.table("stg_tickets", "select id, customer_id, subject, opened_at, closed_at from raw.tickets")


@dg.asset(
    deps=[["raw", "ratings"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="3",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_ratings(warehouse: Warehouse) -> dg.MaterializeResult:
    """Ratings, cleaned."""
    return warehouse.table("stg_ratings", "select ticket_id, stars from raw.ratings")


@dg.asset(
    deps=[["raw", "campaigns"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="1",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_campaigns(warehouse: Warehouse) -> dg.MaterializeResult:
    """Campaigns, cleaned."""
    return warehouse.table("stg_campaigns", "select id, channel, title from raw.campaigns")


@dg.asset(
    deps=[["raw", "ad_spend"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="2",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_ad_spend(warehouse: Warehouse) -> dg.MaterializeResult:
    """Ad spend, cleaned."""
    return warehouse.table("stg_ad_spend", "select campaign_id, day, amount, clicks from raw.ad_spend")


@dg.asset(
    deps=[["raw", "parcels"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="3",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_parcels(warehouse: Warehouse) -> dg.MaterializeResult:
    """Parcels, cleaned."""
    return warehouse.table("stg_parcels", "select id, order_id, carrier, shipped_at from raw.parcels")


@dg.asset(
    deps=[["raw", "parcel_events"]],
    group_name="staging",
    kinds={"sql"},
    owners=["team:data-platform"],
    code_version="1",
    automation_condition=dg.AutomationCondition.eager(),
)
def stg_parcel_events(warehouse: Warehouse) -> dg.MaterializeResult:
    """Parcel events, cleaned."""
    return warehouse.table("stg_parcel_events", "select parcel_id, kind, happened_at from raw.parcel_events")
