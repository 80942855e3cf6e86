"""Every example in the docstring of a public name runs and shows what it says."""

import doctest
import inspect
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import dagster_pipes

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL


class Client:
    """Stands for a client of a vendor's library."""


def names_of_a_user() -> dict[str, Any]:
    """What examples may use without saying it."""
    public = {name: getattr(dagster_pipes, name) for name in dagster_pipes.__all__}
    return {**public, "Client": Client, "Path": Path, "contextmanager": contextmanager, "io": io, "json": json, "os": os}


def public_objects() -> dict[str, Any]:
    named = {name: getattr(dagster_pipes, name) for name in dagster_pipes.__all__}
    return {name: each for name, each in named.items() if inspect.isclass(each) or inspect.isfunction(each)}


def examples() -> Iterator[doctest.DocTest]:
    finder = doctest.DocTestFinder(recurse=True, exclude_empty=True)
    for name, documented in public_objects().items():
        module = sys.modules[documented.__module__]
        yield from (each for each in finder.find(documented, name, module=module, globs={}) if each.examples)


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.name)
def test_the_example_of_a_public_name_holds(
    example: doctest.DocTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["script.py"])
    monkeypatch.setattr(dagster_pipes.PipesContext, "_instance", None)
    example.globs = names_of_a_user()
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=FLAGS).run(example, out=said.append, clear_globs=False)
    assert result.failed == 0, "".join(said)


@pytest.mark.parametrize("name", public_objects())
def test_a_public_name_has_a_docstring_with_an_example(name: str) -> None:
    assert ">>> " in (public_objects()[name].__doc__ or "")
