import pytest

from dagster_tests.cli.commands import call
from dagster_tests.workspace.projects import Folder

SHOP = """
from dagster import asset

@asset
def orders():
    return {"mon": 3}
"""


def test_the_stored_value_goes_to_stdout_and_what_is_known_of_it_to_stderr(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    call("asset", "materialize", "-f", "shop.py", "--select", "*")
    result = call("asset", "show", "orders", "-f", "shop.py")
    assert result.stdout == "{'mon': 3}\n"
    assert result.stderr.startswith("orders, materialized ")


def test_an_asset_without_a_value_says_what_to_do(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    result = call("asset", "show", "orders", "-f", "shop.py")
    assert result.exit_code == 1
    assert "dagster asset materialize -f shop.py --select 'orders'" in result.stderr.splitlines()[-1]


def test_a_partition_of_an_asset_without_any_is_refused(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    result = call("asset", "show", "orders", "-f", "shop.py", "--partition", "monday")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].endswith("none of these has partitions: orders.")


def test_a_table_shows_its_first_rows(folder: Folder) -> None:
    pytest.importorskip("pandas")
    folder.write(
        "shop.py",
        """
        import pandas as pd
        from dagster import asset

        @asset
        def orders():
            return pd.DataFrame({"day": ["mon", "tue", "wed"], "total": [3, 4, 5]})
        """,
    )
    call("asset", "materialize", "-f", "shop.py", "--select", "*")
    result = call("asset", "show", "orders", "-f", "shop.py", "--rows", "2")
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["day", "total"],
        ["mon", "3"],
        ["tue", "4"],
        ["2", "of", "3", "rows"],
    ]
