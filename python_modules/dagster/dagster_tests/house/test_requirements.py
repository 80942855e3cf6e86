import ast
import sys
from pathlib import Path

from dagster_tests.house.repository import DISTRIBUTIONS, package_of
from dagster_tests.house.test_versions import requirements_of

DISTRIBUTION_OF_MODULE = {
    "yaml": "pyyaml",
    "upath": "universal-pathlib",
    "typing_extensions": "typing-extensions",
    "graphql": "graphql-core",
    "prometheus_client": "prometheus-client",
    "pydantic_core": "pydantic-core",
}
# Asked for where a user's value or setting is of them.
OPTIONAL = {"numpy", "pandas", "polars", "psycopg", "pyarrow"}

# Imported by the standard library, which has no time zones of its own on some systems, and by uvicorn, which is told a name.
BY_OTHERS = {"tzdata", "websockets"}


def imported_by(path: Path) -> set[str]:
    """First names of the modules that a file imports, at whatever level."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.partition(".")[0] for name in plain | named}


def third_parties_of(distribution: str) -> set[str]:
    imported = {name for path in package_of(distribution).rglob("*.py") for name in imported_by(path)}
    foreign = imported - sys.stdlib_module_names - {name.replace("-", "_") for name in DISTRIBUTIONS} - {"tomllib"}
    return {DISTRIBUTION_OF_MODULE.get(name, name) for name in foreign}


def test_what_the_packages_import_is_what_they_require() -> None:
    required = {name: {each.name for each in requirements_of(name)} - {*DISTRIBUTIONS, *BY_OTHERS} for name in DISTRIBUTIONS}
    assert {name: third_parties_of(name) - OPTIONAL for name in DISTRIBUTIONS} == required
