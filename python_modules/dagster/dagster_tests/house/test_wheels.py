import email
import email.message
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from dagster_tests.house.repository import DISTRIBUTIONS, home_of, package_of
from dagster_tests.house.test_versions import requirements_of, version_of

pytestmark = pytest.mark.slow

IMPORT_ALL = """
import dagster, dagster_graphql, dagster_pipes, dagster_shared, dagster_webserver
from importlib.metadata import version
for package in (dagster, dagster_graphql, dagster_pipes, dagster_webserver):
    assert package.__version__ == version(package.__name__.replace("_", "-")), package
    assert "site-packages" in (package.__file__ or ""), package.__file__
"""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The wheel of each distribution, built from a copy so that the checkout stays clean."""
    return {name: build(name, tmp_path_factory.mktemp(name)) for name in DISTRIBUTIONS}


def build(distribution: str, directory: Path) -> Path:
    source = directory / "source"
    shutil.copytree(home_of(distribution), source, ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info"))
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(directory), str(source)],
        check=True,
    )
    (wheel,) = directory.glob("*.whl")
    return wheel


def metadata_of(wheel: Path) -> email.message.Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(archive.read(name))


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_a_wheel_says_what_it_is(wheels: dict[str, Path], distribution: str) -> None:
    metadata = metadata_of(wheels[distribution])
    assert (metadata["Name"], metadata["Version"]) == (distribution, version_of(distribution))
    assert metadata["License-Expression"] == "Apache-2.0"
    required = [Requirement(line) for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert {str(each) for each in required} == {str(each) for each in requirements_of(distribution)}


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_a_wheel_holds_the_package_its_types_and_the_licence_only(wheels: dict[str, Path], distribution: str) -> None:
    package = distribution.replace("-", "_")
    with zipfile.ZipFile(wheels[distribution]) as archive:
        names = archive.namelist()
    old_paths = {"dagster_shared"} if distribution == "dagster" else set()
    assert {name.split("/")[0] for name in names} == {package, f"{package}-{version_of(distribution)}.dist-info", *old_paths}
    assert f"{package}/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_a_wheel_holds_every_module_of_the_package(wheels: dict[str, Path], distribution: str) -> None:
    modules = {str(path.relative_to(home_of(distribution))) for path in package_of(distribution).rglob("*.py")}
    with zipfile.ZipFile(wheels[distribution]) as archive:
        assert modules - set(archive.namelist()) == set()


def test_the_wheels_install_and_import_in_a_fresh_environment(wheels: dict[str, Path], tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv/bin/python"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    install = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, *map(str, wheels.values())], check=True, env=environment)
    subprocess.run([str(python), "-c", IMPORT_ALL], check=True, env=environment, cwd=tmp_path)
    assert (tmp_path / "venv/bin/dagster").exists()
