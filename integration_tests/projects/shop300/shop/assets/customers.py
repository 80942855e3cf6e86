"""Who our customers are and how they come back."""

import dagster as dg
from shop.resources import Warehouse


@dg.asset(
    deps=["stg_addresses", "stg_customers"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_addresses(warehouse: Warehouse) -> dg.MaterializeResult:
    """The address that each customer last used."""
    return warehouse.table("customer_addresses", "select customer_id, city, country from stg_addresses")


@dg.asset(
    deps=["customer_addresses"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_countries(warehouse: Warehouse) -> dg.MaterializeResult:
    """Customers per country."""
    return warehouse.table("customer_countries", "select country, count(*) from customer_addresses")


@dg.asset(
    deps=["stg_orders"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_first_orders(warehouse: Warehouse) -> dg.MaterializeResult:
    """The first order of each customer."""
    return warehouse.table("customer_first_orders", "select customer_id, min(ordered_at) from stg_orders")


@dg.asset(
    deps=["stg_orders"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_last_orders(warehouse: Warehouse) -> dg.MaterializeResult:
    """The latest order of each customer."""
    return warehouse.table("customer_last_orders", "select customer_id, max(ordered_at) from stg_orders")


@dg.asset(
    deps=["stg_orders"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_order_counts(warehouse: Warehouse) -> dg.MaterializeResult:
    """How often each customer has ordered."""
    return warehouse.table("customer_order_counts", "select customer_id, count(*) from stg_orders")


@dg.asset(
    deps=["stg_orders", "stg_order_lines"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
    metadata={"dagster/table_name": "shop.customer_baskets"},
)
def customer_baskets(warehouse: Warehouse) -> dg.MaterializeResult:
    """What each customer puts into an order on average."""
    return warehouse.table("customer_baskets", "select customer_id, avg(quantity * unit_price) from stg_orders")


@dg.asset(
    deps=["stg_orders", "stg_charges"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_revenue(warehouse: Warehouse) -> dg.MaterializeResult:
    """What each customer has paid in all."""
    return warehouse.table("customer_revenue", "select customer_id, sum(amount) from stg_orders")


@dg.asset(
    deps=["stg_refunds", "stg_charges", "stg_orders"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_refunds(warehouse: Warehouse) -> dg.MaterializeResult:
    """What each customer got back."""
    return warehouse.table("customer_refunds", "select customer_id, sum(amount) from stg_refunds")


@dg.asset(
    deps=["customer_revenue", "customer_refunds"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_net_revenue(warehouse: Warehouse) -> dg.MaterializeResult:
    """Paid less given back, per customer."""
    return warehouse.table("customer_net_revenue", "select customer_id, paid - refunded from customer_revenue")


@dg.asset(
    deps=["customer_last_orders"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_recency(warehouse: Warehouse) -> dg.MaterializeResult:
    """Days since the latest order."""
    return warehouse.table("customer_recency", "select customer_id, current_date - last_order from customer_last_orders")


@dg.asset(
    deps=["customer_recency", "customer_order_counts", "customer_net_revenue"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_rfm(warehouse: Warehouse) -> dg.MaterializeResult:
    """Recency, frequency and value, each in five classes."""
    return warehouse.table("customer_rfm", "select customer_id, recency, frequency, value from customer_recency")


@dg.asset(
    deps=["customer_rfm"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
    metadata={"dagster/table_name": "shop.customer_segments"},
)
def customer_segments(warehouse: Warehouse) -> dg.MaterializeResult:
    """The segment that marketing knows a customer by."""
    return warehouse.table("customer_segments", "select customer_id, segment from customer_rfm")


@dg.asset(
    deps=["customer_first_orders"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_cohorts(warehouse: Warehouse) -> dg.MaterializeResult:
    """Customers by the month of their first order."""
    return warehouse.table("customer_cohorts", "select month, customer_id from customer_first_orders")


@dg.asset(
    deps=["customer_cohorts", "customer_last_orders"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_retention(warehouse: Warehouse) -> dg.MaterializeResult:
    """The share of each cohort that came back, by month."""
    return warehouse.table("customer_retention", "select month, age, share from customer_cohorts")


@dg.asset(
    deps=["stg_tickets"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_tickets(warehouse: Warehouse) -> dg.MaterializeResult:
    """Tickets per customer."""
    return warehouse.table("customer_tickets", "select customer_id, count(*) from stg_tickets")


@dg.asset(
    deps=["stg_ratings", "stg_tickets"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_satisfaction(warehouse: Warehouse) -> dg.MaterializeResult:
    """The mean rating that each customer gave."""
    return warehouse.table("customer_satisfaction", "select customer_id, avg(stars) from stg_ratings")


@dg.asset(
    deps=["stg_reviews"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_reviews(warehouse: Warehouse) -> dg.MaterializeResult:
    """Reviews per customer."""
    return warehouse.table("customer_reviews", "select customer_id, count(*), avg(stars) from stg_reviews")


@dg.asset(
    deps=["stg_carts"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
    metadata={"dagster/table_name": "shop.customer_open_carts"},
)
def customer_open_carts(warehouse: Warehouse) -> dg.MaterializeResult:
    """Carts that were opened and left."""
    return warehouse.table("customer_open_carts", "select customer_id, count(*) from stg_carts")


@dg.asset(
    deps=["stg_order_lines", "stg_products", "stg_orders"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_favourites(warehouse: Warehouse) -> dg.MaterializeResult:
    """The category that each customer buys most from."""
    return warehouse.table("customer_favourites", "select customer_id, category_id from stg_order_lines")


@dg.asset(
    deps=["customer_rfm", "customer_tickets", "customer_satisfaction"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_churn_features(warehouse: Warehouse) -> dg.MaterializeResult:
    """What the churn model looks at."""
    return warehouse.table("customer_churn_features", "select * from customer_rfm")


@dg.asset(
    deps=["customer_churn_features"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_churn_scores(warehouse: Warehouse) -> dg.MaterializeResult:
    """How likely each customer is to leave."""
    return warehouse.table("customer_churn_scores", "select customer_id, score from customer_churn_features")


@dg.asset(
    deps=["customer_net_revenue", "customer_churn_scores"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_lifetime_values(warehouse: Warehouse) -> dg.MaterializeResult:
    """What each customer is expected to bring."""
    return warehouse.table("customer_lifetime_values", "select customer_id, value from customer_net_revenue")


@dg.asset(
    deps=["stg_customers", "customer_addresses"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_duplicates(warehouse: Warehouse) -> dg.MaterializeResult:
    """Customers who are one person."""
    return warehouse.table("customer_duplicates", "select a.id, b.id from stg_customers")


@dg.asset(
    deps=["stg_customers"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
    metadata={"dagster/table_name": "shop.customer_consents"},
)
def customer_consents(warehouse: Warehouse) -> dg.MaterializeResult:
    """Who may be written to."""
    return warehouse.table("customer_consents", "select id, consent from stg_customers")


@dg.asset(
    deps=["customer_segments", "customer_lifetime_values", "customer_favourites", "customer_consents", "customer_reviews"],
    group_name="customers",
    kinds={"sql"},
    owners=["team:crm"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def customer_360(warehouse: Warehouse) -> dg.MaterializeResult:
    """Everything that is known of a customer, in one row."""
    return warehouse.table("customer_360", "select * from customer_segments")


@dg.asset_check(asset="customer_first_orders", blocking=False)
def customer_first_orders_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("customer_first_orders")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="customer_net_revenue", blocking=False)
def customer_net_revenue_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("customer_net_revenue")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="customer_360", blocking=True)
def customer_360_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("customer_360")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})
