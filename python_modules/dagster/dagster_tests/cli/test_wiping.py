import pytest
from click.testing import Result

from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster_tests.cli.commands import call as call_any
from dagster_tests.contracts.storage_facts import a_run, written
from dagster_tests.workspace.projects import Folder


def call(*arguments: str, exit_code: int = 0, **how: str) -> Result:
    result = call_any(*arguments, **how)
    assert result.exit_code == exit_code, result.output
    return result


@pytest.fixture
def history(folder: Folder) -> Folder:
    with DagsterInstance.get() as instance:
        instance.add_run(a_run(run_id="r1"), [written("r1", "orders", "x"), written("r1", ["sales", "daily"])])
        instance.append([written("", "orders", "y")])
    return folder


def keys() -> list[str]:
    with DagsterInstance.get() as instance:
        return [key.to_user_string() for key in instance.all_asset_keys()]


def test_an_asset_is_forgotten_by_either_form_of_its_key(history: Folder) -> None:
    assert call("asset", "wipe", "orders", "--noprompt").stdout == "Forgotten: orders.\n"
    assert keys() == ["sales/daily"]
    call("asset", "wipe", '["sales", "daily"]', "--noprompt")
    assert keys() == []


def test_all_assets_are_forgotten_at_once(history: Folder) -> None:
    call("asset", "wipe", "--all", "--noprompt")
    assert keys() == []


def test_a_partition_is_forgotten_alone(history: Folder) -> None:
    call("asset", "wipe", "orders", "--partition", "x", "--noprompt")
    with DagsterInstance.get() as instance:
        assert instance.get_materialized_partitions(AssetKey("orders")) == {"y"}


def test_an_unknown_asset_is_refused_with_what_is_close(history: Folder) -> None:
    refused = call("asset", "wipe", "order", "--noprompt", exit_code=1)
    assert refused.stderr.strip() == "Nothing is known of an asset order. Close: orders."


def test_nothing_goes_without_the_word(history: Folder) -> None:
    for command in (["asset", "wipe", "--all"], ["run", "delete", "r1"], ["run", "wipe"]):
        refused = call(*command, input="yes\n", exit_code=1)
        assert "Type DELETE" in refused.stderr
        assert refused.stderr.endswith("Nothing was deleted.\n")
    assert keys() == ["orders", "sales/daily"]


def test_a_run_is_deleted_with_what_only_it_said(history: Folder) -> None:
    call("run", "delete", "r1", input="DELETE\n")
    assert keys() == ["orders"]
    assert "There is no run r1." in call("run", "delete", "r1", exit_code=1).stderr


def test_all_runs_are_deleted(history: Folder) -> None:
    call("run", "wipe", "--force")
    assert keys() == []
    assert call("run", "list", "--json").stdout == "[]\n"


@pytest.mark.parametrize("arguments", [[], ["--all", "orders"], ["orders", "other", "--partition", "x"]])
def test_an_unclear_choice_is_a_wrong_use(history: Folder, arguments: list[str]) -> None:
    call("asset", "wipe", *arguments, exit_code=2)


SHOP = """
from upath import UPath
from dagster import IOManager, StaticPartitionsDefinition, UPathIOManager, asset

class Nowhere(IOManager):
    def handle_output(self, context, obj): ...
    def load_input(self, context): ...

@asset
def orders():
    return 1

@asset(partitions_def=StaticPartitionsDefinition(["x", "y"]))
def parted():
    return 2

@asset(io_manager_def=Nowhere())
def elsewhere():
    return 3

class Folders(UPathIOManager):
    def dump_to_path(self, context, obj, path):
        path.mkdir()
        (path / "part").write_text(str(obj))
    def load_from_path(self, context, path): ...

@asset(io_manager_def=Folders(UPath("folders")))
def pictures():
    return 4
"""


def stored(folder: Folder) -> list[str]:
    storage = folder.path.parent / "home" / "storage"
    return sorted(str(path.relative_to(storage)) for path in storage.rglob("*") if path.is_file() and path.name[0] != ".")


@pytest.fixture
def shop(folder: Folder) -> Folder:
    folder.write("shop.py", SHOP)
    call("asset", "materialize", "-f", "shop.py", "--select", "orders,elsewhere")
    for partition in ("x", "y"):
        call("asset", "materialize", "-f", "shop.py", "--select", "parted", "--partition", partition)
    assert stored(folder) == ["orders", "parted/x", "parted/y"]
    return folder


def test_values_stay_unless_they_are_to_go(shop: Folder) -> None:
    call("asset", "wipe", "orders", "--noprompt")
    assert stored(shop) == ["orders", "parted/x", "parted/y"]


def test_values_go_with_what_is_known_of_them(shop: Folder) -> None:
    call("asset", "wipe", "parted", "--partition", "x", "--values", "-f", "shop.py", "--noprompt")
    assert stored(shop) == ["orders", "parted/y"]
    call("asset", "wipe", "orders", "parted", "--values", "-f", "shop.py", "--noprompt")
    assert stored(shop) == []
    assert keys() == ["elsewhere"]


def test_a_value_that_is_a_folder_goes_too(shop: Folder) -> None:
    call("asset", "materialize", "-f", "shop.py", "--select", "pictures")
    assert (shop.path / "folders" / "pictures" / "part").exists()
    call("asset", "wipe", "pictures", "--values", "-f", "shop.py", "--noprompt")
    assert not (shop.path / "folders" / "pictures").exists()


def test_a_value_that_its_manager_cannot_delete_is_kept_and_known(shop: Folder) -> None:
    refused = call("asset", "wipe", "elsewhere", "--values", "-f", "shop.py", "--noprompt", exit_code=1)
    assert "Nowhere, which has no method `delete_output(context)`" in refused.stderr
    assert "elsewhere" in keys()
