import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec

import pytest

import dagster as dg
from dagster.old_paths import OldHomeError, find


def test_names_and_modules_are_imported_from_a_package() -> None:
    from dagster._core.definitions import asset, events  # pyright: ignore[reportMissingImports]

    assert asset is dg.asset
    assert events.AssetKey is dg.AssetKey


def test_a_path_gives_also_public_names_that_had_another_home() -> None:
    assert import_module("dagster._core.definitions.events").Definitions is dg.Definitions


def test_a_private_path_is_an_attribute_of_the_package() -> None:
    assert dg._core.errors.DagsterError is dg.DagsterError  # pyright: ignore[reportAttributeAccessIssue]


def test_the_other_distribution_leads_here() -> None:
    assert import_module("dagster_shared.utils.warnings").BetaWarning is dg.BetaWarning
    assert import_module("dagster_shared").DagsterError is dg.DagsterError


def test_errors_and_tags_are_handed_on_whole() -> None:
    assert issubclass(import_module("dagster._core.errors").DagsterRunAlreadyExists, dg.DagsterError)
    assert import_module("dagster._core.storage.tags").PRIORITY_TAG == "dagster/priority"


def test_a_name_without_a_public_one_says_what_to_write() -> None:
    with pytest.raises(ImportError, match='"dagster._time" gives no "dst_safe_fmt".* Write instead: `datetime'):
        exec("from dagster._time import dst_safe_fmt")


def test_a_module_below_a_refused_one_is_refused_with_its_advice() -> None:
    with pytest.raises(ImportError, match=r'no module "dagster._grpc.types".* Write instead: the methods of'):
        import_module("dagster._grpc.types")


def test_a_package_gives_what_the_modules_below_it_give() -> None:
    assert import_module("dagster._core.definitions.metadata").TableMetadataSet(row_count=1).row_count == 1
    assert import_module("dagster._utils").non_secure_md5_hash_str(b"") == "d41d8cd98f00b204e9800998ecf8427e"


def test_a_misspelt_name_is_told_the_public_one() -> None:
    with pytest.raises(OldHomeError, match=r"Close: dagster.AssetKey\."):
        exec("from dagster._core.definitions import AsetKey")


def test_a_module_that_is_not_there_is_refused_as_missing() -> None:
    with pytest.raises(
        ModuleNotFoundError, match='no module "dagster._core.definitions.evens".*Close: dagster._core.definitions.events'
    ):
        import_module("dagster._core.definitions.evens")


def test_other_private_modules_are_left_to_python() -> None:
    assert find("dagster._nothing_of_this_kind") is None
    assert find_spec("dagster._nothing_of_this_kind") is None
    assert not hasattr(dg, "_nothing_of_this_kind")


def test_names_that_python_asks_for_are_not_imports() -> None:
    assert not hasattr(import_module("dagster._core.errors"), "__wrapped__")


@pytest.mark.parametrize("statement", ["import dagster._core.errors", "from dagster_shared.error import DagsterError"])
def test_a_project_may_begin_with_a_private_path(statement: str) -> None:
    subprocess.run([sys.executable, "-c", statement], check=True, capture_output=True)


def test_the_tables_are_not_loaded_with_the_package() -> None:
    program = "import sys, dagster; sys.exit('dagster.old_paths' in sys.modules or 'dagster.old_homes' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
