import ast
from importlib import import_module

import pytest

import dagster
from dagster.old_homes import INSTEAD, OLD_HOMES
from dagster_tests.house.repository import ROOT, library_modules, public_names


def names_of(path: str) -> list[tuple[str, str]]:
    pairs = (entry.partition("=") for entry in OLD_HOMES[path].split())
    return [(name, module) for name, _, module in pairs]


def imported_modules(text: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(text)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def test_the_tables_are_sorted_and_all_paths_are_private() -> None:
    assert all(path.startswith(("dagster._", "dagster.components.", "dagster_shared")) for path in [*OLD_HOMES, *INSTEAD])
    assert [names for names in OLD_HOMES.values() if len(set(names.split())) != len(names.split())] == []


def test_each_name_without_a_module_is_a_name_of_the_public_api() -> None:
    plain = {name for path in OLD_HOMES for name, module in names_of(path) if not module}
    assert sorted(plain - public_names().keys()) == []


@pytest.mark.parametrize("path", sorted(OLD_HOMES))
def test_what_is_here_stands_at_its_old_path(path: str) -> None:
    old = import_module(path)
    for name, module in names_of(path):
        if module and name != "*":
            assert getattr(old, name) is getattr(import_module(module), name)
        elif name in dagster.__all__:
            assert getattr(old, name) is getattr(dagster, name)


def test_an_advice_is_given_for_paths_that_are_there() -> None:
    assert sorted(INSTEAD.keys() - OLD_HOMES.keys()) == []


def test_nothing_of_ours_imports_a_private_path() -> None:
    paths = {
        f"{path.relative_to(ROOT)}: {module}"
        for path in library_modules()
        for module in imported_modules(path.read_text())
        if module.startswith(("dagster._", "dagster_shared"))
    }
    assert sorted(paths) == []
