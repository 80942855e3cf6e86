import json

import pytest

from dagster_tests.cli.commands import call
from dagster_tests.workspace.projects import Folder

TABLE = """
import dagster as dg

class Table(dg.Component, dg.Model, dg.Resolvable):
    name: str
    rows: int = 3

    def build_defs(self, context):
        @dg.asset(name=self.name)
        def table() -> int:
            return self.rows

        return dg.Definitions(assets=[table])
"""
WRITTEN = "type: PROJECT.tables.Table\nattributes:\n  name: \"{{ 'or' ~ 'ders' }}\"\n"
TOTALS = """
import dagster as dg

@dg.asset
def totals(orders: int) -> int:
    return orders + 1

daily = dg.ScheduleDefinition("daily", target="*", cron_schedule="@daily")
"""


def project(folder: Folder, name: str, written: str = WRITTEN) -> None:
    """A project of `dg` whose definitions are all in its folder; each test's package has a name of its own."""
    folder.write("pyproject.toml", f'[tool.dg]\ndirectory_type = "project"\n[tool.dg.project]\nroot_module = "{name}"\n')
    folder.write(f"{name}/tables.py", TABLE)
    folder.write(f"{name}/defs/raw/defs.yaml", written.replace("PROJECT", name))
    folder.write(f"{name}/defs/totals.py", TOTALS)


def test_a_project_of_dg_is_validated(folder: Folder) -> None:
    project(folder, "dg_validated")
    result = call("definitions", "validate")
    assert (result.exit_code, result.output.splitlines()[0]) == (0, "dg_validated.defs: 2 assets, 1 schedule. Valid.")


def test_its_assets_are_listed_and_materialized(folder: Folder) -> None:
    project(folder, "dg_listed")
    listed = json.loads(call("asset", "list", "--json").stdout)
    assert sorted(each["key"] for each in listed) == ["orders", "totals"]
    assert call("asset", "materialize", "--select", "*").exit_code == 0


@pytest.mark.parametrize(
    ("name", "written", "sentence"),
    [
        ("dg_bad_key", WRITTEN + "  rowz: 1\n", "4: attributes.rowz: Nothing of this name may be written here. Close: 'rows'."),
        ("dg_bad_value", WRITTEN + "  rows: [1]\n", "4: attributes.rows: Input should be a valid integer, found [1]."),
        (
            "dg_bad_type",
            "type: PROJECT.tables.Tabel\n",
            "1: type: The module \"dg_bad_type.tables\" has no 'Tabel'. Close: 'Table'.",
        ),
    ],
)
def test_what_is_wrong_with_a_component_file_is_said_with_file_line_and_key(
    folder: Folder, name: str, written: str, sentence: str
) -> None:
    project(folder, name, written)
    result = call("definitions", "validate")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (1, f"{name}/defs/raw/defs.yaml:{sentence}")


def test_what_code_of_a_component_raises_is_told_with_its_line(folder: Folder) -> None:
    project(folder, "dg_raising")
    folder.write("dg_raising/tables.py", TABLE.replace("@dg.asset(name=self.name)", "1 / 0"))
    result = call("definitions", "validate")
    assert result.stderr.splitlines()[-1] == "dg_raising/tables.py:8: ZeroDivisionError: division by zero"
