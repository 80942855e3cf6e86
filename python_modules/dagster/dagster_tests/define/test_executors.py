import pytest

from dagster import (
    DagsterInvalidConfigError,
    ExecutorDefinition,
    ExecutorRequirement,
    configured,
    executor,
    in_process_executor,
    multi_or_in_process_executor,
    multiprocess_executor,
)
from dagster.config.validation import process_field


def test_an_executor_is_named_after_its_function() -> None:
    @executor
    def remote(init_context: object) -> object:
        return init_context

    assert isinstance(remote, ExecutorDefinition)
    assert (remote.name, remote.get_requirements({})) == ("remote", [])
    assert "test_executors.py" in remote.place


def test_steps_in_other_processes_need_more() -> None:
    assert ExecutorRequirement.NON_EPHEMERAL_INSTANCE in multiprocess_executor.get_requirements({})
    assert in_process_executor.get_requirements({}) == []
    assert multi_or_in_process_executor.get_requirements({"in_process": {}}) == []


def test_config_is_decided_beforehand() -> None:
    @configured(multiprocess_executor, config_schema={"n": int})
    def n_at_once(config: dict[str, int]) -> dict[str, int]:
        return {"max_concurrent": config["n"]}

    assert n_at_once.name == "n_at_once"
    schema = n_at_once.config_schema
    assert schema.resolve(process_field(schema.as_field(), {"config": {"n": 2}}, "config"))["max_concurrent"] == 2


def test_config_is_checked() -> None:
    field = multiprocess_executor.config_field
    assert process_field(field, {"config": {"max_concurrent": 3}}, "config")["max_concurrent"] == 3
    with pytest.raises(DagsterInvalidConfigError, match="max_concurent"):
        process_field(field, {"config": {"max_concurent": 3}}, "config")
