import ast
import sys

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from dagster_tests.house.repository import DISTRIBUTIONS, ROOT, home_of, package_of

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

API_LEVEL = "1.13.27"


def version_of(distribution: str) -> str:
    """The version as setuptools reads it: from the source, without importing it."""
    module = ast.parse((package_of(distribution) / "version.py").read_text())
    (value,) = (node.value for node in module.body if isinstance(node, ast.Assign))
    return ast.literal_eval(value)


def requirements_of(distribution: str) -> list[Requirement]:
    project = tomllib.loads((home_of(distribution) / "pyproject.toml").read_text())["project"]
    return [Requirement(line) for line in project["dependencies"]]


def test_all_distributions_bear_one_version() -> None:
    assert len({version_of(name) for name in DISTRIBUTIONS}) == 1


def test_an_integration_pinned_to_the_api_level_accepts_ours() -> None:
    assert Requirement(f"dagster=={API_LEVEL}").specifier.contains(version_of("dagster"))
    assert Version(version_of("dagster")).local


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_a_distribution_requires_its_siblings_at_exactly_its_version(distribution: str) -> None:
    siblings = [requirement for requirement in requirements_of(distribution) if requirement.name in DISTRIBUTIONS]
    assert {str(requirement.specifier) for requirement in siblings} <= {f"=={version_of('dagster')}"}


def test_each_constraint_is_a_name_and_one_version() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    requirements = [Requirement(line) for line in lines]
    assert all(len(r.specifier) == 1 and str(r.specifier).startswith("==") and not r.url for r in requirements)
    assert sorted(r.name for r in requirements) == [r.name for r in requirements]


def test_what_a_distribution_requires_is_constrained() -> None:
    pinned = {Requirement(line).name for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")}
    required = {requirement.name for name in DISTRIBUTIONS for requirement in requirements_of(name)}
    assert required - pinned - set(DISTRIBUTIONS) == set()


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_a_distribution_ships_the_licence_of_the_repository(distribution: str) -> None:
    assert (home_of(distribution) / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
