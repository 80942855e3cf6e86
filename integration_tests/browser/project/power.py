"""The demand for power, forecast: metadata of every kind, a model that gets better, and a sensor whose source is down."""

import math

import dagster as dg

HOURS = 24
COLUMNS = dg.TableSchema(
    columns=[
        dg.TableColumn("hour", "int", description="Of the day, UTC.", constraints=dg.TableColumnConstraints(nullable=False)),
        dg.TableColumn("demand", "float", description="Mean of the hour, in megawatts."),
        dg.TableColumn("temperature", "float", description="Outside, in degrees Celsius."),
    ]
)
CARD = """**Gradient-boosted trees** on the hour, the day of the week and the temperature.

| split | days | mean error |
| --- | --- | --- |
| training | 365 | 18.2 MW |
| test | 28 | {error:.1f} MW |

Evenings in winter are the hardest; see `demand` for what it learns from.
"""


def demand_at(hour: int) -> float:
    """Megawatts: little at night, most in the evening."""
    return round(620 - 140 * math.cos(2 * math.pi * (hour - 4) / HOURS) + 60 * math.sin(4 * math.pi * (hour - 9) / HOURS), 1)


@dg.asset(group_name="power", kinds={"parquet"}, owners=["grid@example.com"], tags={"source": "meters"})
def demand() -> dg.MaterializeResult:
    """What all meters of the grid counted, **hour by hour**."""
    hours = [{"hour": hour, "demand": demand_at(hour), "temperature": 7.5 + hour % 12} for hour in range(0, HOURS, 4)]
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": 8_760,
            "dagster/column_schema": COLUMNS,
            "hours": dg.MetadataValue.table([dg.TableRecord(hour) for hour in hours], COLUMNS),
            "peak": max(demand_at(hour) for hour in range(HOURS)),
            "file": dg.MetadataValue.path("warehouse/demand/2024.parquet"),
            "meters": dg.MetadataValue.url("https://example.com/meters"),
        }
    )


class Training(dg.Config):
    """How the model is trained.

    Attributes:
        trees: at most; more of them take longer.
        holidays: whether it knows them.
    """

    trees: int = 200
    holidays: bool = False


@dg.asset(group_name="power", kinds={"sklearn"}, owners=["team:forecasts"], deps=[demand], code_version="3")
def demand_model(context: dg.AssetExecutionContext, config: Training) -> dg.MaterializeResult:
    """Says the demand of the next day, trained on the last year."""
    error = round(24 + 9 * math.exp(-config.trees / 150), 2)
    context.log.info(f"Trained {config.trees} trees; the mean error is {error} MW.")
    print(f"trees={config.trees} holidays={config.holidays} error={error}")
    return dg.MaterializeResult(
        metadata={
            "mean error, MW": error,
            "trees": config.trees,
            "parameters": {"max_depth": 6, "learning_rate": 0.1, "holidays": config.holidays},
            "card": dg.MetadataValue.md(CARD.format(error=error)),
        }
    )


@dg.asset(group_name="power", deps=[demand_model, "weather_forecast"], automation_condition=dg.AutomationCondition.eager())
def demand_forecast() -> dg.MaterializeResult:
    """The next day, hour by hour."""
    return dg.MaterializeResult(metadata={"hours": HOURS})


@dg.asset_check(asset=demand_model, blocking=True)
def error_is_small(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
    """The mean error on the days of the test is below 32 MW."""
    event = context.instance.get_latest_materialization_event(demand_model.key)
    error = event.asset_materialization.metadata["mean error, MW"].value if event is not None else math.inf
    return dg.AssetCheckResult(passed=error < 32, metadata={"mean error, MW": error}, description=f"{error} MW")


retrain = dg.define_asset_job("retrain", dg.AssetSelection.groups("power"), description="From the meters to the forecast.")
nightly = dg.ScheduleDefinition(name="nightly", job=retrain, cron_schedule="30 2 * * *", execution_timezone="Europe/Paris")


@dg.sensor(job=retrain, minimum_interval_seconds=600)
def new_prices(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Retrains when the exchange has published prices."""
    raise ConnectionError("The exchange did not answer: 503 from https://example.com/prices")


defs = dg.Definitions(
    assets=[demand, demand_model, demand_forecast, dg.AssetSpec("weather_forecast", group_name="power", kinds={"api"})],
    asset_checks=[error_is_small],
    jobs=[retrain],
    schedules=[nightly],
    sensors=[new_prices],
)
