import pytest
from pydantic import ValidationError

import dagster as dg
from dagster.errors import CheckError
from dagster.inherited.key_sets import NamespacedMetadataSet, NamespacedTagSet, TableMetadataSet, UriMetadataSet


class Owner(NamespacedTagSet):
    team: str | None = None

    @classmethod
    def namespace(cls) -> str:
        return "own"


def test_a_set_gives_the_fields_that_were_said_under_its_namespace() -> None:
    assert dict(TableMetadataSet(row_count=3, table_name="a.b")) == {"dagster/row_count": 3, "dagster/table_name": "a.b"}
    assert {**UriMetadataSet(uri="s3://x"), **Owner(team="data")} == {"dagster/uri": "s3://x", "own/team": "data"}
    assert dict(TableMetadataSet()) == {}


def test_a_set_is_metadata_of_an_asset() -> None:
    schema = dg.TableSchema(columns=[dg.TableColumn("a")])
    spec = dg.AssetSpec("orders", metadata={**TableMetadataSet(column_schema=schema)})
    assert TableMetadataSet.extract(spec.metadata).column_schema == schema


def test_a_set_is_read_from_metadata_values_and_old_keys() -> None:
    metadata = {"dagster/row_count": dg.MetadataValue.int(4), "relation_identifier": "a.b", "other": 1, "dagster/unknown": 1}
    assert TableMetadataSet.extract(metadata) == TableMetadataSet(row_count=4, table_name="a.b")
    assert Owner.extract({"own/team": "data", "team": "x"}).team == "data"


def test_a_key_of_another_namespace_is_refused() -> None:
    assert TableMetadataSet(row_count=3)["dagster/row_count"] == 3
    with pytest.raises(KeyError):
        TableMetadataSet(row_count=3)["other/row_count"]


def test_unknown_fields_and_wrong_values_are_refused() -> None:
    with pytest.raises(ValidationError):
        TableMetadataSet(rows=3)
    with pytest.raises(ValidationError):
        TableMetadataSet(row_count="many")
    with pytest.raises(ValidationError):
        TableMetadataSet(row_count=1).row_count = 2


def test_a_field_holds_what_can_be_metadata() -> None:
    class Bad(NamespacedMetadataSet):
        values: list | None = None

        @classmethod
        def namespace(cls) -> str:
            return "bad"

    with pytest.raises(CheckError, match="'values' of Bad"):
        Bad(values=[1])
