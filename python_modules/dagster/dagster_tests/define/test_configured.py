"""`configured`: definitions with their config decided."""

from typing import Any

import pytest

from dagster import Config, DagsterInvalidConfigError, JobDefinition, configured, job, op


class Settings(Config):
    n: int
    word: str = "w"


@op
def typed(config: Settings) -> Any:
    return [config.n, config.word]


@op(config_schema={"n": int})
def classic(context: Any) -> Any:
    return context.op_config["n"]


def job_of(node: Any) -> JobDefinition:
    return job(name="of_one")(lambda: node() and None)


def value_of(node: Any, config: Any = None) -> Any:
    run_config = {} if config is None else {"ops": {node.name: {"config": config}}}
    return job_of(node).execute_in_process(run_config=run_config).output_for_node(node.name)


def test_an_op_with_a_config_class_is_configured_as_any_other() -> None:
    assert [3, "w"] == value_of(typed.configured({"n": 3}, name="three"))
    made = typed.configured(lambda config: {"n": config * 2, "word": "x"}, name="doubled", config_schema=int)
    assert [8, "x"] == value_of(made, 4)
    assert [8, "x"] == value_of(made.configured(4, name="eight"))


def test_what_is_decided_is_checked_by_the_class() -> None:
    with pytest.raises(DagsterInvalidConfigError):
        value_of(typed.configured({"n": "three"}, name="three"))


def test_configured_takes_config_as_well_as_a_function() -> None:
    assert 2 == value_of(configured(classic, name="two")({"n": 2}))

    @configured(classic, config_schema=int)
    def half(config: int) -> Any:
        return {"n": config // 2}

    assert ("half", 2) == (half.name, value_of(half, 5))
