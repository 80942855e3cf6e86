"""What we sell."""

import dagster as dg
from shop.resources import Warehouse


@dg.asset(
    deps=["stg_products", "stg_categories"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_categories(warehouse: Warehouse) -> dg.MaterializeResult:
    """Each product with the path of its category."""
    return warehouse.table("product_categories", "select product_id, path from stg_products")


@dg.asset(
    deps=["stg_prices"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_prices(warehouse: Warehouse) -> dg.MaterializeResult:
    """The price that holds today."""
    return warehouse.table("product_prices", "select product_id, amount from stg_prices")


@dg.asset(
    deps=["stg_prices"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_price_changes(warehouse: Warehouse) -> dg.MaterializeResult:
    """Each change of a price."""
    return warehouse.table("product_price_changes", "select product_id, valid_from, change from stg_prices")


@dg.asset(
    deps=["stg_purchase_orders"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_costs(warehouse: Warehouse) -> dg.MaterializeResult:
    """What a product costs us."""
    return warehouse.table("product_costs", "select product_id, avg(amount) from stg_purchase_orders")


@dg.asset(
    deps=["product_prices", "product_costs"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_margins(warehouse: Warehouse) -> dg.MaterializeResult:
    """Price less cost."""
    return warehouse.table("product_margins", "select product_id, amount - cost from product_prices")


@dg.asset(
    deps=["stg_order_lines"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
    metadata={"dagster/table_name": "shop.product_sales"},
)
def product_sales(warehouse: Warehouse) -> dg.MaterializeResult:
    """Units sold per product."""
    return warehouse.table("product_sales", "select product_id, sum(quantity) from stg_order_lines")


@dg.asset(
    deps=["stg_order_lines"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_revenue(warehouse: Warehouse) -> dg.MaterializeResult:
    """Revenue per product."""
    return warehouse.table("product_revenue", "select product_id, sum(quantity * unit_price) from stg_order_lines")


@dg.asset(
    deps=["product_revenue"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_ranks(warehouse: Warehouse) -> dg.MaterializeResult:
    """Products by revenue."""
    return warehouse.table("product_ranks", "select product_id, rank from product_revenue")


@dg.asset(
    deps=["product_ranks"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_abc(warehouse: Warehouse) -> dg.MaterializeResult:
    """A, B and C products."""
    return warehouse.table("product_abc", "select product_id, class from product_ranks")


@dg.asset(
    deps=["stg_reviews"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_stars(warehouse: Warehouse) -> dg.MaterializeResult:
    """Stars per product."""
    return warehouse.table("product_stars", "select product_id, avg(stars) from stg_reviews")


@dg.asset(
    deps=["stg_reviews"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_review_counts(warehouse: Warehouse) -> dg.MaterializeResult:
    """Reviews per product."""
    return warehouse.table("product_review_counts", "select product_id, count(*) from stg_reviews")


@dg.asset(
    deps=["stg_refunds", "stg_order_lines"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
    metadata={"dagster/table_name": "shop.product_returns"},
)
def product_returns(warehouse: Warehouse) -> dg.MaterializeResult:
    """Units that came back."""
    return warehouse.table("product_returns", "select product_id, count(*) from stg_refunds")


@dg.asset(
    deps=["product_returns", "product_sales"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_return_rates(warehouse: Warehouse) -> dg.MaterializeResult:
    """The share of units that come back."""
    return warehouse.table("product_return_rates", "select product_id, share from product_returns")


@dg.asset(
    deps=["stg_products", "stg_suppliers"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_suppliers(warehouse: Warehouse) -> dg.MaterializeResult:
    """Who delivers a product."""
    return warehouse.table("product_suppliers", "select product_id, supplier_id from stg_products")


@dg.asset(
    deps=["stg_purchase_orders", "stg_stock_moves"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_lead_times(warehouse: Warehouse) -> dg.MaterializeResult:
    """Days from purchase order to stock."""
    return warehouse.table("product_lead_times", "select product_id, days from stg_purchase_orders")


@dg.asset(
    deps=["stg_stock_levels"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_stock(warehouse: Warehouse) -> dg.MaterializeResult:
    """Units at hand, over all warehouses."""
    return warehouse.table("product_stock", "select product_id, sum(quantity) from stg_stock_levels")


@dg.asset(
    deps=["product_stock", "product_sales"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_stock_days(warehouse: Warehouse) -> dg.MaterializeResult:
    """For how many days the stock lasts."""
    return warehouse.table("product_stock_days", "select product_id, days from product_stock")


@dg.asset(
    deps=["product_stock_days", "product_lead_times"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
    metadata={"dagster/table_name": "shop.product_shortages"},
)
def product_shortages(warehouse: Warehouse) -> dg.MaterializeResult:
    """Products that run out."""
    return warehouse.table("product_shortages", "select product_id from product_stock_days")


@dg.asset(
    deps=["product_sales", "product_stock"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_slow(warehouse: Warehouse) -> dg.MaterializeResult:
    """Products that hardly sell."""
    return warehouse.table("product_slow", "select product_id from product_sales")


@dg.asset(
    deps=["stg_products"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_new(warehouse: Warehouse) -> dg.MaterializeResult:
    """Products of this quarter."""
    return warehouse.table("product_new", "select id from stg_products")


@dg.asset(
    deps=["order_pairs", "product_margins"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_bundles(warehouse: Warehouse) -> dg.MaterializeResult:
    """Products to offer together."""
    return warehouse.table("product_bundles", "select a.product_id, b.product_id from order_pairs")


@dg.asset(
    deps=["product_price_changes", "product_sales"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_elasticities(warehouse: Warehouse) -> dg.MaterializeResult:
    """How sales answer to prices."""
    return warehouse.table("product_elasticities", "select product_id, elasticity from product_price_changes")


@dg.asset(
    deps=["product_elasticities", "product_margins"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_price_ideas(warehouse: Warehouse) -> dg.MaterializeResult:
    """Prices to try."""
    return warehouse.table("product_price_ideas", "select product_id, amount from product_elasticities")


@dg.asset(
    deps=["product_return_rates", "product_stars"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
    metadata={"dagster/table_name": "shop.product_quality"},
)
def product_quality(warehouse: Warehouse) -> dg.MaterializeResult:
    """Products with complaints."""
    return warehouse.table("product_quality", "select product_id from product_return_rates")


@dg.asset(
    deps=["product_categories", "product_prices", "product_abc", "product_stars", "product_shortages"],
    group_name="products",
    kinds={"sql"},
    owners=["team:commerce"],
    automation_condition=dg.AutomationCondition.eager(),
)
def product_catalogue(warehouse: Warehouse) -> dg.MaterializeResult:
    """Everything that is known of a product, in one row."""
    return warehouse.table("product_catalogue", "select * from product_categories")


@dg.asset_check(asset="product_price_changes", blocking=False)
def product_price_changes_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("product_price_changes")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="product_abc", blocking=False)
def product_abc_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("product_abc")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="product_catalogue", blocking=True)
def product_catalogue_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("product_catalogue")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})
