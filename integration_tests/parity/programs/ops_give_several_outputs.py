"""Several outputs: as a tuple, yielded, in an order of their own; wrong ones are refused."""

import seen

import dagster as dg

OUTS = {"low": dg.Out(int), "high": dg.Out(int)}


@dg.op(out=OUTS)
def by_tuple():
    return 1, 2


@dg.op(out=OUTS)
def by_yield():
    yield dg.Output(20, "high", metadata={"n": 1})
    yield dg.Output(10, "low")


@dg.op(out=OUTS)
def by_tuple_of_outputs():
    return dg.Output(3, output_name="low"), dg.Output(4, output_name="high")


@dg.op(out=OUTS)
def too_many():
    return 1, 2, 3


@dg.op(out=OUTS)
def single():
    return 1


@dg.op(out=OUTS)
def twice():
    yield dg.Output(1, "low")
    yield dg.Output(1, "low")


@dg.op(out=OUTS)
def of_wrong_type():
    return "a", 2


@dg.op(out=OUTS)
def unknown():
    yield dg.Output(1, "middle")


@dg.op
def add(a, b):
    return a + b


def job_of(op):
    @dg.job(name="j")
    def j():
        low, high = op()
        add(low, high)

    return j


def facts() -> dict:
    good = {op.name: job_of(op).execute_in_process() for op in (by_tuple, by_yield, by_tuple_of_outputs)}
    bad = (too_many, single, twice, of_wrong_type, unknown)
    return {
        "sums": {name: result.output_for_node("add") for name, result in good.items()},
        "events": {name: seen.step_events(result) for name, result in good.items()},
        "each": {name: [result.output_for_node(name, "low"), result.output_for_node(name, "high")] for name, result in good.items()},
        "refused": {op.name: seen.outcome(job_of(op).execute_in_process, mentions=[op.name]) for op in bad},
    }
