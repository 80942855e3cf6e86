"""Checks in runs over a range of partitions."""

import pytest

from dagster import (
    AssetCheckKey,
    AssetCheckResult,
    AssetKey,
    BackfillPolicy,
    DagsterInstance,
    DagsterInvariantViolationError,
    DailyPartitionsDefinition,
    asset,
    asset_check,
    materialize,
)
from dagster.instance.check_statuses import CheckPartitionStatus

DAYS = DailyPartitionsDefinition("2024-01-01", end_date="2024-02-01")
RANGE = {"dagster/asset_partition_range_start": "2024-01-03", "dagster/asset_partition_range_end": "2024-01-05"}
KEY = AssetCheckKey(AssetKey("orders"), "is_complete")


@asset(partitions_def=DAYS, backfill_policy=BackfillPolicy.single_run())
def orders() -> None: ...


def _check(passed: bool):
    @asset_check(asset=orders, partitions_def=DAYS)
    def is_complete() -> AssetCheckResult:
        return AssetCheckResult(passed=passed)

    return is_complete


@pytest.mark.parametrize(("passed", "status"), [(True, CheckPartitionStatus.SUCCEEDED), (False, CheckPartitionStatus.FAILED)])
def test_one_result_over_a_range_stands_for_each_partition_of_it(passed, status):
    with DagsterInstance.ephemeral() as instance:
        result = materialize([orders, _check(passed)], tags=RANGE, instance=instance)

        [evaluation] = result.get_asset_check_evaluations()
        assert (evaluation.partition, evaluation.covered_partitions) == (None, ("2024-01-03", "2024-01-04", "2024-01-05"))
        statuses = instance.check_partition_statuses(KEY, DAYS)
        assert {each: list(statuses.keys(each)) for each in statuses.subsets if statuses.keys(each)} == {
            status: ["2024-01-03", "2024-01-04", "2024-01-05"]
        }


def test_a_later_run_of_one_partition_leaves_the_others_of_the_range():
    with DagsterInstance.ephemeral() as instance:
        materialize([orders, _check(False)], tags=RANGE, instance=instance)
        materialize([orders, _check(True)], partition_key="2024-01-04", instance=instance)

        statuses = instance.check_partition_statuses(KEY, DAYS)
        assert list(statuses.keys(CheckPartitionStatus.SUCCEEDED)) == ["2024-01-04"]
        assert list(statuses.keys(CheckPartitionStatus.FAILED)) == ["2024-01-03", "2024-01-05"]


def test_a_run_has_a_partition_or_a_range():
    with pytest.raises(DagsterInvariantViolationError, match="of a range as well"):
        materialize([orders], partition_key="2024-01-04", tags=RANGE)
