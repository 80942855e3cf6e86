from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster_tests.cli.commands import call
from dagster_tests.contracts.storage_facts import written
from dagster_tests.workspace.projects import Folder


def test_the_history_of_an_asset_goes_to_another_key(folder: Folder) -> None:
    with DagsterInstance.get() as instance:
        instance.append([written("", "orders", "x"), written("", "orders", "y")])
    result = call("asset", "move", "orders", '["sales", "orders"]')
    assert (result.exit_code, result.stdout) == (0, "Moved 2 events of orders to sales/orders.\n")
    with DagsterInstance.get() as instance:
        assert [key.to_user_string() for key in instance.all_asset_keys()] == ["sales/orders"]


def test_it_says_where_the_values_stay(folder: Folder) -> None:
    folder.write("shop.py", "import dagster as dg\n@dg.asset\ndef orders():\n    return 1\n")
    assert call("asset", "materialize", "-f", "shop.py", "--select", "orders").exit_code == 0
    with DagsterInstance.get() as instance:
        [record] = instance.fetch_materializations(AssetKey("orders"), limit=1).records
    assert record.asset_materialization is not None
    path = record.asset_materialization.metadata["path"].value
    result = call("asset", "move", "orders", "sales")
    assert f"the latest one at {path}. Before they are read as sales, move them" in result.stdout


def test_what_cannot_be_moved_is_refused(folder: Folder) -> None:
    with DagsterInstance.get() as instance:
        instance.append([written("", "orders")])
    unknown = call("asset", "move", "order", "sales")
    assert (unknown.exit_code, unknown.stderr) == (1, "Nothing is known of an asset order. Close: orders.\n")
    same = call("asset", "move", "orders", '["orders"]')
    assert same.exit_code == 2
    assert "the same key" in same.stderr
