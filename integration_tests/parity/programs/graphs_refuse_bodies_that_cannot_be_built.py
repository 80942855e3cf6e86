"""What cannot stand in the body of a graph or job, and what a body cannot return."""

import seen

import dagster as dg


@dg.op
def one():
    return 1


@dg.op
def ident(x):
    return x


@dg.op
def add(a, b):
    return a + b


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def two():
    return 1, 2


@dg.op(out=dg.DynamicOut())
def dyn():
    yield dg.DynamicOutput(1, "x")


@dg.op(out=dg.DynamicOut())
def dyn_of(x):
    yield dg.DynamicOutput(x, "y")


def alias_twice():
    one()
    one.alias("one")()


def below_two():
    dyn().map(lambda x: dyn_of(x).map(ident) and None)


def other_one():
    one()
    dg.op(name="one")(lambda: 2)()


def job_of(body):
    def wrapped():
        body()

    return seen.outcome(lambda: dg.job(name="j")(wrapped).name)


def graph_of(body, **options):
    return seen.outcome(lambda: dg.graph(name="g", **options)(body).name)


def facts() -> dict:
    outs = {"a": dg.GraphOut(), "b": dg.GraphOut()}
    return {
        "too many": job_of(lambda: ident(one(), one())),
        "unknown input": job_of(lambda: ident(y=one())),
        "a constant": job_of(lambda: ident(5)),
        "the op itself": job_of(lambda: ident(one)),
        "several outputs": job_of(lambda: ident(two())),
        "twice": job_of(lambda: ident(one(), x=one())),
        "a list with a constant": job_of(lambda: ident([one(), 5])),
        "dynamic without map": job_of(lambda: ident(dyn())),
        "two mapped": job_of(lambda: add(dyn().map(ident), dyn().map(ident))),
        "below two dynamic outputs": job_of(below_two),
        "the same alias": job_of(alias_twice),
        "two ops of one name": job_of(other_one),
        "an alias that is no name": job_of(lambda: one.alias("a b")()),
        "a job that returns": seen.outcome(lambda: dg.job(name="j")(lambda: one())),
        "a graph that returns a list": graph_of(lambda: [one()]),
        "a graph that returns a number": graph_of(lambda: 5),
        "a missing output": graph_of(lambda: {"a": one()}, out=outs),
        "an unknown output": graph_of(lambda: {"a": one(), "b": one(), "c": one()}, out=outs),
        "an unused input": graph_of(lambda x: one()),
        "a tuple": graph_of(lambda: (one(), one()), out=outs),
        "a body that raises": graph_of(lambda: 1 / 0),
        "an empty job": seen.outcome(lambda: dg.job(name="j")(lambda: None).execute_in_process().success),
    }
