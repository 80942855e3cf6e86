"""What schedules and sensors answer a daemon: values, whatever their code does."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from dagster import (
    AddDynamicPartitionsRequest,
    AssetMaterialization,
    DagsterInstance,
    DagsterRunStatus,
    Definitions,
    DynamicPartitionsDefinition,
    RunRequest,
    SensorResult,
    SkipReason,
    asset,
    define_asset_job,
    job,
    op,
    run_status_sensor,
    schedule,
    sensor,
)
from dagster.execution.answers import answer_of
from dagster.runs.evaluations import TickAnswer, TickQuestion
from dagster.runs.ticks import InstigatorType

PARTS = DynamicPartitionsDefinition(name="files")


@op
def reads() -> None: ...


@job
def load() -> None:
    reads()


@pytest.fixture
def instance() -> Iterator[DagsterInstance]:
    with DagsterInstance.ephemeral() as made:
        yield made


def asked(instance: DagsterInstance, declared: Any, cursor: str | None = None, scheduled: float | None = None) -> TickAnswer:
    kind = InstigatorType.SCHEDULE if scheduled is not None else InstigatorType.SENSOR
    sensors = [] if scheduled is not None else [declared]
    definitions = Definitions(jobs=[load], sensors=sensors, schedules=[declared] if scheduled is not None else [])
    question = TickQuestion(instigator_type=kind, location="shop", name=declared.name, cursor=cursor, scheduled=scheduled)
    return answer_of(definitions, question, instance)


def test_a_sensor_gives_runs_that_can_be_stored_and_its_cursor(instance: DagsterInstance) -> None:
    @sensor(job=load)
    def files(context: Any) -> RunRequest:
        context.update_cursor(f"{context.cursor}b")
        return RunRequest("b.csv", tags={"why": "new"})

    answer = asked(instance, files, cursor="a")
    assert (answer.cursor, answer.error, [wanted.run_key for wanted in answer.runs]) == ("ab", None, ["b.csv"])
    [wanted] = answer.runs
    assert (wanted.run.job_name, wanted.run.tags["why"]) == ("load", "new")
    assert instance.get_runs() == []


def test_a_schedule_is_told_its_time_in_its_own_zone(instance: DagsterInstance) -> None:
    @schedule(job=load, cron_schedule="0 9 * * *", execution_timezone="Asia/Tokyo")
    def morning(context: Any) -> RunRequest:
        return RunRequest(tags={"at": context.scheduled_execution_time.isoformat()})

    [wanted] = asked(instance, morning, scheduled=1714521600.0).runs
    assert wanted.run.tags["at"] == "2024-05-01T09:00:00+09:00"


def test_what_is_raised_is_the_error_and_not_the_fence_around_it(instance: DagsterInstance) -> None:
    @sensor(job=load)
    def broken(context: Any) -> None:
        raise ValueError("no rows")

    error = asked(instance, broken).error
    assert error is not None
    assert error.message.strip() == "ValueError: no rows"


def test_a_sensor_that_leaves_has_failed(instance: DagsterInstance) -> None:
    @sensor(job=load)
    def leaving(context: Any) -> None:
        sys.exit(2)

    error = asked(instance, leaving).error
    assert error is not None
    assert error.cls_name == "SystemExit"


def test_config_that_does_not_fit_fails_the_tick(instance: DagsterInstance) -> None:
    @sensor(job=load)
    def misled(context: Any) -> RunRequest:
        return RunRequest("a", run_config={"ops": {"nothing": {}}})

    answer = asked(instance, misled)
    assert answer.error is not None
    assert answer.error.cls_name == "DagsterInvalidConfigError"
    assert answer.runs == ()


def test_runs_may_be_of_partitions_that_the_same_tick_adds(instance: DagsterInstance) -> None:
    @asset(partitions_def=PARTS)
    def files() -> None: ...

    @sensor(job=define_asset_job("files_job", [files]))
    def folder(context: Any) -> SensorResult:
        return SensorResult(
            run_requests=[RunRequest("a.csv", partition_key="a.csv")],
            dynamic_partitions_requests=[PARTS.build_add_request(["a.csv"])],
            asset_events=[AssetMaterialization("folder")],
        )

    definitions = Definitions(assets=[files], sensors=[folder])
    question = TickQuestion(instigator_type=InstigatorType.SENSOR, location="shop", name="folder")
    answer = answer_of(definitions, question, instance)
    assert answer.error is None
    assert [wanted.run.tags["dagster/partition"] for wanted in answer.runs] == ["a.csv"]
    assert answer.partitions == (AddDynamicPartitionsRequest("files", ["a.csv"]),)
    assert len(answer.events) == 1
    assert instance.get_dynamic_partitions("files") == []


def test_a_sensor_on_runs_that_raises_has_failed_and_come_further(instance: DagsterInstance) -> None:
    @run_status_sensor(run_status=DagsterRunStatus.SUCCESS, request_job=load)
    def reports(context: Any) -> SkipReason:
        raise ValueError(context.dagster_run.job_name)

    first = asked(instance, reports)
    assert first.error is None
    run_id = load.execute_in_process(instance=instance).run_id
    answer = asked(instance, reports, cursor=first.cursor)
    assert answer.error is not None
    assert answer.error.message.strip() == "ValueError: load"
    assert answer.reacted_to == (run_id,)
    assert answer.cursor != first.cursor
    assert asked(instance, reports, cursor=answer.cursor).reacted_to == ()


def test_what_is_logged_goes_along_with_the_answer_also_of_one_that_raises(instance: DagsterInstance) -> None:
    @sensor(job=load)
    def talks(context: Any) -> SkipReason:
        context.log.info("looked at %d files", 3)
        try:
            raise ValueError("no file")
        except ValueError:
            context.log.exception("one was bad")
        return SkipReason("none")

    @sensor(job=load)
    def fails(context: Any) -> None:
        context.log.debug("x" * 5_000)
        for number in range(501):
            context.log.info(number)
        raise ValueError("no")

    said, failed = asked(instance, talks), asked(instance, fails)
    assert [(line.level, line.message) for line in said.lines] == [(20, "looked at 3 files"), (40, "one was bad")]
    assert "ValueError: no file" in (said.lines[1].error or "")
    assert failed.error is not None
    assert (len(failed.lines), failed.lines[-1].message) == (501, "2 more lines are not kept.")
    assert failed.lines[0].message.endswith("… (5000 characters)")
