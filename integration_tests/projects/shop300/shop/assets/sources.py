"""Tables as the systems around us have them, copied once an hour."""

import dagster as dg
from shop.resources import Replica


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "shop"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def customers(replica: Replica) -> dg.MaterializeResult:
    """Customers, copied from the shop's own database."""
    return replica.copy("shop", "customers")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "shop"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def addresses(replica: Replica) -> dg.MaterializeResult:
    """Addresses, copied from the shop's own database."""
    return replica.copy("shop", "addresses")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "shop"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def orders(replica: Replica) -> dg.MaterializeResult:
    """Orders, copied from the shop's own database."""
    return replica.copy("shop", "orders")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "shop"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def order_lines(replica: Replica) -> dg.MaterializeResult:
    """Order lines, copied from the shop's own database."""
    return replica.copy("shop", "order_lines")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "shop"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def products(replica: Replica) -> dg.MaterializeResult:
    """Products, copied from the shop's own database."""
    return replica.copy("shop", "products")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "shop"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def categories(replica: Replica) -> dg.MaterializeResult:
    """Categories, copied from the shop's own database."""
    return replica.copy("shop", "categories")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "shop"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def prices(replica: Replica) -> dg.MaterializeResult:
    """Prices, copied from the shop's own database."""
    return replica.copy("shop", "prices")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "shop"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def carts(replica: Replica) -> dg.MaterializeResult:
    """Carts, copied from the shop's own database."""
    return replica.copy("shop", "carts")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "shop"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def reviews(replica: Replica) -> dg.MaterializeResult:
    """Reviews, copied from the shop's own database."""
    return replica.copy("shop", "reviews")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "erp"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def suppliers(replica: Replica) -> dg.MaterializeResult:
    """Suppliers, copied from the ERP."""
    return replica.copy("erp", "suppliers")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "erp"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def purchase_orders(replica: Replica) -> dg.MaterializeResult:
    """Purchase orders, copied from the ERP."""
    return replica.copy("erp", "purchase_orders")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "erp"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def warehouses(replica: Replica) -> dg.MaterializeResult:
    """Warehouses, copied from the ERP."""
    return replica.copy("erp", "warehouses")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "erp"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def stock_levels(replica: Replica) -> dg.MaterializeResult:
    """Stock levels, copied from the ERP."""
    return replica.copy("erp", "stock_levels")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "erp"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def stock_moves(replica: Replica) -> dg.MaterializeResult:
    """Stock moves, copied from the ERP."""
    return replica.copy("erp", "stock_moves")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "erp"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def invoices(replica: Replica) -> dg.MaterializeResult:
    """Invoices, copied from the ERP."""
    return replica.copy("erp", "invoices")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"postgres"},
    owners=["team:data-platform"],
    tags={"system": "erp"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def ledger(replica: Replica) -> dg.MaterializeResult:
    """Ledger, copied from the ERP."""
    return replica.copy("erp", "ledger")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"api"},
    owners=["team:data-platform"],
    tags={"system": "payments"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def charges(replica: Replica) -> dg.MaterializeResult:
    """Charges, copied from the payment provider."""
    return replica.copy("payments", "charges")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"api"},
    owners=["team:data-platform"],
    tags={"system": "payments"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def refunds(replica: Replica) -> dg.MaterializeResult:
    """Refunds, copied from the payment provider."""
    return replica.copy("payments", "refunds")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"api"},
    owners=["team:data-platform"],
    tags={"system": "payments"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def payouts(replica: Replica) -> dg.MaterializeResult:
    """Payouts, copied from the payment provider."""
    return replica.copy("payments", "payouts")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"api"},
    owners=["team:data-platform"],
    tags={"system": "support"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def tickets(replica: Replica) -> dg.MaterializeResult:
    """Tickets, copied from the ticket system."""
    return replica.copy("support", "tickets")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"api"},
    owners=["team:data-platform"],
    tags={"system": "support"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def ratings(replica: Replica) -> dg.MaterializeResult:
    """Ratings, copied from the ticket system."""
    return replica.copy("support", "ratings")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"api"},
    owners=["team:data-platform"],
    tags={"system": "ads"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def campaigns(replica: Replica) -> dg.MaterializeResult:
    """Campaigns, copied from the advertising accounts."""
    return replica.copy("ads", "campaigns")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"api"},
    owners=["team:data-platform"],
    tags={"system": "ads"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def ad_spend(replica: Replica) -> dg.MaterializeResult:
    """Ad spend, copied from the advertising accounts."""
    return replica.copy("ads", "ad_spend")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"api"},
    owners=["team:data-platform"],
    tags={"system": "carrier"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def parcels(replica: Replica) -> dg.MaterializeResult:
    """Parcels, copied from the carriers."""
    return replica.copy("carrier", "parcels")


@dg.asset(
    key_prefix="raw",
    group_name="sources",
    kinds={"api"},
    owners=["team:data-platform"],
    tags={"system": "carrier"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=30, backoff=dg.Backoff.EXPONENTIAL),
)
def parcel_events(replica: Replica) -> dg.MaterializeResult:
    """Parcel events, copied from the carriers."""
    return replica.copy("carrier", "parcel_events")
