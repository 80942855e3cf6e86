"""What does not fit the run config of a job of ops: path, reason and what was expected, at every depth and of every type."""

import re

import seen

import dagster as dg

MODE = dg.Enum("Mode", [dg.EnumValue("FAST"), dg.EnumValue("SLOW", description="s")])

SCHEMA = {
    "n": int,
    "f": dg.Field(float, is_required=False),
    "b": dg.Field(bool, is_required=False),
    "word": dg.Field(dg.Noneable(str), is_required=False),
    "list": dg.Field([int], is_required=False),
    "nested": dg.Field({"deep": {"deeper": dg.Field(str)}}, is_required=False),
    "mode": dg.Field(MODE, is_required=False),
    "map": dg.Field(dg.Map(str, int, key_label_name="k"), is_required=False),
    "one_of": dg.Field(dg.Selector({"a": int, "b": {"c": str}}), is_required=False),
    "open": dg.Field(dg.Permissive({"known": dg.Field(int, is_required=False)}), is_required=False),
    "union": dg.Field(dg.ScalarUnion(scalar_type=str, non_scalar_schema={"x": int}), is_required=False),
    "int_source": dg.Field(dg.IntSource, is_required=False),
    "string_source": dg.Field(dg.StringSource, is_required=False),
    "bool_source": dg.Field(dg.BoolSource, is_required=False),
    "array": dg.Field(dg.Array(dg.Shape({"x": int})), is_required=False),
    "default": dg.Field(int, default_value=3),
}


@dg.op(config_schema=SCHEMA)
def work(context):
    return dict(context.op_config)


@dg.op(ins={"x": dg.In(int), "y": dg.In(dg.Any)})
def takes(x, y):
    return [x, y]


@dg.graph
def inner():
    work()


@dg.job
def job():
    inner()
    work.alias("outer")


@dg.job
def flat():
    work()


@dg.job
def inputs():
    takes()


def told(errors) -> list:
    found = []
    for each in errors:
        place = re.search(r"at path (root\S+?)[.\s]", each.message + " ")
        found.append([each.reason.value, list(each.stack.levels), place.group(1) if place else None])
    return sorted(found, key=str)


def refused(which, config, mentions=()) -> object:
    try:
        result = which.execute_in_process(run_config=config)
    except dg.DagsterInvalidConfigError as error:
        return [told(error.errors), {word: word in str(error) for word in mentions}]
    return seen.plain(result.output_for_node("work"))


VALUES = [
    {},
    {"n": "one"},
    {"n": 1.5},
    {"n": True},
    {"n": None},
    {"m": 1},
    {"n": 1, "f": "x"},
    {"n": 1, "f": 1},
    {"n": 1, "b": 1},
    {"n": 1, "word": None},
    {"n": 1, "word": 5},
    {"n": 1, "list": 3},
    {"n": 1, "list": [1, "a", None]},
    {"n": 1, "nested": {}},
    {"n": 1, "nested": {"deep": {"deeper": 1}}},
    {"n": 1, "nested": {"deep": {"deeper": "x", "other": 1, "third": 2}}},
    {"n": 1, "mode": "FAST"},
    {"n": 1, "mode": "WRONG"},
    {"n": 1, "mode": 3},
    {"n": 1, "map": {"a": 1}},
    {"n": 1, "map": {"a": "x", "b": "y"}},
    {"n": 1, "map": [1]},
    {"n": 1, "one_of": {"a": 1}},
    {"n": 1, "one_of": {"a": 1, "b": {"c": "x"}}},
    {"n": 1, "one_of": {}},
    {"n": 1, "one_of": {"d": 1}},
    {"n": 1, "one_of": {"b": {"c": 1}}},
    {"n": 1, "one_of": 3},
    {"n": 1, "open": {"known": 1, "more": {"x": [1]}}},
    {"n": 1, "open": {"known": "x"}},
    {"n": 1, "union": "s"},
    {"n": 1, "union": {"x": 1}},
    {"n": 1, "union": {"x": "s"}},
    {"n": 1, "union": 5},
    {"n": 1, "int_source": 5, "string_source": "x", "bool_source": True},
    {"n": 1, "int_source": "5"},
    {"n": 1, "string_source": 5},
    {"n": 1, "bool_source": "x"},
    {"n": 1, "string_source": {"env": "NOT_SET_ANYWHERE"}},
    {"n": 1, "string_source": {"env": 5}},
    {"n": 1, "string_source": {"other": "x"}},
    {"n": 1, "array": [{"x": 1}, {"x": "a"}, {"y": 1}]},
    {"n": "x", "f": "y", "b": "z", "unknown": 1},
    [1],
    "text",
    None,
]


def facts() -> dict:
    return {
        "values": [refused(flat, {"ops": {"work": {"config": value}}}) for value in VALUES],
        "nested": [
            refused(job, {"ops": {"inner": {"ops": {"work": {"config": {"n": "x"}}}}}}, ["inner", "work"]),
            refused(job, {"ops": {"inner": {"config": {"n": 1}}}}),
            refused(job, {"ops": {"innr": {}}}, ["innr"]),
            refused(job, {"ops": {"inner": {"ops": {"wrk": {}}}}}),
            refused(job, {"op": {}}),
            refused(job, {"ops": []}),
            refused(job, {}),
            refused(job, {"resources": {"nobody": {}}}),
            refused(job, {"loggers": {"nobody": {}}}),
            refused(job, {"execution": {"config": {"nothing": {}}}}),
            refused(flat, {"ops": {"work": {"config": {"n": 1}, "outputs": [], "inputs": {}}}}),
            refused(flat, {"ops": {"work": {"conf": {"n": 1}}}}),
            refused(flat, {"solids": {"work": {"config": {"n": 1}}}}),
        ],
        "inputs": [
            refused(inputs, {"ops": {"takes": {"inputs": {"x": "a", "y": 1}}}}),
            refused(inputs, {"ops": {"takes": {"inputs": {"x": 1}}}}),
            refused(inputs, {"ops": {"takes": {"inputs": {"x": {"value": "a"}, "y": {"value": 1}, "z": 1}}}}),
            refused(inputs, {}),
        ],
        "before running": seen.outcome(lambda: dg.validate_run_config(flat, {"ops": {"work": {"config": {"n": "x"}}}}), mentions=["n"]),
        "valid": seen.plain(dg.validate_run_config(flat, {"ops": {"work": {"config": {"n": 1}}}})["ops"]),
    }
