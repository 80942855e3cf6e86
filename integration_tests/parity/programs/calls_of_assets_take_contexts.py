"""`build_asset_context` and `build_op_context`: what a function finds in them."""

from contextlib import contextmanager

import seen

import dagster as dg

KEY = dg.AssetKey


@dg.asset
def asking(context):
    return [context.asset_key.to_user_string(), context.run_id]


@dg.asset
def with_value(context, p):
    return p


@dg.asset
def without(p):
    return p


@dg.asset(required_resource_keys={"r"})
def resourceful(context):
    return context.resources.r


@dg.asset(partitions_def=dg.StaticPartitionsDefinition(["x", "y"]))
def partitioned(context):
    return [context.partition_key, context.has_partition_key, list(context.partition_keys)]


@dg.asset
def telling(context):
    context.add_output_metadata({"a": 1})
    context.log.info("told")
    return 5


@dg.asset
def logging_events(context):
    context.log_event(dg.AssetMaterialization("f"))


@dg.asset(config_schema={"x": int})
def configured(context):
    return context.op_config


@dg.asset(config_schema={"x": dg.Field(int, default_value=3)})
def with_default(context):
    return context.op_config


@dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b")])
def several(context):
    seen_keys.append(sorted(key.to_user_string() for key in context.selected_asset_keys))


seen_keys: list = []


@dg.resource
@contextmanager
def opened(context):
    seen_keys.append("open")
    yield 5
    seen_keys.append("close")


def facts() -> dict:
    call, build = seen.outcome, dg.build_asset_context
    told, op_context = build(), dg.build_op_context()
    value = telling(told)
    logging_events(op_context)
    several(build())
    with build(resources={"r": opened}) as context:
        inside = resourceful(context)
    unbound = build()
    return {
        "key": call(lambda: asking(build())),
        "of an op": call(lambda: asking(dg.build_op_context())),
        "by name": call(lambda: asking(context=build())),
        "none": call(lambda: asking(None)),
        "missing": call(lambda: asking(), ["context", "asking"]),
        "a number": call(lambda: asking(5)),
        "with a value": call(lambda: [with_value(build(), 1), with_value(build(), p=2)]),
        "a value only": call(lambda: with_value(1)),
        "a value by name only": call(lambda: with_value(p=1), ["p"]),
        "for a function without": call(lambda: without(build(), 2)),
        "twice": call(lambda: [asking(unbound), asking(unbound)]),
        "resource": call(lambda: resourceful(build(resources={"r": 3}))),
        "resource definition": call(
            lambda: resourceful(build(resources={"r": dg.ResourceDefinition.hardcoded_resource(4)}))
        ),
        "missing resource": call(lambda: resourceful(build()), ["r"]),
        "opened": [inside, list(seen_keys)],
        "opened nowhere": call(lambda: resourceful(build(resources={"r": opened}))),
        "partition": call(lambda: partitioned(build(partition_key="x"))),
        "no partition": call(lambda: partitioned(build())),
        "a partition and a range": call(
            lambda: build(partition_key="x", partition_key_range=dg.PartitionKeyRange("x", "y")), ["partition_key_range"]
        ),
        "told": [value, sorted(told.get_output_metadata("result"))],
        "events": [each.asset_key.to_user_string() for each in op_context.get_events()],
        "config": call(lambda: configured(build(asset_config={"x": 1}))),
        "config of another type": call(lambda: configured(build(asset_config={"x": "q"})), ["x"]),
        "no config": call(lambda: configured(build())),
        "config by default": call(lambda: with_default(build())),
        "op config twice": call(lambda: dg.build_op_context(op_config={"a": 1}, config={"b": 1})),
        "op config": call(lambda: dg.build_op_context(config={"b": 1}).op_config),
        "mapping key": dg.build_op_context(mapping_key="q").get_mapping_key(),
        "tags": [build(run_tags={"t": "u"}).get_tag("t"), build().has_tag("t"), dict(build(run_tags={"t": "u"}).run_tags)],
        "run": call(lambda: unbound.run),
        "job": call(lambda: unbound.job_name),
        "asset": call(lambda: unbound.asset_key),
        "instance": unbound.instance.is_ephemeral,
        "is": [isinstance(build(), dg.AssetExecutionContext), isinstance(dg.build_op_context(), dg.OpExecutionContext)],
        "several": seen_keys[0],
    }
