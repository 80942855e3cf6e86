import ast
from importlib import import_module

import dagster
from dagster_tests.house.repository import package_of, public_names, waiting_names


def exports() -> dict[str, str]:
    """The table of the package: public name -> module that defines it."""
    return dagster._EXPORTS


def imports_for_type_checkers() -> dict[str, str]:
    """Public name -> module, as the `if TYPE_CHECKING:` block of the package says it."""
    module = ast.parse((package_of("dagster") / "__init__.py").read_text())
    blocks = [
        node.body
        for node in module.body
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    ]
    return {
        alias.asname or alias.name: node.module or ""
        for body in blocks
        for node in body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def is_here(name: str) -> bool:
    """Whether a dotted name of the public API can be imported; without a module it is one of `dagster`."""
    module, _, attribute = name.rpartition(".")
    try:
        return hasattr(import_module(module or "dagster"), attribute)
    except ImportError:
        return False


def test_no_module_bears_the_name_of_a_public_object() -> None:
    modules = {path.stem for path in package_of("dagster").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert modules & public_names().keys() == set()


def test_the_table_and_the_typing_block_agree() -> None:
    assert imports_for_type_checkers() == exports()


def test_the_table_and_all_agree() -> None:
    assert sorted(dagster.__all__) == sorted(exports())


def test_every_name_of_the_table_resolves() -> None:
    assert [name for name in exports() if not hasattr(dagster, name)] == []


OF_OUR_OWN = {"CachePolicy", "CodeVersion", "FailedStep", "build_dataframe_checks"}


def test_only_names_of_the_public_api_are_exported_and_a_few_of_our_own() -> None:
    assert exports().keys() - public_names().keys() == OF_OUR_OWN


def test_the_heart_of_the_api_is_here_but_for_the_names_that_wait() -> None:
    expected = {name for name, tier in public_names().items() if tier in {"A", "B"}} - waiting_names().keys()
    assert sorted(name for name in expected if not is_here(name)) == []


def test_no_name_waits_that_is_here() -> None:
    assert sorted(name for name in waiting_names() if is_here(name)) == []


def test_only_names_of_the_heart_of_the_api_wait() -> None:
    assert sorted(name for name in waiting_names() if public_names().get(name) not in {"A", "B"}) == []


def test_dir_lists_the_public_names() -> None:
    assert set(dagster.__all__) <= set(dir(dagster))


def test_an_unknown_name_is_not_there() -> None:
    assert not hasattr(dagster, "no_such_name")
