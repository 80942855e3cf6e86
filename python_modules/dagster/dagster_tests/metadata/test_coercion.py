import enum
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dagster.errors import CheckError, DagsterInvalidMetadata
from dagster.keys import AssetKey
from dagster.metadata.coercion import MetadataEntry, normalize_metadata
from dagster.metadata.tables import TableColumnLineage, TableSchema
from dagster.metadata.values import MetadataValue, TextMetadataValue


class Color(str, enum.Enum):
    RED = "red"


class Plain(enum.Enum):
    ONE = 1


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (None, MetadataValue.null()),
        (True, MetadataValue.bool(True)),
        (3, MetadataValue.int(3)),
        (1.5, MetadataValue.float(1.5)),
        (np.float64(1.5), MetadataValue.float(1.5)),
        ("http://x", MetadataValue.text("http://x")),
        (Color.RED, MetadataValue.text("red")),
        ([1], MetadataValue.json([1])),
        ({"a": 1}, MetadataValue.json({"a": 1})),
        (Path("/a"), MetadataValue.path("/a")),
        (AssetKey("a"), MetadataValue.asset(AssetKey("a"))),
        (TableSchema([]), MetadataValue.table_schema(TableSchema([]))),
        (TableColumnLineage({}), MetadataValue.column_lineage(TableColumnLineage({}))),
        (MetadataValue.md("x"), MetadataValue.md("x")),
    ],
    ids=repr,
)
def test_raw_values_take_their_kind(raw: Any, expected: MetadataValue[Any]) -> None:
    assert normalize_metadata({"entry": raw}) == {"entry": expected}


@pytest.mark.parametrize(
    "raw",
    [(1, 2), {1}, b"x", object(), np.int64(3), np.array([1]), datetime.now(timezone.utc), Plain.ONE, len, int],
    ids=lambda raw: type(raw).__name__,
)
def test_a_value_of_no_known_kind_is_refused_with_the_name_of_its_entry(raw: Any) -> None:
    with pytest.raises(DagsterInvalidMetadata, match='"rows" to a known type') as raised:
        normalize_metadata({"rows": raw})
    assert "Give " in str(raised.value) or "Consider wrapping" in str(raised.value)


def test_the_refusal_says_what_to_give_instead() -> None:
    with pytest.raises(DagsterInvalidMetadata, match=r"int\(\.\.\.\)"):
        normalize_metadata({"rows": np.int64(3)})  # type: ignore[dict-item]


def test_entries_keep_their_order_and_none_is_empty() -> None:
    assert list(normalize_metadata({"b": 1, "a": 2})) == ["b", "a"]
    assert normalize_metadata(None) == {}


@pytest.mark.parametrize("metadata", [{1: "x"}, [("a", 1)], "x"])
def test_metadata_is_a_mapping_from_strings(metadata: Any) -> None:
    with pytest.raises(CheckError):
        normalize_metadata(metadata)


def test_an_entry_coerces_its_value() -> None:
    entry = MetadataEntry("label", value="x")
    assert entry.value == entry.entry_data == TextMetadataValue("x")
    assert MetadataEntry("label", entry_data="x") == entry
