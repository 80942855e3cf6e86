"""What will come."""

import dagster as dg
from shop.resources import Warehouse


@dg.asset(
    group_name="forecasting",
    kinds={"sql"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def calendar_days(warehouse: Warehouse) -> dg.MaterializeResult:
    """Days with their holidays."""
    return warehouse.table("calendar_days", "select day, holiday")


@dg.asset(
    group_name="forecasting",
    kinds={"sql"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def weather_days(warehouse: Warehouse) -> dg.MaterializeResult:
    """The weather of each day."""
    return warehouse.table("weather_days", "select day, degrees")


@dg.asset(
    deps=["stg_order_lines", "stg_orders"],
    group_name="forecasting",
    kinds={"sql"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def demand_history(warehouse: Warehouse) -> dg.MaterializeResult:
    """Units sold by day and product."""
    return warehouse.table("demand_history", "select day, product_id, quantity from stg_order_lines")


@dg.asset(
    deps=["demand_history", "calendar_days", "weather_days", "product_prices"],
    group_name="forecasting",
    kinds={"sql"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def demand_features(warehouse: Warehouse) -> dg.MaterializeResult:
    """What the model looks at."""
    return warehouse.table("demand_features", "select * from demand_history")


@dg.asset(
    deps=["demand_features"],
    group_name="forecasting",
    kinds={"sql"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def demand_training_set(warehouse: Warehouse) -> dg.MaterializeResult:
    """Days to learn from."""
    return warehouse.table("demand_training_set", "select * from demand_features")


@dg.asset(
    deps=["demand_features"],
    group_name="forecasting",
    kinds={"sql"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
    metadata={"dagster/table_name": "shop.demand_test_set"},
)
def demand_test_set(warehouse: Warehouse) -> dg.MaterializeResult:
    """Days to be measured by."""
    return warehouse.table("demand_test_set", "select * from demand_features")


@dg.asset(
    deps=["demand_history"],
    group_name="forecasting",
    kinds={"sql"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def demand_baseline(warehouse: Warehouse) -> dg.MaterializeResult:
    """The same day of last year."""
    return warehouse.table("demand_baseline", "select * from demand_history")


@dg.asset(
    deps=["demand_training_set"],
    group_name="forecasting",
    kinds={"python"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def demand_model(warehouse: Warehouse) -> dg.MaterializeResult:
    """The trained model."""
    return warehouse.table("demand_model", "select * from demand_training_set")


@dg.asset(
    deps=["demand_model", "demand_test_set", "demand_baseline"],
    group_name="forecasting",
    kinds={"sql"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def demand_errors(warehouse: Warehouse) -> dg.MaterializeResult:
    """How far the model is off."""
    return warehouse.table("demand_errors", "select product_id, error from demand_model")


@dg.asset(
    deps=["demand_model", "calendar_days"],
    group_name="forecasting",
    kinds={"python"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def demand_forecast(warehouse: Warehouse) -> dg.MaterializeResult:
    """Units per day and product, for eight weeks."""
    return warehouse.table("demand_forecast", "select day, product_id, quantity from demand_model")


@dg.asset(
    deps=["demand_forecast", "product_categories"],
    group_name="forecasting",
    kinds={"python"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def demand_forecast_by_category(warehouse: Warehouse) -> dg.MaterializeResult:
    """The same per category."""
    return warehouse.table("demand_forecast_by_category", "select day, category_id, quantity from demand_forecast")


@dg.asset(
    deps=["demand_forecast", "product_prices"],
    group_name="forecasting",
    kinds={"python"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
    metadata={"dagster/table_name": "shop.revenue_forecast"},
)
def revenue_forecast(warehouse: Warehouse) -> dg.MaterializeResult:
    """Revenue by day."""
    return warehouse.table("revenue_forecast", "select day, amount from demand_forecast")


@dg.asset(
    deps=["demand_forecast", "packaging_sizes"],
    group_name="forecasting",
    kinds={"python"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def parcel_forecast(warehouse: Warehouse) -> dg.MaterializeResult:
    """Parcels by day."""
    return warehouse.table("parcel_forecast", "select day, count from demand_forecast")


@dg.asset(
    deps=["parcel_forecast", "warehouse_moves"],
    group_name="forecasting",
    kinds={"python"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def staff_forecast(warehouse: Warehouse) -> dg.MaterializeResult:
    """People needed in the warehouses."""
    return warehouse.table("staff_forecast", "select day, people from parcel_forecast")


@dg.asset(
    deps=["stg_tickets"],
    group_name="forecasting",
    kinds={"sql"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def ticket_history(warehouse: Warehouse) -> dg.MaterializeResult:
    """Tickets by day."""
    return warehouse.table("ticket_history", "select day, count(*) from stg_tickets")


@dg.asset(
    deps=["ticket_history", "calendar_days"],
    group_name="forecasting",
    kinds={"python"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def ticket_model(warehouse: Warehouse) -> dg.MaterializeResult:
    """The model of tickets."""
    return warehouse.table("ticket_model", "select * from ticket_history")


@dg.asset(
    deps=["ticket_model"],
    group_name="forecasting",
    kinds={"python"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def ticket_forecast(warehouse: Warehouse) -> dg.MaterializeResult:
    """Tickets by day, for four weeks."""
    return warehouse.table("ticket_forecast", "select day, count from ticket_model")


@dg.asset(
    deps=["revenue_forecast", "cash_balance"],
    group_name="forecasting",
    kinds={"python"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
    metadata={"dagster/table_name": "shop.cash_forecast"},
)
def cash_forecast(warehouse: Warehouse) -> dg.MaterializeResult:
    """Money at hand, for eight weeks."""
    return warehouse.table("cash_forecast", "select day, balance from revenue_forecast")


@dg.asset(
    deps=["order_returns", "product_categories"],
    group_name="forecasting",
    kinds={"python"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def return_model(warehouse: Warehouse) -> dg.MaterializeResult:
    """The model of returns."""
    return warehouse.table("return_model", "select * from order_returns")


@dg.asset(
    deps=["return_model", "demand_forecast"],
    group_name="forecasting",
    kinds={"python"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def return_forecast(warehouse: Warehouse) -> dg.MaterializeResult:
    """Units that will come back."""
    return warehouse.table("return_forecast", "select day, quantity from return_model")


@dg.asset(
    deps=["customer_churn_features"],
    group_name="forecasting",
    kinds={"sql"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def churn_training_set(warehouse: Warehouse) -> dg.MaterializeResult:
    """Customers to learn from."""
    return warehouse.table("churn_training_set", "select * from customer_churn_features")


@dg.asset(
    deps=["churn_training_set"],
    group_name="forecasting",
    kinds={"python"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def churn_model(warehouse: Warehouse) -> dg.MaterializeResult:
    """The model of customers who leave."""
    return warehouse.table("churn_model", "select * from churn_training_set")


@dg.asset(
    deps=["churn_model", "customer_churn_scores"],
    group_name="forecasting",
    kinds={"sql"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def churn_errors(warehouse: Warehouse) -> dg.MaterializeResult:
    """How far it is off."""
    return warehouse.table("churn_errors", "select error from churn_model")


@dg.asset(
    deps=["demand_errors", "churn_errors"],
    group_name="forecasting",
    kinds={"python"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
    metadata={"dagster/table_name": "shop.model_cards"},
)
def model_cards(warehouse: Warehouse) -> dg.MaterializeResult:
    """What each model is for and how good it is."""
    return warehouse.table("model_cards", "select * from demand_errors")


@dg.asset(
    deps=["revenue_forecast", "staff_forecast", "ticket_forecast", "cash_forecast", "return_forecast"],
    group_name="forecasting",
    kinds={"python"},
    owners=["team:data-science"],
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
)
def forecast_facts(warehouse: Warehouse) -> dg.MaterializeResult:
    """All forecasts of a day, in one row."""
    return warehouse.table("forecast_facts", "select * from revenue_forecast")


@dg.asset_check(asset="demand_history", blocking=False)
def demand_history_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("demand_history")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="demand_errors", blocking=False)
def demand_errors_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("demand_errors")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="forecast_facts", blocking=True)
def forecast_facts_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("forecast_facts")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})
