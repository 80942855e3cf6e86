import datetime
import io
import json
import math
import sys

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from pandas.testing import assert_frame_equal

from dagster.io.exact_json import exact_json, read_json
from dagster.io.formats import content_of, read_value
from dagster.io.frames import column_types, exact_table, library_of, row_count

QUICK = settings(deadline=None, max_examples=60)


def stored(value, format_name="auto"):
    content, file = content_of(value, format_name), io.BytesIO()
    file.write(content) if isinstance(content, bytes) else content(file)
    return file.getvalue()


def round_trip(value, format_name="auto", wanted=None):
    return read_value(io.BytesIO(stored(value, format_name)), wanted)


def format_of(value):
    content = stored(value)
    return "parquet" if content[:4] == b"PAR1" else "pickle" if content[:1] == b"\x80" else "json"


def same(one, other):
    """Equal in value and type, with NaN equal to NaN and 0.0 unequal to -0.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        return (math.isnan(one) and math.isnan(other)) or (one == other and math.copysign(1, one) == math.copysign(1, other))
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(map(repr, one)) == list(map(repr, other)) and all(map(same, one.values(), other.values()))
    return one == other


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)) | st.binary(max_size=5)
values = st.recursive(
    scalars | st.tuples(st.integers()) | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=4),
    max_leaves=20,
)


@given(values)
@settings(deadline=None, max_examples=300)
def test_what_is_read_is_what_was_written_in_value_and_type(value):
    assert same(round_trip(value), value)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        -7,
        2**200,
        1.5,
        -0.0,
        5e-324,
        1.7976931348623157e308,
        "",
        "\ufeff",
        "ü\0\n",
        [],
        {},
        [[1], {"a": None}],
    ],
)
def test_simple_values_are_json_that_any_reader_reads(value):
    assert format_of(value) == "json"
    assert same(json.loads(stored(value)), value)
    assert same(round_trip(value), value)


class Text(str):
    pass


class Number(int):
    pass


SHARED: list[object] = [1]
CIRCLE: list[object] = []
CIRCLE.append(CIRCLE)
DEEP: list[object] = []
for _ in range(200):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "value",
    [
        (1,),
        {1: 2},
        {None: 1},
        b"x",
        {1},
        Text("x"),
        [Number(1)],
        {"a": [(1,)]},
        {Text("k"): 1},
        math.nan,
        [math.inf],
        "\ud800",
        {"\udfff": 1},
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16-le", "surrogatepass"),
        10**5000,
        [SHARED, SHARED],
        DEEP,
        sys,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_json_would_change_is_no_json(value):
    assert exact_json(value) is None or same(read_json(exact_json(value) or b""), value)


def test_a_value_that_holds_itself_is_pickled():
    loaded = round_trip(CIRCLE)
    assert loaded[0] is loaded


def test_a_list_that_stands_in_two_places_is_one_list_again():
    one, other = round_trip([SHARED, SHARED])
    assert one is other


MOMENTS = st.datetimes().filter(lambda moment: 1900 < moment.year < 2100)

COLUMNS = {
    "int64": st.integers(-(2**63), 2**63 - 1),
    "uint8": st.integers(0, 255),
    "int16": st.integers(-(2**15), 2**15 - 1),
    "float64": st.floats(),
    "float32": st.floats(width=32),
    "bool": st.booleans(),
    "str": st.text(st.characters(exclude_categories=["Cs"]), max_size=5) | st.none(),
    "object": st.text(max_size=3) | st.integers(0, 3) | st.none(),
    "Int32": st.integers(-(2**31), 2**31 - 1) | st.none(),
    "boolean": st.booleans() | st.none(),
    "datetime64[ns]": MOMENTS | st.none(),
    "datetime64[s]": MOMENTS.map(lambda t: t.replace(microsecond=0)),
    "timedelta64[us]": st.timedeltas(datetime.timedelta(-1000), datetime.timedelta(1000)),
    "category": st.sampled_from(["a", "b"]),
    "float16": st.floats(width=16),
    "complex128": st.complex_numbers(),
}


@st.composite
def pandas_frames(draw):
    rows = draw(st.integers(0, 4))
    names = draw(st.lists(st.text("abc_", min_size=1, max_size=3) | st.integers(0, 3), min_size=0, max_size=4, unique=True))
    columns = {}
    for name in names:
        dtype = draw(st.sampled_from(list(COLUMNS)))
        columns[name] = pd.Series(draw(st.lists(COLUMNS[dtype], min_size=rows, max_size=rows)), dtype=dtype)
    frame = pd.DataFrame(columns)
    if len(frame.columns) and rows:
        frame.index = draw(
            st.sampled_from(
                [
                    pd.RangeIndex(rows),
                    pd.RangeIndex(5, 5 + 2 * rows, 2),
                    pd.Index(range(rows), dtype="int64", name="a"),
                    pd.Index([str(n) for n in range(rows)], name="key"),
                    pd.date_range("2024-01-01", periods=rows),
                    pd.DatetimeIndex(list(pd.date_range("2024-01-01", periods=rows)), freq=None),
                    pd.MultiIndex.from_arrays([range(rows), range(rows)]),
                    pd.RangeIndex(rows, name="named"),
                ]
            )
        )
    if draw(st.booleans()) and draw(st.booleans()):
        frame.columns.name = "kind"
    return frame


@given(pandas_frames())
@QUICK
def test_a_pandas_frame_comes_back_exactly(frame):
    loaded = round_trip(frame)
    assert type(loaded) is pd.DataFrame
    assert_frame_equal(loaded, frame, check_exact=True, check_freq=True, check_column_type=True, check_index_type="equiv")
    assert type(loaded.index) is type(frame.index)
    assert list(map(str, loaded.dtypes)) == list(map(str, frame.dtypes))
    assert loaded.columns.dtype == frame.columns.dtype
    assert loaded.attrs == frame.attrs


def test_a_plain_pandas_frame_is_parquet():
    frame = pd.DataFrame({"n": [1, 2], "name": ["a", None], "x": [1.5, math.nan], "at": pd.to_datetime(["2024-01-01", None])})
    assert format_of(frame) == "parquet"


class Frame(pd.DataFrame):
    pass


def with_attrs():
    frame = pd.DataFrame({"a": [1]})
    frame.attrs["unit"] = "m"
    return frame


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": [object]}),
        pd.DataFrame({"a": pd.Series([1, "x"], dtype=object)}),
        pd.DataFrame({"a": pd.Categorical(["x"], categories=["x", "y"])}),
        pd.DataFrame({1: [1]}),
        pd.DataFrame([[1, 2]], columns=["a", "a"]),
        pd.DataFrame({"a": [1]}, index=pd.MultiIndex.from_tuples([(1, 2)])),
        pd.DataFrame({"a": [1]}, index=pd.date_range("2024-01-01", periods=1)),
        pd.DataFrame(),
        with_attrs(),
        Frame({"a": [1]}),
        pd.DataFrame({"a": [1.0]}, dtype="Float64"),
    ],
    ids=str,
)
def test_a_pandas_frame_that_parquet_would_change_is_pickled(frame):
    assert format_of(frame) == "pickle"
    assert type(round_trip(frame)) is type(frame)


ARROW_TYPES = [pa.int8(), pa.uint64(), pa.float32(), pa.string(), pa.large_string(), pa.binary(), pa.bool_(), pa.date32()]
ARROW_TYPES += [
    pa.timestamp("s"),
    pa.timestamp("ns", "Europe/Paris"),
    pa.decimal128(10, 2),
    pa.list_(pa.int8()),
    pa.time32("s"),
    pa.null(),
]
ARROW_TYPES += [
    pa.dictionary(pa.int8(), pa.string()),
    pa.duration("ms"),
    pa.float16(),
    pa.date64(),
    pa.struct([("x", pa.int8())]),
]


@pytest.mark.parametrize("arrow_type", ARROW_TYPES, ids=str)
def test_an_arrow_table_comes_back_exactly(arrow_type):
    table = pa.table({"a": pa.array([None, None], arrow_type)}).replace_schema_metadata({"mine": "1"})
    loaded = round_trip(table)
    assert loaded.equals(table, check_metadata=True)
    assert loaded.schema.metadata == {b"mine": b"1"}


def test_a_plain_arrow_table_is_parquet():
    table = pa.table({"a": [1, None], "b": ["x", "y"]})
    assert format_of(table) == "parquet"
    assert round_trip(table).schema.metadata is None


@st.composite
def polars_frames(draw):
    rows = draw(st.integers(0, 4))
    series = []
    for number in range(draw(st.integers(0, 4))):
        kind, strategy = draw(
            st.sampled_from(
                [
                    (pl.Int8, st.integers(-128, 127) | st.none()),
                    (pl.UInt64, st.integers(0, 2**64 - 1)),
                    (pl.Float64, st.floats() | st.none()),
                    (pl.String, st.text(st.characters(exclude_categories=["Cs"]), max_size=4) | st.none()),
                    (pl.Boolean, st.booleans() | st.none()),
                    (pl.Date, st.dates() | st.none()),
                    (pl.Datetime("ms"), MOMENTS.map(lambda t: t.replace(microsecond=0))),
                    (pl.Duration("us"), st.timedeltas(datetime.timedelta(-9), datetime.timedelta(9))),
                    (pl.Time, st.times()),
                    (pl.Categorical, st.sampled_from(["a", "b"])),
                    (pl.List(pl.Int8), st.lists(st.integers(0, 9), max_size=2)),
                    (pl.Struct({"x": pl.Int8}), st.fixed_dictionaries({"x": st.integers(0, 9)})),
                ]
            )
        )
        series.append(pl.Series(f"c{number}", draw(st.lists(strategy, min_size=rows, max_size=rows)), dtype=kind))
    return pl.DataFrame(series)


@given(polars_frames())
@QUICK
def test_a_polars_frame_comes_back_exactly(frame):
    loaded = round_trip(frame)
    assert type(loaded) is pl.DataFrame
    assert loaded.schema == frame.schema
    assert loaded.equals(frame, null_equal=True)


def test_a_plain_polars_frame_is_parquet():
    assert format_of(pl.DataFrame({"a": [1], "b": ["x"]})) == "parquet"


FRAMES = [
    pd.DataFrame({"n": [1, 2], "s": ["a", "b"]}),
    pl.DataFrame({"n": [1, 2], "s": ["a", "b"]}),
    pa.table({"n": [1, 2], "s": ["a", "b"]}),
]


@pytest.mark.parametrize("format_name", ["auto", "parquet", "pickle"])
@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: library_of(type(frame)))
@pytest.mark.parametrize("wanted", ["pandas", "polars", "pyarrow"])
def test_a_consumer_gets_the_frame_of_its_own_library(format_name, frame, wanted):
    loaded = round_trip(frame, format_name, wanted)
    assert library_of(type(loaded)) == wanted
    as_pandas = loaded if wanted == "pandas" else loaded.to_pandas()
    assert as_pandas.to_dict("list") == {"n": [1, 2], "s": ["a", "b"]}


def test_a_parquet_file_of_another_writer_loads():
    file = io.BytesIO()
    pd.DataFrame({"a": [1]}).to_parquet(file)
    file.seek(0)
    assert_frame_equal(read_value(file), pd.DataFrame({"a": [1]}))


@pytest.mark.parametrize(
    "value",
    [pd.Series([1]), np.array([1.5]), pd.Timestamp("2024-01-01"), np.int64(3), pl.Series([1])],
    ids=lambda v: type(v).__name__,
)
def test_other_values_of_the_libraries_are_pickled(value):
    assert format_of(value) == "pickle"
    assert type(round_trip(value)) is type(value)


def test_what_is_no_frame_has_no_table():
    assert exact_table([1]) is None


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: library_of(type(frame)))
def test_a_frame_tells_its_rows_and_columns(frame):
    assert row_count(frame) == 2
    assert [name for name, _ in column_types(frame)] == ["n", "s"]
    assert column_types(frame)[0][1].lower() == "int64"


def test_the_libraries_are_not_imported_for_other_values(tmp_path):
    import subprocess

    program = (
        "import sys; from dagster.io.defaults import default_io_manager as d; from dagster.io.building import *\n"
        f"m = d({str(tmp_path)!r})\n"
        "for v in (1, 'x', (1, 2), [1], {1}):\n"
        "    m.handle_output(build_output_context(asset_key='a'), v)\n"
        "    m.load_input(build_input_context(asset_key='a'))\n"
        "print(sorted({'pandas', 'polars', 'pyarrow', 'pydantic', 'upath', 'fsspec', 'ctypes', 'asyncio'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert found.stdout.strip() == "[]"
