"""`@resource` in ops: config, what stands on what, generators and their end, the ready-made ones."""

import seen

import dagster as dg

ORDER = []


@dg.resource(config_schema={"host": str, "port": dg.Field(int, default_value=80)})
def server(context):
    ORDER.append("server up")
    yield f"{context.resource_config['host']}:{context.resource_config['port']}"
    ORDER.append("server down")


@dg.resource(required_resource_keys={"server"})
def client(context):
    ORDER.append("client up")
    try:
        yield ["client of", context.resources.server]
    finally:
        ORDER.append("client down")


@dg.resource
def bare():
    return "bare"


@dg.resource(required_resource_keys={"second"})
def first(context): ...


@dg.resource(required_resource_keys={"first"})
def second(context): ...


@dg.resource
def broken(context):
    raise LookupError("no server")


@dg.resource
def broken_down(context):
    yield "up"
    raise LookupError("cannot end")


@dg.resource
def yields_nothing(context):
    if False:
        yield


@dg.resource
def yields_twice(context):
    yield 1
    yield 2


@dg.op(required_resource_keys={"client"})
def asking(context):
    ORDER.append("op")
    return context.resources.client


@dg.op(required_resource_keys={"it"})
def of_it(context):
    return context.resources.it


@dg.op(required_resource_keys={"it"})
def failing(context):
    raise ValueError("op")


def run(op, resources, config=None, **options):
    ORDER.clear()

    def ran():
        @dg.job(name="j", resource_defs=resources)
        def made():
            op()

        result = made.execute_in_process(run_config=config, **options)
        return result.output_for_node(op.name) if result.success else [event for event, _ in seen.events(result)][-3:]

    return [seen.outcome(ran, mentions=["it", "server"]), list(ORDER)]


def config(**resources):
    return {"resources": {key: {"config": value} for key, value in resources.items()}}


def facts() -> dict:
    both = {"server": server, "client": client}
    fixed = dg.ResourceDefinition
    return {
        "on each other": run(asking, both, config(server={"host": "h"})),
        "config missing": run(asking, both),
        "config of none": run(asking, both, config(server={"host": "h"}, client={"x": 1})),
        "one missing": run(asking, {"client": client}),
        "configured": run(asking, {**both, "server": server.configured({"host": "c", "port": 1})}),
        "in a circle": run(of_it, {"it": first, "first": first, "second": second}),
        "bare": run(of_it, {"it": bare}),
        "a value": run(of_it, {"it": fixed.hardcoded_resource(3)}),
        "plain object": run(of_it, {"it": [1, 2]}),
        "none": run(of_it, {"it": fixed.none_resource()}),
        "string": run(of_it, {"it": fixed.string_resource()}, config(it="s")),
        "string, wrong": run(of_it, {"it": fixed.string_resource()}, config(it=3)),
        "mock": run(op_of_mock, {"it": fixed.mock_resource()}),
        "values": run(of_values, {"it": dg.make_values_resource(a=int, b=str)}, config(it={"a": 1, "b": "x"})),
        "values of anything": run(of_values, {"it": dg.make_values_resource()}, config(it={"a": 1, "b": [2]})),
        "broken": run(of_it, {"it": broken}),
        "broken, quiet": run(of_it, {"it": broken}, raise_on_error=False),
        "broken down": run(of_it, {"it": broken_down}),
        "yields nothing": run(of_it, {"it": yields_nothing}),
        "yields twice": run(of_it, {"it": yields_twice}),
        "op fails": run(failing, {"it": server.configured({"host": "h"})}),
        "called": [
            seen.outcome(lambda: bare()),
            seen.outcome(lambda: with_context(dg.build_init_resource_context(config={"a": 1}))),
            seen.outcome(lambda: with_context(None)),
            seen.outcome(lambda: with_context()),
        ],
        "described": [server.description, sorted(client.required_resource_keys), fixed.hardcoded_resource(1, "d").description],
    }


@dg.resource(config_schema={"a": int})
def with_context(context):
    return context.resource_config


@dg.op(required_resource_keys={"it"})
def op_of_mock(context):
    context.resources.it.call(1)
    return str(type(context.resources.it).__name__)


@dg.op(required_resource_keys={"it"})
def of_values(context):
    return [context.resources.it.a, context.resources.it.b]
