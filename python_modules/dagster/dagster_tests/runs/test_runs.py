import uuid

import pytest

from dagster.keys import AssetKey
from dagster.runs.runs import DagsterRun, RunsFilter, new_run_id
from dagster.runs.statuses import (
    CANCELABLE_STATUSES,
    FINISHED_STATUSES,
    NOT_FINISHED_STATUSES,
    STATUS_BY_EVENT,
    DagsterRunStatus,
)
from dagster.runs.tags import BACKFILL_ID_TAG, PARENT_RUN_ID_TAG, PARTITION_NAME_TAG, ROOT_RUN_ID_TAG, SCHEDULE_NAME_TAG
from dagster.serdes import decode, encode


class Named:
    name = "nightly"


def test_a_run_gets_an_id_of_its_own() -> None:
    assert DagsterRun("j").run_id != DagsterRun("j").run_id
    assert str(uuid.UUID(new_run_id()))


def test_a_run_is_read_as_it_was_written() -> None:
    run = DagsterRun(
        "j", run_config={"ops": {"a": {"config": {"n": 1}}}}, asset_selection=frozenset({AssetKey(["a", "b"])}), tags={"t": "v"}
    )
    assert decode(encode(run), DagsterRun) == run


def test_a_selection_becomes_a_frozenset() -> None:
    assert DagsterRun("j", asset_selection={AssetKey("a")}).asset_selection == frozenset({AssetKey("a")})  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("status", DagsterRunStatus)
def test_what_a_run_claims_follows_its_status(status: DagsterRunStatus) -> None:
    run = DagsterRun("j").with_status(status)
    assert run.is_finished == (status in FINISHED_STATUSES)
    assert run.is_success == (status is DagsterRunStatus.SUCCESS)
    assert run.is_failure == (status is DagsterRunStatus.FAILURE)
    assert run.is_failure_or_canceled == (status in (DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED))
    assert run.is_cancelable == (status in CANCELABLE_STATUSES)


def test_every_status_is_final_or_not() -> None:
    assert {*FINISHED_STATUSES, *NOT_FINISHED_STATUSES} == set(DagsterRunStatus)
    assert set(FINISHED_STATUSES) & set(NOT_FINISHED_STATUSES) == set()


def test_every_final_status_is_reached_by_an_event() -> None:
    assert set(FINISHED_STATUSES) <= set(STATUS_BY_EVENT.values())


def test_tags_say_where_a_run_comes_from() -> None:
    tags = {PARENT_RUN_ID_TAG: "p", ROOT_RUN_ID_TAG: "r", PARTITION_NAME_TAG: "2024"}
    run = DagsterRun("j").with_tags(tags)
    assert (run.get_parent_run_id(), run.get_root_run_id(), run.partition_key) == ("p", "r", "2024")
    assert run.tags_for_storage() == tags


def test_filters_name_what_started_the_runs() -> None:
    assert RunsFilter.for_backfill("b").tags == {BACKFILL_ID_TAG: "b"}
    assert RunsFilter.for_schedule(Named).tags == {SCHEDULE_NAME_TAG: "nightly"}
    assert DagsterRun.tags_for_backfill_id("b") == {BACKFILL_ID_TAG: "b"}


def test_a_filter_takes_none_for_no_condition() -> None:
    found = RunsFilter(statuses=None, tags=None)  # pyright: ignore[reportArgumentType]
    assert (found.statuses, found.tags) == ([], {})
