"""A dynamic output: what is mapped over it runs once per value, and collecting waits for all."""

import seen

import dagster as dg


def numbers(keys, **options):
    @dg.op(name="numbers", out=dg.DynamicOut(**options))
    def give():
        for key in keys:
            yield dg.DynamicOutput(key, mapping_key=key, metadata={"key": key})

    return give


@dg.op(out=dg.Out(is_required=False))
def maybe(n):
    if n == "fail":
        raise ValueError("boom")
    if n != "skip":
        yield dg.Output(n)


@dg.op
def after(context, n, one):
    return f"{n}{one}{context.get_mapping_key()}"


@dg.op
def one():
    return 1


@dg.op
def collect(xs):
    return xs


@dg.op(ins={"start": dg.In(dg.Nothing)})
def end():
    return "end"


def job_of(keys, **options):
    @dg.job(name="mapping")
    def mapping():
        unit = one()
        values = numbers(keys, **options)()
        mapped = values.map(lambda n: after(maybe(n), unit))
        collect(mapped.collect())
        collect.alias("direct")(values.collect())
        end(mapped.collect())

    return mapping


def seen_of(keys, **options) -> dict:
    result = job_of(keys, **options).execute_in_process(raise_on_error=False)
    names = ("numbers", "maybe", "after", "collect", "direct", "end")
    return {
        "success": result.success,
        "events": seen.step_events(result),
        "values": {name: seen.outcome(lambda name=name: result.output_for_node(name)) for name in names},
    }


def facts() -> dict:
    return {
        "two": seen_of(["b", "a"]),
        "none": seen_of([]),
        "none of an optional output": seen_of([], is_required=False),
        "one is skipped": seen_of(["a", "skip", "c"]),
        "all are skipped": seen_of(["skip"]),
        "one fails": seen_of(["a", "fail", "c"]),
        "a key twice": seen_of(["a", "a"]),
        "a key that is no name": seen.outcome(lambda: dg.DynamicOutput(1, "a b"), mentions=["a b"]),
        "as values": [dg.DynamicOutput(1, "a").mapping_key, dg.DynamicOutput(1, "a").output_name],
    }
