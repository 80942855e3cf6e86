from collections.abc import Iterator
from typing import Any

import pytest

from dagster import (
    AssetCheckResult,
    AssetCheckSpec,
    AssetKey,
    AssetObservation,
    DataVersion,
    ExecuteInProcessResult,
    IOManager,
    MaterializeResult,
    ObserveResult,
    Output,
    instance_for_test,
    materialize,
)
from dagster.events.asset_events import AssetMaterialization
from dagster.events.data import HandledOutputData, StepOutputData
from dagster_tests.execution.runs import error_of, made, run, types


def materialization(result: ExecuteInProcessResult, step_key: str = "a") -> AssetMaterialization:
    return result.asset_materializations_for_node(step_key)[0]


def plain(metadata: Any) -> dict[str, Any]:
    return {key: value.value for key, value in metadata.items()}


class Storing(IOManager):
    """Does what it is told when it stores."""

    def __init__(self, act: Any) -> None:
        self.act = act

    def handle_output(self, context: Any, obj: Any) -> Any:
        return self.act(context, obj)

    def load_input(self, context: Any) -> Any: ...


def stored_by(act: Any, function: Any = lambda: 1, **options: Any) -> ExecuteInProcessResult:
    return materialize([made("a", function, **options)], resources={"io_manager": Storing(act)}, raise_on_error=False)


@pytest.mark.parametrize("give", [Output, lambda value, **more: MaterializeResult(value=value, **more)])
def test_metadata_and_tags_reach_the_materialization(give: Any) -> None:
    result = run(made("a", lambda: give(1, metadata={"rows": 3}, tags={"t": "v"})))
    assert plain(materialization(result).metadata) == {"rows": 3}
    assert (materialization(result).tags or {})["t"] == "v"


def test_metadata_of_the_step_of_the_value_and_of_the_manager_come_together() -> None:
    def function(context: Any) -> Output[int]:
        context.add_output_metadata({"both": "step", "step": 1})
        return Output(1, metadata={"both": "value", "value": 2})

    result = stored_by(lambda context, _: context.add_output_metadata({"path": "p"}), function)
    assert plain(materialization(result).metadata) == {"both": "value", "step": 1, "value": 2, "path": "p"}


def test_metadata_of_the_manager_is_in_the_event_of_storing_only_as_it_gave_it() -> None:
    result = stored_by(lambda context, _: context.add_output_metadata({"path": "p"}), lambda: Output(1, metadata={"rows": 1}))
    data = [event.event_specific_data for event in result.events_for_node("a")]
    assert [plain(each.metadata) for each in data if isinstance(each, StepOutputData | HandledOutputData)] == [
        {"rows": 1},
        {"path": "p"},
    ]


def test_a_manager_may_yield_metadata_and_events() -> None:
    def act(context: Any, _: Any) -> Iterator[Any]:
        yield {"path": "p"}
        yield AssetMaterialization("seen")

    first, second = stored_by(act).asset_materializations_for_node("a")
    assert (first.asset_key, plain(second.metadata)) == (AssetKey("seen"), {"path": "p"})


def test_a_manager_yields_nothing_else() -> None:
    def act(_context: Any, _: Any) -> Iterator[Any]:
        yield AssetObservation("seen")

    assert "yields AssetMaterialization and dicts of metadata" in error_of(stored_by(act), "a")


def test_a_manager_may_log_events() -> None:
    result = stored_by(lambda context, _: context.log_event(AssetMaterialization("elsewhere")))
    assert [each.asset_key.path for each in result.asset_materializations_for_node("a")] == [["elsewhere"], ["a"]]


def test_a_manager_that_raises_fails_the_step_and_names_the_output() -> None:
    def act(_context: Any, _: Any) -> None:
        raise ZeroDivisionError("full")

    result = stored_by(act)
    assert 'while handling output "result" of step "a": ZeroDivisionError: full' in error_of(result, "a")
    assert types(result, "a") == ["STEP_START", "STEP_OUTPUT", "STEP_FAILURE"]


def test_a_generator_of_a_manager_that_raises_fails_the_step() -> None:
    def act(_context: Any, _: Any) -> Iterator[Any]:
        yield {"path": "p"}
        raise ZeroDivisionError("full")

    assert "ZeroDivisionError: full" in error_of(stored_by(act), "a")


def test_a_resource_that_is_no_io_manager_is_refused() -> None:
    result = materialize([made("a", io_manager_key="db")], resources={"db": 3}, raise_on_error=False)
    assert 'Resource "db" is no IO manager' in error_of(result, "a")


def test_the_manager_is_told_what_it_stores() -> None:
    contexts: list[Any] = []
    result = stored_by(lambda context, obj: contexts.append((context, obj)), lambda: Output("x"), metadata={"table": "t"})
    context, stored = contexts[0]
    assert stored == "x"
    assert (context.step_key, context.name, context.asset_key) == ("a", "result", AssetKey("a"))
    assert (context.definition_metadata, context.run_id) == ({"table": "t"}, result.run_id)


def test_a_value_of_another_type_is_refused_before_it_is_stored() -> None:
    stored: list[Any] = []

    def function() -> int:
        return "text"  # pyright: ignore[reportReturnType]

    result = stored_by(lambda _, obj: stored.append(obj), function)
    assert "Type check failed" in error_of(result, "a")
    assert stored == []


def test_a_version_given_is_the_data_version() -> None:
    tags = materialization(run(made("a", lambda: Output(1, data_version=DataVersion("v1"))))).tags or {}
    assert (tags["dagster/data_version"], tags["dagster/data_version_is_user_provided"]) == ("v1", "true")


def test_a_check_knows_the_materialization_it_looked_at() -> None:
    check = AssetCheckSpec("c", asset="a")
    function = made("a", lambda: MaterializeResult(check_results=[AssetCheckResult(passed=True)]), check_specs=[check])
    with instance_for_test() as instance:
        result = materialize([function], instance=instance)
        target = result.get_asset_check_evaluations()[0].target_materialization_data
        record = instance.fetch_materializations("a", limit=1).records[0]
    assert target is not None
    assert (target.storage_id, target.run_id, target.timestamp) == (record.storage_id, result.run_id, record.timestamp)


def test_what_a_check_says_is_recorded() -> None:
    given = AssetCheckResult(passed=False, metadata={"rows": 0}, description="empty")
    spec = AssetCheckSpec("c", asset="a", blocking=True)
    found = run(made("a", lambda: MaterializeResult(check_results=[given]), check_specs=[spec])).get_asset_check_evaluations()[0]
    assert (found.passed, found.description, plain(found.metadata), found.blocking) == (False, "empty", {"rows": 0}, True)


def test_what_an_asset_of_ours_observes_counts_as_written() -> None:
    written = run(made("a", lambda: ObserveResult(metadata={"rows": 1}, data_version=DataVersion("v"))))
    found = written.asset_materializations_for_node("a")[0]
    assert (found.asset_key, plain(found.metadata), found.data_version) == (AssetKey("a"), {"rows": 1}, "v")
