import ast
import json
import subprocess
import sys
from importlib import import_module

import dagster.components
from dagster_tests.house.repository import package_of, public_names


def imports_for_type_checkers() -> dict[str, str]:
    module = ast.parse((package_of("dagster") / "components/__init__.py").read_text())
    nodes = [node for block in module.body if isinstance(block, ast.If) for node in block.body]
    return {
        alias.asname or alias.name: node.module or ""
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_the_table_and_the_typing_block_agree() -> None:
    assert imports_for_type_checkers() == dagster.components._EXPORTS


def test_every_name_is_public_here_and_most_stand_in_dagster_too() -> None:
    prefix = "dagster.components."
    expected = {name.removeprefix(prefix) for name in public_names() if name.startswith(prefix)}
    assert sorted(expected - set(dagster.components.__all__)) == []
    both = set(dagster.components.__all__) & set(dagster.__all__)
    assert [name for name in both if getattr(dagster, name) is not getattr(dagster.components, name)] == []


def test_import_dagster_loads_nothing_of_the_room() -> None:
    program = (
        "import dagster, json, sys; print(json.dumps([m for m in sys.modules if m.startswith('dagster.') or m == 'jinja2']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["dagster.version"]


def test_paths_of_before_lead_to_the_same_objects() -> None:
    assert import_module("dagster.components.resolved.model").Resolver is dagster.Resolver
    assert import_module("dagster.components.core.context").ComponentLoadContext is dagster.ComponentLoadContext
