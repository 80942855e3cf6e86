"""What is collected may be mapped over again; several dynamic outputs stand beside each other."""

import seen

import dagster as dg


@dg.op(out=dg.DynamicOut())
def numbers():
    for number in (1, 2):
        yield dg.DynamicOutput(number, f"n{number}")


@dg.op
def double(x):
    return 2 * x


@dg.op(out=dg.DynamicOut())
def again(xs):
    for x in xs:
        yield dg.DynamicOutput(x, f"x{x}")


@dg.op
def total(xs):
    return sum(xs)


@dg.op(out={"odd": dg.DynamicOut(), "even": dg.DynamicOut()})
def parted():
    for number in range(4):
        yield dg.DynamicOutput(number, f"k{number}", "odd" if number % 2 else "even")


@dg.op
def pair(odd, even):
    return [odd, even]


@dg.graph
def doubled_twice(x):
    return double.alias("second")(double.alias("first")(x))


@dg.job
def following():
    total(again(numbers().map(double).collect()).map(double).collect())


@dg.job
def beside():
    outs = parted()
    pair(outs.odd.map(double).collect(), outs.even.collect())


@dg.job
def graphs():
    total(numbers().map(doubled_twice).collect())


def seen_of(job, *names):
    result = job.execute_in_process(raise_on_error=False)
    return {
        "started": [event.step_key for event in result.all_events if event.is_step_start],
        "values": {name: seen.outcome(lambda name=name: result.output_for_node(name)) for name in names},
    }


def facts() -> dict:
    return {
        "following": seen_of(following, "numbers", "double", "again", "double_2", "total"),
        "beside": seen_of(beside, "double", "pair"),
        "graphs": seen_of(graphs, "doubled_twice", "doubled_twice.first", "total"),
    }
