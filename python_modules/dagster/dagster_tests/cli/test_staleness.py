import json

from dagster_tests.cli.commands import call
from dagster_tests.workspace.projects import Folder

SHOP = """
from dagster import Definitions, StaticPartitionsDefinition, asset

BRANCHES = StaticPartitionsDefinition(["north", "south", "west"])

@asset(code_version="1")
def orders():
    return 1

@asset(code_version="1", deps=[orders])
def revenue():
    return 1

@asset(code_version="1", deps=[revenue])
def report():
    return 1

@asset(code_version="1", partitions_def=BRANCHES)
def stock():
    return 1

defs = Definitions([orders, revenue, report, stock])
"""


def why(*arguments: str, exit_code: int = 0) -> str:
    result = call("asset", "why", *arguments, "-f", "shop.py")
    assert result.exit_code == exit_code, result.output
    return result.stdout if exit_code == 0 else result.stderr


def make(select: str, *arguments: str) -> None:
    result = call("asset", "materialize", "-f", "shop.py", "--select", select, *arguments)
    assert result.exit_code == 0, result.output


def test_the_cause_of_staleness_is_told_and_what_is_stale_upstream(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    assert why("report") == "report is missing\n"
    make("orders,revenue,report")
    assert why("report") == "report is fresh\n"
    folder.write("shop.py", SHOP.replace('@asset(code_version="1")\ndef orders', '@asset(code_version="2")\ndef orders'))
    assert why("orders") == "orders is stale\n  code: orders has a new code version\n"
    make("orders")
    assert why("revenue") == "revenue is stale\n  data: orders has a new data version\n"
    assert why("report") == "report is fresh\nStale upstream: revenue\n"


def test_partitions_are_counted_and_the_stale_ones_are_told(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    make("stock", "--partition", "north")
    folder.write("shop.py", SHOP.replace('code_version="1", partitions_def', 'code_version="2", partitions_def'))
    make("stock", "--partition", "south")
    assert why("stock").splitlines() == [
        "stock: 1 fresh, 1 stale, 1 missing partitions",
        "stock [north] is stale",
        "  code: stock [north] has a new code version",
    ]
    assert why("stock", "--partition", "west") == "stock [west] is missing\n"


def test_the_same_is_told_as_json(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    make("orders,revenue")
    folder.write("shop.py", SHOP.replace("deps=[orders]", "deps=[]"))
    [told] = json.loads(why("revenue", "--json"))["standing"]
    assert told == {
        "partition": None,
        "status": "STALE",
        "causes": [
            {
                "key": "revenue",
                "partition": None,
                "category": "DEPENDENCIES",
                "reason": "removed dependency on orders",
                "dependency": "orders",
                "dependency_partition": None,
                "sentence": "revenue removed dependency on orders",
            }
        ],
    }


def test_what_is_not_there_is_refused(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    assert 'Asset "stock" has no partition east.' in why("stock", "--partition", "east", exit_code=1)
    assert 'Asset "orders" has no partitions, so it has no partition x.' in why("orders", "--partition", "x", exit_code=1)
    assert '"order"' in why("order", exit_code=1)
