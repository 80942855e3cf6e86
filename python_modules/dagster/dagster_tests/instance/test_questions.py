from collections.abc import Iterator

import pytest

from dagster.errors import CheckError, DagsterRunNotFoundError
from dagster.events.check_records import AssetCheckExecutionRecordStatus
from dagster.events.records import RunStatusChangeRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.instance import DagsterInstance
from dagster.instance.statuses import AssetPartitionStatus, PlannedMaterializationInfo
from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.statistics import RunStepMarker, StepEventStatus
from dagster.runs.ticks import TickFilter, TickRecord, TickStatus
from dagster_tests.contracts.storage_facts import a_tick, check_planned, checked, entry, planned, written

T = DagsterEventType
A = AssetKey("a")


@pytest.fixture(params=["ephemeral", "persistent"])
def instance(request: pytest.FixtureRequest) -> Iterator[DagsterInstance]:
    with DagsterInstance.ephemeral() if request.param == "ephemeral" else DagsterInstance.local_temp() as instance:
        yield instance


def test_tags_of_runs_are_listed_by_key(instance: DagsterInstance) -> None:
    instance.create_run(job_name="j", tags={"t": "1", "u": "x"})
    instance.create_run(job_name="j", tags={"t": "2"})
    assert instance.get_run_tag_keys() == ["t", "u"]
    assert instance.get_run_tags(["t", "u", "nope"]) == [("t", {"1", "2"}), ("u", {"x"})]
    assert instance.get_run_tags(["t"], value_prefix="2") == [("t", {"2"})]
    assert instance.get_run_tags(["t"], limit=1) == [("t", {"1"})]


def test_changes_of_runs_come_in_pages(instance: DagsterInstance) -> None:
    runs = [instance.create_run(job_name=name, run_id=f"r{number}") for number, name in enumerate("xyx")]
    for run in runs:
        instance.append([entry(run.run_id, T.RUN_START), entry(run.run_id, T.RUN_SUCCESS)])
    first = instance.fetch_run_status_changes(T.RUN_SUCCESS, 2)
    assert ([record.run_id for record in first.records], first.has_more) == (["r2", "r1"], True)
    rest = instance.fetch_run_status_changes(T.RUN_SUCCESS, 2, cursor=first.cursor)
    assert ([record.run_id for record in rest.records], rest.has_more) == (["r0"], False)
    of_x = RunStatusChangeRecordsFilter(T.RUN_START, job_names=["x"])
    assert [record.run_id for record in instance.fetch_run_status_changes(of_x, 9, ascending=True).records] == ["r0", "r2"]
    with pytest.raises(CheckError, match="STEP_START does not say where a run moved"):
        instance.fetch_run_status_changes(T.STEP_START, 1)


def test_a_run_is_told_in_numbers(instance: DagsterInstance) -> None:
    kinds = [(T.RUN_STARTING, 1.0), (T.RUN_START, 2.0), (T.STEP_SUCCESS, 3.0), (T.STEP_FAILURE, 4.0), (T.RUN_FAILURE, 5.0)]
    instance.append([entry("r", kind, timestamp=moment) for kind, moment in kinds] + [written("r", "a")])
    stats = instance.get_run_stats("r")
    assert (stats.steps_succeeded, stats.steps_failed, stats.materializations) == (1, 1, 1)
    assert (stats.enqueued_time, stats.launch_time, stats.start_time, stats.end_time) == (None, 1.0, 2.0, 5.0)
    assert instance.get_run_stats("nope").steps_succeeded == 0


def test_a_step_is_told_with_each_of_its_attempts(instance: DagsterInstance) -> None:
    told = [(T.STEP_START, 1.0), (T.STEP_UP_FOR_RETRY, 2.0), (T.STEP_RESTARTED, 3.0), (T.STEP_SUCCESS, 4.0)]
    instance.append([entry("r", kind, step_key="s", timestamp=moment) for kind, moment in told])
    instance.append([entry("r", T.STEP_START, step_key="t", timestamp=5.0)])
    done, under_way = instance.get_run_step_stats("r")
    assert (done.step_key, done.status, done.start_time, done.end_time, done.attempts) == (
        "s",
        StepEventStatus.SUCCESS,
        1.0,
        4.0,
        2,
    )
    assert done.attempts_list == [RunStepMarker(1.0, 2.0), RunStepMarker(3.0, 4.0)]
    assert (under_way.status, under_way.end_time, under_way.partial_attempt_start) == (StepEventStatus.IN_PROGRESS, None, 5.0)
    assert [step.step_key for step in instance.get_run_step_stats("r", ["t", "nope"])] == ["t"]


def test_a_chain_of_executions_is_a_group(instance: DagsterInstance) -> None:
    first = instance.create_run(job_name="j", run_id="first")
    instance.create_run(job_name="j", run_id="second", tags={"dagster/root_run_id": "first"})
    with pytest.raises(DagsterRunNotFoundError, match="nope"):
        instance.get_run_group("nope")
    assert instance.get_run_group(first.run_id) == instance.get_run_group("second")
    group = instance.get_run_group("second")
    assert (group[0], [run.run_id for run in group[1]]) == ("first", ["first", "second"])


def test_partitions_say_where_they_stand(instance: DagsterInstance) -> None:
    instance.create_run(job_name="j", run_id="running")
    instance.create_run(job_name="j", run_id="failed")
    instance.append([entry("running", T.RUN_START), planned("running", "a", "under way")])
    instance.append([planned("failed", "a", "failed"), entry("failed", T.RUN_FAILURE), written("", "a", "done")])
    assert instance.get_status_by_partition(A, ["done", "under way", "failed", "never"]) == {
        "done": AssetPartitionStatus.MATERIALIZED,
        "under way": AssetPartitionStatus.IN_PROGRESS,
        "failed": AssetPartitionStatus.FAILED,
        "never": None,
    }


def test_the_latest_plan_is_known(instance: DagsterInstance) -> None:
    places = instance.append([planned("r1", "a", "x"), planned("r2", "a")])
    assert instance.get_latest_planned_materialization_info(A) == PlannedMaterializationInfo(places[1], "r2")
    assert instance.get_latest_planned_materialization_info(A, "x") == PlannedMaterializationInfo(places[0], "r1")
    assert instance.get_latest_planned_materialization_info(AssetKey("nope")) is None


def test_the_latest_execution_of_a_check_is_known(instance: DagsterInstance) -> None:
    key = AssetCheckKey(A, "c")
    assert instance.get_latest_asset_check_evaluation_record(key) is None
    instance.append([check_planned("r1", "a", "c"), checked("r1", "a", "c", False)])
    found = instance.get_latest_asset_check_evaluation_record(key)
    assert found is not None
    assert (found.status, found.run_id) == (AssetCheckExecutionRecordStatus.FAILED, "r1")
    assert found.evaluation is not None
    instance.append([check_planned("r2", "a", "c")])
    found = instance.get_latest_asset_check_evaluation_record(key)
    assert found is not None
    assert (found.status, found.run_id, found.evaluation) == (AssetCheckExecutionRecordStatus.PLANNED, "r2", None)


def test_partitions_of_a_run_are_grouped_by_asset(instance: DagsterInstance) -> None:
    instance.append([written("r", "a", "x"), written("r", "a", "y"), planned("r", "b")])
    assert instance.get_asset_partitions_for_run("r") == {A: {"x", "y"}, AssetKey("b"): {None}}
    assert instance.get_asset_partitions_for_run("r", of_type=T.ASSET_MATERIALIZATION) == {A: {"x", "y"}}


def test_dynamic_partitions_are_kept_in_order(instance: DagsterInstance) -> None:
    instance.add_dynamic_partitions("d", ["x", "y", "z"])
    before = instance.get_dynamic_partitions_definition_id("d")
    assert instance.get_dynamic_partitions("d") == ["x", "y", "z"]
    assert (instance.has_dynamic_partition("d", "x"), instance.has_dynamic_partition("d", "q")) == (True, False)
    assert instance.get_existing_dynamic_partitions("d", ["x", "q"]) == {"x"}
    instance.delete_dynamic_partition("d", "y")
    assert instance.get_dynamic_partitions("d") == ["x", "z"]
    assert instance.get_dynamic_partitions_definition_id("d") != before


def test_dynamic_partitions_come_in_pages(instance: DagsterInstance) -> None:
    instance.add_dynamic_partitions("d", ["x", "y", "z"])
    first = instance.get_paginated_dynamic_partitions("d", 2, True)
    assert (first.results, first.has_more) == (["x", "y"], True)
    rest = instance.get_paginated_dynamic_partitions("d", 2, True, first.cursor)
    assert (rest.results, rest.has_more) == (["z"], False)
    assert instance.get_paginated_dynamic_partitions("d", 2, False).results == ["z", "y"]


@pytest.mark.parametrize(("name", "keys"), [("", ["a"]), (1, ["a"]), ("d", "abc"), ("d", [1]), ("d", None)])
def test_dynamic_partitions_of_another_form_are_refused(instance: DagsterInstance, name: str, keys: list[str]) -> None:
    with pytest.raises(CheckError, match="Got"):
        instance.add_dynamic_partitions(name, keys)


def test_ticks_are_kept_and_found(instance: DagsterInstance) -> None:
    first = instance.add_tick(a_tick(selector="a"))
    over = TickRecord(first.tick_id, a_tick(selector="a", status=TickStatus.SUCCESS, run_ids=("r",)))
    assert instance.update_tick(over)
    second = instance.add_tick(a_tick(selector="b"))
    assert instance.get_ticks() == [second, over]
    assert instance.get_ticks(TickFilter(selector="a")) == instance.get_ticks(cursor=second.tick_id) == [over]
    assert instance.get_latest_ticks(["a", "nope"]) == {"a": over}
