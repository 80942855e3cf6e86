"""Ops called directly in tests: values, config, resources, contexts, generators, coroutines, and what is refused."""

import asyncio

import seen

import dagster as dg


@dg.op
def add(a, b=10):
    return a + b


@dg.op
def told(context, a):
    context.log.info("a line")
    return [context.op_config, a]


@dg.op(config_schema={"n": int, "word": dg.Field(str, default_value="x")})
def configured(context):
    return context.op_config


class Settings(dg.Config):
    n: int = 3


@dg.op
def typed(config: Settings, a: int):
    return config.n * a


@dg.op(required_resource_keys={"store"})
def storing(context, a):
    return [context.resources.store, a]


class Store(dg.ConfigurableResource):
    path: str


@dg.op
def with_store(store: Store, a):
    return [store.path, a]


@dg.op(out={"x": dg.Out(int), "y": dg.Out(int, is_required=False)})
def two():
    yield dg.AssetMaterialization("made")
    yield dg.Output(1, "x")


@dg.op(out={"x": dg.Out(), "y": dg.Out()})
def both():
    return 1, 2


@dg.op
async def later(a):
    await asyncio.sleep(0)
    return a + 1


@dg.op(out=dg.DynamicOut())
def many():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op(ins={"start": dg.In(dg.Nothing), "a": dg.In(int)})
def waits(a):
    return a


@dg.op(ins={"a": dg.In(int)}, out=dg.Out(str))
def strict(a):
    return a


@dg.op
def fails():
    raise ValueError("boom")


@dg.op
def noted(context):
    context.add_output_metadata({"rows": 3})
    context.log_event(dg.AssetObservation("seen"))
    return dg.Output(1, metadata={"more": 1})


def names(values) -> list:
    return [[type(value).__name__, getattr(value, "output_name", None), getattr(value, "value", None)] for value in values]


def facts() -> dict:
    context = dg.build_op_context(config={"n": 1}, resources={"store": "disk"}, op_config=None)
    noting = dg.build_op_context()
    noted_output = noted(noting)
    return {
        "values": [add(1), add(1, 2), add(1, b=3), add(b=1, a=1)],
        "too few": seen.outcome(lambda: add(), mentions=["add", "a"]),
        "too many": seen.outcome(lambda: add(1, 2, 3), mentions=["add"]),
        "context": told(dg.build_op_context(), 1),
        "None as context": told(None, 1),
        "no context": seen.outcome(lambda: told(1), mentions=["told", "context"]),
        "no context at all": seen.outcome(lambda: told(), mentions=["told", "context"]),
        "config": seen.plain(configured(dg.build_op_context(op_config={"n": 1}))),
        "config is missing": seen.outcome(lambda: configured(dg.build_op_context()), mentions=["configured"]),
        "config does not fit": seen.outcome(lambda: configured(dg.build_op_context(op_config={"n": "a"}))),
        "decided": configured.configured({"n": 9}, name="nine")(dg.build_op_context()),
        "typed": [typed(Settings(n=2), 2), typed(a=2, config=Settings(n=5)), typed(config=Settings(), a=1)],
        "typed by context": seen.outcome(lambda: typed(dg.build_op_context(op_config={"n": 4}), a=1)),
        "resources": storing(dg.build_op_context(resources={"store": "disk"}), 1),
        "resources are missing": seen.outcome(lambda: storing(dg.build_op_context(), 1), mentions=["store", "storing"]),
        "resource as parameter": with_store(Store(path="p"), 1),
        "resource by name": with_store(a=1, store=Store(path="q")),
        "several": names(two()),
        "as a tuple": both(),
        "coroutine": asyncio.run(later(1)),
        "dynamic": [[each.value, each.mapping_key] for each in many()],
        "nothing is not given": waits(1),
        "nothing by name": waits(a=2),
        "types of inputs": seen.outcome(lambda: strict("x"), mentions=["int"]),
        "types of outputs": seen.outcome(lambda: strict(1), mentions=["String"]),
        "an error": seen.outcome(fails),
        "metadata": [seen.plain(noting.get_output_metadata("result")), names([noted_output])],
        "events": [type(each).__name__ for each in noting.get_events()],
        "of the context": [context.run_id == "EPHEMERAL", context.op_config, context.resources.store, context.has_partition_key],
    }

