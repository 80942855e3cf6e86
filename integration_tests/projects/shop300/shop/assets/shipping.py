"""How parcels travel."""

import dagster as dg
from shop.partitions import DAYS
from shop.resources import Warehouse


@dg.asset(
    deps=["stg_parcels"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def parcel_days(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Parcels by day of shipping."""
    return warehouse.partition("parcel_days", context.partition_key, "select day, count(*) from stg_parcels")


@dg.asset(
    deps=["stg_parcel_events"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
)
def parcel_last_events(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Where each parcel was seen last."""
    return warehouse.partition(
        "parcel_last_events", context.partition_key, "select parcel_id, max(happened_at) from stg_parcel_events"
    )


@dg.asset(
    deps=["stg_parcel_events"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
)
def parcel_deliveries(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """When each parcel was delivered."""
    return warehouse.partition("parcel_deliveries", context.partition_key, "select parcel_id, happened_at from stg_parcel_events")


@dg.asset(
    deps=["parcel_deliveries", "stg_parcels"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def parcel_durations(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Hours on the way."""
    return warehouse.partition("parcel_durations", context.partition_key, "select parcel_id, hours from parcel_deliveries")


@dg.asset(
    deps=["parcel_last_events"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
)
def parcel_stuck(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Parcels that do not move."""
    return warehouse.partition("parcel_stuck", context.partition_key, "select parcel_id from parcel_last_events")


@dg.asset(
    deps=["parcel_stuck"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
    metadata={"dagster/table_name": "shop.parcel_lost"},
)
def parcel_lost(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Parcels that will not come."""
    return warehouse.partition("parcel_lost", context.partition_key, "select parcel_id from parcel_stuck")


@dg.asset(
    deps=["stg_parcel_events"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def parcel_damages(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Parcels that came broken."""
    return warehouse.partition("parcel_damages", context.partition_key, "select parcel_id from stg_parcel_events")


@dg.asset(
    deps=["stg_parcel_events"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
)
def parcel_returns(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Parcels that came back."""
    return warehouse.partition("parcel_returns", context.partition_key, "select parcel_id from stg_parcel_events")


@dg.asset(
    deps=["stg_parcel_events"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
)
def parcel_attempts(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Attempts of delivery."""
    return warehouse.partition("parcel_attempts", context.partition_key, "select parcel_id, count(*) from stg_parcel_events")


@dg.asset(
    deps=["parcel_days"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def carrier_volumes(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Parcels per carrier."""
    return warehouse.partition("carrier_volumes", context.partition_key, "select carrier, day, count(*) from parcel_days")


@dg.asset(
    deps=["parcel_durations"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
)
def carrier_durations(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Hours on the way, per carrier."""
    return warehouse.partition("carrier_durations", context.partition_key, "select carrier, avg(hours) from parcel_durations")


@dg.asset(
    deps=["parcel_lost"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
    metadata={"dagster/table_name": "shop.carrier_losses"},
)
def carrier_losses(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Losses per carrier."""
    return warehouse.partition("carrier_losses", context.partition_key, "select carrier, count(*) from parcel_lost")


@dg.asset(
    deps=["parcel_damages"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def carrier_damages(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Damages per carrier."""
    return warehouse.partition("carrier_damages", context.partition_key, "select carrier, count(*) from parcel_damages")


@dg.asset(
    deps=["parcel_attempts"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
)
def carrier_first_attempts(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """The share that is delivered at once."""
    return warehouse.partition("carrier_first_attempts", context.partition_key, "select carrier, share from parcel_attempts")


@dg.asset(
    deps=["carrier_durations", "carrier_losses", "carrier_damages", "carrier_first_attempts"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
)
def carrier_scores(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """How far a carrier can be relied on."""
    return warehouse.partition("carrier_scores", context.partition_key, "select carrier, score from carrier_durations")


@dg.asset(
    deps=["carrier_volumes", "stg_ledger"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def carrier_costs(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """What a carrier costs per parcel."""
    return warehouse.partition("carrier_costs", context.partition_key, "select carrier, cost from carrier_volumes")


@dg.asset(
    deps=["parcel_lost", "parcel_damages"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
)
def carrier_claims(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """What carriers owe us."""
    return warehouse.partition("carrier_claims", context.partition_key, "select carrier, sum(amount) from parcel_lost")


@dg.asset(
    deps=["parcel_durations", "stg_addresses"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
    metadata={"dagster/table_name": "shop.route_durations"},
)
def route_durations(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Hours between two cities."""
    return warehouse.partition(
        "route_durations", context.partition_key, "select origin, target, avg(hours) from parcel_durations"
    )


@dg.asset(
    deps=["route_durations", "carrier_costs", "carrier_scores"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def route_choices(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Which carrier to take to where."""
    return warehouse.partition("route_choices", context.partition_key, "select origin, target, carrier from route_durations")


@dg.asset(
    deps=["route_durations"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
)
def delivery_promises(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """What we can promise at checkout."""
    return warehouse.partition("delivery_promises", context.partition_key, "select postcode, days from route_durations")


@dg.asset(
    deps=["delivery_promises", "parcel_deliveries"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
)
def delivery_promises_kept(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """The share of promises that was kept."""
    return warehouse.partition("delivery_promises_kept", context.partition_key, "select day, share from delivery_promises")


@dg.asset(
    deps=["stg_addresses"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def delivery_areas(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Where we deliver to."""
    return warehouse.partition("delivery_areas", context.partition_key, "select postcode from stg_addresses")


@dg.asset(
    deps=["route_durations", "carrier_volumes"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
)
def delivery_emissions(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Carbon dioxide per parcel."""
    return warehouse.partition("delivery_emissions", context.partition_key, "select parcel_id, grams from route_durations")


@dg.asset(
    deps=["stg_parcels", "stg_order_lines"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
    metadata={"dagster/table_name": "shop.packaging_sizes"},
)
def packaging_sizes(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Boxes by size."""
    return warehouse.partition("packaging_sizes", context.partition_key, "select size, count(*) from stg_parcels")


@dg.asset(
    deps=["carrier_scores", "delivery_promises_kept", "parcel_days"],
    group_name="shipping",
    kinds={"sql"},
    owners=["team:logistics"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def shipping_facts(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Everything that is known of a day of shipping, in one row."""
    return warehouse.partition("shipping_facts", context.partition_key, "select * from carrier_scores")


@dg.asset_check(asset="parcel_deliveries", blocking=False)
def parcel_deliveries_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("parcel_deliveries")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="parcel_attempts", blocking=False)
def parcel_attempts_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("parcel_attempts")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="shipping_facts", blocking=True)
def shipping_facts_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("shipping_facts")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})
