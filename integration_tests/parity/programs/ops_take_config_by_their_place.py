"""Run config of ops, nested as the graphs around them; defaults, mappings, configured ops and graphs."""

import seen

import dagster as dg


@dg.op
def one():
    return 1


@dg.op(config_schema={"n": int})
def times(context, x):
    return x * context.op_config["n"]


class Plus(dg.Config):
    k: int = 3


@dg.op
def plus(config: Plus, x):
    return x + config.k


@dg.graph
def inner(x):
    return times(plus(x))


@dg.graph
def outer(x):
    return inner.alias("again")(inner(x))


@dg.job
def nested():
    outer(one())


@dg.config_mapping(config_schema={"m": int})
def simple(config):
    return {"times": {"config": {"n": config["m"]}}}


@dg.graph(config=simple)
def mapped(x):
    return times(x)


@dg.config_mapping(config_schema={"m": int})
def misfit(config):
    return {"times": {"config": {"n": "not a number"}}}


@dg.config_mapping(config_schema={"m": int})
def raises(config):
    raise ValueError("no")


def job_of(graph):
    @dg.job(name="j")
    def j():
        graph(one())

    return j


def run(job, config=None, node="times", **options):
    return seen.outcome(lambda: job.execute_in_process(run_config=config, **options).output_for_node(node), mentions=["m", "n"])


def facts() -> dict:
    times_by = lambda n: {"times": {"config": {"n": n}}}  # noqa: E731
    good = {"ops": {"outer": {"ops": {"inner": {"ops": times_by(2)}, "again": {"ops": {**times_by(3), "plus": {"config": {"k": 1}}}}}}}}
    defaults = dg.job(name="d", config={"ops": times_by(9)})(lambda: plus(times(one())) and None)
    whole = dg.ConfigMapping(config_schema={"z": int}, config_fn=lambda c: {"ops": times_by(c["z"])})
    job_mapped = dg.job(name="w", config=whole)(lambda: times(one()) and None)
    twice = times.configured({"n": 2}, name="twice")
    half = times.configured(lambda c: {"n": 2 * c["h"]}, name="half", config_schema={"h": int})
    configured = dg.job(name="c")(lambda: half(twice(one())) and None)
    of_graph = mapped.configured({"m": 4}, name="four")
    return {
        "nested": seen.outcome(lambda: nested.execute_in_process(run_config=good).output_for_node("outer")),
        "missing": run(nested),
        "a wrong type": run(nested, {"ops": {"outer": {"ops": {"inner": {"ops": times_by("x")}, "again": {"ops": times_by(1)}}}}}),
        "unknown op": run(nested, {"ops": {"nope": {}}}),
        "mapped": run(job_of(mapped), {"ops": {"mapped": {"config": {"m": 7}}}}, "mapped"),
        "mapped, a wrong type": run(job_of(mapped), {"ops": {"mapped": {"config": {"m": "x"}}}}, "mapped"),
        "mapped, given to the op": run(job_of(mapped), {"ops": {"mapped": {"ops": times_by(1)}}}, "mapped"),
        "a mapping that does not fit": run(job_of(dg.graph(name="g", config=misfit)(lambda x: times(x))), {"ops": {"g": {"config": {"m": 1}}}}),
        "a mapping that raises": run(job_of(dg.graph(name="g", config=raises)(lambda x: times(x))), {"ops": {"g": {"config": {"m": 1}}}}),
        "defaults of the job": run(defaults, node="plus"),
        "defaults and more": run(defaults, {"ops": {"plus": {"config": {"k": 100}}}}, "plus"),
        "a mapping of the job": run(job_mapped, {"z": 4}),
        "configured": run(configured, {"ops": {"half": {"config": {"h": 5}}}}, "half"),
        "a configured graph": run(job_of(of_graph), node="four"),
        "RunConfig": run(job_of(plus), dg.RunConfig(ops={"plus": Plus(k=10)}), "plus"),
        "a graph without mapping": seen.outcome(lambda: inner.configured({}, name="x"), mentions=["inner"]),
        "a whole config": seen.outcome(lambda: dg.validate_run_config(nested, good)["ops"]["outer.inner.plus"]["config"]),
        "a whole config that is missing": seen.outcome(lambda: dg.validate_run_config(nested)),
    }
