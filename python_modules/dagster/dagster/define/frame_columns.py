"""What is looked for in the columns of dataframes, the same for pandas and polars. Neither is imported here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple, Protocol, cast

from dagster.errors import DagsterInvariantViolationError


class Extent(NamedTuple):
    """How many values lie outside of a range, and the smallest and the largest of all; None for a column without values."""

    outside: int
    lowest: Any
    highest: Any


class Columns(Protocol):
    """A dataframe, as far as checks look at it. A value that is no number (NaN) counts as missing."""

    @property
    def names(self) -> Sequence[str]:
        """Of its columns."""
        ...

    @property
    def row_count(self) -> int:
        """How many rows it has."""
        ...

    def missing(self, name: str) -> int:
        """How many values of a column are missing."""
        ...

    def duplicates(self, names: Sequence[str]) -> int:
        """How many rows have the values of an earlier row in these columns; rows in which one is missing do not count."""
        ...

    def extent(self, name: str, low: Any, high: Any) -> Extent:
        """Where the values of a column lie; both ends are inside, None is no end."""
        ...


def columns_of(value: object, of_what: str) -> Columns:
    """A dataframe, or the dataframes of several partitions as one.

    Raises:
        DagsterInvariantViolationError: it is something else.
    """
    frames: list[Any] = list(cast("Mapping[str, Any]", value).values()) if isinstance(value, Mapping) else [value]
    kinds: set[type[object]] = {type(frame) for frame in frames}
    libraries = {kind.__module__.partition(".")[0] for kind in kinds if hasattr(kind, "columns")}
    if libraries == {"pandas"}:
        return _PandasColumns(frames)
    if libraries == {"polars"}:
        return _PolarsColumns(frames)
    kind: type[object] = type(cast("object", value))
    found = f"{kind.__module__}.{kind.__qualname__}"
    raise DagsterInvariantViolationError(
        f"The checks of {of_what} look at dataframes of pandas and polars, or at those of several partitions. Found {found}. "
        "Write a check for it with @asset_check."
    )


class _PandasColumns:
    def __init__(self, frames: list[Any]) -> None:
        pandas: Any = import_module("pandas")
        self._frame: Any = pandas.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]

    @property
    def names(self) -> Sequence[str]:
        return [str(name) for name in self._frame.columns]

    @property
    def row_count(self) -> int:
        return len(self._frame)

    def missing(self, name: str) -> int:
        return int(self._frame[name].isna().sum())

    def duplicates(self, names: Sequence[str]) -> int:
        wanted = list(names)
        return int(self._frame[wanted].dropna().duplicated().sum())

    def extent(self, name: str, low: Any, high: Any) -> Extent:
        values = self._frame[name].dropna()
        if not len(values):
            return Extent(0, None, None)
        outside = int((values < low).sum()) if low is not None else 0
        outside += int((values > high).sum()) if high is not None else 0
        return Extent(outside, _plain(values.min()), _plain(values.max()))


class _PolarsColumns:
    def __init__(self, frames: list[Any]) -> None:
        polars: Any = import_module("polars")
        whole = [frame.collect() if isinstance(frame, polars.LazyFrame) else frame for frame in frames]
        self._frame: Any = polars.concat(whole) if len(whole) > 1 else whole[0]

    @property
    def names(self) -> Sequence[str]:
        return list(self._frame.columns)

    @property
    def row_count(self) -> int:
        return int(self._frame.height)

    def _present(self, name: str) -> Any:
        values = self._frame.get_column(name)
        values = values.drop_nulls()
        return values.drop_nans() if values.dtype.is_float() else values

    def missing(self, name: str) -> int:
        return self.row_count - len(self._present(name))

    def duplicates(self, names: Sequence[str]) -> int:
        wanted = self._frame.select(names)
        floats = [name for name in names if wanted.get_column(name).dtype.is_float()]
        wanted = wanted.drop_nulls().drop_nans(subset=floats) if floats else wanted.drop_nulls()
        return int(wanted.height - wanted.unique().height)

    def extent(self, name: str, low: Any, high: Any) -> Extent:
        values = self._present(name)
        if not len(values):
            return Extent(0, None, None)
        outside = int((values < low).sum()) if low is not None else 0
        outside += int((values > high).sum()) if high is not None else 0
        return Extent(outside, _plain(values.min()), _plain(values.max()))


def _plain(value: Any) -> Any:
    """A number of Python; what is none as text."""
    plain = value.item() if hasattr(value, "item") else value
    return plain if isinstance(plain, (int, float)) else str(plain)
