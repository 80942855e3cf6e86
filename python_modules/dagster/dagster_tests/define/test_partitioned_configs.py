from datetime import datetime
from typing import Any

import pytest

from dagster import (
    DagsterInstance,
    DagsterInvalidDefinitionError,
    DagsterUnknownPartitionError,
    Definitions,
    DynamicPartitionsDefinition,
    PartitionedConfig,
    RunConfig,
    StaticPartitionsDefinition,
    asset,
    daily_partitioned_config,
    define_asset_job,
    job,
    op,
    partitioned_config,
)
from dagster.errors import CheckError

REGIONS = StaticPartitionsDefinition(["eu", "us"])


@op(config_schema={"region": str})
def load(context: Any) -> str:
    return context.op_config["region"]


@partitioned_config(REGIONS, tags_for_partition_key_fn=lambda key: {"region": key})
def by_region(partition_key: str) -> Any:
    return {"ops": {"load": {"config": {"region": partition_key}}}}


@job(config=by_region)
def regional() -> None:
    load()


def test_a_run_of_a_partition_gets_its_config_and_tags() -> None:
    ran = regional.execute_in_process(partition_key="us")
    assert ran.output_for_node("load") == "us"
    assert ran.dagster_run.tags == {"region": "us", "dagster/partition": "us", "dagster/partition_set": "regional_partition_set"}


def test_config_that_is_given_holds_in_place_of_that_of_the_partition() -> None:
    given = {"ops": {"load": {"config": {"region": "moon"}}}}
    assert regional.execute_in_process(partition_key="us", run_config=given).output_for_node("load") == "moon"


def test_the_key_is_checked_before_the_function_is_asked() -> None:
    asked: list[str] = []

    @job(config=PartitionedConfig(REGIONS, run_config_for_partition_key_fn=lambda key: asked.append(key)))
    def asking() -> None:
        load()

    with pytest.raises(DagsterUnknownPartitionError, match="moon"):
        asking.execute_in_process(partition_key="moon")
    assert asked == []


def test_keys_of_dynamic_partitions_are_those_of_the_instance() -> None:
    @partitioned_config(DynamicPartitionsDefinition(name="regions"))
    def dynamic(partition_key: str) -> Any:
        return {"ops": {"load": {"config": {"region": partition_key}}}}

    @job(config=dynamic)
    def of_dynamic() -> None:
        load()

    with DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("regions", ["moon"])
        assert of_dynamic.execute_in_process(instance=instance, partition_key="moon").output_for_node("load") == "moon"
        with pytest.raises(DagsterUnknownPartitionError):
            of_dynamic.execute_in_process(instance=instance, partition_key="mars")


def test_a_job_of_assets_takes_config_per_partition() -> None:
    @asset(config_schema={"region": str}, partitions_def=REGIONS)
    def sales(context: Any) -> str:
        return context.op_config["region"]

    @partitioned_config(REGIONS)
    def of_sales(partition_key: str) -> Any:
        return RunConfig(ops={"sales": {"config": {"region": partition_key}}})

    defs = Definitions(assets=[sales], jobs=[define_asset_job("nightly", config=of_sales)])
    assert defs.resolve_job_def("nightly").execute_in_process(partition_key="eu").output_for_node("sales") == "eu"


def test_a_window_of_time_is_told_by_its_start_and_end() -> None:
    @daily_partitioned_config("2024-01-01", timezone="Europe/Berlin")
    def of_day(start: datetime, end: datetime) -> Any:
        return {"hours": (end.timestamp() - start.timestamp()) / 3600}

    assert of_day.get_run_config_for_partition_key("2024-03-31") == {"hours": 23}


def test_a_request_for_a_partition_has_config_and_tags() -> None:
    request = regional.run_request_for_partition("eu", run_key="once", tags={"region": "given"})
    assert request.run_config == {"ops": {"load": {"config": {"region": "eu"}}}}
    assert request.tags["region"] == "eu"
    assert (request.run_key, request.job_name, request.partition_key) == ("once", "regional", "eu")


def test_a_function_does_not_name_the_partition_itself() -> None:
    config = PartitionedConfig(
        REGIONS, run_config_for_partition_key_fn=lambda key: {}, tags_for_partition_key_fn=lambda key: {"dagster/partition": key}
    )
    with pytest.raises(DagsterInvalidDefinitionError, match="dagster/partition"):
        config.get_tags_for_partition_key("eu")


def test_config_of_other_partitions_is_refused() -> None:
    with pytest.raises(CheckError, match="different PartitionsDefinition"):
        PartitionedConfig.from_flexible_config(by_region, StaticPartitionsDefinition(["moon"]))
