import ast
import json
import subprocess
import sys
from pathlib import Path

import dagster_pipes

PACKAGE = Path(dagster_pipes.__file__).parent
# What costs time, and a script that only reports does not need.
NOT_FOR_ALL = {"argparse", "asyncio", "email", "inspect", "subprocess", "tempfile", "traceback", "unittest", "urllib"}


def imports_for_type_checkers() -> dict[str, str]:
    module = ast.parse((PACKAGE / "__init__.py").read_text())
    (block,) = (node.body for node in module.body if isinstance(node, ast.If))
    return {
        alias.asname or alias.name: node.module or ""
        for node in block
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def modules_loaded_by(program: str) -> set[str]:
    script = f"import sys, json\nbefore = set(sys.modules)\n{program}\nprint(json.dumps(sorted(set(sys.modules) - before)))"
    command = [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = [{str(PACKAGE.parent)!r}]\n{script}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_the_table_and_the_typing_block_agree() -> None:
    assert imports_for_type_checkers() == dagster_pipes._EXPORTS


def test_the_table_and_all_agree() -> None:
    assert sorted(dagster_pipes.__all__) == sorted(dagster_pipes._EXPORTS)


def test_every_name_of_the_table_resolves() -> None:
    assert [name for name in dagster_pipes.__all__ if not hasattr(dagster_pipes, name)] == []


def test_importing_the_package_loads_the_table_and_nothing_else() -> None:
    assert modules_loaded_by("import dagster_pipes") == {"__future__", "dagster_pipes", "dagster_pipes.version"}


def test_a_session_is_opened_without_what_only_some_need() -> None:
    program = """
from dagster_pipes import PipesContext, PipesDefaultContextLoader, PipesDefaultMessageWriter
from dagster_pipes import PipesMappingParamsLoader, encode_param
params = {"DAGSTER_PIPES_CONTEXT": encode_param({"data": {"run_id": "f3a"}})}
PipesMappingParamsLoader(params).load_context_params()
PipesContext, PipesDefaultContextLoader, PipesDefaultMessageWriter
"""
    assert modules_loaded_by(program) & NOT_FOR_ALL == set()
