import math
import pickle
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from dagster.errors import CheckError, DagsterInvalidMetadata, ParameterCheckError
from dagster.keys import AssetKey
from dagster.metadata.code_references import LocalFileCodeReference, UrlCodeReference
from dagster.metadata.tables import (
    TableColumn,
    TableColumnConstraints,
    TableColumnDep,
    TableColumnLineage,
    TableConstraints,
    TableRecord,
    TableSchema,
)
from dagster.metadata.values import (
    AnyMetadataValue,
    CodeReferencesMetadataValue,
    FloatMetadataValue,
    IntMetadataValue,
    JsonMetadataValue,
    MetadataValue,
    TableMetadataValue,
    TableSchemaMetadataValue,
    TextMetadataValue,
)
from dagster.serdes import decode, encode

SCHEMA = TableSchema(
    [TableColumn("id", "int", "the key", TableColumnConstraints(nullable=False, unique=True, other=["> 0"]), {"pii": ""})],
    TableConstraints(["at least one row"]),
)
ONE_OF_EACH: list[MetadataValue[Any]] = [
    MetadataValue.text("x\0y"),
    MetadataValue.url("javascript:alert(1)"),
    MetadataValue.path("/a/b"),
    MetadataValue.notebook("/a/b.ipynb"),
    MetadataValue.json({"a": [1, None, True, "\0nan", {"b": 1.5}], "c": 2**100}),
    MetadataValue.json({"a": [math.inf, -math.inf, "\0nan", "\0"]}),
    MetadataValue.json([]),
    MetadataValue.json(None),
    MetadataValue.md("# x"),
    MetadataValue.python_artifact(Path),
    MetadataValue.float(1.0),
    MetadataValue.float(0.1 + 0.2),
    MetadataValue.float(math.nan),
    MetadataValue.float(-math.inf),
    FloatMetadataValue(None),
    MetadataValue.int(3),
    MetadataValue.int(-(2**200)),
    IntMetadataValue(None),
    MetadataValue.bool(False),
    MetadataValue.timestamp(1577836800.25),
    MetadataValue.dagster_run("4ef2"),
    MetadataValue.job("j", "location", repository_name="r"),
    MetadataValue.asset(AssetKey(["a/b", "c"])),
    MetadataValue.table([TableRecord({"a": 1, "b": math.inf, "c": None, "d": "\0x"})]),
    MetadataValue.table([], SCHEMA),
    MetadataValue.table_schema(SCHEMA),
    MetadataValue.column_lineage(TableColumnLineage({"x": [TableColumnDep(["a", "b"], "y")], "z": []})),
    MetadataValue.null(),
    MetadataValue.pool("p"),
    CodeReferencesMetadataValue(
        code_references=[LocalFileCodeReference(file_path="/a.py", line_number=3, label="a"), UrlCodeReference(url="http://a")]
    ),
]


@pytest.mark.parametrize("value", ONE_OF_EACH, ids=repr)
def test_what_is_read_from_the_wire_is_what_was_written(value: MetadataValue[Any]) -> None:
    read = decode(encode(value), AnyMetadataValue)  # type: ignore[arg-type]
    assert (type(read), read, repr(read)) == (type(value), value, repr(value))
    assert encode(read) == encode(value)


@pytest.mark.parametrize("value", ONE_OF_EACH, ids=repr)
def test_every_kind_is_a_metadata_value_and_survives_pickle(value: MetadataValue[Any]) -> None:
    assert isinstance(value, MetadataValue)
    assert pickle.loads(pickle.dumps(value)) == value


def test_nan_inside_of_json_and_of_a_record_survives() -> None:
    data = decode(encode(MetadataValue.json({"a": [math.nan]})), JsonMetadataValue).data
    record = decode(encode(TableRecord({"a": math.nan})), TableRecord)
    assert math.isnan(data["a"][0])
    assert math.isnan(record.data["a"])  # type: ignore[arg-type]


def test_a_text_with_a_lone_surrogate_survives() -> None:
    path = MetadataValue.path("/data/\udcff.csv")
    assert decode(encode(path), AnyMetadataValue) == path  # type: ignore[arg-type]


def test_json_data_becomes_what_json_would_make_of_it() -> None:
    given = {"t": (1, 2), 2: "int", None: "none", True: "bool"}
    assert MetadataValue.json(given).data == {"t": [1, 2], "2": "int", "null": "none", "true": "bool"}  # type: ignore[arg-type]


@pytest.mark.parametrize("data", [{"a": {1}}, {"a": object()}, {"a": datetime.now(timezone.utc)}, {(1,): 2}])
def test_json_data_that_json_lacks_is_refused(data: Any) -> None:
    with pytest.raises(DagsterInvalidMetadata, match="not JSON serializable"):
        MetadataValue.json(data)


def test_a_timestamp_needs_a_timezone() -> None:
    moment = datetime(2020, 1, 1, tzinfo=timezone(timedelta(hours=1)))
    assert MetadataValue.timestamp(moment).value == 1577833200.0
    with pytest.raises(CheckError, match="timezone"):
        MetadataValue.timestamp(datetime(2020, 1, 1))  # noqa: DTZ001


def test_a_table_takes_its_columns_from_the_first_row() -> None:
    table = MetadataValue.table([TableRecord({"a": 1, "b": "x", "c": 1.5, "d": True, "e": None})])
    assert [(column.name, column.type) for column in table.schema.columns] == [
        ("a", "int"),
        ("b", "string"),
        ("c", "float"),
        ("d", "bool"),
        ("e", "string"),
    ]


def test_a_table_without_rows_needs_a_schema() -> None:
    with pytest.raises(CheckError, match="needs a schema"):
        TableMetadataValue([], None)


def test_values_are_frozen() -> None:
    with pytest.raises(AttributeError):
        MetadataValue.text("x").text = "y"  # type: ignore[misc]


def test_the_abstract_value_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="abstract"):
        MetadataValue()


@pytest.mark.parametrize(
    ("make", "given", "param"),
    [
        (TextMetadataValue, 3, "text"),
        (MetadataValue.float, 1, "value"),
        (MetadataValue.int, 1.5, "value"),
        (MetadataValue.bool, 1, "value"),
        (MetadataValue.path, 3, "path"),
        (MetadataValue.asset, "a", "asset_key"),
        (MetadataValue.pool, 3, "name"),
        (TableColumn, 3, "name"),
        (TableRecord, "x", "data"),
        (TableSchemaMetadataValue, "a", "schema"),
    ],
)
def test_a_value_of_a_wrong_type_is_refused_by_the_name_of_its_parameter(make: Any, given: Any, param: str) -> None:
    with pytest.raises(ParameterCheckError, match=f'Param "{param}"'):
        make(given)


def test_a_column_depends_on_each_upstream_column_once() -> None:
    dep = TableColumnDep("a", "x")
    with pytest.raises(CheckError, match="unique"):
        TableColumnLineage({"y": [dep, dep]})
