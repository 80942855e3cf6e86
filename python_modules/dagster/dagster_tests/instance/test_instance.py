import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster.errors import (
    CheckError,
    DagsterHomeNotSetError,
    DagsterInstanceError,
    DagsterInvariantViolationError,
    DagsterRunAlreadyExists,
    DagsterRunFencedError,
)
from dagster.events.asset_events import AssetCheckEvaluation, AssetMaterialization, AssetObservation
from dagster.events.data import EngineEventData
from dagster.events.records import AssetRecordsFilter, EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster.runs.runs import RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster_tests.contracts.storage_facts import a_run, entry, observed, planned, written

T, S = DagsterEventType, DagsterRunStatus
A = AssetKey("a")


@pytest.fixture(params=["ephemeral", "persistent"])
def instance(request: pytest.FixtureRequest) -> Iterator[DagsterInstance]:
    with DagsterInstance.ephemeral() if request.param == "ephemeral" else DagsterInstance.local_temp() as instance:
        yield instance


def test_get_needs_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "")
    with pytest.raises(DagsterHomeNotSetError, match="export DAGSTER_HOME"):
        DagsterInstance.get()


@pytest.mark.parametrize(
    ("home", "sentence"),
    [("relative", "an absolute path"), ("/no/such/folder", "does not exist"), (__file__, "is a file")],
)
def test_get_needs_an_existing_folder(monkeypatch: pytest.MonkeyPatch, home: str, sentence: str) -> None:
    monkeypatch.setenv("DAGSTER_HOME", home)
    with pytest.raises(DagsterInstanceError, match=sentence):
        DagsterInstance.get()


def test_get_remembers_across_instances(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    with DagsterInstance.get() as first:
        run = first.create_run(job_name="j")
        assert (first.is_persistent, first.is_ephemeral, first.root_directory) == (True, False, str(tmp_path))
        assert first.storage_directory() == str(tmp_path / "storage")
    with DagsterInstance.get() as second:
        assert second.get_run_by_id(run.run_id) == run


def test_a_temporary_instance_takes_its_folder_with_it() -> None:
    with DagsterInstance.local_temp() as instance:
        folder = instance.root_directory
        assert os.path.isfile(os.path.join(folder, "dagster.db"))
    assert not os.path.exists(folder)


def test_an_ephemeral_instance_has_a_folder_when_asked() -> None:
    with DagsterInstance.ephemeral() as instance:
        assert instance.is_ephemeral
        folder = instance.root_directory
        assert instance.storage_directory() == os.path.join(folder, "storage")
        assert os.path.isdir(folder)
    assert not os.path.exists(folder)


def test_settings_stand_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
    with DagsterInstance.local_temp(str(tmp_path), overrides={"nux": {"enabled": False}}) as instance:
        assert instance.get_settings("telemetry") == {"enabled": False}
        assert instance.settings["nux"] == {"enabled": False}
        assert instance.get_settings("nope") == {}


def test_a_run_is_stored_with_its_first_events(instance: DagsterInstance) -> None:
    run = instance.add_run(a_run(run_id="r1"), [planned("r1", "a")])
    assert instance.get_run_by_id("r1") == run
    assert len(instance.all_logs("r1")) == 1
    with pytest.raises(DagsterRunAlreadyExists):
        instance.add_run(run)


def test_tags_of_a_run_are_strings(instance: DagsterInstance) -> None:
    run = instance.create_run(job_name="j", tags={"a": "b", "n": 1})
    assert run.tags == {"a": "b", "n": "1"}
    assert instance.get_run_ids(RunsFilter(tags={"n": "1"})) == [run.run_id]


def test_who_takes_a_run_fences_the_one_before(instance: DagsterInstance) -> None:
    instance.add_run(a_run(run_id="r1"))
    taken = instance.take_run("r1")
    assert (taken.attempt, taken.process is not None) == (1, True)
    with pytest.raises(DagsterRunFencedError):
        instance.append([entry("r1", T.RUN_START)], attempt=0)
    instance.append([entry("r1", T.RUN_START)], attempt=taken.attempt)
    instance.store_event(entry("r1", T.ENGINE_EVENT))
    assert len(instance.all_logs("r1")) == 2


def test_logs_after_a_position(instance: DagsterInstance) -> None:
    kinds = [T.RUN_START, T.STEP_START, T.STEP_SUCCESS, T.RUN_SUCCESS]
    instance.append([entry("r1", kind, step_key="s") for kind in kinds])
    assert [found.dagster_event_type for found in instance.logs_after("r1", 0, limit=2)] == kinds[1:3]
    assert [found.dagster_event_type for found in instance.logs_after("r1")] == kinds
    assert [found.dagster_event_type for found in instance.logs_after("r1", -1)] == kinds
    assert [found.dagster_event_type for found in instance.all_logs("r1", T.STEP_START)] == [T.STEP_START]


def test_the_records_of_a_run_come_in_pages(instance: DagsterInstance) -> None:
    places = instance.append([entry("r1", T.ENGINE_EVENT) for _ in range(3)])
    first = instance.get_records_for_run("r1", limit=2)
    assert ([record.storage_id for record in first.records], first.has_more) == (places[:2], True)
    second = instance.get_records_for_run("r1", cursor=first.cursor, limit=2)
    assert ([record.storage_id for record in second.records], second.has_more) == (places[2:], False)
    last = instance.get_records_for_run("r1", cursor=second.cursor)
    assert (last.records, last.cursor, last.has_more) == ([], second.cursor, False)
    backwards = instance.get_records_for_run("r1", limit=1, ascending=False)
    assert [record.storage_id for record in backwards.records] == places[2:]
    assert instance.get_records_for_run("nope").cursor == "-1"


def test_a_foreign_cursor_is_refused(instance: DagsterInstance) -> None:
    with pytest.raises(DagsterInvariantViolationError, match="is no cursor"):
        instance.get_records_for_run("r1", cursor="eyJ0")


def test_materializations_come_in_pages(instance: DagsterInstance) -> None:
    places = instance.append([written("r1", "a", partition) for partition in ("x", "y", "z")])
    first = instance.fetch_materializations(A, limit=2)
    assert ([record.storage_id for record in first.records], first.has_more) == ([places[2], places[1]], True)
    second = instance.fetch_materializations(A, limit=2, cursor=first.cursor)
    assert ([record.partition_key for record in second.records], second.has_more) == (["x"], False)
    ascending = instance.fetch_materializations(A, limit=1, ascending=True)
    assert [record.partition_key for record in ascending.records] == ["x"]
    assert [
        record.partition_key
        for record in instance.fetch_materializations(AssetRecordsFilter(A, asset_partitions=["y"]), limit=5).records
    ] == ["y"]


def test_the_latest_materialization(instance: DagsterInstance) -> None:
    assert instance.get_latest_materialization_event(A) is None
    instance.append([written("r1", "a"), observed("r1", "b")])
    instance.append([written("r2", "a", tags={"dagster/code_version": "2"})])
    latest = instance.get_latest_materialization_event(A)
    assert latest is not None
    assert latest.run_id == "r2"
    assert set(instance.get_latest_materialization_events([A, AssetKey("b")])) == {A}
    assert instance.get_latest_materialization_code_versions([A, AssetKey("b")]) == {A: "2", AssetKey("b"): None}


def test_materialized_partitions_are_told_by_place(instance: DagsterInstance) -> None:
    places = instance.append([written("r1", "a", "x"), written("r1", "a", "y"), planned("r1", "a", "z"), written("r1", "a", "x")])
    assert instance.get_materialized_partitions(A) == {"x", "y"}
    assert instance.get_materialized_partitions(A, after_cursor=places[1]) == {"x"}
    assert instance.get_materialized_partitions(A, before_cursor=places[1]) == {"x"}
    assert instance.get_latest_storage_id_by_partition(A, T.ASSET_MATERIALIZATION) == {"x": places[3], "y": places[1]}
    assert instance.get_latest_storage_id_by_partition(A, T.ASSET_MATERIALIZATION, {"y"}) == {"y": places[1]}


def test_the_latest_data_version_is_of_a_materialization_before_an_observation(instance: DagsterInstance) -> None:
    [seen] = instance.append([observed("r1", "a")])
    found = instance.get_latest_data_version_record(A)
    assert found is not None
    assert found.storage_id == seen
    [place, _] = instance.append([written("r1", "a"), observed("r1", "a")])
    found = instance.get_latest_data_version_record(A)
    assert found is not None
    assert found.storage_id == place


def test_events_outside_of_runs(instance: DagsterInstance) -> None:
    instance.report_runless_asset_event(AssetMaterialization(A, partition="x"))
    instance.report_runless_asset_event(AssetObservation(AssetKey("b")))
    instance.report_runless_asset_event(AssetCheckEvaluation(asset_key=A, check_name="c", passed=True))
    assert instance.get_materialized_partitions(A) == {"x"}
    assert instance.get_asset_keys() == [A, AssetKey("b")]
    latest = instance.get_latest_materialization_event(A)
    assert latest is not None
    assert (latest.run_id, latest.level, latest.job_name) == ("", 20, "")
    with pytest.raises(DagsterInvariantViolationError, match="expected AssetMaterialization"):
        instance.report_runless_asset_event("x")  # type: ignore[arg-type]


def test_a_wiped_asset_is_forgotten_and_that_is_told(instance: DagsterInstance) -> None:
    instance.append([written("r1", "a"), written("r1", "b", "x"), written("r1", "b", "y")])
    instance.wipe_assets([A])
    instance.wipe_asset_partitions(AssetKey("b"), ["x"])
    assert not instance.has_asset_key(A)
    assert instance.get_materialized_partitions(AssetKey("b")) == {"y"}
    assert len(instance.all_logs("r1")) == 3
    assert len(instance.get_event_records(EventRecordsFilter(T.ASSET_WIPED))) == 2


def test_a_run_is_made_to_end_from_outside(instance: DagsterInstance) -> None:
    for report, status in ((instance.report_run_failed, S.FAILURE), (instance.report_run_canceled, S.CANCELED)):
        run = instance.create_run(job_name="j")
        event = report(run)
        assert event.message is not None
        assert "from outside the execution context" in event.message
        found = instance.get_run_by_id(run.run_id)
        assert found is not None
        assert found.status is status


def test_engine_events_are_about_a_run(instance: DagsterInstance) -> None:
    run = instance.create_run(job_name="j")
    instance.report_engine_event("hello", run, EngineEventData(), cls=int, step_key="s")
    [log] = instance.all_logs(run.run_id)
    assert (log.message, log.step_key, log.level, log.job_name) == ("[int] hello", "s", 20, "j")
    with pytest.raises(CheckError, match="about a run"):
        instance.report_engine_event("hello")
