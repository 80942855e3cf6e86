"""The files of a new project, as text."""

from __future__ import annotations

from collections.abc import Mapping

_PYPROJECT = """\
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "$name"
version = "0.1.0"
requires-python = ">=3.10"
dependencies = ["dagster"]

[project.optional-dependencies]
dev = ["pytest"]

[tool.setuptools]
packages = ["$package"]

# Where `dagster` finds the project when it is called in this folder.
[tool.dagster]
module_name = "$package.definitions"
code_location_name = "$package"

[tool.pytest.ini_options]
pythonpath = ["."]
"""

_README = """\
# $name

A project of data assets.

    pip install -e ".[dev]"
    dagster definitions validate          # is everything that is declared right?
    dagster asset list
    dagster asset materialize --select '*'
    pytest

| file | holds |
|---|---|
| `$package/assets.py` | the assets: a function for each |
| `$package/definitions.py` | what the project consists of: assets, and later jobs, schedules, resources |
| `${package}_tests/` | tests: a function that makes an asset is called like any other |

Set the environment variable `DAGSTER_HOME` to a folder to keep the history of runs and the values there.
"""

_INIT = '''\
"""The project $name."""
'''

_ASSETS = '''\
"""The assets of $name. The two here are an example: replace them by your own."""

import dagster as dg


@dg.asset(group_name="orders")
def orders() -> list[dict]:
    """Orders as they came in. Read them from where they are: a file, a table, an API."""
    return [
        {"customer": "Ada", "amount": 12.50},
        {"customer": "Grace", "amount": 30.00},
        {"customer": "Ada", "amount": 7.50},
    ]


@dg.asset(group_name="orders")
def revenue_per_customer(context: dg.AssetExecutionContext, orders: list[dict]) -> dict[str, float]:
    """What each customer has paid in all."""
    revenue: dict[str, float] = {}
    for order in orders:
        revenue[order["customer"]] = revenue.get(order["customer"], 0.0) + order["amount"]
    context.add_output_metadata({"customers": len(revenue), "total": sum(revenue.values())})
    return revenue
'''

_DEFINITIONS = '''\
"""What the project consists of."""

import dagster as dg

from $package import assets

defs = dg.Definitions(assets=dg.load_assets_from_modules([assets]))
'''

_TESTS_INIT = '''\
"""Tests of the project $name."""
'''

_TEST_ASSETS = """\
import dagster as dg

from $package.assets import orders, revenue_per_customer
from $package.definitions import defs


def test_amounts_of_one_customer_are_added_up():
    given = [{"customer": "Ada", "amount": 1.0}, {"customer": "Ada", "amount": 2.0}]
    assert revenue_per_customer(dg.build_asset_context(), given) == {"Ada": 3.0}


def test_all_assets_are_made_from_each_other():
    result = dg.materialize_to_memory([orders, revenue_per_customer])
    assert result.output_for_node("revenue_per_customer") == {"Ada": 20.0, "Grace": 30.0}


def test_the_project_holds_its_assets():
    assert {key.to_user_string() for key in defs.resolve_all_asset_keys()} == {"orders", "revenue_per_customer"}
"""

_FILES: Mapping[str, str] = {
    "pyproject.toml": _PYPROJECT,
    "README.md": _README,
    "$package/__init__.py": _INIT,
    "$package/assets.py": _ASSETS,
    "$package/definitions.py": _DEFINITIONS,
    "${package}_tests/__init__.py": _TESTS_INIT,
    "${package}_tests/test_assets.py": _TEST_ASSETS,
}


def project_files(name: str, package: str) -> dict[str, str]:
    """Relative path -> text, for a project of this name whose Python package is `package`."""
    from string import Template

    values = {"name": name, "package": package}
    return {Template(path).substitute(values): Template(text).substitute(values) for path, text in _FILES.items()}
