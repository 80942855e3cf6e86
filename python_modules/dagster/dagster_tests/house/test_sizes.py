import ast
import re
from pathlib import Path

from dagster_tests.house.repository import ROOT, committed_files, library_modules, package_of

MODULE_LINES = 600
TEST_LINES = 800
FUNCTION_LINES = 60
# "Example:" in a docstring, the blank line above it and the lines that are indented further.
EXAMPLE = re.compile(r"^\n( *)Example:\n(?:\1 .*\n|\n(?=\1 ))+", re.MULTILINE)
NAMES_THAT_SAY_NOTHING = {"utils", "util", "common", "base", "helpers", "helper", "misc"}


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first statement after the docstring to the end: a public signature is as wide as the API says."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def long_functions(path: Path) -> list[str]:
    tree = ast.parse(path.read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [f"{path.relative_to(ROOT)}:{node.lineno} {node.name}" for node in functions if body_lines(node) > FUNCTION_LINES]


def lines_without_examples(path: Path) -> int:
    """The length of the story. Examples in docstrings are tests; they stand where the reader looks for them."""
    return len(EXAMPLE.sub("", path.read_text()).splitlines())


def longer_than(limit: int, paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths if len(path.read_text().splitlines()) > limit]


def test_a_module_tells_one_story() -> None:
    # The package's own table of names is as long as the API is wide, and statements are written by a program.
    package = package_of("dagster")
    written = {package / "__init__.py", *(package / "storage" / "statements").iterdir()}
    modules = [path for path in library_modules() if path not in written]
    assert [str(path.relative_to(ROOT)) for path in modules if lines_without_examples(path) > MODULE_LINES] == []


def test_a_test_file_stops_at_its_limit() -> None:
    tests = [path for path in committed_files() if path.suffix == ".py" and path.name.startswith("test_")]
    assert longer_than(TEST_LINES, tests) == []


def test_a_function_fits_the_eye() -> None:
    assert [line for path in library_modules() for line in long_functions(path)] == []


def test_a_module_is_named_for_what_it_holds() -> None:
    assert [str(path.relative_to(ROOT)) for path in library_modules() if path.stem in NAMES_THAT_SAY_NOTHING] == []
