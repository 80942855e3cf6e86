"""What is earned and owed."""

import dagster as dg
from shop.partitions import COUNTRIES
from shop.resources import Warehouse


@dg.asset(
    deps=["order_totals", "stg_orders"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def revenue_by_month(warehouse: Warehouse) -> dg.MaterializeResult:
    """Revenue by month."""
    return warehouse.table("revenue_by_month", "select month, sum(total) from order_totals")


@dg.asset(
    deps=["order_totals", "order_countries"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    partitions_def=COUNTRIES,
)
def revenue_by_country(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Revenue of a country."""
    return warehouse.partition("revenue_by_country", context.partition_key, "select month, sum(total) from order_totals")


@dg.asset(
    deps=["stg_ledger"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def costs_by_account(warehouse: Warehouse) -> dg.MaterializeResult:
    """Costs by account."""
    return warehouse.table("costs_by_account", "select account, sum(debit - credit) from stg_ledger")


@dg.asset(
    deps=["order_margins"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def costs_of_goods(warehouse: Warehouse) -> dg.MaterializeResult:
    """What the goods cost that were sold."""
    return warehouse.table("costs_of_goods", "select month, sum(cost) from order_margins")


@dg.asset(
    deps=["revenue_by_month", "costs_of_goods"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def gross_profit(warehouse: Warehouse) -> dg.MaterializeResult:
    """Revenue less cost of goods."""
    return warehouse.table("gross_profit", "select month, profit from revenue_by_month")


@dg.asset(
    deps=["costs_by_account"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
    metadata={"dagster/table_name": "shop.operating_costs"},
)
def operating_costs(warehouse: Warehouse) -> dg.MaterializeResult:
    """Costs that are not of goods."""
    return warehouse.table("operating_costs", "select month, sum(amount) from costs_by_account")


@dg.asset(
    deps=["gross_profit", "operating_costs"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def operating_profit(warehouse: Warehouse) -> dg.MaterializeResult:
    """What remains."""
    return warehouse.table("operating_profit", "select month, profit from gross_profit")


@dg.asset(
    deps=["stg_invoices"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    partitions_def=COUNTRIES,
)
def vat_rates(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """The rates of a country."""
    return warehouse.partition("vat_rates", context.partition_key, "select rate from stg_invoices")


@dg.asset(
    deps=["revenue_by_country", "vat_rates"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    partitions_def=COUNTRIES,
)
def vat_due(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Value added tax that is due."""
    return warehouse.partition("vat_due", context.partition_key, "select month, amount from revenue_by_country")


@dg.asset(
    deps=["vat_due"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    partitions_def=COUNTRIES,
)
def vat_returns(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """The form for the tax office."""
    return warehouse.partition("vat_returns", context.partition_key, "select * from vat_due")


@dg.asset(
    deps=["stg_charges", "stg_payouts"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def payment_fees(warehouse: Warehouse) -> dg.MaterializeResult:
    """What the payment provider keeps."""
    return warehouse.table("payment_fees", "select month, amount from stg_charges")


@dg.asset(
    deps=["stg_charges", "stg_payouts"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
    metadata={"dagster/table_name": "shop.payment_matches"},
)
def payment_matches(warehouse: Warehouse) -> dg.MaterializeResult:
    """Charges that are found in payouts."""
    return warehouse.table("payment_matches", "select charge_id, payout_id from stg_charges")


@dg.asset(
    deps=["payment_matches"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def payment_gaps(warehouse: Warehouse) -> dg.MaterializeResult:
    """Charges that are not."""
    return warehouse.table("payment_gaps", "select charge_id from payment_matches")


@dg.asset(
    deps=["stg_invoices", "stg_charges"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def invoice_matches(warehouse: Warehouse) -> dg.MaterializeResult:
    """Invoices that are paid."""
    return warehouse.table("invoice_matches", "select invoice_id, charge_id from stg_invoices")


@dg.asset(
    deps=["invoice_matches"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def invoice_open(warehouse: Warehouse) -> dg.MaterializeResult:
    """Invoices that are not."""
    return warehouse.table("invoice_open", "select invoice_id from invoice_matches")


@dg.asset(
    deps=["invoice_open", "stg_customers"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def invoice_reminders(warehouse: Warehouse) -> dg.MaterializeResult:
    """Whom to remind."""
    return warehouse.table("invoice_reminders", "select customer_id, invoice_id from invoice_open")


@dg.asset(
    deps=["invoice_open"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def invoice_losses(warehouse: Warehouse) -> dg.MaterializeResult:
    """What will not be paid."""
    return warehouse.table("invoice_losses", "select sum(amount) from invoice_open")


@dg.asset(
    deps=["stg_payouts"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
    metadata={"dagster/table_name": "shop.cash_in"},
)
def cash_in(warehouse: Warehouse) -> dg.MaterializeResult:
    """Money that comes in, by day."""
    return warehouse.table("cash_in", "select day, sum(amount) from stg_payouts")


@dg.asset(
    deps=["stg_ledger"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def cash_out(warehouse: Warehouse) -> dg.MaterializeResult:
    """Money that goes out, by day."""
    return warehouse.table("cash_out", "select day, sum(debit) from stg_ledger")


@dg.asset(
    deps=["cash_in", "cash_out"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def cash_balance(warehouse: Warehouse) -> dg.MaterializeResult:
    """Money at hand, by day."""
    return warehouse.table("cash_balance", "select day, balance from cash_in")


@dg.asset(
    deps=["stg_ledger"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def budget_plan(warehouse: Warehouse) -> dg.MaterializeResult:
    """What was planned."""
    return warehouse.table("budget_plan", "select account, amount from stg_ledger")


@dg.asset(
    deps=["costs_by_account", "revenue_by_month"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def budget_actuals(warehouse: Warehouse) -> dg.MaterializeResult:
    """What came."""
    return warehouse.table("budget_actuals", "select account, amount from costs_by_account")


@dg.asset(
    deps=["budget_plan", "budget_actuals"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def budget_differences(warehouse: Warehouse) -> dg.MaterializeResult:
    """Planned less actual."""
    return warehouse.table("budget_differences", "select account, difference from budget_plan")


@dg.asset(
    deps=["cash_balance", "stock_values", "invoice_open"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
    metadata={"dagster/table_name": "shop.balance_sheet"},
)
def balance_sheet(warehouse: Warehouse) -> dg.MaterializeResult:
    """Assets and liabilities."""
    return warehouse.table("balance_sheet", "select * from cash_balance")


@dg.asset(
    deps=["operating_profit", "payment_fees", "invoice_losses"],
    group_name="finance",
    kinds={"sql"},
    owners=["team:finance"],
    tags={"confidential": "true"},
)
def profit_and_loss(warehouse: Warehouse) -> dg.MaterializeResult:
    """Profit and loss."""
    return warehouse.table("profit_and_loss", "select * from operating_profit")


@dg.asset_check(asset="costs_by_account", blocking=False)
def costs_by_account_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("costs_by_account")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="vat_due", blocking=False)
def vat_due_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("vat_due")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="profit_and_loss", blocking=True)
def profit_and_loss_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("profit_and_loss")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})
