from typing import Any

import pytest

from dagster.errors import CheckError, DagsterInvariantViolationError
from dagster.events.asset_events import AssetCheckResult
from dagster.events.data_versions import DataVersion
from dagster.events.results import MaterializeResult, NoValue, ObserveResult, Output
from dagster.keys import AssetKey
from dagster.metadata.values import IntMetadataValue

RESULTS = [MaterializeResult, ObserveResult]


def test_an_output_wraps_its_metadata() -> None:
    output = Output(1, metadata={"rows": 2}, tags={"t": "v"}, data_version=DataVersion("1"))
    assert output.metadata == {"rows": IntMetadataValue(2)}
    assert (output.output_name, output.tags, output.data_version) == ("result", {"t": "v"}, DataVersion("1"))


def test_outputs_with_equal_parts_are_equal() -> None:
    assert Output([1]) == Output([1])
    assert Output(1) != Output(2)
    assert Output(1) != Output(1, "other")
    assert Output(1) != 1


def test_an_output_has_no_hash_since_its_value_may_be_anything() -> None:
    with pytest.raises(TypeError):
        hash(Output(1))


def test_an_output_can_get_other_metadata() -> None:
    output = Output(1, "o", {"a": 1}, tags={"t": "v"}).with_metadata({"b": 2})
    assert (output.metadata, output.output_name, output.tags) == ({"b": IntMetadataValue(2)}, "o", {"t": "v"})


@pytest.mark.parametrize("made", [lambda version: Output(1, data_version=version), *RESULTS])
def test_a_data_version_is_no_plain_string(made: Any) -> None:
    with pytest.raises(CheckError, match="data_version"):
        made(data_version="v") if made in RESULTS else made("v")


def test_an_output_can_say_its_type() -> None:
    assert Output[int].__args__ == (int,)  # pyright: ignore[reportAttributeAccessIssue]
    assert MaterializeResult[int].__origin__ is MaterializeResult  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("result", RESULTS)
def test_a_result_coerces_its_key(result: Any) -> None:
    assert result(asset_key=["a", "b"]).asset_key == AssetKey(["a", "b"])
    assert result().asset_key is None


@pytest.mark.parametrize("result", RESULTS)
def test_metadata_of_a_result_is_a_mapping(result: Any) -> None:
    with pytest.raises(CheckError, match="metadata"):
        result(metadata=["a"])


@pytest.mark.parametrize("result", RESULTS)
def test_a_result_finds_the_result_of_a_check(result: Any) -> None:
    check = AssetCheckResult(passed=True, check_name="c")
    assert result(check_results=[check]).check_result_named("c") is check
    with pytest.raises(DagsterInvariantViolationError, match='named "d"'):
        result(check_results=[check]).check_result_named("d")


def test_none_is_a_value() -> None:
    assert MaterializeResult(value=None).value is None
    assert MaterializeResult().value is NoValue
