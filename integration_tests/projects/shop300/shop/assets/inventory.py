"""What lies where."""

import dagster as dg
from shop.resources import Warehouse


@dg.asset(
    deps=["stg_stock_levels", "stg_warehouses"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
)
def stock_by_warehouse(warehouse: Warehouse) -> dg.MaterializeResult:
    """Units per warehouse."""
    return warehouse.table("stock_by_warehouse", "select warehouse_id, sum(quantity) from stg_stock_levels")


@dg.asset(
    deps=["stg_stock_levels", "product_costs"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
    automation_condition=dg.AutomationCondition.on_missing() | dg.AutomationCondition.on_cron("0 4 * * *"),
)
def stock_values(warehouse: Warehouse) -> dg.MaterializeResult:
    """What the stock is worth."""
    return warehouse.table("stock_values", "select warehouse_id, sum(quantity * cost) from stg_stock_levels")


@dg.asset(
    deps=["stg_stock_moves"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
)
def stock_ages(warehouse: Warehouse) -> dg.MaterializeResult:
    """For how long a unit has been lying."""
    return warehouse.table("stock_ages", "select product_id, age from stg_stock_moves")


@dg.asset(
    deps=["stock_values", "product_sales"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
    automation_condition=dg.AutomationCondition.on_missing() | dg.AutomationCondition.on_cron("0 4 * * *"),
)
def stock_turns(warehouse: Warehouse) -> dg.MaterializeResult:
    """How often the stock turns in a year."""
    return warehouse.table("stock_turns", "select product_id, turns from stock_values")


@dg.asset(
    deps=["stg_stock_levels", "stg_stock_moves"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
)
def stock_differences(warehouse: Warehouse) -> dg.MaterializeResult:
    """Counted less booked."""
    return warehouse.table("stock_differences", "select warehouse_id, product_id, difference from stg_stock_levels")


@dg.asset(
    deps=["stock_differences"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
    automation_condition=dg.AutomationCondition.on_missing() | dg.AutomationCondition.on_cron("0 4 * * *"),
    metadata={"dagster/table_name": "shop.stock_losses"},
)
def stock_losses(warehouse: Warehouse) -> dg.MaterializeResult:
    """Units that went missing."""
    return warehouse.table("stock_losses", "select product_id, sum(difference) from stock_differences")


@dg.asset(
    deps=["stg_stock_moves"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
)
def stock_transfers(warehouse: Warehouse) -> dg.MaterializeResult:
    """Moves between warehouses."""
    return warehouse.table("stock_transfers", "select origin, target, count(*) from stg_stock_moves")


@dg.asset(
    deps=["stg_order_lines", "stg_parcels"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
    automation_condition=dg.AutomationCondition.on_missing() | dg.AutomationCondition.on_cron("0 4 * * *"),
)
def stock_reserved(warehouse: Warehouse) -> dg.MaterializeResult:
    """Units that are sold and not sent."""
    return warehouse.table("stock_reserved", "select product_id, sum(quantity) from stg_order_lines")


@dg.asset(
    deps=["stock_by_warehouse", "stock_reserved"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
)
def stock_free(warehouse: Warehouse) -> dg.MaterializeResult:
    """Units that can be sold."""
    return warehouse.table("stock_free", "select product_id, quantity from stock_by_warehouse")


@dg.asset(
    deps=["product_lead_times", "product_sales"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
    automation_condition=dg.AutomationCondition.on_missing() | dg.AutomationCondition.on_cron("0 4 * * *"),
)
def stock_safety(warehouse: Warehouse) -> dg.MaterializeResult:
    """How many units to keep in reserve."""
    return warehouse.table("stock_safety", "select product_id, quantity from product_lead_times")


@dg.asset(
    deps=["stock_free", "stock_safety"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
)
def stock_below_safety(warehouse: Warehouse) -> dg.MaterializeResult:
    """Products below the reserve."""
    return warehouse.table("stock_below_safety", "select product_id from stock_free")


@dg.asset(
    deps=["stock_safety", "product_lead_times"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
    automation_condition=dg.AutomationCondition.on_missing() | dg.AutomationCondition.on_cron("0 4 * * *"),
    metadata={"dagster/table_name": "shop.reorder_points"},
)
def reorder_points(warehouse: Warehouse) -> dg.MaterializeResult:
    """At which stock to order."""
    return warehouse.table("reorder_points", "select product_id, quantity from stock_safety")


@dg.asset(
    deps=["reorder_points", "product_costs"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
)
def reorder_quantities(warehouse: Warehouse) -> dg.MaterializeResult:
    """How much to order."""
    return warehouse.table("reorder_quantities", "select product_id, quantity from reorder_points")


@dg.asset(
    deps=["stock_below_safety", "reorder_quantities", "product_suppliers"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
    automation_condition=dg.AutomationCondition.on_missing() | dg.AutomationCondition.on_cron("0 4 * * *"),
)
def reorder_proposals(warehouse: Warehouse) -> dg.MaterializeResult:
    """Purchase orders to make."""
    return warehouse.table("reorder_proposals", "select supplier_id, product_id, quantity from stock_below_safety")


@dg.asset(
    deps=["stg_purchase_orders", "stg_stock_moves"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
)
def open_purchase_orders(warehouse: Warehouse) -> dg.MaterializeResult:
    """Purchase orders that have not come."""
    return warehouse.table("open_purchase_orders", "select id from stg_purchase_orders")


@dg.asset(
    deps=["open_purchase_orders", "product_lead_times"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
    automation_condition=dg.AutomationCondition.on_missing() | dg.AutomationCondition.on_cron("0 4 * * *"),
)
def late_purchase_orders(warehouse: Warehouse) -> dg.MaterializeResult:
    """Those of them that should have come."""
    return warehouse.table("late_purchase_orders", "select id from open_purchase_orders")


@dg.asset(
    deps=["late_purchase_orders", "stg_suppliers"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
)
def supplier_delays(warehouse: Warehouse) -> dg.MaterializeResult:
    """Days of delay per supplier."""
    return warehouse.table("supplier_delays", "select supplier_id, days from late_purchase_orders")


@dg.asset(
    deps=["supplier_delays", "product_return_rates"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
    automation_condition=dg.AutomationCondition.on_missing() | dg.AutomationCondition.on_cron("0 4 * * *"),
    metadata={"dagster/table_name": "shop.supplier_scores"},
)
def supplier_scores(warehouse: Warehouse) -> dg.MaterializeResult:
    """How far a supplier can be relied on."""
    return warehouse.table("supplier_scores", "select supplier_id, score from supplier_delays")


@dg.asset(
    deps=["stg_purchase_orders"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
)
def supplier_volumes(warehouse: Warehouse) -> dg.MaterializeResult:
    """What we buy from whom."""
    return warehouse.table("supplier_volumes", "select supplier_id, sum(amount) from stg_purchase_orders")


@dg.asset(
    deps=["product_suppliers"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
    automation_condition=dg.AutomationCondition.on_missing() | dg.AutomationCondition.on_cron("0 4 * * *"),
)
def supplier_dependence(warehouse: Warehouse) -> dg.MaterializeResult:
    """Products with a single supplier."""
    return warehouse.table("supplier_dependence", "select product_id from product_suppliers")


@dg.asset(
    deps=["stock_by_warehouse"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
)
def warehouse_loads(warehouse: Warehouse) -> dg.MaterializeResult:
    """How full a warehouse is."""
    return warehouse.table("warehouse_loads", "select warehouse_id, share from stock_by_warehouse")


@dg.asset(
    deps=["stg_stock_moves"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
    automation_condition=dg.AutomationCondition.on_missing() | dg.AutomationCondition.on_cron("0 4 * * *"),
)
def warehouse_moves(warehouse: Warehouse) -> dg.MaterializeResult:
    """Moves per day and warehouse."""
    return warehouse.table("warehouse_moves", "select warehouse_id, day, count(*) from stg_stock_moves")


@dg.asset(
    deps=["warehouse_loads", "stg_ledger"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
)
def warehouse_costs(warehouse: Warehouse) -> dg.MaterializeResult:
    """What a warehouse costs per unit."""
    return warehouse.table("warehouse_costs", "select warehouse_id, cost from warehouse_loads")


@dg.asset(
    deps=["warehouse_costs", "stock_turns"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
    automation_condition=dg.AutomationCondition.on_missing() | dg.AutomationCondition.on_cron("0 4 * * *"),
    metadata={"dagster/table_name": "shop.warehouse_plans"},
)
def warehouse_plans(warehouse: Warehouse) -> dg.MaterializeResult:
    """Which product should lie where."""
    return warehouse.table("warehouse_plans", "select product_id, warehouse_id from warehouse_costs")


@dg.asset(
    deps=["stock_free", "stock_turns", "reorder_proposals", "stock_losses"],
    group_name="inventory",
    kinds={"sql"},
    owners=["team:logistics"],
)
def inventory_facts(warehouse: Warehouse) -> dg.MaterializeResult:
    """Everything that is known of the stock, in one row per product."""
    return warehouse.table("inventory_facts", "select * from stock_free")


@dg.asset_check(asset="stock_ages", blocking=False)
def stock_ages_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("stock_ages")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="stock_free", blocking=False)
def stock_free_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("stock_free")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="inventory_facts", blocking=True)
def inventory_facts_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("inventory_facts")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})
