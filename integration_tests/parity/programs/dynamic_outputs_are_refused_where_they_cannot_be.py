"""Maps inside of maps, values without keys, keys that are no names: where dynamic outputs end."""

import seen

import dagster as dg


@dg.op(out=dg.DynamicOut())
def letters():
    yield dg.DynamicOutput("a", "a")


@dg.op(out=dg.DynamicOut())
def more(x):
    yield dg.DynamicOutput(x, "m")


@dg.op
def takes(x):
    return x


@dg.op
def both(x, y):
    return x, y


@dg.op(out=dg.DynamicOut())
def without_key():
    yield dg.Output(1)


@dg.op(out=dg.DynamicOut())
def returns_a_list():
    return [dg.DynamicOutput(1, "a"), dg.DynamicOutput(2, "b")]


@dg.op(out=dg.DynamicOut())
def returns_values():
    return [1, 2]


@dg.op
def not_declared():
    yield dg.DynamicOutput(1, "a")


@dg.op(out={"a": dg.DynamicOut(), "b": dg.Out()})
def mixed():
    yield dg.DynamicOutput(1, "x", "a")
    yield dg.Output(2, "b")
    yield dg.DynamicOutput(3, "y", "a")


def built(body):
    def make():
        @dg.job(name="made")
        def made():
            body()

        return made.name

    return seen.outcome(make)


def ran(body):
    def run():
        @dg.job(name="made")
        def made():
            body()

        result = made.execute_in_process()
        return [event.step_key for event in result.all_events if event.is_step_start]

    return seen.outcome(run)


def facts() -> dict:
    return {
        "a map inside of a map": built(lambda: letters().map(more).map(takes)),
        "collected inside": built(lambda: takes(letters().map(more).collect())),
        "two maps meet": built(lambda: both(letters(), letters())),
        "without map": ran(lambda: takes(letters())),
        "collected and mapped": ran(lambda: takes(letters().collect())),
        "without a key": ran(lambda: without_key().map(takes)),
        "a list": ran(lambda: returns_a_list().map(takes)),
        "values": ran(lambda: returns_values().map(takes)),
        "not declared": ran(lambda: takes(not_declared())),
        "mixed": ran(lambda: both.alias("pair")(mixed().a.map(takes).collect(), mixed.alias("other")().b)),
        "keys": {
            key: seen.outcome(lambda key=key: dg.DynamicOutput(1, key).mapping_key)
            for key in ("a", "a_1", "A", "1", "a b", "a-b", "a.b", "", "ä")
        },
        "no key": seen.outcome(lambda: dg.DynamicOutput(1, None)),
    }
