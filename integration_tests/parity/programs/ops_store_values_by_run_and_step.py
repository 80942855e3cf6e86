"""What IO managers are told of the values of ops: run, step, output, mapping key; their metadata and resources."""

import seen

import dagster as dg


class Telling(dg.IOManager):
    def __init__(self):
        self.stored, self.told = {}, []

    def handle_output(self, context, obj):
        key = tuple(context.get_identifier()[1:])
        self.stored[key] = obj
        self.told.append(
            ["out", list(key), context.name, context.step_key, context.mapping_key, context.has_asset_key, dict(context.definition_metadata)]
        )
        context.add_output_metadata({"stored": 1})

    def load_input(self, context):
        upstream = context.upstream_output
        self.told.append(["in", context.name, upstream.step_key, upstream.name, upstream.mapping_key, dict(context.definition_metadata)])
        return self.stored[tuple(upstream.get_identifier()[1:])]


@dg.op(out=dg.Out(io_manager_key="telling", metadata={"of": "out"}))
def one(context):
    context.add_output_metadata({"rows": 1})
    return 1


@dg.op(out=dg.DynamicOut(io_manager_key="telling"))
def many():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op(ins={"x": dg.In(metadata={"of": "in"})}, out=dg.Out(io_manager_key="telling"))
def plus(x, y):
    return x + y


@dg.op(ins={"xs": dg.In(input_manager_key="other")})
def collect(xs):
    return xs


@dg.op(required_resource_keys={"unit"})
def scaled(context, x):
    return x * context.resources.unit


@dg.graph
def inside(x, y):
    return plus(x, y)


class Other(dg.IOManager):
    def handle_output(self, context, obj):
        raise AssertionError("not used")

    def load_input(self, context):
        return f"loaded by other from {context.upstream_output.step_key}"


def facts() -> dict:
    telling = Telling()

    @dg.job(resource_defs={"telling": telling, "other": Other(), "unit": 10})
    def storing():
        unit = one()
        collect(many().map(lambda n: inside(n, unit)).collect())
        scaled(unit)

    result = storing.execute_in_process()
    handled = [e.event_specific_data for e in result.all_events if e.event_type_value == "HANDLED_OUTPUT"]
    given = [e.event_specific_data for e in result.all_events if e.event_type_value == "STEP_OUTPUT"]
    return {
        "told": telling.told,
        "collected": result.output_for_node("collect"),
        "scaled": result.output_for_node("scaled"),
        "handled": [[h.output_name, h.manager_key, seen.metadata(h.metadata)] for h in handled],
        "given": [[g.output_name, g.mapping_key, seen.metadata(g.metadata)] for g in given],
    }
