"""How a value is written into a file, and how a file says what it holds.

    parquet     a dataframe                 begins with `PAR1`
    json        what `exact_json` takes     begins with one of `{ [ " t f n -` or a digit, none of which begins a pickle
    pickle      everything else             any other byte; files of other writers are read as well

So each file can also be read by the ordinary means of its format.
Source: the opcodes of the standard library's pickletools.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import partial
from typing import IO, Any, Literal, Union

from dagster.errors import DagsterInvariantViolationError
from dagster.io.exact_json import exact_json, read_json
from dagster.io.frames import Library, converted, exact_table, library_of, read_table, table_of, write_table

FormatName = Literal["auto", "json", "parquet", "pickle"]
Content = Union[bytes, Callable[[IO[bytes]], object]]

_PICKLE_PROTOCOL = 5
_JSON_STARTS = frozenset(b'{["tfn-0123456789')


def content_of(value: object, format_name: FormatName) -> Content:
    """What to write: the bytes, or a function that writes them into an open file.

    Raises:
        DagsterInvariantViolationError: the format that was asked for cannot hold the value.
    """
    if format_name == "pickle":
        return partial(_pickle, value)
    if format_name == "parquet":
        if library_of(type(value)) is None:
            raise _refusal(value, "parquet", "it is no dataframe of pandas, polars or pyarrow")
        return partial(write_table, table_of(value))
    text = exact_json(value)
    if text is not None:
        return text
    if format_name == "json":
        raise _refusal(value, "json", "reading it back would not give the same value of the same type")
    table = exact_table(value)
    return partial(_pickle, value) if table is None else partial(write_table, table)


def _refusal(value: object, format_name: str, why: str) -> DagsterInvariantViolationError:
    return DagsterInvariantViolationError(
        f'A value of {type(value)} cannot be stored with format="{format_name}": {why}. Use format="auto" or "pickle".'
    )


def _pickle(value: object, file: IO[bytes]) -> None:
    try:
        pickle.dump(value, file, protocol=_PICKLE_PROTOCOL)
    except (AttributeError, ImportError, RecursionError, TypeError, pickle.PicklingError) as cause:
        raise DagsterInvariantViolationError(
            f"A value of {type(value)} cannot be stored: pickle says {type(cause).__name__}: {cause}. "
            "Return a value that can be pickled, or give the asset an IO manager of its own with `io_manager_key`."
        ) from cause


def read_value(file: IO[bytes], wanted: Library | None = None) -> Any:
    """The value of an open file at its beginning; a dataframe as the `wanted` library's, by default as it was stored."""
    start = file.read(4)
    file.seek(0)
    if start == b"PAR1":
        return read_table(file, wanted)
    if start[:1] and start[0] in _JSON_STARTS:
        return read_json(file.read())
    value = pickle.load(file)
    return converted(value, wanted) if wanted else value
