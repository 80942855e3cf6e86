"""What people do on the site."""

import dagster as dg
from shop.partitions import DAYS
from shop.resources import Warehouse


@dg.asset(
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def page_requests(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Requests as the servers logged them."""
    return warehouse.partition("page_requests", context.partition_key, "select *")


@dg.asset(
    deps=["page_requests"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
)
def page_views(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Requests of people, without robots."""
    return warehouse.partition("page_views", context.partition_key, "select * from page_requests")


@dg.asset(
    deps=["page_requests"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
)
def robot_views(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Requests of robots."""
    return warehouse.partition("robot_views", context.partition_key, "select agent, count(*) from page_requests")


@dg.asset(
    deps=["page_views"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def sessions(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Views of one visitor without a pause of half an hour."""
    return warehouse.partition("sessions", context.partition_key, "select session_id, visitor_id from page_views")


@dg.asset(
    deps=["sessions"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
)
def session_lengths(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """How long a session lasts."""
    return warehouse.partition("session_lengths", context.partition_key, "select session_id, seconds from sessions")


@dg.asset(
    deps=["sessions"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
    metadata={"dagster/table_name": "shop.session_sources"},
)
def session_sources(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Where a session came from."""
    return warehouse.partition("session_sources", context.partition_key, "select session_id, source from sessions")


@dg.asset(
    deps=["sessions"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def session_devices(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """With which device."""
    return warehouse.partition("session_devices", context.partition_key, "select session_id, device from sessions")


@dg.asset(
    deps=["sessions", "stg_orders"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
)
def session_orders(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Sessions with an order."""
    return warehouse.partition("session_orders", context.partition_key, "select session_id, order_id from sessions")


@dg.asset(
    deps=["session_orders", "sessions"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
)
def conversion_rates(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """The share of sessions with an order."""
    return warehouse.partition("conversion_rates", context.partition_key, "select share from session_orders")


@dg.asset(
    deps=["session_orders", "session_sources"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def conversion_by_source(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """The same per source."""
    return warehouse.partition("conversion_by_source", context.partition_key, "select source, share from session_orders")


@dg.asset(
    deps=["session_orders", "session_devices"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
)
def conversion_by_device(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """The same per device."""
    return warehouse.partition("conversion_by_device", context.partition_key, "select device, share from session_orders")


@dg.asset(
    deps=["sessions", "page_views"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
    metadata={"dagster/table_name": "shop.landing_pages"},
)
def landing_pages(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Where sessions begin."""
    return warehouse.partition("landing_pages", context.partition_key, "select page, count(*) from sessions")


@dg.asset(
    deps=["sessions", "page_views"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def exit_pages(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Where they end."""
    return warehouse.partition("exit_pages", context.partition_key, "select page, count(*) from sessions")


@dg.asset(
    deps=["landing_pages", "sessions"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
)
def bounce_rates(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Sessions of one view, per page."""
    return warehouse.partition("bounce_rates", context.partition_key, "select page, share from landing_pages")


@dg.asset(
    deps=["page_views"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
)
def page_speeds(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """How fast a page is."""
    return warehouse.partition("page_speeds", context.partition_key, "select page, p75 from page_views")


@dg.asset(
    deps=["page_requests"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def page_errors(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Pages that failed."""
    return warehouse.partition("page_errors", context.partition_key, "select page, count(*) from page_requests")


@dg.asset(
    deps=["page_views"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
)
def search_terms(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """What people look for."""
    return warehouse.partition("search_terms", context.partition_key, "select term, count(*) from page_views")


@dg.asset(
    deps=["search_terms"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
    metadata={"dagster/table_name": "shop.search_misses"},
)
def search_misses(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """What they look for and do not find."""
    return warehouse.partition("search_misses", context.partition_key, "select term from search_terms")


@dg.asset(
    deps=["search_terms", "page_views"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def search_clicks(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """What they choose."""
    return warehouse.partition("search_clicks", context.partition_key, "select term, product_id from search_terms")


@dg.asset(
    deps=["page_views"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
)
def product_views(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Views per product."""
    return warehouse.partition("product_views", context.partition_key, "select product_id, count(*) from page_views")


@dg.asset(
    deps=["product_views", "session_orders"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
)
def product_conversions(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Orders per view."""
    return warehouse.partition("product_conversions", context.partition_key, "select product_id, share from product_views")


@dg.asset(
    deps=["page_views"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def experiments(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Which visitor saw which variant."""
    return warehouse.partition("experiments", context.partition_key, "select visitor_id, variant from page_views")


@dg.asset(
    deps=["experiments", "session_orders"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
)
def experiment_results(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Which variant sells better."""
    return warehouse.partition("experiment_results", context.partition_key, "select variant, share from experiments")


@dg.asset(
    deps=["product_views", "order_pairs"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
    metadata={"dagster/table_name": "shop.recommendations"},
)
def recommendations(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """What to show beside a product."""
    return warehouse.partition("recommendations", context.partition_key, "select product_id, other_id from product_views")


@dg.asset(
    deps=["conversion_rates", "bounce_rates", "page_speeds", "page_errors"],
    group_name="web",
    kinds={"sql"},
    owners=["team:web"],
    partitions_def=DAYS,
    automation_condition=dg.AutomationCondition.eager(),
)
def web_facts(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Everything that is known of a day on the site, in one row."""
    return warehouse.partition("web_facts", context.partition_key, "select * from conversion_rates")


@dg.asset_check(asset="robot_views", blocking=False)
def robot_views_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("robot_views")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="conversion_rates", blocking=False)
def conversion_rates_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("conversion_rates")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@dg.asset_check(asset="web_facts", blocking=True)
def web_facts_has_rows(warehouse: Warehouse) -> dg.AssetCheckResult:
    """An empty table means that a source was not read."""
    rows = warehouse.count("web_facts")
    return dg.AssetCheckResult(passed=rows > 0, metadata={"rows": rows})
