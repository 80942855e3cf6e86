"""How much of ours one small run touches: what a reader of a stack trace or a profile has to know.

A function counts when a frame of it begins and its code lies in the package `dagster`; each once, whatever it is called with;
comprehensions and lambdas count as functions where the interpreter gives them frames. A class counts when such a frame has an
instance of it, or the class itself, as its first parameter, or when an instance that the run leaves behind (its result and what
can be reached from it) is made of it: values without methods are classes to know too. Only classes of ours count.
"""

import gc
import logging
import sys
from collections.abc import Callable, Iterator
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
        if code.co_argcount:
            first = frame.f_locals.get(code.co_varnames[0])
            self.add_class(first if isinstance(first, type) else type(first))

    def add_class(self, kind: type) -> None:
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


def reachable(start: object) -> Iterator[object]:
    """Everything that can be reached from an object without passing through modules, functions or classes."""
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        each = waiting.pop()
        if id(each) not in seen and not isinstance(each, type | Callable | type(sys)):  # pyright: ignore[reportArgumentType]
            seen.add(id(each))
            waiting.extend(gc.get_referents(each))
            yield each


def two_assets() -> Any:
    @asset
    def orders() -> list[int]:
        return [1, 2, 3]

    @asset
    def total(orders: list[int]) -> int:
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
    for each in reachable(result):
        touched.add_class(type(each))
    print(f"\n{len(touched.functions)} functions, {len(touched.classes)} classes of dagster {dagster.__version__}")
    assert len(touched.functions) <= FUNCTIONS, sorted(f"{code.co_filename}:{code.co_qualname}" for code in touched.functions)
    assert len(touched.classes) <= CLASSES, sorted(f"{kind.__module__}.{kind.__qualname__}" for kind in touched.classes)
