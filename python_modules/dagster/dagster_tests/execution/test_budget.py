"""How much of ours one small run touches: what a reader of a stack trace or a profile has to know.

A function counts when a frame of it begins and its code lies in the package `dagster`, each once. What has no name of its own (a
lambda, a comprehension) belongs to the function around it. A class of ours counts when a method of it runs: a frame begins whose
`self` or `cls` is of it. Values that only carry fields run no code of ours; they are printed beside the rest. Counted the same
way, with its own library for records, the reference touches 1364 functions and 181 classes.
"""

import logging
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

from dagster import asset, materialize
from dagster_tests.house.repository import package_of

FUNCTIONS, CLASSES = 450, 45
PACKAGE = f"{package_of('dagster')}{os.sep}"


class Touched:
    """The functions and classes of ours that ran."""

    def __init__(self) -> None:
        self.functions: set[CodeType] = set()
        self.classes: set[type] = set()
        self.values: set[type] = set()

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(PACKAGE):
            return
        if not code.co_name.startswith("<"):
            self.functions.add(code)
        for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]:
            given = frame.f_locals.get(name)
            kind = given if isinstance(given, type) else type(given)
            if kind.__module__.partition(".")[0] == "dagster":
                (self.classes if name in ("self", "cls") else self.values).add(kind)


@contextmanager
def profiled(touched: Touched) -> Generator[None]:
    before = sys.getprofile()
    sys.setprofile(touched)
    try:
        yield
    finally:
        sys.setprofile(before)


def two_assets() -> Any:
    @asset
    def orders():
        return [1, 2, 3]

    @asset
    def total(orders):
        return sum(orders)

    return materialize([orders, total])


def test_two_assets_in_process_the_second_time_stay_in_budget() -> None:
    touched = Touched()
    logging.disable()
    try:
        two_assets()
        with profiled(touched):
            result = two_assets()
    finally:
        logging.disable(logging.NOTSET)
    assert result.output_for_node("total") == 6
    functions, classes = len(touched.functions), len(touched.classes)
    print(f"\n{functions} functions, {classes} classes, {len(touched.values - touched.classes)} kinds of values handed on")
    assert functions <= FUNCTIONS, sorted(f"{code.co_filename}:{code.co_name}" for code in touched.functions)
    assert classes <= CLASSES, sorted(f"{kind.__module__}.{kind.__qualname__}" for kind in touched.classes)
