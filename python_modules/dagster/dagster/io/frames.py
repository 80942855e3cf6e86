"""Dataframes as Parquet files, and from one library to another.

Parquet is used for a frame only if it gives the frame back exactly. That is decided by the values' rules below and by a
trial: a frame of the same schema without rows is written and read, and must come back with the same schema, dtypes and
index. The libraries are imported only when a value of theirs is stored or asked for.

Which library a file is of stands in the file's own key-value metadata, as `dagster:frame:<library>`.
Source: Apache Parquet, file format (footer, key-value metadata).
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Mapping, Sequence
from typing import IO, Any, Literal, cast

Library = Literal["pandas", "polars", "pyarrow"]

_MARK = "dagster:frame:"
_PANDAS_UNITS = frozenset({"ms", "us", "ns"})
_POLARS_TYPES = frozenset(
    [
        "Boolean",
        "Int8",
        "Int16",
        "Int32",
        "Int64",
        "UInt8",
        "UInt16",
        "UInt32",
        "UInt64",
        "Float32",
        "Float64",
        "String",
        "Binary",
        "Date",
        "Datetime",
        "Duration",
        "Time",
    ]
)


def in_one_frame(values: Mapping[str, Any], wanted: Library | None) -> Any:
    """The values of several partitions as one dataframe, where one is wanted and all of them are; else as they are."""
    if wanted is None or not values or any(library_of(cast("type[object]", type(each))) != wanted for each in values.values()):
        return values
    return _joined(list(values.values()), wanted)


def _joined(frames: Sequence[Any], library: Library) -> Any:
    """Dataframes of a library as one, in their order, with the columns that they have.

    The rows of pandas frames are numbered anew, unless a frame has an index of its own.
    """
    if library == "polars":
        return _import("polars").concat(frames, how="diagonal")
    if library == "pyarrow":
        return _import("pyarrow").concat_tables(frames, promote_options="default")
    pandas = _import("pandas")
    is_numbered = all(isinstance(frame.index, pandas.RangeIndex) for frame in frames)
    return pandas.concat(frames, ignore_index=is_numbered)


def _import(name: str) -> Any:
    return importlib.import_module(name)


def library_of(kind: type[object]) -> Library | None:
    """The library whose dataframes are of this class or a base of it; None for other classes. Imports nothing."""
    for cls in kind.__mro__:
        package = cls.__module__.partition(".")[0]
        if package == "pandas" and cls.__name__ == "DataFrame":
            return "pandas"
        if package == "polars" and cls.__name__ == "DataFrame":
            return "polars"
        if package == "pyarrow" and cls.__name__ == "Table":
            return "pyarrow"
    return None


def _library(value: object) -> Library | None:
    return library_of(type(value))


def exact_table(frame: Any) -> Any | None:
    """What `write_table` writes so that `read_table` gives the same frame; None if that cannot be proven."""
    library = _library(frame)
    if library is None or not _is_installed_for(library):
        return None
    try:
        if library == "pandas":
            return _exact_pandas(frame)
        return _exact_polars(frame) if library == "polars" else _exact_pyarrow(frame)
    except Exception:  # each library has its own ways to refuse a value that Parquet cannot hold
        return None


def _is_installed_for(library: Library) -> bool:
    if library != "pandas":
        return True
    try:
        _import("pyarrow")
    except ImportError:
        return False
    return True


def table_of(frame: Any) -> Any:
    """Like `exact_table` without the proof: for those who asked for Parquet by name."""
    if _library(frame) == "pandas":
        return _marked(_import("pyarrow").Table.from_pandas(frame), "pandas")
    return _marked(frame, "pyarrow") if _library(frame) == "pyarrow" else frame


def write_table(table: Any, file: IO[bytes]) -> None:
    """Write what `exact_table` or `table_of` gave."""
    if _library(table) == "polars":
        table.write_parquet(file, metadata={_MARK + "polars": "1"})
    else:
        _import("pyarrow.parquet").write_table(table, file)


def read_table(file: IO[bytes], wanted: Library | None) -> Any:
    """The frame of a Parquet file, as the library's that wrote it or, if given, as `wanted`'s."""
    library = _recorded_library(file) or wanted or "pandas"
    if library == "polars":
        frame = _import("polars").read_parquet(file, glob=False)
    else:
        table = _import("pyarrow.parquet").ParquetFile(file).read()
        frame = table.to_pandas() if library == "pandas" else _unmarked(table)
    return converted(frame, wanted) if wanted else frame


def _recorded_library(file: IO[bytes]) -> Library | None:
    """Read from the footer's bytes: the mark is text that nothing else writes, and no library need be imported for it."""
    file.seek(-8, io.SEEK_END)
    footer_size = int.from_bytes(file.read(4), "little")
    file.seek(-8 - footer_size, io.SEEK_END)
    footer = file.read(footer_size)
    file.seek(0)
    libraries: tuple[Library, ...] = ("pandas", "polars", "pyarrow")
    return next((library for library in libraries if (_MARK + library).encode() in footer), None)


def converted(frame: Any, wanted: Library) -> Any:
    """A frame as another library's; what is no frame, or is one of `wanted` already, comes back as it is.

    The index of a pandas frame is left behind, as the libraries' own conversions do.
    """
    library = _library(frame)
    if library is None or library == wanted:
        return frame
    if wanted == "pandas":
        return frame.to_pandas()
    if wanted == "polars":
        return _import("polars").from_pandas(frame) if library == "pandas" else _import("polars").from_arrow(frame)
    if library == "pandas":
        return _import("pyarrow").Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    return frame.to_arrow()


def _marked(table: Any, library: Library) -> Any:
    return table.replace_schema_metadata({**(table.schema.metadata or {}), _MARK + library: "1"})


def _unmarked(table: Any) -> Any:
    metadata = {key: value for key, value in table.schema.metadata.items() if key != (_MARK + "pyarrow").encode()}
    return table.replace_schema_metadata(metadata or None)


def _tried(table: Any) -> Any:
    """The table without rows, after it was in a Parquet file."""
    parquet, trial = _import("pyarrow.parquet"), io.BytesIO()
    parquet.write_table(table.schema.empty_table(), trial)
    return parquet.ParquetFile(trial).read()


def _exact_pyarrow(table: Any) -> Any | None:
    arrow = _import("pyarrow")
    if type(table) is not arrow.Table or not table.num_columns or len(set(table.column_names)) != table.num_columns:
        return None
    if any(arrow.types.is_nested(t) or arrow.types.is_dictionary(t) or _is_extension(t) for t in table.schema.types):
        return None
    marked = _marked(table, "pyarrow")
    return marked if _tried(marked).schema.equals(marked.schema, check_metadata=True) else None


def _is_extension(arrow_type: Any) -> bool:
    return isinstance(arrow_type, _import("pyarrow").BaseExtensionType)


def _exact_polars(frame: Any) -> Any | None:
    polars = _import("polars")
    if type(frame) is not polars.DataFrame or not frame.width:
        return None
    if any(dtype.base_type().__name__ not in _POLARS_TYPES for dtype in frame.schema.dtypes()):
        return None
    trial = io.BytesIO()
    write_table(frame.clear(), trial)
    trial.seek(0)
    return frame if polars.read_parquet(trial).schema == frame.schema else None


def _exact_pandas(frame: Any) -> Any | None:
    pandas = _import("pandas")
    if type(frame) is not pandas.DataFrame or frame.attrs or not frame.flags.allows_duplicate_labels:
        return None
    if not _are_plain_names(frame.columns, pandas) or not _is_plain_index(frame, pandas):
        return None
    if not all(_is_plain_column(frame[name]) for name in frame.columns):
        return None
    table = _marked(_import("pyarrow").Table.from_pandas(frame), "pandas")
    tried = _tried(table)
    if not tried.schema.equals(table.schema, check_metadata=True):
        return None
    return table if _same_dtypes(frame, tried.to_pandas()) else None


def _are_plain_names(columns: Any, pandas: Any) -> bool:
    if type(columns) is not pandas.Index or columns.name is not None or not len(columns) or not columns.is_unique:
        return False
    return all(type(name) is str and not name.startswith("__index_level_") for name in columns)


def _is_plain_index(frame: Any, pandas: Any) -> bool:
    index = frame.index
    if type(index) is pandas.RangeIndex:
        return index.name is None
    if type(index) is pandas.DatetimeIndex:
        if index.freq is not None:
            return False
    elif type(index) is not pandas.Index:
        return False
    if index.name is not None and (type(index.name) is not str or index.name in frame.columns):
        return False
    return _is_plain_column(index)


def _is_plain_column(column: Any) -> bool:
    """Whether Parquet keeps each value of a column or index of this dtype.

    Left out: objects other than strings and None, categories (Parquet forgets the unused ones), masked floats (which know a NaN
    beside the missing value), 16 and 128 bit floats, seconds, and extension types of others.
    """
    dtype = column.dtype
    kind, name = getattr(dtype, "kind", ""), str(dtype)
    if name == "object":
        kinds = set(map(type, column))
        return kinds <= {str, type(None)} and (str in kinds or not kinds)
    if name in ("str", "string"):
        return True
    if type(dtype).__module__.startswith("numpy"):
        if kind in "mM":
            return name.partition("[")[2].rstrip("]") in _PANDAS_UNITS and dtype.isnative
        return dtype.isnative and (kind in "biu" or (kind == "f" and dtype.itemsize in (4, 8)))
    return type(dtype).__name__ == "DatetimeTZDtype" or (name[:1] in "IUb" and name.lower().startswith(("int", "uint", "bool")))


def _same_dtypes(frame: Any, tried: Any) -> bool:
    pairs = [*zip(frame.dtypes, tried.dtypes, strict=True), (frame.index.dtype, tried.index.dtype)]
    pairs.append((frame.columns.dtype, tried.columns.dtype))
    if frame.index.name != tried.index.name or type(frame.index) is not type(tried.index):
        return False
    return all(_fingerprint(mine) == _fingerprint(theirs) for mine, theirs in pairs)


def _fingerprint(dtype: object) -> tuple[object, ...]:
    missing: object = getattr(dtype, "na_value", None)
    zone: object = getattr(dtype, "tz", None)
    return (type(dtype), str(dtype), getattr(dtype, "storage", None), repr(missing), type(zone), str(zone))


def row_count(frame: Any) -> int:
    """How many rows a dataframe has."""
    return int(frame.num_rows) if _library(frame) == "pyarrow" else len(frame)


def column_types(frame: Any) -> list[tuple[str, str]]:
    """Name and type of each column, in order, as the frame's library writes them."""
    library = _library(frame)
    if library == "pyarrow":
        return [(field.name, str(field.type)) for field in frame.schema]
    types = frame.dtypes if library == "pandas" else frame.schema.values()
    return [(str(name), str(kind)) for name, kind in zip(frame.columns, types, strict=True)]
