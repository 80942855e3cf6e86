from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dagster import (
    AssetCheckResult,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetKey,
    AssetMaterialization,
    AssetObservation,
    DagsterInstance,
    DataVersion,
    IOManager,
    MaterializeResult,
    OpExecutionContext,
    Output,
    asset,
    materialize,
)
from dagster.errors import DagsterInvariantViolationError
from dagster_tests.execution.runs import error_of, made, run, types


def asked(question: Callable[[Any], Any], **options: Any) -> Any:
    """What the context of a running asset `a` answers."""
    run_options = {name: options.pop(name) for name in ("tags", "instance", "resources", "run_config") if name in options}
    result = run(made("a", lambda context: [question(context)], **options), **run_options)
    assert result.success, error_of(result, "a")
    return result.output_for_node("a")[0]


def refused(question: Callable[[Any], Any], **options: Any) -> str:
    return error_of(run(made("a", lambda context: question(context), **options)), "a")


def test_the_run_is_known() -> None:
    def about_the_run(context: AssetExecutionContext) -> Any:
        assert context.run is context.dagster_run
        return context.run_id == context.run.run_id, context.job_name, dict(context.run_tags), context.run_config

    tags = {"t": "v"}
    assert asked(about_the_run, tags=tags) == (True, "__ephemeral_asset_job__", tags, {})


def test_tags_are_asked_for_by_key() -> None:
    found = asked(lambda context: [context.has_tag("t"), context.get_tag("t"), context.get_tag("u")], tags={"t": "v"})
    assert found == [True, "v", None]


def test_the_instance_is_the_one_that_remembers_the_run() -> None:
    with DagsterInstance.ephemeral() as instance:
        assert asked(lambda context: context.instance is instance, instance=instance)


def test_the_step_is_known() -> None:
    def about_the_step(context: AssetExecutionContext) -> Any:
        assert context.op == context.op_def
        assert context.op_handle == context.node_handle
        return context.op.name, str(context.op_handle), context.selected_output_names, context.retry_number

    assert asked(about_the_step) == ("a", "a", {"result"}, 0)


def test_resources_are_those_that_were_asked_for() -> None:
    db, other = made("b", lambda: 1, required_resource_keys={"other"}), {"db": 1, "other": 2}
    assert asked(lambda context: context.resources.db, required_resource_keys={"db"}, resources=other) == 1
    result = run(made("a", lambda context: context.resources.other, required_resource_keys={"db"}), db, resources=other)
    assert 'Unknown resource "other"' in error_of(result, "a")


def test_config_is_given_by_its_schema() -> None:
    config = {"ops": {"a": {"config": {"n": 3}}}}
    assert asked(lambda context: context.op_config, config_schema={"n": int}, run_config=config) == {"n": 3}
    assert asked(lambda context: context.op_config) is None


def test_the_assets_are_known() -> None:
    def about_the_assets(context: AssetExecutionContext) -> Any:
        assert context.has_assets_def
        assert context.assets_def.key == context.asset_key
        assert context.asset_key_for_output() == context.asset_key
        assert context.output_for_asset_key(context.asset_key) == "result"
        assert context.selected_asset_keys == {context.asset_key}
        return context.asset_key, context.is_subset

    assert asked(about_the_assets) == (AssetKey("a"), False)


def test_the_asset_of_an_argument_is_known() -> None:
    result = run(made("b"), made("a", lambda context, b: context.asset_key_for_input("b")))
    assert result.output_for_node("a") == AssetKey("b")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (lambda context: context.asset_key_for_input("x"), "Input 'x' of 'a' is no asset"),
        (lambda context: context.asset_key_for_output("x"), "Output 'x' of 'a' is no asset"),
        (lambda context: context.output_for_asset_key(AssetKey("x")), "Asset x is not made by 'a'"),
        (lambda context: context.partition_key, "non-partitioned run"),
        (lambda context: context.partition_keys, "non-partitioned run"),
        (lambda context: context.add_asset_metadata({"n": 1}, "x"), "Asset key x not found"),
        (lambda context: context.add_output_metadata({"n": 1}, "x"), "'x' which does not exist"),
        (lambda context: context.log_event("x"), "Unexpected event 'x'"),
    ],
)
def test_what_is_not_there_is_refused(question: Any, sentence: str) -> None:
    assert sentence in refused(question)


def test_a_run_without_partitions_has_none() -> None:
    assert asked(lambda context: (context.has_partition_key, context.has_partition_key_range)) == (False, False)


def test_the_checks_are_known() -> None:
    def function(context: AssetExecutionContext) -> Any:
        names = {key.name for key in context.selected_asset_check_keys}
        return MaterializeResult(value=names, check_results=[AssetCheckResult(passed=True)])

    assert run(made("a", function, check_specs=[AssetCheckSpec("c", asset="a")])).output_for_node("a") == {"c"}


def test_metadata_is_attached_to_the_output_that_is_still_to_come() -> None:
    def function(context: AssetExecutionContext) -> int:
        context.add_output_metadata({"n": 1, "m": 1})
        context.add_output_metadata({"n": 2}, "result")
        assert context.get_output_metadata("result") is not None
        return 1

    metadata = run(made("a", function)).asset_materializations_for_node("a")[0].metadata
    assert {key: value.value for key, value in metadata.items()} == {"n": 2, "m": 1}


def test_metadata_comes_before_its_output() -> None:
    def function(context: AssetExecutionContext) -> Iterator[Any]:
        yield Output(1)
        context.add_output_metadata({"n": 1})

    assert "already been yielded" in error_of(run(made("a", function)), "a")


def test_metadata_can_be_attached_to_the_asset() -> None:
    def function(context: AssetExecutionContext) -> None:
        context.add_asset_metadata({"n": 1})
        context.add_asset_metadata({"m": 2}, "a")

    metadata = run(made("a", function)).asset_materializations_for_node("a")[0].metadata
    assert {key: value.value for key, value in metadata.items()} == {"n": 1, "m": 2}


def test_events_are_recorded_when_they_are_logged() -> None:
    def function(context: AssetExecutionContext) -> None:
        context.log_event(AssetMaterialization("x"))
        context.log_event(AssetObservation("x"))
        assert not context.has_events()
        assert list(context.consume_events()) == []

    assert types(run(made("a", function)), "a")[1:3] == ["ASSET_MATERIALIZATION", "ASSET_OBSERVATION"]


def test_a_data_version_can_be_given_while_the_step_runs() -> None:
    def function(context: AssetExecutionContext) -> None:
        context.set_data_version(context.asset_key, DataVersion("v"))

    assert run(made("a", function)).asset_materializations_for_node("a")[0].data_version == "v"


def test_the_provenance_of_an_asset_can_be_asked_for() -> None:
    upstream = made("b", code_version="1")
    downstream = made("a", lambda context, b: context.get_asset_provenance(AssetKey("b")), code_version="2")
    result = materialize([upstream, downstream])
    provenance = result.output_for_node("a")
    assert (provenance.code_version, provenance.input_data_versions) == ("1", {})
    assert asked(lambda context: context.get_asset_provenance(AssetKey("nowhere"))) is None


def test_any_stored_value_can_be_loaded() -> None:
    result = materialize([made("b", lambda: 7), made("a", lambda context: context.load_asset_value(AssetKey("b")), deps=["b"])])
    assert result.output_for_node("a") == 7


def test_a_value_can_be_loaded_by_a_manager_that_no_step_of_the_run_needs() -> None:
    class Lake(IOManager):
        def handle_output(self, context: Any, obj: Any) -> None: ...

        def load_input(self, context: Any) -> Any:
            return "from the lake"

    assets = [made("b", io_manager_key="lake"), made("a", lambda context: context.load_asset_value(AssetKey("b")))]
    result = materialize(assets, selection=["a"], resources={"lake": Lake()})
    assert result.output_for_node("a") == "from the lake"


def test_the_context_is_the_one_that_is_annotated() -> None:
    @asset
    def of_op(context: OpExecutionContext) -> Any:
        return Output(type(context))

    @asset
    def of_asset(context: AssetExecutionContext) -> Any:
        return Output((type(context), type(context.op_execution_context)))

    result = run(of_op, of_asset)
    assert result.output_for_node("of_op") is OpExecutionContext
    assert result.output_for_node("of_asset") == (AssetExecutionContext, OpExecutionContext)


def test_the_context_can_be_had_anywhere_below_the_function() -> None:
    def helper() -> Any:
        return AssetExecutionContext.get()

    assert asked(lambda context: helper() is context)
    assert run(made("a", lambda: helper().asset_key)).output_for_node("a") == AssetKey("a")


def test_outside_of_a_step_there_is_no_context() -> None:
    run(made("a"))
    with pytest.raises(DagsterInvariantViolationError, match="no step is running"):
        AssetExecutionContext.get()


def test_a_run_within_a_run_has_its_own_context() -> None:
    def function(context: AssetExecutionContext) -> Any:
        inner = run(made("inner", lambda context: context.run_id)).output_for_node("inner")
        return inner != context.run_id and AssetExecutionContext.get() is context

    assert run(made("a", function)).output_for_node("a") is True
