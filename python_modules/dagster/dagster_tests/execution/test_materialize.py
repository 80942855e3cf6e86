from typing import Any

import pytest

from dagster import (
    AssetKey,
    AssetSelection,
    AssetSpec,
    DagsterInstance,
    DagsterRunStatus,
    Definitions,
    define_asset_job,
    instance_for_test,
    materialize,
    materialize_to_memory,
    mem_io_manager,
)
from dagster.errors import (
    CircularDependencyError,
    DagsterInvalidDefinitionError,
    DagsterInvariantViolationError,
    ParameterCheckError,
)
from dagster_tests.execution.runs import made


def test_values_go_from_asset_to_asset() -> None:
    result = materialize([made("b", lambda a: a + 1), made("a")])
    assert (result.success, result.output_for_node("b")) == (True, 2)


@pytest.mark.parametrize("assets", ["a", made("a"), None, {made("a")}])
def test_assets_are_a_sequence(assets: Any) -> None:
    with pytest.raises(ParameterCheckError, match="assets"):
        materialize(assets)


@pytest.mark.parametrize("option", [{"resources": ["db"]}, {"instance": 3}])
def test_options_of_another_kind_are_refused(option: Any) -> None:
    with pytest.raises(ParameterCheckError, match=next(iter(option))):
        materialize([made("a")], **option)


@pytest.mark.parametrize("selection", [["b"], "key:b", AssetSelection.assets("b"), [AssetKey("b")]])
def test_a_selection_is_made_and_the_rest_is_loaded(selection: Any) -> None:
    assets = [made("a", lambda: 5), made("b", lambda a: a + 1)]
    with DagsterInstance.ephemeral() as instance:
        materialize(assets, instance=instance)
        result = materialize(assets, instance=instance, selection=selection)
    assert (result.output_for_node("b"), result.is_node_untouched("a")) == (6, True)


def test_a_definition_that_cannot_stand_is_refused_before_a_run_is_stored() -> None:
    with DagsterInstance.ephemeral() as instance:
        with pytest.raises(CircularDependencyError):
            materialize([made("a", lambda b: 1), made("b", lambda a: 1)], instance=instance)
        with pytest.raises(DagsterInvalidDefinitionError, match="'db'"):
            materialize([made("a", required_resource_keys={"db"})], instance=instance)
        assert instance.get_runs() == []


def test_the_run_is_remembered_with_its_tags_and_what_it_made() -> None:
    with instance_for_test() as instance:
        result = materialize([made("a"), AssetSpec("x")], instance=instance, tags={"t": "v"})
        run = instance.get_run_by_id(result.run_id)
        assert run is not None
        assert (run.status, run.tags, run.planned_assets) == (
            DagsterRunStatus.SUCCESS,
            {"t": "v"},
            frozenset({AssetKey("a")}),
        )
        assert instance.get_latest_materialization_event(AssetKey("a")) is not None


def test_a_failed_run_is_remembered_as_failed() -> None:
    with instance_for_test() as instance:
        result = materialize([made("a", lambda: 1 / 0)], instance=instance, raise_on_error=False)
        with pytest.raises(ZeroDivisionError):
            materialize([made("a", lambda: 1 / 0)], instance=instance)
        assert [run.status for run in instance.get_runs()] == [DagsterRunStatus.FAILURE] * 2
    assert not result.success


def test_without_an_instance_nothing_is_left() -> None:
    first, second = materialize([made("a")]), materialize([made("a")])
    assert first.run_id != second.run_id


def test_values_in_memory_need_no_io_manager() -> None:
    value = object()
    result = materialize_to_memory([made("a", lambda: value, io_manager_key="lake"), made("b", lambda a: a is value)])
    assert result.output_for_node("b") is True


def test_an_io_manager_given_for_memory_would_not_be_used() -> None:
    with pytest.raises(DagsterInvariantViolationError, match="io manager key 'lake'"):
        materialize_to_memory([made("a", io_manager_key="lake")], resources={"lake": mem_io_manager})


def test_other_resources_are_given_also_in_memory() -> None:
    asked = made("a", lambda context: context.resources.db, required_resource_keys={"db"})
    assert materialize_to_memory([asked], resources={"db": 3}).output_for_node("a") == 3


def test_a_partition_needs_partitions() -> None:
    with pytest.raises(TypeError, match="none of them has partitions"):
        materialize([made("a")], partition_key="p")


def test_a_job_runs_with_its_config_and_tags() -> None:
    asked = made("a", lambda context: (context.op_config, dict(context.run_tags)), config_schema={"n": int})
    job = define_asset_job("j", config={"ops": {"a": {"config": {"n": 1}}}}, tags={"t": "v"})
    result = Definitions(assets=[asked], jobs=[job]).get_job_def("j").execute_in_process(tags={"u": "w"})
    assert result.output_for_node("a") == ({"n": 1}, {"t": "v", "u": "w"})
    assert result.dagster_run.job_name == "j"


def test_config_given_replaces_that_of_the_job() -> None:
    asked = made("a", lambda context: context.op_config["n"], config_schema={"n": int})
    job = define_asset_job("j", config={"ops": {"a": {"config": {"n": 1}}}})
    resolved = Definitions(assets=[asked], jobs=[job]).get_job_def("j")
    result = resolved.execute_in_process(run_config={"ops": {"a": {"config": {"n": 2}}}})
    assert result.output_for_node("a") == 2


def test_a_run_may_be_given_its_id() -> None:
    defs = Definitions(assets=[made("a")])
    run_id = "0" * 8 + "-0000-4000-8000-" + "0" * 12
    assert defs.get_implicit_global_asset_job_def().execute_in_process(run_id=run_id).run_id == run_id
