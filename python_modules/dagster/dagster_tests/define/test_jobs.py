from typing import Any

import pytest

from dagster import (
    AssetKey,
    AssetsDefinition,
    AssetSelection,
    ConfigMapping,
    DailyPartitionsDefinition,
    Definitions,
    StaticPartitionsDefinition,
    asset,
    colored_console_logger,
    define_asset_job,
    graph,
    in_process_executor,
    op,
)
from dagster.define.asset_jobs import UnresolvedAssetJobDefinition
from dagster.define.jobs import JobDefinition
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvalidSubsetError


def made(name: str, function: Any = lambda: 1, **options: Any) -> AssetsDefinition:
    return asset(name=name, **options)(function)


def resolved(declared: UnresolvedAssetJobDefinition, **arguments: Any) -> JobDefinition:
    assets = [made("a", required_resource_keys={"db"}), made("b", lambda a: 1, io_manager_key="lake"), made("c")]
    return Definitions(assets=assets, jobs=[declared], **arguments).get_job_def(declared.name)


@pytest.mark.parametrize(
    "selection", [["a", "b"], AssetSelection.assets("a", "b"), "key:a or key:b", "+key:b", [made("a"), made("b")]]
)
def test_a_selection_is_looked_up_in_the_project(selection: Any) -> None:
    assert resolved(define_asset_job("j", selection)).selected_asset_keys == {AssetKey("a"), AssetKey("b")}


def test_without_a_selection_a_job_makes_everything() -> None:
    assert len(resolved(define_asset_job("j")).selected_asset_keys) == 3


def test_a_selection_that_names_nothing_names_the_job() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=r"asset job j: .*nowhere"):
        resolved(define_asset_job("j", ["nowhere"]))


@pytest.mark.parametrize("name", ["a b", "", "a-b"])
def test_the_name_of_a_job_is_a_name(name: str) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="not a valid name"):
        resolved(define_asset_job(name))


def test_what_was_declared_is_answered() -> None:
    policy, hook, executor = object(), object(), object()
    job = resolved(
        define_asset_job(
            "j",
            description="d",
            tags={"t": 1},
            metadata={"m": 1},
            owners=["team:x"],
            hooks={hook},
            op_retry_policy=policy,
            executor_def=executor,
        )
    )
    assert (job.description, job.tags, job.metadata, job.owners) == ("d", {"t": "1"}, {"m": 1}, ["team:x"])
    assert (job.hook_defs, job.op_retry_policy, job.executor_def) == ({hook}, policy, executor)


def test_runs_carry_the_tags_of_the_job_unless_they_have_their_own() -> None:
    assert resolved(define_asset_job("j", tags={"a": "1"})).run_tags == {"a": "1"}
    assert resolved(define_asset_job("j", tags={"a": "1"}, run_tags={"b": 2})).run_tags == {"b": "2"}
    assert resolved(define_asset_job("j", tags={"a": "1"}, run_tags={})).run_tags == {}


def test_the_executor_of_the_project_is_used_where_the_job_has_none() -> None:
    executor = in_process_executor
    assert resolved(define_asset_job("j"), executor=executor).executor_def is executor


def test_a_job_needs_the_resources_of_its_assets() -> None:
    assert resolved(define_asset_job("j", ["a"])).required_resource_keys == {"db", "io_manager"}
    assert resolved(define_asset_job("j", ["b"])).required_resource_keys == {"lake"}


def test_a_job_has_the_partitions_of_its_assets() -> None:
    partitions = StaticPartitionsDefinition(["monday"])
    defs = Definitions(assets=[made("a", partitions_def=partitions), made("b")], jobs=[define_asset_job("j")])
    assert defs.get_job_def("j").partitions_def is partitions
    assert resolved(define_asset_job("j")).partitions_def is None
    assert resolved(define_asset_job("j", partitions_def=partitions)).partitions_def is None


def test_owners_are_checked() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="job 'j'"):
        define_asset_job("j", owners=["nobody"])


def test_some_assets_of_a_job_can_be_run() -> None:
    job = Definitions(assets=[made("a"), made("b")], jobs=[define_asset_job("j")]).get_job_def("j")
    result = job.execute_in_process(asset_selection=["a"])
    assert (result.success, result.get_asset_materialization_events()[0].asset_key) == (True, AssetKey("a"))


def test_a_job_of_assets_has_no_inputs_and_no_op_of_another_name() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="made of assets"):
        resolved(define_asset_job("j", ["c"])).execute_in_process(input_values={"a": 1})
    with pytest.raises(DagsterInvalidSubsetError, match='"a" names none'):
        resolved(define_asset_job("j", ["c"])).execute_in_process(op_selection=["a"])


def test_resources_given_win_over_those_of_the_project() -> None:
    uses = made("uses", lambda context: context.resources.db, required_resource_keys={"db"})
    job = Definitions(assets=[uses], resources={"db": 1}, jobs=[define_asset_job("j")]).get_job_def("j")
    assert job.execute_in_process().output_for_node("uses") == 1
    assert job.execute_in_process(resources={"db": 2}).output_for_node("uses") == 2


def test_a_resource_that_is_missing_is_named_before_the_job_runs() -> None:
    defs = Definitions(assets=[made("a", required_resource_keys={"database"})])
    with pytest.raises(DagsterInvalidDefinitionError, match="'database'"):
        defs.resolve_implicit_global_asset_job_def().execute_in_process()


def test_a_resource_may_be_given_when_the_job_runs() -> None:
    defs = Definitions(assets=[made("a", required_resource_keys={"database"})])
    assert defs.resolve_implicit_global_asset_job_def().execute_in_process(resources={"database": 1}).success


DAYS = DailyPartitionsDefinition("2024-01-01", end_date="2024-01-10")
LETTERS = StaticPartitionsDefinition(["a", "b"])


def partitioned() -> list[AssetsDefinition]:
    return [made("by_day", partitions_def=DAYS), made("by_letter", partitions_def=LETTERS), made("whole")]


@pytest.mark.parametrize("job", [define_asset_job("j"), define_asset_job("j", ["by_letter"], partitions_def=DAYS)])
def test_a_job_of_different_partitions_is_refused(job: UnresolvedAssetJobDefinition) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="asset job j: its assets must have the same partitions"):
        Definitions(assets=partitioned(), jobs=[job]).get_job_def("j")


def test_equal_partitions_are_the_same() -> None:
    assets = [*partitioned()[1:], made("other", partitions_def=StaticPartitionsDefinition(["a", "b"]))]
    assert Definitions(assets=assets, jobs=[define_asset_job("j")]).get_job_def("j").partitions_def == LETTERS


def test_the_job_of_all_assets_has_the_partitions_of_those_that_run() -> None:
    job = Definitions(assets=partitioned()).resolve_implicit_global_asset_job_def()
    assert job.partitions_def is None
    assert job.partitions_of([AssetKey("by_day"), AssetKey("whole")]) is DAYS


def test_a_declared_job_is_what_it_says_wherever_it_is_written() -> None:
    first = define_asset_job("nightly", selection=["orders"])
    second = define_asset_job("nightly", selection=["orders"])
    assert first == second
    assert first.written_at != second.written_at
    assert first != define_asset_job("nightly", selection=["customers"])


def test_two_jobs_of_one_name_are_refused_where_they_are_declared() -> None:
    first, second = define_asset_job("j"), define_asset_job("j")
    with pytest.raises(DagsterInvalidDefinitionError, match=r"unresolved job 'j'\. Rename it; the other one is") as refused:
        Definitions.validate_loadable(Definitions(assets=[made("a")], jobs=[first, second]))
    [(_, place)] = refused.value.findings
    assert place == second.written_at


def test_a_job_says_what_it_was_given() -> None:
    @op
    def works() -> None: ...

    @graph
    def plain() -> None:
        works()

    mapping = ConfigMapping(config_fn=lambda config: {}, config_schema={"rows": int})
    given = plain.to_job(config=mapping, executor_def=in_process_executor, logger_defs={"console": colored_console_logger})
    asked = [(job.config_mapping, job.has_specified_executor, job.has_specified_loggers) for job in (plain.to_job(), given)]
    assert asked == [(None, False, False), (mapping, True, True)]


@pytest.mark.parametrize("config", [3, "ops", [1]])
def test_config_that_no_job_takes_is_refused_where_it_stands(config: Any) -> None:
    @graph
    def words():
        pass

    with pytest.raises(CheckError, match="config"):
        JobDefinition(graph_def=words, config=config)


def test_the_schema_of_run_config_says_each_entry() -> None:
    @op(config_schema={"n": int})
    def counted(context: Any) -> int:
        return context.op_config["n"]

    @graph
    def words():
        counted()

    def for_all(config: Any) -> dict[str, Any]:
        return {"ops": {"counted": {"config": {"n": config["n"]}}}}

    schema: Any = words.to_job().run_config_schema
    fields = schema.config_type.fields
    assert (["execution", "loggers", "ops", "resources"], True) == (sorted(fields), fields["ops"].is_required)
    assert ["n"] == list(fields["ops"].config_type.fields["counted"].config_type.fields["config"].config_type.fields)
    assert schema.config_mapping is None

    mapped: Any = words.to_job(config=ConfigMapping(config_fn=for_all, config_schema={"n": int})).run_config_schema
    assert ["n"] == list(mapped.config_type.fields)
    assert mapped.config_mapping.config_fn is for_all
