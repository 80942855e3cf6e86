"""`execute_job`, `reconstructable`, and runs that execute earlier ones again."""

from collections.abc import Generator
from typing import Any

import pytest

from dagster import (
    AssetKey,
    Config,
    DagsterExecutionStepNotFoundError,
    DagsterInstance,
    DagsterInvalidSubsetError,
    DagsterInvariantViolationError,
    DagsterRunNotFoundError,
    DagsterRunStatus,
    Definitions,
    DynamicOut,
    DynamicOutput,
    ExecuteInProcessResult,
    Executor,
    ExecutorDefinition,
    JobDefinition,
    JobExecutionResult,
    ReexecutionOptions,
    asset,
    build_reconstructable_job,
    define_asset_job,
    execute_job,
    in_process_executor,
    job,
    op,
    reconstructable,
)
from dagster.errors import CheckError, DagsterInvalidDefinitionError
from dagster.execution.job_executions import reexecute

BROKEN: set[str] = set()


@pytest.fixture(autouse=True)
def nothing_is_broken() -> Generator[None]:
    BROKEN.clear()
    yield
    BROKEN.clear()


@pytest.fixture
def instance() -> Generator[DagsterInstance]:
    with DagsterInstance.local_temp() as made:
        yield made


class Times(Config):
    n: int = 2


@op
def times(config: Times) -> int:
    return config.n


@op(out=DynamicOut())
def letters():
    for letter in "abc":
        yield DynamicOutput(letter, letter)


@op
def repeated(context: Any, letter: str, n: int) -> str:
    if context.get_mapping_key() in BROKEN:
        raise ValueError("broken")
    return letter * n


@op
def joined(words: list[str]) -> str:
    if "joined" in BROKEN:
        raise ValueError("broken")
    return " ".join(words)


@job(tags={"team": "words"}, executor_def=in_process_executor)
def words():
    n = times()
    joined(letters().map(lambda letter: repeated(letter, n)).collect())


def words_named(name: str) -> JobDefinition:
    return words.graph.to_job(name=name)


def started(result: JobExecutionResult | ExecuteInProcessResult) -> list[str | None]:
    return [event.step_key for event in result.all_events if event.is_step_start]


def again(instance: DagsterInstance, options: ReexecutionOptions, **others: Any) -> JobExecutionResult:
    return execute_job(reconstructable(words), instance, reexecution_options=options, **others)


def failed_run(instance: DagsterInstance, *broken: str, **others: Any) -> str:
    BROKEN.update(broken)
    result = execute_job(reconstructable(words), instance, **others)
    BROKEN.clear()
    assert not result.success
    return result.run_id


def test_values_are_loaded_while_the_result_is_open(instance: DagsterInstance) -> None:
    with execute_job(reconstructable(words), instance) as result:
        assert result.success
        assert "aa bb cc" == result.output_for_node("joined")
        assert {"a": "aa", "b": "bb", "c": "cc"} == result.output_for_node("repeated")
        assert {"a": "a", "b": "b", "c": "c"} == result.output_for_node("letters")
        with pytest.raises(DagsterInvariantViolationError, match="no op named"):
            result.output_for_node("nowhere")
    with pytest.raises(DagsterInvariantViolationError, match="opened as a context manager"):
        result.output_for_node("joined")


def test_from_failure_only_what_is_missing_is_executed(instance: DagsterInstance) -> None:
    first = failed_run(instance, "b", run_config={"ops": {"times": {"config": {"n": 3}}}})
    with again(instance, ReexecutionOptions.from_failure(first, instance)) as second:
        assert ["repeated[b]", "joined"] == started(second)
        assert "aaa bbb ccc" == second.output_for_node("joined")
    run = instance.get_run_by_id(second.run_id)
    assert run is not None
    assert (first, first) == (run.parent_run_id, run.root_run_id)
    assert ["repeated[b]", "joined"] == run.step_keys_to_execute
    assert {"ops": {"times": {"config": {"n": 3}}}} == run.run_config
    assert {"team": "words"} == run.tags


def test_a_chain_of_failures_keeps_what_each_run_did(instance: DagsterInstance) -> None:
    first = failed_run(instance, "b", "c")
    BROKEN.update(("b", "joined"))
    second = again(instance, ReexecutionOptions.from_failure(first, instance))
    BROKEN.remove("b")
    third = again(instance, ReexecutionOptions.from_failure(second.run_id, instance))
    BROKEN.clear()
    with again(instance, ReexecutionOptions.from_failure(third.run_id, instance)) as fourth:
        assert "aa bb cc" == fourth.output_for_node("joined")
    assert [["repeated[b]", "repeated[c]"], ["repeated[b]", "joined"], ["joined"]] == [
        started(each) for each in (second, third, fourth)
    ]
    run = instance.get_run_by_id(fourth.run_id)
    assert run is not None
    assert (third.run_id, first) == (run.parent_run_id, run.root_run_id)


def test_all_steps_are_executed_again_where_none_is_selected(instance: DagsterInstance) -> None:
    first = failed_run(instance, "b")
    assert ["times", "letters", "repeated[a]", "repeated[b]", "repeated[c]", "joined"] == sorted(
        (key or "" for key in started(again(instance, ReexecutionOptions(first)))),
        key=["times", "letters", "repeated[a]", "repeated[b]", "repeated[c]", "joined"].index,
    )


def test_selected_steps_read_the_values_of_the_earlier_run(instance: DagsterInstance) -> None:
    first = failed_run(instance, "joined")
    config = {"ops": {"times": {"config": {"n": 1}}}}
    with again(instance, ReexecutionOptions(first, ["times", "repeated[a]"]), run_config=config) as second:
        assert {"a": "a"} == second.output_for_node("repeated")
    with again(instance, ReexecutionOptions(second.run_id, ["joined"])) as third:
        assert "a bb cc" == third.output_for_node("joined")


def test_a_selection_of_ops_is_kept(instance: DagsterInstance) -> None:
    first = failed_run(instance, "a", op_selection=["*repeated"])
    second = again(instance, ReexecutionOptions.from_failure(first, instance))
    assert ["repeated[a]"] == started(second)
    run = instance.get_run_by_id(second.run_id)
    assert run is not None
    assert (["*repeated"], {"times", "letters", "repeated"}) == (run.op_selection, run.resolved_op_selection)
    with pytest.raises(DagsterExecutionStepNotFoundError, match="joined"):
        again(instance, ReexecutionOptions(first, ["joined"]))


def test_what_cannot_be_executed_again_is_refused(instance: DagsterInstance) -> None:
    good = execute_job(reconstructable(words), instance)
    with pytest.raises(DagsterInvariantViolationError, match="not failed or canceled"):
        again(instance, ReexecutionOptions.from_failure(good.run_id, instance))
    with pytest.raises(DagsterRunNotFoundError, match="nowhere"):
        again(instance, ReexecutionOptions("nowhere"))
    with pytest.raises(DagsterInvariantViolationError, match="cannot be used together"):
        again(instance, ReexecutionOptions(good.run_id), op_selection=["times"])
    with pytest.raises(DagsterInvariantViolationError, match='was of job "words"'):
        execute_job(
            build_reconstructable_job(__name__, "words_named", ("others",)),
            instance,
            reexecution_options=ReexecutionOptions(good.run_id),
        )


class Login(Config):
    password: str


@op
def logs_in(config: Login) -> None:
    raise ValueError("refused")


@job(executor_def=in_process_executor)
def secretive():
    logs_in()


def test_config_with_secrets_has_to_be_given_again(instance: DagsterInstance) -> None:
    config = {"ops": {"logs_in": {"config": {"password": "hunter2"}}}}
    first = execute_job(reconstructable(secretive), instance, run_config=config)
    options = ReexecutionOptions.from_failure(first.run_id, instance)
    with pytest.raises(DagsterInvariantViolationError, match="had secrets"):
        execute_job(reconstructable(secretive), instance, reexecution_options=options)
    second = execute_job(reconstructable(secretive), instance, run_config=config, reexecution_options=options)
    assert ["logs_in"] == started(second)


# --- assets ----------------------------------------------------------------------------------------------------------


@asset
def numbers() -> list[int]:
    return [1, 2]


@asset
def total(numbers: list[int]) -> int:
    if "total" in BROKEN:
        raise ValueError("broken")
    return sum(numbers)


@asset
def report(total: int) -> str:
    return f"{total}"


def nightly() -> JobDefinition:
    made = define_asset_job("nightly", executor_def=in_process_executor)
    return Definitions(assets=[numbers, total, report], jobs=[made]).resolve_job_def("nightly")


@pytest.mark.parametrize(
    "options", [ReexecutionOptions.from_asset_failure, lambda run_id: ReexecutionOptions(run_id, ["total*"])]
)
def test_assets_that_were_made_are_not_made_again(instance: DagsterInstance, options: Any) -> None:
    BROKEN.add("total")
    first = execute_job(reconstructable(nightly), instance)
    assert ["numbers", "total"] == started(first)
    BROKEN.clear()
    with execute_job(reconstructable(nightly), instance, reexecution_options=options(first.run_id)) as second:
        assert ["total", "report"] == started(second)
        assert "3" == second.output_for_node("report")
    assert {AssetKey("report"), AssetKey("total")} == second.dagster_run.planned_assets


def test_assets_from_failure_are_read_as_they_are_stored(instance: DagsterInstance) -> None:
    BROKEN.add("total")
    first = execute_job(reconstructable(nightly), instance, asset_selection=[AssetKey("numbers"), AssetKey("total")])
    BROKEN.clear()
    second = reexecute(nightly(), instance, ReexecutionOptions.from_failure(first.run_id, instance))
    assert ["total"] == started(second)
    assert second.dagster_run.status is DagsterRunStatus.SUCCESS
    with pytest.raises(DagsterInvalidSubsetError, match="left no asset and no check undone"):
        reexecute(nightly(), instance, ReexecutionOptions.from_asset_failure(second.run_id))


# --- where a job is written ------------------------------------------------------------------------------------------


def no_job() -> int:
    return 1


def test_a_job_is_found_again_by_its_place() -> None:
    assert words is reconstructable(words).get_definition()
    assert "nightly" == reconstructable(nightly).job_name
    assert "weekly" == build_reconstructable_job(__name__, "words_named", ("weekly",)).job_name
    assert "weekly" == build_reconstructable_job(__name__, "words_named", None, {"name": "weekly"}).job_name


def test_what_cannot_be_found_again_is_refused() -> None:
    def inner() -> JobDefinition:
        return words

    for target, said in [
        (lambda: words, "lambda"),
        (inner, "module scope"),
        (words.graph, "decorated function"),
        (no_job, "must resolve to a JobDefinition"),
        (words_named, "no arguments"),
    ]:
        with pytest.raises(DagsterInvariantViolationError, match=said):
            reconstructable(target)
    with pytest.raises(DagsterInvariantViolationError, match="nowhere not found"):
        build_reconstructable_job(__name__, "nowhere")
    with pytest.raises(CheckError):
        build_reconstructable_job(__name__, "words_named", ["weekly"])  # pyright: ignore[reportArgumentType]


def test_a_run_id_is_a_uuid() -> None:
    with pytest.raises(CheckError, match="valid UUID"):
        words.execute_in_process(run_id="abc")
    run_id = "6c7f5e0a-32d4-4f61-9e58-2b0d2a9e8f11"
    assert run_id == words.execute_in_process(run_id=run_id).run_id


def test_an_empty_selection_selects_everything() -> None:
    assert started(nightly().execute_in_process(asset_selection=[])) == ["numbers", "total", "report"]
    assert len(started(words.execute_in_process(op_selection=[]))) == 6


def test_assets_are_selected_by_the_names_of_their_functions_too() -> None:
    assert ["numbers", "total"] == started(nightly().execute_in_process(op_selection=["*total"]))


@job(executor_def=ExecutorDefinition.hardcoded_executor(Executor()))
def of_own_executor() -> None:
    times()


def test_an_executor_of_ones_own_is_refused_by_an_ephemeral_instance_too() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="of your own"), DagsterInstance.ephemeral() as ephemeral:
        execute_job(reconstructable(of_own_executor), ephemeral)
