"""Ops of a job run level by level; values travel, calls of the same op are numbered, aliases name them."""

import seen

import dagster as dg


@dg.op
def one():
    return 1


@dg.op
def add(context, a, b):
    context.log.info("adding")
    return a + b


@dg.op(ins={"xs": dg.In(list)})
def total(xs):
    return sum(xs)


@dg.job(tags={"team": "sales"}, description="Adds ones.")
def sums():
    total([one(), add(one(), one.alias("uno")())])


def facts() -> dict:
    with dg.instance_for_test() as instance:
        result = sums.execute_in_process(instance=instance, tags={"of": "run"})
        return {
            "events": seen.events(result),
            "messages": [e.message for e in result.all_events if e.event_type_value in ("STEP_INPUT", "LOADED_INPUT", "STEP_OUTPUT")],
            "values": {name: result.output_for_node(name) for name in ("one", "one_2", "uno", "add", "total")},
            "unknown node": seen.outcome(lambda: result.output_for_node("nope"), mentions=["sums", "nope"]),
            "unknown output": seen.outcome(lambda: result.output_for_node("one", "x"), mentions=["one", "x"]),
            "no outputs of its own": seen.outcome(result.output_value, mentions=["sums"]),
            "job": [sums.name, sums.description, dict(sums.tags), sorted(sums.graph.node_names())],
            "run": [result.dagster_run.job_name, result.dagster_run.status.value, dict(result.dagster_run.tags)],
            "stored": [run.job_name for run in instance.get_runs()],
            "required": sorted(sums.required_resource_keys),
        }
