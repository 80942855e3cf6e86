"""The examples in the docstrings of the room."""

import doctest
import importlib

import pytest

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
    failed, tried = doctest.testmod(importlib.import_module(f"dagster.partitions.{name}"))
    assert (failed, tried > 0) == (0, True)
