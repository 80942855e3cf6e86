"""Twenty-five mistakes that an edit of one file makes, and what the last line of the command must then say."""

from __future__ import annotations

from typing import NamedTuple


class Edit(NamedTuple):
    """`old` is replaced by `new` once; the last line then begins with the place and holds each of the words."""

    claim: str
    file: str
    old: str
    new: str
    place: str
    """File, and the text of the line that it names; empty: no line is named."""
    words: tuple[str, ...]


_ORDERS = "shop/assets/orders.py"
_CUSTOMERS = "shop/assets/customers.py"
_WEB = "shop/assets/web.py"

EDITS = [
    Edit("a bracket is left open", _ORDERS, "@dg.asset(\n", "@dg.asset((\n", _ORDERS, ("SyntaxError",)),
    Edit("a line is indented wrongly", _ORDERS, '    """The sum of each order."""', '  """The sum."""', _ORDERS, ("Error",)),
    Edit("a module is misspelt", "shop/definitions.py", "from shop.jobs", "from shop.job", "shop/definitions.py", ("shop.job",)),
    Edit("an imported name is misspelt", _WEB, "import DAYS", "import DAY", _WEB, ("DAY", "shop.partitions")),
    Edit("a name of dagster is misspelt", _WEB, "dg.asset(", "dg.aset(", _WEB, ("aset", "asset")),
    Edit(
        "a variable is not there",
        "shop/jobs.py",
        "partitions_def=COUNTRIES",
        "partitions_def=STATES",
        "shop/jobs.py",
        ("STATES",),
    ),
    Edit("an unknown argument", _ORDERS, 'group_name="orders"', 'groupname="orders"', _ORDERS, ("groupname",)),
    Edit("a group with a blank", _ORDERS, 'group_name="orders"', 'group_name="our orders"', _ORDERS, ("our orders",)),
    Edit("an owner who is none", _ORDERS, '"team:commerce"', '"commerce"', _ORDERS, ("commerce", "team:")),
    Edit("deps of a wrong kind", _ORDERS, 'deps=["stg_order_lines"]', "deps=[3]", _ORDERS, ("3",)),
    Edit("a name with a slash", _ORDERS, 'deps=["stg_order_lines"]', 'name="a/b"', _ORDERS, ("a/b", "A-Za-z0-9_")),
    Edit(
        "two assets have one key",
        _CUSTOMERS,
        'metadata={"dagster/table_name": "shop.customer_baskets"},',
        'key="customer_addresses",',
        _CUSTOMERS,
        ("customer_addresses",),
    ),
    Edit("assets wait for each other", _ORDERS, 'deps=["stg_order_lines"]', 'deps=["order_facts"]', _ORDERS, ("order_totals",)),
    Edit(
        "a resource is not given", "shop/resources.py", '    "warehouse": Warehouse', '    "store": Warehouse', "", ("warehouse",)
    ),
    Edit("a resource is asked for by another name", _ORDERS, "(warehouse: Wareh", "(store: Wareh", _ORDERS, ("store",)),
    Edit("a resource gets a value of a wrong type", "shop/resources.py", "port=5433", 'port="x"', "shop/resources.py", ("port",)),
    Edit("a resource lacks a value", "shop/resources.py", '(sender="data@shop.example")', "()", "shop/resources.py", ("sender",)),
    Edit("a cron expression that is none", "shop/schedules.py", '"5 * * * *"', '"5 * * *"', "shop/schedules.py", ("5 * * *",)),
    Edit(
        "a time zone that is none", "shop/schedules.py", '"Europe/Vienna"', '"Europe/Wien"', "shop/schedules.py", ("Europe/Wien",)
    ),
    Edit("a date that is none", "shop/partitions.py", "2025-01-01", "2025-13-01", "shop/partitions.py", ("2025-13-01",)),
    Edit("a partition key twice", "shop/partitions.py", '"ch", "cz"', '"at", "cz"', "shop/partitions.py", ("at",)),
    Edit("a selection that cannot be read", "shop/jobs.py", '"group:staging"', '"group:"', "shop/jobs.py", ("group:",)),
    Edit("a selection of an asset that is not there", "shop/jobs.py", '"vat_rates"', '"vat_rate"', "shop/jobs.py", ("vat_rate",)),
    Edit(
        "a job is misspelt", "shop/sensors.py", "jobs.nightly_products", "jobs.nightly_product", "shop/sensors.py", ("nightly_p",)
    ),
    Edit("two jobs have one name", "shop/jobs.py", '"nightly_orders"', '"nightly_staging"', "", ("nightly_staging",)),
]
