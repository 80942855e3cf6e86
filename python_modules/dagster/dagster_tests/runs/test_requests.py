import pytest

from dagster import AssetCheckKey, AssetKey, PartitionKeyRange, RunConfig, RunRequest, SensorResult, SkipReason
from dagster.errors import CheckError


def test_a_request_without_arguments_asks_for_everything() -> None:
    request = RunRequest()
    assert (request.run_key, request.run_config, request.tags, request.asset_selection) == (None, {}, {}, None)
    assert request.has_resolved_partition()


def test_typed_config_becomes_plain() -> None:
    request = RunRequest(run_config=RunConfig(ops={"orders": {"config": {"limit": 1}}}))
    assert request.run_config["ops"] == {"orders": {"config": {"limit": 1}}}


def test_values_of_tags_become_text() -> None:
    assert RunRequest(tags={"attempt": 1, "why": "test"}).tags == {"attempt": "1", "why": "test"}


def test_a_range_of_partitions_is_read_from_the_tags() -> None:
    tags = {"dagster/asset_partition_range_start": "a", "dagster/asset_partition_range_end": "c"}
    assert RunRequest(tags=tags).partition_key_range == PartitionKeyRange("a", "c")


def test_assets_and_checks_are_its_entities() -> None:
    key = AssetKey("orders")
    check = AssetCheckKey(key, "fresh")
    assert RunRequest(asset_selection=[key], asset_check_keys=[check]).entity_keys == [key, check]


@pytest.mark.parametrize("given", [{"asset_selection": ["orders"]}, {"run_config": [1]}, {"run_key": 3}, {"tags": {1: "a"}}])
def test_what_is_no_request_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(CheckError):
        RunRequest(**given)  # pyright: ignore[reportArgumentType]


def test_a_reason_may_be_a_string() -> None:
    assert SensorResult(skip_reason="nothing new").skip_reason == SkipReason("nothing new")


def test_a_tick_that_starts_runs_is_not_skipped() -> None:
    with pytest.raises(CheckError, match="Got both"):
        SensorResult(run_requests=[RunRequest()], skip_reason="nothing new")
    assert SensorResult(run_requests=[], skip_reason="nothing new").run_requests == []
