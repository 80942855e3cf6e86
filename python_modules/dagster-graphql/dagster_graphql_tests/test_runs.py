"""Runs in lists: why they failed, and which assets they were to make."""

from __future__ import annotations

from typing import Any

from dagster_graphql_tests.loaded import Served
from dagster_graphql_tests.projects import served_project

FAILURES = """
{ runsOrError { ... on Runs { results {
  status
  failure { stepKey error { className message causes { className message } } }
} } } }
"""
OF_ASSET = """
query($filter: RunsFilter) {
  runsOrError(filter: $filter) { ... on Runs { count results { tags { key value } } } }
  runsFeedOrError(filter: $filter, limit: 10, view: RUNS) { ... on RunsFeedConnection { results { id } } }
  runsFeedCountOrError(filter: $filter, view: RUNS) { ... on RunsFeedCount { count } }
}
"""


def of_asset(served: Served, name: str, **conditions: Any) -> tuple[int, int, int]:
    """How many runs are found, by each way of asking."""
    found = served.ask(OF_ASSET, filter={"assetKey": {"path": [name]}, **conditions})
    runs, feed = found["runsOrError"], found["runsFeedOrError"]["results"]
    assert runs["count"] == found["runsFeedCountOrError"]["count"]
    return runs["count"], len(runs["results"]), len(feed)


def test_a_run_says_what_failed_first_in_it() -> None:
    with served_project(with_runs=True) as served:
        failed, fine = served.ask(FAILURES)["runsOrError"]["results"]
    assert (fine["status"], fine["failure"]) == ("SUCCESS", None)
    assert failed["failure"]["stepKey"] == "broken"
    error = failed["failure"]["error"]
    assert "planted" in {each["className"]: each["message"] for each in [error, *error["causes"]]}["ValueError"]


def test_runs_are_found_by_an_asset_that_they_were_to_make() -> None:
    with served_project(with_runs=True) as served:
        assert of_asset(served, "report") == (1, 1, 1)
        assert of_asset(served, "broken", statuses=["FAILURE"]) == (1, 1, 1)
        assert of_asset(served, "broken", statuses=["SUCCESS"]) == (0, 0, 0)
        assert of_asset(served, "no_such_asset") == (0, 0, 0)
