import ast
import json
import subprocess
import sys
from pathlib import Path

from dagster_tests.house.repository import home_of, library_modules, package_of

# Each costs more to import than the first run of a small project does.
HEAVY = {
    "alembic",
    "click",
    "dataclasses",
    "fsspec",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "pydantic",
    "rich",
    "sqlalchemy",
    "upath",
}

ONE_ASSET = """
from dagster import Definitions, asset, materialize

@asset
def one() -> int:
    return 1

defs = Definitions(assets=[one])
assert materialize([one]).success
"""


def modules_loaded_by(program: str) -> set[str]:
    """What `program` adds to `sys.modules` in a fresh interpreter without site-packages hooks."""
    script = f"import sys, json\nbefore = set(sys.modules)\n{program}\nprint(json.dumps(sorted(set(sys.modules) - before)))"
    path = [str(home_of("dagster")), str(home_of("dagster-pipes")), *sys.path]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {path!r}\n{script}"], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def imports_of_the_package_root(path: Path) -> list[str]:
    """Lines where a module of the package imports `dagster` itself: the table, which would join all floors."""
    modules = {entry.stem for entry in package_of("dagster").iterdir()}
    return [
        f"{path.relative_to(package_of('dagster'))}:{node.lineno}"
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.ImportFrom) and node.module == "dagster" and not {a.name for a in node.names} <= modules)
        or (isinstance(node, ast.Import) and any(alias.name == "dagster" for alias in node.names))
    ]


def test_import_dagster_loads_the_table_and_nothing_else() -> None:
    ours = {name for name in modules_loaded_by("import dagster") if name.partition(".")[0].startswith("dagster")}
    assert ours <= {"dagster", "dagster.version"}


def test_import_dagster_loads_no_module_of_a_third_party() -> None:
    foreign = {name.partition(".")[0] for name in modules_loaded_by("import dagster")} - {"dagster"}
    assert foreign - set(sys.stdlib_module_names) == set()


def test_one_asset_is_declared_and_run_without_a_heavy_library() -> None:
    assert modules_loaded_by(ONE_ASSET) & HEAVY == set()


def test_no_module_imports_the_package_root() -> None:
    modules = [path for path in library_modules() if package_of("dagster") in path.parents]
    assert [line for path in modules for line in imports_of_the_package_root(path)] == []
