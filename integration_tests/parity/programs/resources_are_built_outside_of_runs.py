"""build_resources, build_init_resource_context, resource functions called directly, configured."""

import contextlib

import seen

import dagster as dg

SEEN = []


@dg.resource
def session(context):
    SEEN.append("session up")
    yield "session"
    SEEN.append("session down")


@dg.resource
@contextlib.contextmanager
def managed(context):
    SEEN.append("managed up")
    try:
        yield "managed"
    finally:
        SEEN.append("managed down")


@dg.resource(config_schema={"x": dg.Field(int, default_value=3)}, required_resource_keys={"session"}, description="d")
def needs(context):
    SEEN.append("needs up")
    return [context.resource_config["x"], context.resources.session]


@dg.resource
def plain():
    """No context."""
    return "plain"


@dg.resource(config_schema=int)
def number(context):
    return context.resource_config


@dg.resource(required_resource_keys={"session"})
def fails(context):
    raise ValueError("no")


@dg.resource(required_resource_keys={"q"})
def p(context):
    return 1


@dg.resource(required_resource_keys={"p"})
def q(context):
    return 1


class Typed(dg.ConfigurableResource):
    n: int = 1


def built(resources, config=None, key=None):
    SEEN.clear()

    def build():
        with dg.build_resources(resources, resource_config=config) as made:
            return getattr(made, key) if key else sorted(made._asdict())

    return {"got": seen.outcome(build), "seen": list(SEEN)}


def of(config):
    return {"it": {"config": config}}


@dg.configured(number, config_schema={"half": int})
def twice(config):
    return config["half"] * 2


def facts() -> dict:
    context = dg.build_init_resource_context(config={"x": 4}, resources={"session": "s"})
    return {
        "order": built({"needs": needs, "session": session, "managed": managed, "plain": plain, "object": 1}),
        "values": built({"needs": needs, "session": session}, key="needs"),
        "with config": built({"it": number}, of(5), "it"),
        "config missing": built({"it": number}),
        "config of another type": built({"it": number}, of("x")),
        "config level left out": built({"it": number}, {"it": 5}),
        "config of nobody": built({"it": number}, {"it": {"config": 1}, "nope": {}}),
        "failing": built({"it": fails, "session": session}),
        "circle": built({"p": p, "q": q}),
        "unknown": seen.outcome(lambda: built({"a": 1}, key="b")),
        "configured": built({"it": number.configured(7)}, key="it"),
        "configured wrongly": built({"it": number.configured("x")}, key="it"),
        "configured by function": built({"it": twice}, of({"half": 4}), "it"),
        "configured by raising": built({"it": number.configured(lambda _: 1 // 0, {"a": int})}, of({"a": 1}), "it"),
        "typed": built({"it": Typed(n=4)}, of({"n": 5}), "it")["got"].get("raises"),
        "ready made": built({"it": dg.ResourceDefinition.hardcoded_resource([1])}, key="it"),
        "none": built({"it": dg.ResourceDefinition.none_resource()}, key="it"),
        "string": built({"it": dg.ResourceDefinition.string_resource()}, of("text"), "it"),
        "values resource": built({"it": dg.make_values_resource(a=int, b=str)}, of({"a": 1, "b": "x"}), "it"),
        "called": needs(context),
        "called by name": needs(context=context),
        "called with defaults": needs(dg.build_init_resource_context(resources={"session": 1})),
        "called without context": seen.outcome(lambda: needs()),
        "called with none": seen.outcome(lambda: needs(None)),
        "called with something": seen.outcome(lambda: needs(3)),
        "called without parameter": plain(),
        "called with too much": seen.outcome(lambda: plain(None)),
        "too many parameters": seen.outcome(lambda: dg.resource(lambda context, other: 1), mentions=["other"]),
        "generator called": type(session(None)).__name__,
        "descriptions": [needs.description, plain.description, sorted(needs.required_resource_keys)],
        "context": [context.resource_config, context.resources.session, context.replace_config(3).resource_config],
    }
