"""How much of ours one small run touches: what a reader of a stack trace or a profile has to know.

A function counts when a frame of it begins and its code lies in the package `dagster`; each once, whatever it is called with;
comprehensions and lambdas count as functions where the interpreter gives them frames. A class counts when a method of it runs on
an instance of it. Counted the same way, the reference touches 1587 functions and 116 classes.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

import dagster
from dagster import asset, materialize
from dagster_tests.house.repository import package_of

FUNCTIONS, CLASSES = 450, 45
PACKAGE = str(package_of("dagster"))


class Touched:
    """The functions and classes of ours that ran."""

    def __init__(self) -> None:
        self.functions: set[CodeType] = set()
        self.classes: set[type] = set()

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(PACKAGE):
            return
        self.functions.add(code)
        if code.co_argcount and code.co_varnames[0] == "self":
            kind = type(frame.f_locals.get("self"))
            if kind.__module__.partition(".")[0] == "dagster":
                self.classes.add(kind)


@contextmanager
def profiled(touched: Touched) -> Iterator[None]:
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
    logging.disable()
    touched = Touched()
    try:
        two_assets()
        with profiled(touched):
            result = two_assets()
    finally:
        logging.disable(logging.NOTSET)
    assert result.output_for_node("total") == 6
    print(f"\n{len(touched.functions)} functions, {len(touched.classes)} classes of dagster {dagster.__version__}")
    assert len(touched.functions) <= FUNCTIONS, sorted(f"{code.co_filename}:{code.co_qualname}" for code in touched.functions)
    assert len(touched.classes) <= CLASSES, sorted(f"{kind.__module__}.{kind.__qualname__}" for kind in touched.classes)
