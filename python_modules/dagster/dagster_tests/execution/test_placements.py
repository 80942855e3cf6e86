from typing import Any

import pytest
from msgspec.structs import replace

from dagster import (
    Definitions,
    Executor,
    ExecutorDefinition,
    InitExecutorContext,
    executor,
    in_process_executor,
    job,
    multiprocess_executor,
    op,
)
from dagster.define.executors import StepPlacement, TagLimit
from dagster.errors import DagsterInvalidConfigError, DagsterInvalidDefinitionError
from dagster.execution.placements import may_begin, most_at_once, placement_of
from dagster.planning.op_plans import plan_ops
from dagster.planning.steps import Step


def placement(executor_def: Any = None, config: Any = None) -> StepPlacement:
    """Where the steps of a job with this executor are executed."""

    @op
    def one(): ...

    @job(executor_def=executor_def)
    def some():
        one()

    run_config = {} if config is None else {"execution": {"config": config}}
    return placement_of(some, run_config, instance=None)


def steps(*tags: dict[str, str]) -> tuple[Step, ...]:
    """Steps whose ops have these tags."""
    ops = [op(name=f"op_{number}", tags=each)(lambda: None) for number, each in enumerate(tags)]

    @job
    def some():
        for each in ops:
            each()

    return plan_ops(some).steps


def test_without_a_word_each_step_gets_a_process() -> None:
    assert placement() == StepPlacement()


def test_run_config_chooses_between_the_two() -> None:
    assert placement(config={"in_process": {}}) == StepPlacement(in_process=True)
    assert placement(config={"multiprocess": {"max_concurrent": 3}}) == StepPlacement(max_concurrent=3)


def test_a_job_names_its_executor_and_run_config_configures_it() -> None:
    assert placement(in_process_executor) == StepPlacement(in_process=True)
    assert placement(in_process_executor, {"retries": {"disabled": {}}}) == StepPlacement(in_process=True, retries=False)
    assert placement(multiprocess_executor.configured({"max_concurrent": 2}, name="two")) == StepPlacement(max_concurrent=2)


def test_a_project_names_the_executor_of_its_jobs() -> None:
    @op
    def one(): ...

    @job
    def some():
        one()

    bound = Definitions(jobs=[some], executor=in_process_executor).resolve_job_def("some")
    assert placement_of(bound, {}, instance=None).in_process


def test_limits_for_tags_are_read() -> None:
    limits = [
        {"key": "db", "limit": 1},
        {"key": "db", "value": "main", "limit": 2},
        {"key": "user", "value": {"applyLimitPerUniqueValue": True}, "limit": 3},
    ]
    assert placement(multiprocess_executor, {"tag_concurrency_limits": limits}).tag_limits == (
        TagLimit("db", 1),
        TagLimit("db", 2, "main"),
        TagLimit("user", 3, per_value=True),
    )


def test_config_that_does_not_fit_is_refused() -> None:
    with pytest.raises(DagsterInvalidConfigError, match="max_concurent"):
        placement(multiprocess_executor, {"max_concurent": 2})


def test_an_executor_of_the_user_is_refused_with_its_name() -> None:
    class Own(Executor): ...

    @executor
    def remote(init_context: Any) -> Executor:
        return Own()

    for declared in (remote, ExecutorDefinition.hardcoded_executor(Own())):
        with pytest.raises(DagsterInvalidDefinitionError, match=f'executor "{declared.name}" of your own'):
            placement(declared)


def test_an_executor_of_the_user_may_give_what_one_of_ours_gives() -> None:
    @executor(config_schema={"most": int})
    def careful(init_context: InitExecutorContext) -> Any:
        chosen = replace(init_context, executor_config={"max_concurrent": init_context.executor_config["most"]})
        creation_fn = multiprocess_executor.executor_creation_fn
        assert creation_fn is not None
        return creation_fn(chosen)

    assert placement(careful, {"most": 3}) == StepPlacement(max_concurrent=3)


def test_the_start_method_is_that_of_the_config() -> None:
    assert placement(multiprocess_executor).start_method is None
    assert placement(multiprocess_executor, {"start_method": {"spawn": {}}}).start_method == "spawn"
    assert placement(multiprocess_executor, {"start_method": {"forkserver": {"preload_modules": ["json"]}}}).start_method == (
        "forkserver"
    )


def test_there_are_as_many_at_once_as_said_else_one_per_processor() -> None:
    assert most_at_once(StepPlacement(max_concurrent=7)) == 7
    assert most_at_once(StepPlacement()) >= 1


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (TagLimit("db", 1), False),
        (TagLimit("db", 2), False),
        (TagLimit("db", 3), True),
        (TagLimit("db", 1, "main"), False),
        (TagLimit("db", 2, "main"), True),
        (TagLimit("db", 1, "other"), True),
        (TagLimit("db", 1, per_value=True), False),
        (TagLimit("db", 2, per_value=True), True),
        (TagLimit("user", 1), True),
    ],
)
def test_a_step_waits_while_its_tag_is_at_its_limit(limit: TagLimit, expected: bool) -> None:
    step, *running = steps({"db": "main"}, {"db": "main"}, {"db": "second"}, {})
    assert may_begin(step, running, [limit]) is expected
