"""Parameters of the function of a job: values by run config, by `input_values`, and what is refused."""

from typing import Optional

import seen

import dagster as dg


@dg.op
def load(path: str, limit: int = 3) -> list:
    return [path] * limit


@dg.op
def count(rows, factor):
    return len(rows) * factor


@dg.op
def shows(value):
    return repr(value)


@dg.job
def typed(path: str, limit: int, factor: float):
    count(load(path, limit), factor)


@dg.job(input_values={"path": "given", "factor": 2})
def with_values(path, limit, factor):
    count(load(path, limit), factor)


@dg.graph
def inner(path, factor):
    return count(load(path), factor)


@dg.job
def nested(path, factor):
    inner(path, factor)


def ran(job, node="count", **options):
    return seen.outcome(lambda: job.execute_in_process(**options).output_for_node(node), mentions=["path", "limit", "root:inputs"])


def of_type(annotation, value):
    def body(value):
        shows(value)

    body.__annotations__["value"] = annotation
    return ran(dg.job(name="j")(body), "shows", run_config={"inputs": {"value": value}})


def facts() -> dict:
    return {
        "by config": ran(typed, run_config={"inputs": {"path": "a", "limit": 2, "factor": 1.5}}),
        "in the long form": ran(typed, run_config={"inputs": {"path": {"value": "a"}, "limit": {"value": 2}, "factor": 2}}),
        "by values": ran(typed, input_values={"path": "a", "limit": 2, "factor": 1.0}),
        "by both": ran(typed, input_values={"path": "a"}, run_config={"inputs": {"limit": 2, "factor": 1.0}}),
        "the default of the op": ran(typed, run_config={"inputs": {"path": "a", "factor": 1.0}}),
        "nothing": ran(typed),
        "one is missing": ran(typed, run_config={"inputs": {"limit": 2, "factor": 1.0}}),
        "of another type": ran(typed, run_config={"inputs": {"path": 1, "limit": "x", "factor": 1.0}}),
        "unknown": ran(typed, run_config={"inputs": {"path": "a", "limti": 3, "factor": 1.0}}),
        "an unknown value": ran(typed, input_values={"path": "a", "nothing": 3}),
        "a value of another type": ran(typed, input_values={"path": 3, "factor": 1.0}),
        "values of the job": ran(with_values),
        "over values of the job": ran(with_values, input_values={"factor": 3}),
        "config beside values": ran(with_values, run_config={"inputs": {"limit": 1}}),
        "config of what has a value": ran(with_values, run_config={"inputs": {"path": "x"}}),
        "an unknown value of the job": seen.outcome(lambda: dg.job(name="j", input_values={"z": 1})(lambda path: load(path) and None)),
        "nested": ran(nested, "inner.count", run_config={"inputs": {"path": "a", "factor": {"value": 2}}}),
        "valid": seen.outcome(lambda: sorted(dg.validate_run_config(typed, {"inputs": {"path": "a", "factor": 1.0}}))),
        "types": [
            of_type(int, 3),
            of_type(float, 2),
            of_type(bool, True),
            of_type(str, "x"),
            of_type(list[str], ["a"]),
            of_type(list[int], ["a"]),
            of_type(dict, {"a": 1}),
            of_type(dict[str, int], {"a": 1}),
            of_type(dict[str, int], {"a": "x"}),
            of_type(Optional[int], None),
            of_type(Optional[int], 3),
            of_type(Optional[int], "x"),
        ],
        "an argument that is not used": seen.outcome(lambda: dg.job(name="j")(lambda path, more: load(path) and None)),
    }
