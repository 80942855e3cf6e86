import pytest

from dagster.errors import ParameterCheckError
from dagster.events.data_versions import DataProvenance, DataVersion, computed_data_version
from dagster.keys import AssetKey

A, B = AssetKey("a"), AssetKey(["x", "b"])


def test_a_data_version_is_a_string() -> None:
    with pytest.raises(ParameterCheckError, match="value"):
        DataVersion(3)  # pyright: ignore[reportArgumentType]


def test_the_same_code_on_the_same_inputs_has_the_same_version() -> None:
    inputs = [(A, "1"), (B, "2")]
    assert computed_data_version("c", inputs) == computed_data_version("c", reversed(inputs))


def test_another_code_or_another_input_has_another_version() -> None:
    inputs = [(A, "1")]
    same = computed_data_version("c", inputs)
    assert computed_data_version("d", inputs) != same
    assert computed_data_version("c", [(A, "2")]) != same
    assert computed_data_version("c", []) != same


def test_tags_without_a_code_version_say_no_provenance() -> None:
    assert DataProvenance.from_tags({"dagster/data_version": "v"}) is None


def test_provenance_is_read_from_the_tags() -> None:
    tags = {
        "dagster/code_version": "c",
        "dagster/input_data_version/a": "1",
        "dagster/input_data_version/x/b": "2",
        "dagster/input_event_pointer/a": "7",
        "dagster/input_event_pointer/x/b": "NULL",
        "mine": "kept out",
    }
    provenance = DataProvenance.from_tags(tags)
    assert provenance == DataProvenance("c", {A: DataVersion("1"), B: DataVersion("2")}, {A: 7, B: None}, False)
    assert provenance is not None
    assert provenance.has_input_asset(B)
    assert provenance.input_logical_versions == provenance.input_data_versions


def test_a_version_given_by_the_user_is_marked() -> None:
    provenance = DataProvenance.from_tags({"dagster/code_version": "c", "dagster/data_version_is_user_provided": "true"})
    assert provenance is not None
    assert provenance.is_user_provided
