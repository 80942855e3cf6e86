import pytest

import dagster as dg
from dagster.events.check_records import AssetCheckExecutionRecordStatus
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetCheckKey, AssetKey
from dagster_tests.contracts.storage_facts import check_planned, checked

KEY = AssetCheckKey(AssetKey("a"), "c")
PLANNED, SUCCEEDED, FAILED = AssetCheckExecutionRecordStatus


@pytest.fixture
def instance() -> DagsterInstance:
    made = DagsterInstance.ephemeral()
    for run_id, passed in (("r1", True), ("r2", None), ("r3", False)):
        made.append([check_planned(run_id, "a", "c"), checked(run_id, "a", "other", True)])
        if passed is not None:
            made.append([checked(run_id, "a", "c", passed)])
    return made


def runs(instance: DagsterInstance, limit: int = 10, **options: object) -> list[tuple[str, AssetCheckExecutionRecordStatus]]:
    found = instance.get_asset_check_execution_history(KEY, limit, **options)  # type: ignore[arg-type]
    return [(record.run_id, record.status) for record in found]


def test_executions_are_told_newest_first_and_plans_only_where_nothing_came_of_them(instance: DagsterInstance) -> None:
    assert runs(instance) == [("r3", FAILED), ("r2", PLANNED), ("r1", SUCCEEDED)]
    assert runs(instance, limit=1) == [("r3", FAILED)]
    assert runs(instance, limit=0) == []


def test_pages_go_on_after_an_execution(instance: DagsterInstance) -> None:
    ids = [record.id for record in instance.get_asset_check_execution_history(KEY, 10)]
    assert [runs(instance, cursor=place) for place in ids] == [
        [("r2", PLANNED), ("r1", SUCCEEDED)],
        [("r1", SUCCEEDED)],
        [],
    ]


def test_executions_are_chosen_by_how_they_ended(instance: DagsterInstance) -> None:
    assert runs(instance, status={PLANNED, FAILED}) == [("r3", FAILED), ("r2", PLANNED)]
    assert runs(instance, limit=1, status={SUCCEEDED}) == [("r1", SUCCEEDED)]


def test_what_a_run_over_a_range_finds_is_of_each_partition() -> None:
    days = dg.StaticPartitionsDefinition(["mon", "tue", "wed"])

    @dg.asset(partitions_def=days, backfill_policy=dg.BackfillPolicy.single_run())
    def orders() -> None: ...

    @dg.asset_check(asset=orders, partitions_def=days)
    def has_rows() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=False)

    asked = {"dagster/asset_partition_range_start": "mon", "dagster/asset_partition_range_end": "tue"}
    job = dg.Definitions(assets=[orders], asset_checks=[has_rows]).resolve_implicit_global_asset_job_def()
    with dg.DagsterInstance.ephemeral() as instance:
        assert job.execute_in_process(instance=instance, tags=asked).success
        key = dg.AssetCheckKey(dg.AssetKey("orders"), "has_rows")
        [told] = instance.get_asset_check_execution_history(key, 10)
        [found] = instance.check_partition_statuses(key, days).ranges()
        assert (told.partition, found.start_key, found.end_key, found.status.value) == (None, "mon", "tue", "FAILED")
