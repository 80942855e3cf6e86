"""Every example in the docstring of a public name runs and shows what it says."""

import doctest
import enum
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dagster
from dagster import Definitions, JobDefinition, asset, define_asset_job, graph, job, op

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
    return {**public, **own, **ops, **jobs, "enum": enum, "Path": Path, "os": os}


def examples() -> Iterator[doctest.DocTest]:
    """The docstrings with examples of all public names and of their public methods, each object once."""
    finder = doctest.DocTestFinder(recurse=True, exclude_empty=True)
    seen: set[int] = set()
    for name in dagster.__all__:
        documented = getattr(dagster, name)
        module = sys.modules.get(getattr(documented, "__module__", None) or "")
        if id(documented) in seen or module is None or not module.__name__.startswith("dagster."):
            continue
        seen.add(id(documented))
        yield from (each for each in finder.find(documented, name, module=module, globs={}) if each.examples)


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.name)
def test_the_example_of_a_public_name_holds(example: doctest.DocTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    example.globs = names_of_a_user()
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=FLAGS).run(example, out=said.append, clear_globs=False)
    assert result.failed == 0, "".join(said)
