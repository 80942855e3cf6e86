"""Of the steps that are ready the one with the highest priority runs first."""

import dagster as dg


def step(name, priority=None):
    tags = None if priority is None else {"dagster/priority": str(priority)}

    @dg.op(name=name, tags=tags, ins={"start": dg.In(dg.Nothing)})
    def made():
        return name

    return made


@dg.op
def plain():
    return 1


@dg.graph
def inner():
    start = step("start")()
    step("low", -1)(start)
    step("mid")(start)
    high = step("high", 5)(start)
    step("below_high", 50)(high)
    step("below_low", -9)(high)


@dg.job
def ordered():
    inner()
    step("first", 10)()
    step("last_by_name")()
    step("another")()
    step("negative", -3)()


@dg.job
def tagged_nodes():
    plain.tag({"dagster/priority": "1"}).alias("a_one")()
    plain.tag({"dagster/priority": "7"}).alias("b_seven")()


def assets():
    made = []
    for name, priority in (("z", "7"), ("a", "-7"), ("m", None)):
        made.append(dg.asset(name=name, op_tags={"dagster/priority": priority} if priority else None)(lambda: 1))
    return made


def started(result):
    return [event.step_key for event in result.all_events if event.is_step_start]


def facts() -> dict:
    return {
        "ops": started(ordered.execute_in_process()),
        "nodes": started(tagged_nodes.execute_in_process()),
        "assets": started(dg.materialize(assets())),
    }
