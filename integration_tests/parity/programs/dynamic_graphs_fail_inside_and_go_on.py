"""Graphs that are mapped over values: retries, failures and skips inside of one element, and what still runs."""

import seen

import dagster as dg


@dg.op(out=dg.DynamicOut(str))
def letters():
    for letter in "abcd":
        yield dg.DynamicOutput(letter, letter)


@dg.op(out={"good": dg.Out(is_required=False), "bad": dg.Out(is_required=False)})
def sort(letter: str):
    yield dg.Output(letter, "bad" if letter == "b" else "good")


@dg.op(retry_policy=dg.RetryPolicy(max_retries=1))
def work(context, letter):
    if letter == "c" and context.retry_number == 0:
        raise ValueError("try again")
    if letter == "d":
        raise ValueError("never")
    return letter.upper()


@dg.op
def complain(letter):
    return f"no {letter}"


@dg.op
def either(xs):
    return xs


@dg.op
def count(xs):
    return len(xs)


@dg.graph(out={"good": dg.GraphOut(), "bad": dg.GraphOut()})
def element(letter):
    sides = sort(letter)
    return {"good": work(sides.good), "bad": complain(sides.bad)}


@dg.job
def fails():
    good, bad = letters().map(element)
    either(good.collect())
    count(bad.collect())


@dg.op(out=dg.DynamicOut(str))
def fine():
    for letter in "abc":
        yield dg.DynamicOutput(letter, letter)


@dg.job
def ends_well():
    good, bad = fine().map(element)
    either(good.collect())
    count(bad.collect())


@dg.op(out=dg.DynamicOut(str))
def empty():
    return []


@dg.job
def gives_nothing():
    good, bad = empty().map(element)
    either(good.collect())
    count(bad.collect())


def told(job) -> dict:
    result = job.execute_in_process(raise_on_error=False)
    names = ("element.sort", "element.work", "element.complain", "either", "count")
    outputs = {name: "good" if name == "element.sort" else "result" for name in names}
    return {
        "success": result.success,
        "events": seen.step_events(result),
        "values": {name: seen.outcome(lambda name=name: result.output_for_node(name, outputs[name])) for name in names},
        "graph": seen.outcome(lambda: result.output_for_node("element", "good")),
    }


def facts() -> dict:
    return {job.name: told(job) for job in (fails, ends_well, gives_nothing)}
