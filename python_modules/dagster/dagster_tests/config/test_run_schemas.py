import pytest

import dagster as dg
from dagster.config.definition_schemas import configured_schema, definition_schema
from dagster.config.op_schemas import by_graph
from dagster.config.run_schemas import EMPTY, process_run_config
from dagster.errors import DagsterConfigMappingFunctionError, DagsterInvalidConfigError


class Limits(dg.Config):
    rows: int
    label: str = "none"


def processed(run_config, **parts):
    return process_run_config(run_config, owner="job nightly", **{"ops": {}, "resources": {}, **parts})


def test_a_run_without_config_costs_nothing():
    assert processed(None, ops={"orders": None}, resources={"io_manager": None}) is EMPTY


def test_each_part_gets_its_own_config():
    config = {"ops": {"a": {"config": {"x": 1}}}, "resources": {"r": {"config": 2}}, "execution": {"config": {"n": 3}}}
    made = processed(config, ops={"a": definition_schema({"x": int})}, resources={"r": definition_schema(int)})
    assert (made.ops, made.resources, made.execution) == ({"a": {"x": 1}}, {"r": 2}, {"n": 3})


def test_an_op_without_schema_takes_any_config():
    assert processed({"ops": {"a": {"config": [1]}}}, ops={"a": None}).ops == {"a": [1]}


def test_an_op_inside_of_a_graph_has_a_dotted_name():
    config = {"ops": {"outer": {"ops": {"inner": {"config": 3}}}}}
    assert processed(config, ops={"outer.inner": definition_schema(int)}).ops == {"outer.inner": 3}


def test_typed_config_reaches_the_parameter_as_an_object():
    made = processed({"ops": {"a": {"config": {"rows": 2}}}}, ops={"a": Limits.to_config_schema()})
    assert (made.ops["a"], made.arguments["a"]) == ({"rows": 2, "label": "none"}, Limits(rows=2))


def test_inputs_without_a_step_behind_them_take_config():
    config = {"ops": {"a": {"inputs": {"x": 3}}}}
    assert processed(config, ops={"a": None}, inputs={"a": {"x": dg.Field(int)}}).inputs == {"a": {"x": 3}}


@pytest.mark.parametrize(
    ("run_config", "sentence"),
    [
        ({}, 'Missing required config entry "ops" at the root'),
        ({"ops": {"a": {"config": {"rows": "x"}}}}, "root:ops:a:config:rows"),
        ({"ops": {"a": {"config": {"rows": 1}}, "b": {}}}, 'Received unexpected config entry "b" at path root:ops'),
        ({"ops": {"a": {"config": {"rows": 1}}}, "opz": 1}, 'Received unexpected config entry "opz" at the root'),
        ({"ops": {"a": {"rows": 1}}}, 'Received unexpected config entry "rows" at path root:ops:a'),
    ],
)
def test_what_does_not_fit_is_named_with_job_and_path(run_config, sentence):
    with pytest.raises(DagsterInvalidConfigError, match="Error in config for job nightly") as caught:
        processed(run_config, ops={"a": Limits.to_config_schema()})
    assert sentence in str(caught.value)


def test_a_configured_op_gets_what_its_function_makes():
    schema = configured_schema(definition_schema(int), lambda config: config["half"] * 2, {"half": int}, owner="op twice")
    assert processed({"ops": {"twice": {"config": {"half": 4}}}}, ops={"twice": schema}).ops == {"twice": 8}


def test_the_function_of_a_configured_op_may_raise():
    schema = configured_schema(definition_schema(int), lambda config: 1 // 0, {"half": int}, owner="op twice")
    with pytest.raises(DagsterConfigMappingFunctionError, match="op twice"):
        processed({"ops": {"twice": {"config": {"half": 4}}}}, ops={"twice": schema})


def test_a_configured_op_takes_typed_config_by_annotation():
    def from_limits(config: Limits):
        return config.rows

    schema = configured_schema(definition_schema(int), from_limits, owner="op twice")
    assert processed({"ops": {"twice": {"config": {"rows": 4}}}}, ops={"twice": schema}).ops == {"twice": 4}


def test_graphs_are_looked_through_once():
    places = {f"outer_{number}.inner.{leaf}": number for number in range(3) for leaf in "ab"}
    assert by_graph({**places, "alone": 9}) == {f"outer_{number}": {"inner.a": number, "inner.b": number} for number in range(3)}
