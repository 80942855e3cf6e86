"""What brings people to the shop."""

import dagster as dg
from shop.partitions import DAYS
from shop.resources import Warehouse


@dg.asset(
    deps=["stg_ad_spend", "stg_campaigns"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def campaign_costs(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """What each campaign costs, by day."""
    return warehouse.partition("campaign_costs", context.partition_key, "select campaign_id, day, sum(amount) from stg_ad_spend")


@dg.asset(
    deps=["stg_ad_spend"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
)
def campaign_clicks(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Clicks per campaign and day."""
    return warehouse.partition("campaign_clicks", context.partition_key, "select campaign_id, day, sum(clicks) from stg_ad_spend")


@dg.asset(
    deps=["campaign_costs", "campaign_clicks"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
)
def campaign_click_costs(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """What a click costs."""
    return warehouse.partition(
        "campaign_click_costs", context.partition_key, "select campaign_id, cost / clicks from campaign_costs"
    )


@dg.asset(
    deps=["stg_orders", "campaign_clicks"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def campaign_orders(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Orders that a campaign brought."""
    return warehouse.partition("campaign_orders", context.partition_key, "select campaign_id, count(*) from stg_orders")


@dg.asset(
    deps=["campaign_orders", "order_totals"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
)
def campaign_revenue(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Revenue that a campaign brought."""
    return warehouse.partition("campaign_revenue", context.partition_key, "select campaign_id, sum(total) from campaign_orders")


@dg.asset(
    deps=["campaign_revenue", "campaign_costs"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
    metadata={"dagster/table_name": "shop.campaign_returns"},
)
def campaign_returns(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Revenue per unit of cost."""
    return warehouse.partition(
        "campaign_returns", context.partition_key, "select campaign_id, revenue / cost from campaign_revenue"
    )


@dg.asset(
    deps=["campaign_orders", "customer_first_orders"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def campaign_new_customers(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """First orders that a campaign brought."""
    return warehouse.partition(
        "campaign_new_customers", context.partition_key, "select campaign_id, count(*) from campaign_orders"
    )


@dg.asset(
    deps=["campaign_new_customers", "campaign_costs"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
)
def campaign_customer_costs(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """What a new customer costs."""
    return warehouse.partition(
        "campaign_customer_costs", context.partition_key, "select campaign_id, cost from campaign_new_customers"
    )


@dg.asset(
    deps=["campaign_costs"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
)
def channel_costs(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Costs per channel."""
    return warehouse.partition("channel_costs", context.partition_key, "select channel, sum(cost) from campaign_costs")


@dg.asset(
    deps=["campaign_orders"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def channel_orders(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Orders per channel."""
    return warehouse.partition("channel_orders", context.partition_key, "select channel, count(*) from campaign_orders")


@dg.asset(
    deps=["channel_orders", "channel_costs"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
)
def channel_attribution(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Revenue shared among the channels on the way."""
    return warehouse.partition("channel_attribution", context.partition_key, "select channel, revenue from channel_orders")


@dg.asset(
    deps=["channel_attribution"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
    metadata={"dagster/table_name": "shop.channel_saturation"},
)
def channel_saturation(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Where more money brings no more."""
    return warehouse.partition("channel_saturation", context.partition_key, "select channel, level from channel_attribution")


@dg.asset(
    deps=["channel_saturation", "channel_attribution"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def channel_budgets(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """How to share the next budget."""
    return warehouse.partition("channel_budgets", context.partition_key, "select channel, amount from channel_saturation")


@dg.asset(
    deps=["customer_consents", "customer_last_orders"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
)
def audience_buyers(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Who bought and may be written to."""
    return warehouse.partition("audience_buyers", context.partition_key, "select customer_id from customer_consents")


@dg.asset(
    deps=["customer_recency", "customer_consents"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
)
def audience_sleepers(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Who has not bought for long."""
    return warehouse.partition("audience_sleepers", context.partition_key, "select customer_id from customer_recency")


@dg.asset(
    deps=["customer_churn_scores", "customer_consents"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def audience_leavers(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Who is likely to leave."""
    return warehouse.partition("audience_leavers", context.partition_key, "select customer_id from customer_churn_scores")


@dg.asset(
    deps=["customer_segments", "customer_lifetime_values"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
)
def audience_lookalikes(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Who resembles the best."""
    return warehouse.partition("audience_lookalikes", context.partition_key, "select customer_id from customer_segments")


@dg.asset(
    deps=["customer_open_carts", "customer_consents"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
    metadata={"dagster/table_name": "shop.audience_cart_leavers"},
)
def audience_cart_leavers(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Who left a full cart."""
    return warehouse.partition("audience_cart_leavers", context.partition_key, "select customer_id from customer_open_carts")


@dg.asset(
    deps=["audience_buyers", "audience_sleepers"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def newsletter_recipients(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Who gets the next newsletter."""
    return warehouse.partition("newsletter_recipients", context.partition_key, "select customer_id from audience_buyers")


@dg.asset(
    deps=["newsletter_recipients", "customer_favourites", "product_ranks"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
)
def newsletter_products(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """What it shows to whom."""
    return warehouse.partition(
        "newsletter_products", context.partition_key, "select customer_id, product_id from newsletter_recipients"
    )


@dg.asset(
    deps=["newsletter_recipients", "stg_orders"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
)
def newsletter_results(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """What the last one brought."""
    return warehouse.partition("newsletter_results", context.partition_key, "select count(*) from newsletter_recipients")


@dg.asset(
    deps=["order_discounts"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def voucher_uses(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Vouchers that were used."""
    return warehouse.partition("voucher_uses", context.partition_key, "select voucher, count(*) from order_discounts")


@dg.asset(
    deps=["voucher_uses", "order_discounts"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
)
def voucher_costs(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """What vouchers cost."""
    return warehouse.partition("voucher_costs", context.partition_key, "select voucher, sum(discount) from voucher_uses")


@dg.asset(
    deps=["audience_leavers", "voucher_costs"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
    metadata={"dagster/table_name": "shop.voucher_offers"},
)
def voucher_offers(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Who gets which voucher."""
    return warehouse.partition("voucher_offers", context.partition_key, "select customer_id, voucher from audience_leavers")


@dg.asset(
    deps=["campaign_returns", "channel_budgets", "newsletter_results", "voucher_costs"],
    group_name="marketing",
    kinds={"sql"},
    owners=["team:marketing"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def marketing_facts(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Everything that is known of a day of marketing, in one row."""
    return warehouse.partition("marketing_facts", context.partition_key, "select * from campaign_returns")


@dg.asset_check(asset="campaign_click_costs", blocking=False)
def campaign_click_costs_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("campaign_click_costs")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="channel_costs", blocking=False)
def channel_costs_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("channel_costs")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="marketing_facts", blocking=True)
def marketing_facts_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("marketing_facts")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})
