"""Graphs that take config of their own, inside of each other, configured, wrong at each level."""

import seen

import dagster as dg


@dg.op(config_schema={"n": int})
def number(context):
    return context.op_config["n"]


@dg.op(config_schema={"factor": dg.Field(int, default_value=1)})
def times(context, x):
    return x * context.op_config["factor"]


@dg.config_mapping(config_schema={"start": int, "by": dg.Field(int, default_value=2)})
def of_inner(config):
    return {"number": {"config": {"n": config["start"]}}, "times": {"config": {"factor": config["by"]}}}


@dg.graph(config=of_inner)
def inner():
    return times(number())


@dg.config_mapping(config_schema={"both": int})
def of_outer(config):
    return {
        "inner": {"config": {"start": config["both"]}},
        "again": {"config": {"start": config["both"], "by": 10}},
        "times": {"config": {"factor": 100}},
    }


@dg.graph(out={"a": dg.GraphOut(), "b": dg.GraphOut()}, config=of_outer)
def outer_of_two():
    return {"a": times(inner()), "b": inner.alias("again")()}


@dg.config_mapping(config_schema={"both": dg.Field(int, is_required=False)})
def wrong_inside(config):
    return {"inner": {"config": {"start": "x" if config.get("both") == 1 else config["both"]}}}


@dg.graph(config=wrong_inside)
def wrong():
    return inner()


@dg.graph(config={"number": {"config": {"n": 5}}, "times": {"config": {"factor": 3}}})
def decided():
    return times(number())


def ran(graph, run_config, place, **options):
    def run():
        result = graph.to_job(name="j", **options).execute_in_process(run_config=run_config)
        return [result.output_for_node(each) for each in place]

    return seen.outcome(run, mentions=["inner", "both"])


@dg.job
def holds():
    times(outer_of_two()[0])


def in_job(config):
    return seen.outcome(lambda: holds.execute_in_process(run_config=config).output_for_node("times"), mentions=["outer_of_two", "both"])


def facts() -> dict:
    configured = outer_of_two.configured({"both": 7}, name="sevens")
    by_function = dg.configured(outer_of_two, config_schema={"half": int})
    places = ["times", "inner.number", "again.times"]

    @by_function
    def doubled(config):
        return {"both": config["half"] * 2}

    return {
        "alone": ran(inner, {"ops": {"number": {"config": {"n": 1}}}}, ["times"]),
        "alone, by its own": [
            ran(inner, {"config": {"start": 1}}, ["times"]),
            ran(inner, {"ops": {"config": {"start": 1}}}, ["times"]),
            ran(inner, {"ops": {"config": {"start": 1, "by": 5}}}, ["times"]),
            ran(inner, {"ops": {"config": {"start": "x"}}}, ["times"]),
            ran(inner, {"ops": {"inner": {"config": {"start": 1}}}}, ["times"]),
            ran(inner, {}, ["times"]),
        ],
        "config of the job in its place": ran(inner, {}, ["times"], config={"ops": {"config": {"start": 4}}}),
        "in process": seen.outcome(lambda: inner.execute_in_process(run_config={"ops": {"config": {"start": 3}}}).output_value()),
        "valid": seen.outcome(lambda: dg.validate_run_config(inner.to_job(name="j"), {"ops": {"config": {"start": 1}}})["ops"]),
        "nested, by its own": [
            ran(outer_of_two, {"ops": {"times": {"config": {"factor": 2}}}}, places),
            ran(outer_of_two, {"ops": {"config": {"both": 2}}}, places),
        ],
        "config of the job": ran(outer_of_two, {}, places, config={"both": 3}),
        "in a job": in_job({"ops": {"outer_of_two": {"config": {"both": 3}}, "times": {"config": {"factor": 2}}}}),
        "in a job, nothing": in_job({}),
        "in a job, too much": in_job({"ops": {"outer_of_two": {"config": {"both": 3, "more": 1}}}}),
        "in a job, of another type": in_job({"ops": {"outer_of_two": {"config": {"both": "x"}}}}),
        "in a job, its ops": in_job({"ops": {"outer_of_two": {"ops": {"times": {"config": {"factor": 2}}}}}}),
        "configured": ran(configured, {}, places),
        "configured by a function": seen.outcome(lambda: doubled.name),
        "config that is wrong inside": ran(wrong, {"ops": {"config": {"both": 1}}}, ["inner.times"]),
        "a mapping that raises": ran(wrong, {"ops": {"config": {}}}, ["inner.times"]),
        "decided": ran(decided, {}, ["times"]),
    }
