"""The examples in the docstrings of the room."""

import doctest
import importlib

import pytest

from dagster_tests.house.test_examples import FLAGS, names_of_a_user

MODULES = [
    "dynamic",
    "fixed_windows",
    "key_ranges",
    "loading",
    "mappings",
    "multi",
    "multi_keys",
    "static",
    "static_mappings",
    "subsets",
    "time_windows",
    "window_mappings",
    "windows",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    module = importlib.import_module(f"dagster.partitions.{name}")
    failed, tried = doctest.testmod(module, globs={**names_of_a_user(), **vars(module)}, optionflags=FLAGS)
    assert (failed, tried > 0) == (0, True)
