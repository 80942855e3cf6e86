"""Does a function that writes a value also look at the earlier one? Read from its compiled code, once per function.

A function that only writes gets an empty place to write to. One that may read, append to or remove the earlier value
finds a copy of it there. One that walks through the folders around its path gets the real path. Names are looked for in
the function and in what it calls of its own package, three calls deep. A name too many costs a copy, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any, Literal

Use = Literal["writes", "looks", "roams"]

_LOOKS_BY_NAME = frozenset(
    [
        "exists",
        "isfile",
        "is_file",
        "isdir",
        "is_dir",
        "lexists",
        "stat",
        "lstat",
        "getsize",
        "getmtime",
        "access",
        "unlink",
        "remove",
        "rmtree",
        "touch",
        "copyfile",
        "copy2",
        "connect",
        "HDFStore",
        "to_hdf",
        "File",
        "memmap",
        "mmap",
        "shelve",
        "dbm",
        "zarr",
        "DeltaTable",
        "write_deltalake",
        "subprocess",  # another program may append
        "Popen",
        "check_call",
        "check_output",
        "system",
    ]
)
_LOOKS_BY_PREFIX = ("read", "load", "scan_", "open_")
_LOOKS_BY_TEXT = frozenset(
    ["a", "ab", "at", "a+", "ab+", "a+b", "r", "rb", "rt", "r+", "rb+", "r+b", "x", "xb", "append", "update", "upsert", "merge"]
)
_LISTS = frozenset({"glob", "iglob", "rglob", "iterdir", "listdir", "scandir", "walk", "ls"})
_DEPTH_LIMIT = 3


@lru_cache(maxsize=256)
def use_of_the_old_value(manager_class: type[Any], method_name: str) -> Use:
    """How a method that writes a value treats the earlier one: `"roams"` if it may also look around in other folders."""
    names: set[str] = set()
    texts: set[str] = set()
    for code in _codes(getattr(manager_class, method_name), manager_class):
        names.update(code.co_names)
        texts.update(constant for constant in code.co_consts if isinstance(constant, str))
    if "parents" in names or ("parent" in names and names & _LISTS):
        return "roams"
    if names & (_LOOKS_BY_NAME | _LISTS) or texts & _LOOKS_BY_TEXT:
        return "looks"
    return "looks" if any(name.startswith(_LOOKS_BY_PREFIX) for name in names) else "writes"


def _codes(function: object, manager_class: type[Any]) -> Iterator[CodeType]:
    """The code of a function, of functions inside of it and of those of its package that it names."""
    seen: set[CodeType] = set()
    waiting = [(function, 0)]
    while waiting:
        current, depth = waiting.pop()
        current = getattr(current, "__wrapped__", current)
        if not isinstance(current, FunctionType) or current.__code__ in seen:
            continue
        for code in _nested(current.__code__):
            seen.add(code)
            yield code
            if depth < _DEPTH_LIMIT:
                waiting += [(found, depth + 1) for found in _named_functions(current, code, manager_class)]
        waiting += [(cell, depth + 1) for cell in _closed_over(current)]


def _nested(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _nested(constant)


def _named_functions(function: FunctionType, code: CodeType, manager_class: type[Any]) -> Iterator[object]:
    package = function.__module__.partition(".")[0]
    for name in code.co_names:
        found = function.__globals__.get(name) or getattr(manager_class, name, None)
        module = getattr(found, "__module__", None)
        if isinstance(found, FunctionType) and isinstance(module, str) and module.partition(".")[0] == package != "dagster":
            yield found


def _closed_over(function: FunctionType) -> Iterator[object]:
    for cell in function.__closure__ or ():
        try:
            yield cell.cell_contents
        except ValueError:  # not bound yet
            continue
