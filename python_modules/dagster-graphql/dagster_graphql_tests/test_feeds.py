"""Subscriptions: what changes is told once, in order, and a reader that comes back misses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dagster import materialize
from dagster.automation.instigators import beginning, first_state, switched
from dagster.daemon.switching import change_state
from dagster.runs.instigators import InstigatorStatus, TickCommit
from dagster.runs.ticks import TickStatus
from dagster_graphql.feeds.workspace import Standing, changed_since, standing
from dagster_graphql_tests.loaded import Served
from dagster_graphql_tests.partitioned import daily, root, served_partitions
from dagster_graphql_tests.projects import broken, orders, report, served_project

FEED = """
subscription($after: String) {
  workspaceFeed(after: $after) {
    sequence isReset runIds
    assets { assetKey { path } latestMaterialization { runId } latestRun { status } }
    runs { runId status }
    instigators { name status nextTick { timestamp } ticks(limit: 1) { status } }
    locations { name versionKey }
  }
}
"""
SECONDS = 20.0


async def following(answers: AsyncIterator[Any], field: str) -> Any:
    """The next value of a subscription."""
    answer = await asyncio.wait_for(anext(answers), SECONDS)
    assert answer.errors == []
    return answer.data[field]


def first_of(served: Served, **variables: Any) -> Any:
    """The first value of the feed, after which it is left."""

    async def asked() -> Any:
        answers = served.api.subscribe(FEED, variables)
        try:
            return await following(answers, "workspaceFeed")
        finally:
            await answers.aclose()  # pyright: ignore[reportAttributeAccessIssue] - it is a generator

    return asyncio.run(asked())


def test_the_first_value_says_where_to_go_on() -> None:
    with served_project() as served:
        first = first_of(served)
        assert (first["isReset"], first["assets"], first["runs"]) == (True, [], [])
        assert [location["name"] for location in first["locations"]] == ["shop"]


def test_who_comes_back_is_told_what_happened_meanwhile() -> None:
    with served_project() as served:
        sequence = first_of(served)["sequence"]
        run = materialize([orders, report], instance=served.instance)
        changes = first_of(served, after=sequence)
        made = {"runId": run.run_id}
        assert changes["isReset"] is False
        assert changes["runs"] == [{"runId": run.run_id, "status": "SUCCESS"}]
        assert changes["assets"] == [
            {"assetKey": {"path": [name]}, "latestMaterialization": made, "latestRun": {"status": "SUCCESS"}}
            for name in ("orders", "report")
        ]
        assert changes["locations"] == []


def test_a_run_that_ends_early_is_told_with_the_assets_that_it_did_not_come_to() -> None:
    with served_project() as served:
        run = served.instance.create_run(job_name="__ASSET_JOB", asset_selection={orders.key, report.key})
        sequence = first_of(served)["sequence"]
        served.instance.report_run_failed(run)
        changes = first_of(served, after=sequence)
    assert [changed["assetKey"]["path"] for changed in changes["assets"]] == [["orders"], ["report"]]


def test_what_is_told_is_told_as_it_happens_and_once() -> None:
    async def followed(served: Served) -> list[Any]:
        answers = served.api.subscribe(FEED)
        told = [await following(answers, "workspaceFeed")]
        for assets in ([orders], [broken]):
            await asyncio.to_thread(materialize, assets, instance=served.instance, raise_on_error=False)
            while True:
                told.append(await following(answers, "workspaceFeed"))
                if any(run["status"] in ("SUCCESS", "FAILURE") for run in told[-1]["runs"]):
                    break
        await answers.aclose()  # pyright: ignore[reportAttributeAccessIssue] - it is a generator
        return told

    with served_project() as served:
        told = asyncio.run(followed(served))
    ends = [run["status"] for changes in told for run in changes["runs"] if run["status"] in ("SUCCESS", "FAILURE")]
    assert ends == ["SUCCESS", "FAILURE"]
    assert len({changes["sequence"] for changes in told}) == len(told)


STANDING = """
subscription($after: String) {
  workspaceFeed(after: $after) {
    sequence
    assetNodes { assetKey { path } partitionStats { numMaterialized numFailed } }
    downstreamAssetNodes { assetKey { path } staleStatus }
  }
}
"""


def test_what_stands_elsewhere_is_told_with_what_depends_on_it() -> None:
    async def asked(served: Served, after: str) -> Any:
        answers = served.api.subscribe(STANDING, {"after": after})
        try:
            return await following(answers, "workspaceFeed")
        finally:
            await answers.aclose()  # pyright: ignore[reportAttributeAccessIssue] - it is a generator

    def told_after(served: Served, change: Callable[[], object]) -> tuple[list[Any], list[Any]]:
        sequence = first_of(served)["sequence"]
        change()
        changes = asyncio.run(asked(served, sequence))
        return changes["assetNodes"], changes["downstreamAssetNodes"]

    with served_partitions() as served:
        made, below = told_after(served, lambda: materialize([root], instance=served.instance))
        assert (made, below) == (
            [{"assetKey": {"path": ["root"]}, "partitionStats": None}],
            [{"assetKey": {"path": ["leaf"]}, "staleStatus": "MISSING"}],
        )
        fails = partial(materialize, [daily], instance=served.instance, partition_key="2024-01-05", raise_on_error=False)
        made, below = told_after(served, fails)
        assert (made[0]["partitionStats"], below) == ({"numMaterialized": 0, "numFailed": 1}, [])
        wiped, below = told_after(served, lambda: served.instance.wipe_assets([root.key]))
        assert [node["assetKey"]["path"] for node in [*wiped, *below]] == [["root"], ["leaf"]]


def test_a_location_that_is_loaded_again_is_told() -> None:
    with served_project() as served:
        sequence = first_of(served)["sequence"]
        served.locations.reload("shop", 0)
        assert first_of(served, after=sequence)["locations"] == [{"name": "shop", "versionKey": "shop@2"}]


SWITCH_ON = """mutation { startSchedule(scheduleSelector: {repositoryLocationName: "shop", repositoryName: "__repository__",
  scheduleName: "nightly"}) { ... on ScheduleStateResult { scheduleState { status } } } }"""


def test_a_schedule_that_is_switched_on_is_told_to_who_listens_and_to_who_comes_back() -> None:
    async def listened(served: Served) -> Any:
        answers = served.api.subscribe(FEED)
        assert (await following(answers, "workspaceFeed"))["instigators"] == []
        await asyncio.to_thread(served.ask, SWITCH_ON)
        changes = await following(answers, "workspaceFeed")
        await answers.aclose()  # pyright: ignore[reportAttributeAccessIssue] - it is a generator
        return changes

    with served_project() as served:
        sequence = first_of(served)["sequence"]
        changes = asyncio.run(listened(served))
        again = first_of(served, after=sequence)
    for told in (changes, again):
        [nightly] = told["instigators"]
        assert (nightly["name"], nightly["status"], nightly["ticks"]) == ("nightly", "RUNNING", [])
        assert nightly["nextTick"]["timestamp"] > 0
    assert changes["sequence"] == again["sequence"]


def test_a_tick_of_which_nothing_comes_is_told() -> None:
    with served_project() as served:
        sequence = first_of(served)["sequence"]
        ask_in_vain(served)
        [arrivals] = first_of(served, after=sequence)["instigators"]
        assert (arrivals["name"], arrivals["ticks"]) == ("arrivals", [{"status": "SKIPPED"}])


def ask_in_vain(served: Served) -> None:
    """A tick of the sensor that has nothing to do, stored as a daemon stores it."""
    [spec] = served.locations.states[0].description.sensors  # pyright: ignore[reportOptionalMemberAccess] - it is loaded
    store = served.instance.storage.instigators
    [begun] = store.commit([beginning(first_state(spec, "shop"), 1.0, None, None)], 1.0)
    assert begun is not None
    skipped = replace(begun.tick, status=TickStatus.SKIPPED, end_timestamp=2.0)
    store.commit([TickCommit(state=begun.state, tick_id=begun.tick_id, tick=skipped)], 2.0)


@settings(max_examples=30, deadline=None)
@given(changes=st.lists(st.lists(st.sampled_from(["nightly", "arrivals"]), max_size=3), max_size=4), leaves=st.booleans())
def test_each_change_of_an_instigator_is_told_in_the_next_value(changes: list[list[str]], leaves: bool) -> None:
    with served_project() as served:
        description = served.locations.states[0].description
        assert description is not None
        specs = {spec.name: spec for spec in (*description.schedules, *description.sensors)}
        store = served.instance.storage.instigators
        versions = store.versions()
        known = standing(served.api.context(), 0, versions)
        for names in changes:
            for name in names:
                on = partial(switched, specs[name], status=InstigatorStatus.RUNNING, now=1.0)
                change_state(served.instance, "shop", specs[name], on)
            now = store.versions()
            told = changed_since(served.api.context(), Standing.parse(known.text), now, None if leaves else versions)
            names_told = {each.spec.name for each in told.instigators} if told is not None else set[str]()
            # Who comes back is told all of which something is kept, if one has changed.
            assert names_told == ({selector.partition(":")[2] for selector in now} if leaves and names else set(names))
            versions, known = now, Standing.parse(told.sequence) if told is not None else known


def test_a_sequence_of_something_else_is_refused() -> None:
    async def asked(served: Served) -> Any:
        answers = served.api.subscribe(FEED, {"after": "yesterday"})
        return await asyncio.wait_for(anext(answers), SECONDS)

    with served_project() as served:
        answer = asyncio.run(asked(served))
    assert "is no sequence of this feed" in answer.errors[0]["message"]


LOGS = """
subscription($id: ID!, $cursor: String) {
  pipelineRunLogs(runId: $id, cursor: $cursor) {
    __typename
    ... on PipelineRunLogsSubscriptionSuccess { cursor run { status } messages { __typename } }
    ... on PipelineRunLogsSubscriptionFailure { message missingRunId }
  }
}
"""


async def whole_log(served: Served, **variables: Any) -> list[Any]:
    """Every value of the subscription to a run's log."""
    values: list[Any] = []
    async for answer in served.api.subscribe(LOGS, variables):
        assert answer.data is not None
        values.append(answer.data["pipelineRunLogs"])
    return values


def test_the_log_of_a_run_is_told_to_its_end() -> None:
    with served_project(with_runs=True) as served:
        run_id = served.instance.get_runs()[-1].run_id
        told = asyncio.run(whole_log(served, id=run_id))
        names = [message["__typename"] for value in told for message in value["messages"]]
        assert names[-1] == "RunSuccessEvent"
        assert names.count("MaterializationEvent") == 2
        assert asyncio.run(whole_log(served, id=run_id, cursor=told[-1]["cursor"])) == []


def test_there_is_no_log_of_a_run_that_is_not_there() -> None:
    with served_project() as served:
        [told] = asyncio.run(whole_log(served, id="nowhere"))
        assert (told["__typename"], told["missingRunId"]) == ("PipelineRunLogsSubscriptionFailure", "nowhere")
