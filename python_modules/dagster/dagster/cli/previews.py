"""A stored value as a few lines. Dataframes are told by what they can do, so that no dataframe library is imported here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from dagster.cli.tables import Column

_CELL_AT_MOST = 40
_TEXT_AT_MOST = 4000


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown of a value: a table, and lines below it."""

    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()


def preview(value: Any, rows: int) -> Preview:
    """A preview of any value; of a table the first `rows` rows."""
    library = type(value).__module__.partition(".")[0]
    if library == "pandas" and hasattr(value, "columns"):
        return _pandas(value, rows)
    if library == "polars" and hasattr(value, "columns") and hasattr(value, "rows"):
        return _table(list(value.columns), [list(row) for row in value.head(rows).rows()], value.height)
    if library == "pyarrow" and hasattr(value, "column_names"):
        head = value.slice(0, rows).to_pylist()
        return _table(value.column_names, [[row[name] for name in value.column_names] for row in head], value.num_rows)
    if isinstance(value, (bytes, bytearray)):
        return Preview(lines=(f"{len(value):,} bytes",))
    return Preview(lines=tuple(_as_text(value).splitlines()))


def _pandas(frame: Any, rows: int) -> Preview:
    """A dataframe with its index, unless that only counts the rows."""
    counts_only = frame.index.name is None and type(frame.index).__name__ == "RangeIndex"
    head = frame.head(rows)
    head = head if counts_only else head.reset_index()
    numeric = [str(kind).startswith(("int", "uint", "float", "Int", "UInt", "Float")) for kind in head.dtypes]
    for name, kind in head.dtypes.items():
        if str(kind).startswith("datetime64") and (head[name].dt.normalize() == head[name]).all():
            head = head.assign(**{str(name): head[name].dt.date})  # days, without the time of each
    cells = [list(row) for row in head.itertuples(index=False, name=None)]
    return _table([str(name) for name in head.columns], cells, len(frame), numeric)


def _table(names: Sequence[str], rows: Sequence[Sequence[Any]], total: int, numeric: Sequence[bool] | None = None) -> Preview:
    right = numeric or [any(_is_number(row[place]) for row in rows) for place in range(len(names))]
    return Preview(
        columns=tuple(Column(name, right=is_right, of_data=True) for name, is_right in zip(names, right, strict=True)),
        rows=tuple(tuple(_cell(value) for value in row) for row in rows),
        lines=(f"{len(rows)} of {total:,} rows",) if total > len(rows) else (),
    )


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _cell(value: object) -> str:
    text = _float(value) if isinstance(value, float) else " ".join(str(value).split())
    return text if len(text) <= _CELL_AT_MOST else f"{text[: _CELL_AT_MOST - 3]}..."


def _float(value: float) -> str:
    return f"{value:.2f}" if 1000 <= abs(value) < 1e15 else f"{value:.6g}"


def _as_text(value: object) -> str:
    from pprint import pformat

    text = value if isinstance(value, str) else pformat(value, width=120, sort_dicts=False)
    return text if len(text) <= _TEXT_AT_MOST else f"{text[:_TEXT_AT_MOST]}\n... {len(text) - _TEXT_AT_MOST:,} more characters"
