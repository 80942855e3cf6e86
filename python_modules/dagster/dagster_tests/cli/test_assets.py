import json

from dagster_tests.cli.commands import call
from dagster_tests.workspace.projects import Folder

SHOP = '''
from dagster import AssetSpec, Definitions, asset

@asset(group_name="sales", kinds={"python", "csv"}, owners=["team:shop"], code_version="3")
def orders():
    """Everything that was ordered.

    Read from the shop."""
    return [1, 2, 3]

@asset(deps=[orders, "weather"], key_prefix="daily")
def revenue():
    return 6

defs = Definitions([orders, revenue, AssetSpec("weather", description="Made by others.")])
'''


def lines(*arguments: str) -> list[list[str]]:
    """The cells of each printed line, which are two spaces or more apart."""
    result = call("asset", "list", "-f", "shop.py", *arguments)
    assert result.exit_code == 0, result.output
    return [[cell for cell in line.split("  ") if cell] for line in result.stdout.splitlines()]


def test_a_line_per_asset_in_the_order_of_their_keys(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    table = [[cell.strip() for cell in line] for line in lines()]
    assert table == [
        ["ASSET", "GROUP", "KINDS", "DEPENDS ON", "DESCRIPTION"],
        ["daily/revenue", "default", "orders, weather"],
        ["orders", "sales", "csv, python", "Everything that was ordered."],
    ]


def test_a_selection_chooses_among_them(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    assert [line[0].strip() for line in lines("--select", "group:sales")[1:]] == ["orders"]
    assert [line[0].strip() for line in lines("--select", "orders, daily/revenue")[1:]] == ["daily/revenue", "orders"]


def test_assets_that_others_make_are_listed_when_they_are_selected(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    assert [line[0].strip() for line in lines("--select", "weather")[1:]] == ["weather"]


def test_json_holds_what_there_is_to_know(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    result = call("asset", "list", "-f", "shop.py", "--select", "orders", "--json")
    assert json.loads(result.stdout) == [
        {
            "key": "orders",
            "group": "sales",
            "kinds": ["csv", "python"],
            "deps": [],
            "description": "Everything that was ordered.\n\nRead from the shop.",
            "owners": ["team:shop"],
            "tags": {},
            "code_version": "3",
            "is_executable": True,
            "is_partitioned": False,
            "location": "shop.py",
            "last_materialization": None,
        }
    ]


def test_the_last_materialization_is_shown_where_there_is_a_history(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    call("asset", "materialize", "-f", "shop.py", "--select", "orders")
    [asset] = json.loads(call("asset", "list", "-f", "shop.py", "--select", "orders", "--json").stdout)
    [run] = json.loads(call("run", "list", "--json").stdout)
    assert asset["last_materialization"]["run_id"] == run["run_id"]
    assert "LAST MATERIALIZED" in call("asset", "list", "-f", "shop.py").stdout


def test_several_locations_are_named(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    folder.write("stock.py", "from dagster import asset\n\n@asset\ndef stock(): ...\n")
    result = call("asset", "list", "-f", "shop.py", "-f", "stock.py")
    assert [line.split()[-1] for line in result.stdout.splitlines()] == ["LOCATION", "shop.py", "shop.py", "stock.py"]


def test_without_options_the_project_of_the_directory_is_meant(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    folder.write("pyproject.toml", '[tool.dagster]\nmodule_name = "shop"\n')
    assert "daily/revenue" in call("asset", "list").stdout


def test_the_environment_may_name_the_code(folder: Folder, monkeypatch) -> None:
    folder.write("code/shop.py", SHOP)
    monkeypatch.setenv("DAGSTER_MODULE_NAME", "shop")
    monkeypatch.setenv("DAGSTER_WORKING_DIRECTORY", "code")
    assert "daily/revenue" in call("asset", "list").stdout


def test_two_ways_to_name_code_exclude_each_other(folder: Folder) -> None:
    result = call("asset", "list", "-f", "shop.py", "-m", "shop")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        "Error: -f and -m exclude each other: name the code in one way.",
    )


def test_no_code_at_all_is_a_wrong_usage(folder: Folder) -> None:
    result = call("asset", "list")
    assert result.exit_code == 2
    assert "Name a file with -f" in result.stderr


def test_an_unknown_selection_gets_one_sentence(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    result = call("asset", "list", "-f", "shop.py", "--select", "orderz")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[-1].endswith("No asset \"orderz\". Close: 'orders'.")


def test_a_selection_that_cannot_be_read_is_pointed_at(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    result = call("asset", "list", "-f", "shop.py", "--select", "orders and (")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0].strip() == "orders and ("
    assert len(result.stderr.splitlines()) == 3


def test_a_directory_that_is_not_there_is_a_wrong_usage(folder: Folder) -> None:
    folder.write("shop.py", "from dagster import asset")
    result = call("asset", "list", "-f", "shop.py", "-d", "nowhere")
    assert result.exit_code == 2
    assert "Directory 'nowhere' does not exist" in result.stderr
