"""Code locations, jobs, schedules and sensors."""

from __future__ import annotations

from dagster.events.failures import SerializableErrorInfo
from dagster.runs.instigators import InstigatorStatus
from dagster.workspace.complaints import Complaint
from dagster_graphql.config.validation import stack_of
from dagster_graphql.errors.errors import causes, chain
from dagster_graphql_tests.projects import served_project

IN_SHOP = {"repositoryName": "__repository__", "repositoryLocationName": "shop"}
ENTRIES = """
{
  workspaceOrError {
    ... on Workspace {
      locationEntries {
        name loadStatus error { message stack } slowStartReasons
        locationOrLoadError { __typename ... on PythonError { message } }
      }
    }
  }
}
"""


def test_a_location_that_fails_to_load_tells_why_and_goes_on_with_the_code_of_before() -> None:
    complaint = Complaint(sentence="shop.py:3: NameError: name 'x' is not defined", details=("shop.py:3 in <module>: x",))
    with served_project() as served:
        served.locations.change("shop", complaint=complaint, obstacles=("A thread runs.",))
        [entry] = served.ask(ENTRIES)["workspaceOrError"]["locationEntries"]
        assert entry["locationOrLoadError"] == {"__typename": "PythonError", "message": complaint.sentence}
        assert entry["error"] == {"message": complaint.sentence, "stack": ["shop.py:3 in <module>: x\n"]}
        assert entry["slowStartReasons"] == ["A thread runs."]
        assert len(served.ask("{ assetNodes { id } }")["assetNodes"]) == 3


def test_a_location_that_is_being_loaded_holds_nothing_yet() -> None:
    with served_project() as served:
        served.locations.change("shop", description=None, is_loading=True)
        [entry] = served.ask(ENTRIES)["workspaceOrError"]["locationEntries"]
        assert (entry["loadStatus"], entry["locationOrLoadError"]) == ("LOADING", None)
        assert served.ask("{ assetNodes { id } }") == {"assetNodes": []}


def test_a_job_is_told_with_its_graph_and_the_config_that_it_takes() -> None:
    query = """
    query($job: PipelineSelector!) {
      pipelineOrError(params: $job) {
        ... on Pipeline {
          nodeNames solids { name inputs { dependsOn { solid { name } } } }
          solidHandle(handleID: "double") { handleID }
        }
      }
      runConfigSchemaOrError(selector: $job) { ... on RunConfigSchema { rootDefaultYaml scaffoldedYaml } }
    }
    """
    with served_project() as served:
        found = served.ask(query, job={"pipelineName": "numbers", **IN_SHOP})
        assert found["pipelineOrError"] == {
            "nodeNames": ["double", "read"],
            "solids": [
                {"name": "double", "inputs": [{"dependsOn": [{"solid": {"name": "read"}}]}]},
                {"name": "read", "inputs": []},
            ],
            "solidHandle": {"handleID": "double"},
        }
        assert found["runConfigSchemaOrError"]["rootDefaultYaml"] == "{}\n"
        assert found["runConfigSchemaOrError"]["scaffoldedYaml"].startswith("ops:\n  read:\n    config:\n      limit:")


def test_a_schedule_is_switched_on_off_and_back() -> None:
    start = """
    mutation($schedule: ScheduleSelector!) {
      startSchedule(scheduleSelector: $schedule) { ... on ScheduleStateResult { scheduleState { id status } } }
    }
    """
    stop = "mutation($id: String) { stopRunningSchedule(id: $id) { ... on ScheduleStateResult { scheduleState { status } } } }"
    reset = """
    mutation($schedule: ScheduleSelector!) {
      resetSchedule(scheduleSelector: $schedule) { ... on ScheduleStateResult { scheduleState { status } } }
    }
    """
    schedule = {"scheduleName": "nightly", **IN_SHOP}
    with served_project() as served:
        state = served.ask(start, schedule=schedule)["startSchedule"]["scheduleState"]
        assert state == {"id": "shop:nightly", "status": "RUNNING"}
        assert served.ask(stop, id="shop:nightly")["stopRunningSchedule"]["scheduleState"]["status"] == "STOPPED"
        assert served.ask(reset, schedule=schedule)["resetSchedule"]["scheduleState"]["status"] == "STOPPED"
        [kept] = served.instance.all_instigator_state()
        assert kept.status is InstigatorStatus.DECLARED_IN_CODE


def test_the_cursor_of_a_sensor_is_set() -> None:
    query = """
    mutation($sensor: SensorSelector!) {
      setSensorCursor(sensorSelector: $sensor, cursor: "noon") {
        ... on Sensor { sensorState { typeSpecificData { ... on SensorData { lastCursor } } } }
      }
    }
    """
    with served_project() as served:
        found = served.ask(query, sensor={"sensorName": "arrivals", **IN_SHOP})["setSensorCursor"]
        assert found["sensorState"]["typeSpecificData"] == {"lastCursor": "noon"}


def test_a_pool_gets_a_limit_and_loses_it() -> None:
    limits = "{ instance { concurrencyLimits { concurrencyKey limit } } }"
    with served_project() as served:
        served.ask('mutation { setConcurrencyLimit(concurrencyKey: "database", limit: 2) }')
        assert served.ask(limits)["instance"]["concurrencyLimits"] == [{"concurrencyKey": "database", "limit": 2}]
        served.ask('mutation { deleteConcurrencyLimit(concurrencyKey: "database") }')
        assert served.ask(limits)["instance"]["concurrencyLimits"] == []


def test_a_place_in_config_is_told_step_by_step() -> None:
    steps = [next(iter(entry.__struct_fields__)) for entry in stack_of("root:ops:a:config:list[3]:'k':value").entries]  # type: ignore[attr-defined]
    assert steps == ["field_name", "field_name", "field_name", "field_name", "list_index", "map_key"]


def test_an_error_is_told_with_what_led_to_it() -> None:
    root = SerializableErrorInfo("KeyError: 'x'\n", [])
    middle = SerializableErrorInfo("LookupError: no x\n", [], context=root)
    error = SerializableErrorInfo("ValueError: bad\n", [], cause=middle)
    assert list(causes(error)) == [middle]
    assert [(link.message, link.is_explicit_link) for link in chain(error)] == [
        ("LookupError: no x\n", True),
        ("KeyError: 'x'\n", False),
    ]
