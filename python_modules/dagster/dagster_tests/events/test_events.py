from typing import Any

import pytest

from dagster.errors import DagsterInvariantViolationError
from dagster.events.data import JobFailureData, StepMaterializationData
from dagster.events.events import (
    DagsterEvent,
    NodeHandle,
    check_evaluation_of,
    event_asset_key,
    event_partition,
    materialization_of,
    observation_of,
    require_event_type,
)
from dagster.events.types import DagsterEventType
from dagster.keys import AssetKey
from dagster_tests.events.samples import DATA, KEY

ABOUT_ASSETS = {
    "StepMaterializationData",
    "AssetObservationData",
    "AssetMaterializationPlannedData",
    "AssetCheckEvaluationPlanned",
    "AssetCheckEvaluation",
    "AssetWipedData",
}


def event(kind: DagsterEventType, data: Any = None, step_key: str | None = None) -> DagsterEvent:
    return DagsterEvent(event_type_value=kind.value, job_name="j", step_key=step_key, event_specific_data=data)


@pytest.mark.parametrize("data", DATA, ids=lambda data: type(data).__name__)
def test_an_event_knows_the_asset_it_is_about(data: Any) -> None:
    assert event_asset_key(data) == (KEY if type(data).__name__ in ABOUT_ASSETS else None)


@pytest.mark.parametrize("data", DATA, ids=lambda data: type(data).__name__)
def test_an_event_knows_the_partition_it_is_about(data: Any) -> None:
    about = ABOUT_ASSETS - {"AssetWipedData", "AssetCheckEvaluation"}
    assert event_partition(data) == ("p" if type(data).__name__ in about else None)


def test_claims_follow_the_type() -> None:
    failed = event(DagsterEventType.STEP_FAILURE, step_key="s")
    assert failed.is_step_failure
    assert failed.is_failure
    assert failed.is_step_event
    assert not failed.is_step_success
    assert not failed.is_job_event


def test_the_events_of_a_run_are_not_of_a_step() -> None:
    failed = event(DagsterEventType.RUN_FAILURE, JobFailureData())
    assert failed.is_run_failure
    assert failed.is_job_failure
    assert failed.is_job_event
    assert not failed.is_step_event
    assert failed.node_handle is None


def test_values_of_run_events_are_the_ones_that_are_stored() -> None:
    assert DagsterEventType.RUN_START.value == "PIPELINE_START"
    assert DagsterEventType("PIPELINE_SUCCESS") is DagsterEventType.RUN_SUCCESS


def test_a_node_has_its_place_in_graphs_of_graphs() -> None:
    handle = NodeHandle.from_path("outer.inner")
    assert handle == NodeHandle("inner", NodeHandle("outer"))
    assert str(handle) == "outer.inner"
    assert event(DagsterEventType.STEP_START, step_key="outer.inner[key]").node_name == "inner"


def test_what_was_said_is_found_in_its_event_only() -> None:
    found = {type(data).__name__: [of(event(DagsterEventType.ENGINE_EVENT, data)) is not None for of in SAID] for data in DATA}
    assert found["StepMaterializationData"] == [True, False, False]
    assert found["AssetObservationData"] == [False, True, False]
    assert found["AssetCheckEvaluation"] == [False, False, True]
    assert found["StepSuccessData"] == [False, False, False]


SAID = (materialization_of, observation_of, check_evaluation_of)


def test_nothing_is_said_by_no_event() -> None:
    assert [of(None) for of in SAID] == [None, None, None]


def test_data_is_reached_by_its_name_in_the_api() -> None:
    data = next(each for each in DATA if isinstance(each, StepMaterializationData))
    made = event(DagsterEventType.ASSET_MATERIALIZATION, data)
    assert made.step_materialization_data is data
    assert made.materialization.asset_key == AssetKey(["a", "b"])
    assert made.partition == "p"


def test_an_event_of_another_type_is_refused() -> None:
    require_event_type(event(DagsterEventType.STEP_START), DagsterEventType.STEP_START)
    with pytest.raises(DagsterInvariantViolationError, match="Expected a STEP_SUCCESS"):
        require_event_type(event(DagsterEventType.STEP_START), DagsterEventType.STEP_SUCCESS)
