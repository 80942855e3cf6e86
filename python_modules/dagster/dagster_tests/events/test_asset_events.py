from typing import Any

import pytest

from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvariantViolationError
from dagster.events.asset_events import (
    AssetCheckEvaluation,
    AssetCheckResult,
    AssetMaterialization,
    AssetObservation,
    data_version_tags,
)
from dagster.events.data_versions import DATA_VERSION_TAG, DataVersion
from dagster.keys import AssetCheckKey, AssetKey
from dagster.metadata.values import IntMetadataValue, PathMetadataValue

ABOUT = [AssetMaterialization, AssetObservation]


@pytest.mark.parametrize("about", ABOUT)
def test_keys_and_metadata_are_coerced(about: Any) -> None:
    event = about(["a", "b"], metadata={"rows": 3})
    assert event.asset_key == AssetKey(["a", "b"])
    assert event.metadata == {"rows": IntMetadataValue(3)}
    assert event.label == "a b"


@pytest.mark.parametrize("about", ABOUT)
def test_the_data_version_is_a_tag(about: Any) -> None:
    assert about("a", tags={DATA_VERSION_TAG: "v1"}).data_version == "v1"
    assert about("a").data_version is None


@pytest.mark.parametrize("about", ABOUT)
def test_metadata_can_be_replaced(about: Any) -> None:
    assert about("a", metadata={"x": 1}).with_metadata({"y": 2}).metadata == {"y": IntMetadataValue(2)}
    assert about("a", metadata={"x": 1}).with_metadata(None).metadata == {}


@pytest.mark.parametrize("about", ABOUT)
def test_a_key_that_is_none_is_refused(about: Any) -> None:
    with pytest.raises(CheckError):
        about(3)


def test_tags_that_are_no_tags_are_refused() -> None:
    with pytest.raises((CheckError, DagsterInvalidDefinitionError)):
        AssetMaterialization("a", tags={"not a key!": "x"})


def test_a_written_file_is_key_and_metadata() -> None:
    event = AssetMaterialization.file("data/orders.csv")
    assert event.asset_key == AssetKey("data/orders.csv")
    assert event.metadata == {"path": PathMetadataValue("data/orders.csv")}
    assert AssetMaterialization.file("x", asset_key="orders").asset_key == AssetKey("orders")


def test_a_check_evaluation_has_the_key_of_its_check() -> None:
    evaluation = AssetCheckEvaluation("a", "c", True)  # pyright: ignore[reportArgumentType]
    assert evaluation.asset_check_key == AssetCheckKey(AssetKey("a"), "c")


def test_a_result_belongs_to_the_only_check() -> None:
    declared = {AssetKey("a"): frozenset({"c"})}
    assert AssetCheckResult(passed=True).resolve_target_check_key(declared) == AssetCheckKey(AssetKey("a"), "c")


def test_a_result_names_its_check_among_several() -> None:
    declared = {AssetKey("a"): frozenset({"c", "d"})}
    result = AssetCheckResult(passed=True, check_name="d")
    assert result.resolve_target_check_key(declared).name == "d"
    with pytest.raises(DagsterInvariantViolationError, match="check_name"):
        AssetCheckResult(passed=True).resolve_target_check_key(declared)


def test_a_result_names_its_asset_among_several() -> None:
    declared = {AssetKey("a"): frozenset({"c"}), AssetKey("b"): frozenset({"c"})}
    with pytest.raises(DagsterInvariantViolationError, match="asset_key"):
        AssetCheckResult(passed=True).resolve_target_check_key(declared)


@pytest.mark.parametrize("declared", [None, {}, {AssetKey("a"): frozenset({"c"})}])
def test_a_result_of_no_declared_check_is_refused(declared: Any) -> None:
    result = AssetCheckResult(passed=True, asset_key="z", check_name="c")  # pyright: ignore[reportArgumentType]
    with pytest.raises(DagsterInvariantViolationError, match="unexpected AssetCheckResult"):
        result.resolve_target_check_key(declared)


def test_a_data_version_becomes_a_tag() -> None:
    assert data_version_tags(DataVersion("v")) == {DATA_VERSION_TAG: "v"}
    assert data_version_tags(None) == {}
