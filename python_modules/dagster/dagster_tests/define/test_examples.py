"""The examples in the docstrings of config, types and resources."""

import doctest
import enum
import importlib
from pathlib import Path

import pytest

import dagster as dg

MODULES = [
    "config.configs",
    "config.env",
    "config.fields",
    "config.files",
    "config.run_config",
    "config.secrets",
    "config.sources",
    "config.types",
    "define.configurable_resources",
    "define.configured",
    "define.io_managers",
    "define.resource_annotations",
    "define.resource_building",
    "define.resource_contexts",
    "define.resource_values",
    "define.resources",
    "define.type_checks",
    "define.type_families",
    "define.type_loaders",
    "define.type_resolution",
    "define.types",
    "io.configurable",
]


class Client:
    """Stands in the examples for a class of the user."""

    def __init__(self, *args):
        self.args = args


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    module = importlib.import_module(f"dagster.{name}")
    known = {each: getattr(dg, each) for each in dg.__all__}
    names = {**known, "enum": enum, "Path": Path, "Client": Client, "Connection": Client, **vars(module)}
    failed, tried = doctest.testmod(module, extraglobs=names, optionflags=doctest.ELLIPSIS)
    assert (failed, tried > 0) == (0, True)
