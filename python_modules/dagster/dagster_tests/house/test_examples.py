"""Every example in the docstring of a public name runs and shows what it says."""

import ast
import doctest
import enum
import inspect
import os
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import dagster
import dagster.components
from dagster import Definitions, JobDefinition, asset, define_asset_job, graph, job, op
from dagster_tests.house.repository import names_that_users_meet

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL


@asset
def orders() -> list[int]:
    return [1, 2, 3]


@asset
def customers() -> list[str]:
    return ["ada", "grace"]


@op
def one() -> int:
    return 1


@op
def add(a: int, b: int) -> int:
    return a + b


@graph
def doubled(n: Any) -> Any:
    return add(n, n)


@job
def nightly() -> None:
    add(one(), one())


def job_named(name: str) -> JobDefinition:
    return doubled.to_job(name, input_values={"n": 1})


class Client:
    """Stands for a class of a library of the user."""

    def __init__(self, *arguments: Any) -> None:
        self.arguments = arguments


def names_of_a_user() -> dict[str, Any]:
    """What examples may use without saying it."""
    public = {name: getattr(dagster, name) for name in dagster.__all__}
    project = Definitions(assets=[orders, customers], jobs=[define_asset_job("nightly")])
    own = {"orders": orders, "customers": customers, "defs": project, "Client": Client, "Connection": Client}
    ops = {"one": one, "add": add, "doubled": doubled}
    jobs = {"nightly": nightly, "job_named": job_named}
    return {**public, **own, **ops, **jobs, "contextmanager": contextmanager, "enum": enum, "Path": Path, "os": os}


# Public name -> module that defines it, of the public submodules too.
HOMES = {**dagster._EXPORTS, **dagster.components._EXPORTS}


def texts_after_assignments(module: ModuleType) -> dict[str, str]:
    """What stands as a string below `name = ...` in a module, by name: the documentation of constants."""
    body = ast.parse(inspect.getsource(module)).body
    return {
        ast.unparse(above.targets[0]): str(below.value.value)
        for above, below in pairwise(body)
        if isinstance(above, ast.Assign) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
    }


def examples_of(name: str) -> list[doctest.DocTest]:
    """The examples in the documentation of a public name and, if it is a class, of its public methods."""
    module = import_module(HOMES[name])
    documented = getattr(module, name)
    text = texts_after_assignments(module).get(name)
    if text is not None:
        return [doctest.DocTestParser().get_doctest(text, {}, name, module.__file__, 0)]
    if not (inspect.isroutine(documented) or inspect.isclass(documented)):
        documented = type(documented)
    finder = doctest.DocTestFinder(recurse=True, exclude_empty=True)
    return [each for each in finder.find(documented, name, module=module, globs={}) if each.examples]


def owed_names() -> list[str]:
    """The names that users meet. `Any` is documented by Python."""
    return sorted(names_that_users_meet() & set(dagster.__all__) - {"Any"})


@cache
def all_examples() -> list[doctest.DocTest]:
    """The examples of all public names, each object once."""
    distinct = {id(getattr(import_module(module), name)): name for name, module in reversed(HOMES.items())}
    return [each for name in sorted(distinct.values()) for each in examples_of(name)]


def test_each_public_name_that_users_meet_has_an_example() -> None:
    assert [name for name in owed_names() if name not in {each.name for each in examples_of(name)}] == []


@pytest.mark.parametrize("example", all_examples(), ids=lambda example: example.name)
def test_the_example_of_a_public_name_holds(example: doctest.DocTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    example.globs = names_of_a_user()
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=FLAGS).run(example, out=said.append, clear_globs=False)
    assert result.failed == 0, "".join(said)
