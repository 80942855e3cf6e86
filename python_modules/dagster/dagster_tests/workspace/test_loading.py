import sys

import pytest

from dagster import Definitions
from dagster.errors import DagsterCodeLocationError, DagsterUserCodeLoadError
from dagster.workspace.loading import CodeLocation, load
from dagster.workspace.targets import CodeTarget
from dagster_tests.workspace.projects import Folder

TWO_ASSETS = """
from dagster import Definitions, asset

@asset
def orders():
    return [1]

@asset
def revenue(orders):
    return 1
"""


def loaded(name: str, **options: str) -> CodeLocation:
    return load(CodeTarget(source="python_file", name=name, **options))  # pyright: ignore[reportArgumentType]


def keys(location: CodeLocation) -> list[str]:
    return sorted(key.to_user_string() for key in location.project.graph.keys)


def test_the_only_definitions_object_is_found(folder: Folder) -> None:
    folder.write("shop.py", TWO_ASSETS + "anything = Definitions([orders])\n")
    assert keys(loaded("shop.py")) == ["orders"]


def test_one_object_under_two_names_is_one_object(folder: Folder) -> None:
    folder.write("shop.py", TWO_ASSETS + "first = second = Definitions([orders])\n")
    assert keys(loaded("shop.py")) == ["orders"]


def test_two_definitions_objects_are_refused_at_the_second(folder: Folder) -> None:
    folder.write("shop.py", TWO_ASSETS + "first = Definitions([orders])\nsecond = Definitions([orders])\n")
    with pytest.raises(DagsterCodeLocationError, match=r'"first".*and "second"') as refused:
        loaded("shop.py")
    assert refused.value.place == "shop.py:11"


def test_an_attribute_chooses_among_them(folder: Folder) -> None:
    folder.write("shop.py", TWO_ASSETS + "first = Definitions([orders])\nsecond = Definitions([orders, revenue])\n")
    assert keys(loaded("shop.py", attribute="second")) == ["orders", "revenue"]


def test_an_attribute_may_be_a_function(folder: Folder) -> None:
    folder.write("shop.py", TWO_ASSETS + "def make():\n    return Definitions([orders])\n")
    assert keys(loaded("shop.py", attribute="make")) == ["orders"]


def test_an_attribute_of_another_kind_is_refused(folder: Folder) -> None:
    folder.write("shop.py", TWO_ASSETS + "number = 3\n")
    with pytest.raises(DagsterCodeLocationError, match="must be a Definitions object") as refused:
        loaded("shop.py", attribute="number")
    assert refused.value.place == "shop.py:10"


def test_an_unknown_attribute_names_close_ones(folder: Folder) -> None:
    folder.write("shop.py", TWO_ASSETS + "definitions = Definitions([orders])\n")
    with pytest.raises(DagsterCodeLocationError, match="Close: 'definitions'"):
        loaded("shop.py", attribute="definition")


def test_without_definitions_the_loose_assets_are_taken_alone_and_in_lists(folder: Folder) -> None:
    folder.write("shop.py", TWO_ASSETS + "both = [orders, revenue]\ndel orders\n")
    assert keys(loaded("shop.py")) == ["orders", "revenue"]


def test_a_module_without_anything_is_refused(folder: Folder) -> None:
    folder.write("shop.py", "x = 1\n")
    with pytest.raises(DagsterCodeLocationError, match=r'No definitions in "shop.py"'):
        loaded("shop.py")


def test_a_file_is_a_module_of_its_own_name(folder: Folder) -> None:
    folder.write("code/shop.py", TWO_ASSETS + "name = __name__\n")
    loaded("code/shop.py")
    assert sys.modules["shop"].name == "shop"


def test_a_file_does_not_take_the_name_of_a_module_in_use(folder: Folder) -> None:
    import json

    folder.write("json.py", TWO_ASSETS)
    assert keys(loaded("json.py")) == ["orders", "revenue"]
    assert sys.modules["json"] is json


def test_two_files_of_one_name_are_two_locations(folder: Folder) -> None:
    folder.write("a/shop.py", TWO_ASSETS)
    folder.write("b/shop.py", TWO_ASSETS + "defs = Definitions([orders])\n")
    assert [keys(loaded("a/shop.py")), keys(loaded("b/shop.py"))] == [["orders", "revenue"], ["orders"]]


def test_local_modules_are_looked_up_in_the_current_directory(folder: Folder) -> None:
    folder.write("tables_here.py", "N = 1\n")
    folder.write("code/shop.py", "import tables_here\n" + TWO_ASSETS)
    assert keys(loaded("code/shop.py")) == ["orders", "revenue"]


def test_local_modules_are_looked_up_in_the_working_directory(folder: Folder) -> None:
    folder.write("code/tables_there.py", "N = 1\n")
    folder.write("code/shop.py", "import tables_there\n" + TWO_ASSETS)
    assert keys(loaded("code/shop.py", working_directory="code")) == ["orders", "revenue"]


def test_a_module_of_a_package_imports_relatively(folder: Folder) -> None:
    folder.write("shop_package/__init__.py", "")
    folder.write("shop_package/assets.py", TWO_ASSETS)
    folder.write(
        "shop_package/definitions.py",
        "from dagster import Definitions\nfrom .assets import orders\ndefs = Definitions([orders])\n",
    )
    location = load(CodeTarget(source="python_module", name="shop_package.definitions"))
    assert (location.name, keys(location)) == ("shop_package.definitions", ["orders"])


def test_a_module_that_is_not_there_says_where_it_was_looked_for(folder: Folder) -> None:
    with pytest.raises(DagsterCodeLocationError, match=str(folder.path)):
        load(CodeTarget(source="python_module", name="nowhere.definitions"))


def test_what_a_module_fails_to_import_is_its_own_error(folder: Folder) -> None:
    folder.write("shop_code.py", "import nowhere_at_all\n")
    with pytest.raises(DagsterUserCodeLoadError) as failed:
        load(CodeTarget(source="python_module", name="shop_code"))
    assert isinstance(failed.value.user_exception, ModuleNotFoundError)


def test_a_file_that_failed_is_not_left_half_imported(folder: Folder) -> None:
    folder.write("shop_half.py", "x = 1\nraise ValueError\n")
    with pytest.raises(DagsterUserCodeLoadError):
        loaded("shop_half.py")
    assert "shop_half" not in sys.modules


def test_code_that_exits_is_an_error(folder: Folder) -> None:
    folder.write("shop_exits.py", "import sys\nsys.exit(3)\n")
    with pytest.raises(DagsterUserCodeLoadError, match=r"sys.exit\(3\)"):
        loaded("shop_exits.py")


def test_a_location_is_called_as_asked_or_as_its_code(folder: Folder) -> None:
    names = [
        CodeTarget(source="python_file", name="/x/shop.py").location,
        CodeTarget(source="python_file", name="shop.py", attribute="defs").location,
        CodeTarget(source="python_module", name="shop.definitions").location,
        CodeTarget(source="python_module", name="shop.definitions", location_name="sales").location,
    ]
    assert names == ["shop.py", "shop.py:defs", "shop.definitions", "sales"]


def test_the_loaded_definitions_are_the_users_object(folder: Folder) -> None:
    folder.write("shop.py", TWO_ASSETS + "defs = Definitions([orders])\n")
    location = loaded("shop.py")
    assert isinstance(location.definitions, Definitions)
    assert location.definitions is sys.modules["shop"].defs


def test_a_repository_is_a_project(folder: Folder) -> None:
    folder.write("shop.py", TWO_ASSETS + "from dagster import repository\n\n@repository\ndef shop():\n    return [orders]\n")
    assert keys(loaded("shop.py")) == ["orders"]
    assert keys(loaded("shop.py", attribute="shop")) == ["orders"]


def test_a_directory_in_the_place_of_a_file_says_what_to_name(folder: Folder) -> None:
    (folder.path / "code").mkdir()
    for file, advice in [("", "Name a file in it."), ("shop.py", "-f code/shop.py"), ("pyproject.toml", "-d code.")]:
        if file:
            (folder.path / "code" / file).touch()
        with pytest.raises(DagsterCodeLocationError, match=advice):
            loaded("code")


def test_a_folder_of_definitions_is_loaded_by_its_files(folder: Folder) -> None:
    folder.write("shop_of_files/defs/orders.py", "from dagster import AssetSpec\norders = AssetSpec('orders')\n")
    folder.write("shop_of_files/defs/more/defs.yaml", "type: dagster.DefinitionsComponent\nattributes: {path: revenue.py}\n")
    folder.write("shop_of_files/defs/more/revenue.py", "from dagster import AssetSpec\nrevenue = AssetSpec('revenue')\n")
    target = CodeTarget(source="autoload_defs_module", name="shop_of_files.defs")
    assert keys(load(target)) == ["orders", "revenue"]


def test_a_function_that_loads_a_folder_is_called(folder: Folder) -> None:
    folder.write("pyproject.toml", '[tool.dg.project]\nroot_module = "shop_of_function"\n')
    folder.write("shop_of_function/__init__.py", "")
    folder.write("shop_of_function/defs/__init__.py", "")
    folder.write("shop_of_function/defs/orders.py", "from dagster import AssetSpec\norders = AssetSpec('orders')\n")
    folder.write(
        "shop_of_function/definitions.py",
        """
        from pathlib import Path
        from dagster import definitions, load_from_defs_folder

        @definitions
        def defs():
            return load_from_defs_folder(path_within_project=Path(__file__).parent)
        """,
    )
    assert keys(load(CodeTarget(source="python_module", name="shop_of_function.definitions"))) == ["orders"]
