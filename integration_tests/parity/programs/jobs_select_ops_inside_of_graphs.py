"""`op_selection` of jobs with graphs inside: what runs, what is loaded from config instead, config of what is left out."""

import seen

import dagster as dg


@dg.op
def one():
    return 1


@dg.op(config_schema={"by": dg.Field(int, default_value=2)})
def times(context, x: int):
    return x * context.op_config["by"]


@dg.op
def add(x: int, y: int):
    return x + y


@dg.graph
def inner(x: int):
    return times.alias("second")(times.alias("first")(x))


@dg.job
def nested():
    unit = one()
    found = inner(unit)
    add(found, times(unit))
    one.alias("alone")()


@dg.job(config={"ops": {"times": {"config": {"by": 5}}, "inner": {"ops": {"first": {"config": {"by": 7}}}}}})
def with_config():
    unit = one()
    add(inner(unit), times(unit))


SELECTIONS = [
    ["one"], ["*add"], ["one+"], ["inner"], ["inner.first"], ["inner.*"], ["alone", "one"], ["times*"], ["+inner"], ["*"], ["nobody"],
    ["inner.nobody"], [], ["one", "inner.first"],
]


def ran(job, selection, config=None) -> object:
    def run():
        result = job.execute_in_process(op_selection=selection, run_config=config or {})
        return sorted(event.step_key for event in result.get_step_success_events())

    return seen.outcome(run)


def facts() -> dict:
    given = {"ops": {"inner": {"inputs": {"x": {"value": 4}}}, "times": {"inputs": {"x": {"value": 5}}}}}
    return {
        "plain": {",".join(each): ran(nested, each) for each in SELECTIONS},
        "inner with its input": ran(nested, ["inner"], {"ops": {"inner": {"inputs": {"x": {"value": 4}}}}}),
        "times with its input": ran(nested, ["times"], {"ops": {"times": {"inputs": {"x": 3}, "config": {"by": 4}}}}),
        "too much config": ran(nested, ["times"], given),
        "config of what is left out": ran(with_config, ["one"]),
        "config of what is there": ran(with_config, ["one", "inner"]),
        "tags": seen.tags(nested.execute_in_process(op_selection=["one"]).dagster_run.tags),
        "selection of the run": sorted(nested.execute_in_process(op_selection=["one", "alone"]).dagster_run.op_selection or ()),
    }
